"""`docs/reference/peers/<client>.md`: what another client calls the same thing, name by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codegen.emit.reference.errors import PEER_NAMES, error_link
from codegen.emit.reference.markdown import anchor, page, table
from codegen.ir import Spec
from codegen.tables import Peer, Peers

SOURCES: Final = ("spec/calls.toml", "spec/response.toml", "spec/errors.toml")
GUIDES: Final[Mapping[Peer, str]] = {
    "httpx": "httpx.md",
    "aiohttp": "aiohttp.md",
    "requests": "requests.md",
    "hyperhttp_2": "hyperhttp-2.md",
}


def emit_pages(spec: Spec) -> dict[str, str]:
    """The page of each client, by its path."""
    return {
        f"docs/reference/peers/{guide}": page(
            f"Names of {PEER_NAMES[peer]}", SOURCES, _blocks(spec, peer)
        )
        for peer, guide in GUIDES.items()
    }


def _blocks(spec: Spec, peer: Peer) -> Iterator[str]:
    name, guide = PEER_NAMES[peer], GUIDES[peer]
    yield (
        f"What you know from {name}, and what it is called here; a dash stands where it has no "
        f"counterpart. What behaves otherwise is told in [coming from {name}](../../migrating/{guide})."
    )
    columns = [name, "hyperhttp", "what it is"]
    for title, rows in (
        ("Options", _options(spec, peer)),
        ("Calls", _calls(spec, peer)),
        ("Fields of a response", _fields(spec, peer)),
        ("Errors", _errors(spec, peer)),
    ):
        yield f"## {title}"
        yield table(columns, rows)


def _told(peers: Peers, peer: Peer) -> str:
    """Its name; what is added in brackets is prose."""
    if peer not in peers:
        return "—"
    parts = [part.partition(" (") for part in peers[peer].split("; ")]
    return ", ".join(f"`{name}`" + (f" ({note}" if note else "") for name, _, note in parts)


def _options(spec: Spec, peer: Peer) -> Iterator[tuple[str, str, str]]:
    of_client = spec.options_at("client")
    for name, option in spec.calls.options.items():
        shown = f"[`{name}`](../client.md#{anchor(name)})" if name in of_client else f"`{name}`"
        yield _told(option.peers, peer), shown, spec.option_doc(option)


def _calls(spec: Spec, peer: Peer) -> Iterator[tuple[str, str, str]]:
    for name, call in spec.calls.calls.items():
        shown = f"[`Client.{name}`](../calls.md#{anchor(f'Client{name}')})"
        yield _told(call.peers, peer), shown, call.doc


def _fields(spec: Spec, peer: Peer) -> Iterator[tuple[str, str, str]]:
    for owner, message in spec.response.items():
        for name, field in message.fields.items():
            if owner == "Response":
                shown = f"[`{name}`](../response.md#{anchor(f'{owner}{name}')})"
                yield _told(field.peers, peer), shown, field.doc


def _errors(spec: Spec, peer: Peer) -> Iterator[tuple[str, str, str]]:
    for name, error in spec.errors.items():
        yield _told(error.peers, peer), error_link(name, "../errors/"), error.doc
