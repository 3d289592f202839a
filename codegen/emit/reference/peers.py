"""`docs/reference/peers/<client>.md`: the names of another client and their counterparts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from codegen.constants import OtherName, PeerClient
from codegen.emit.reference.errors import error_link
from codegen.emit.reference.markdown import anchor, page, table
from codegen.ir import Spec
from codegen.tables import Peers

SOURCES: Final = (
    "spec/calls.toml",
    "spec/config.toml",
    "spec/response.toml",
    "spec/errors.toml",
    "spec/peers.toml",
)


def emit_pages(spec: Spec) -> dict[str, str]:
    """Return the page of each client, by its path."""
    return {
        f"docs/reference/peers/{client.page}.md": page(
            f"Names of {client.title}", SOURCES, _blocks(spec, peer, client)
        )
        for peer, client in spec.vocabulary.peers.items()
    }


def _blocks(spec: Spec, peer: str, client: PeerClient) -> Iterator[str]:
    name = client.title
    yield (
        f"These tables list the names of {name} and their counterparts in hyperhttp. A dash means that there "
        f"is no counterpart. For differences in behavior, see [coming from {name}](../../migrating/{client.page}.md)."
    )
    columns = [name, "hyperhttp", "description"]
    for title, rows in (
        ("Options", chain(_options(spec, peer), _others(spec.peers.options, peer))),
        ("Configuration models", _config(spec, peer)),
        ("Calls", _calls(spec, peer)),
        ("Client attributes", _others(spec.peers.client, peer)),
        ("Response attributes", chain(_fields(spec, peer), _others(spec.peers.response, peer))),
        ("Request attributes", _others(spec.peers.request, peer)),
        ("Headers", _others(spec.peers.headers, peer)),
        ("Cookies", _others(spec.peers.cookies, peer)),
        ("URLs", _others(spec.peers.url, peer)),
        ("Errors", _errors(spec, peer)),
        ("Other names", _others(spec.peers.names, peer)),
    ):
        listed = [*rows]
        if listed:
            yield f"## {title}"
            yield table(columns, listed)


def _counterpart(peers: Peers, peer: str) -> str:
    """Return the name in another client; text in brackets is prose."""
    if peer not in peers:
        return "—"
    parts = [part.partition(" (") for part in peers[peer].split("; ")]
    return ", ".join(f"`{name}`" + (f" ({note}" if note else "") for name, _, note in parts)


def _others(names: Mapping[str, OtherName], peer: str) -> Iterator[tuple[str, str, str]]:
    """Yield the names that aren't a counterpart of a single option, attribute or error."""
    for name, other in names.items():
        if peer in other.peers:
            yield f"`{name}`", f"`{other.use}`" if other.use else "—", other.doc


def _options(spec: Spec, peer: str) -> Iterator[tuple[str, str, str]]:
    of_client = spec.options_at("client")
    for name, option in spec.calls.options.items():
        shown = f"[`{name}`](../client.md#{anchor(name)})" if name in of_client else f"`{name}`"
        yield _counterpart(option.peers, peer), shown, spec.option_doc(option)


def _config(spec: Spec, peer: str) -> Iterator[tuple[str, str, str]]:
    """Yield the fields of config models that have a counterpart."""
    for model, table_ in spec.config.items():
        for name, field in table_.fields.items():
            if peer in field.peers:
                shown = f"[`{model}({name}=...)`](../config/{model}.md#{anchor(f'{model}{name}')})"
                yield _counterpart(field.peers, peer), shown, field.doc


def _calls(spec: Spec, peer: str) -> Iterator[tuple[str, str, str]]:
    for name, call in spec.calls.calls.items():
        shown = f"[`Client.{name}`](../calls.md#{anchor(f'Client{name}')})"
        yield _counterpart(call.peers, peer), shown, call.doc


def _fields(spec: Spec, peer: str) -> Iterator[tuple[str, str, str]]:
    for owner, message in spec.response.items():
        for name, field in message.fields.items():
            if owner == "Response":
                shown = f"[`{name}`](../response.md#{anchor(f'{owner}{name}')})"
                yield _counterpart(field.peers, peer), shown, field.doc


def _errors(spec: Spec, peer: str) -> Iterator[tuple[str, str, str]]:
    for name, error in spec.errors.items():
        yield _counterpart(error.peers, peer), error_link(name, "../errors/"), error.doc
