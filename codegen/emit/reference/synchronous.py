"""`docs/reference/sync.md`: the synchronous client, and how its names differ from the other one's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.functions import WITHOUT
from codegen.emit.reference.markdown import attributes, class_doc, members, page, table
from codegen.emit.signatures import WAYS
from codegen.emit.synchronous import synchronous_text
from codegen.ir import Spec
from codegen.surface import Surface

SOURCES: Final = ("spec/calls.toml", "the docstrings in hyperhttp/sync.py and hyperhttp/_client")
# In the order of the page.
PARTS: Final = (
    "SyncClient",
    "SyncResponse",
    "SyncResponseStream",
    "SyncEventStream",
    "SyncDownload",
    "SyncPages",
    "SyncMiddleware",
    "SyncEventHooks",
)
ALIASES: Final = """`SyncContentInput` and `SyncFilesInput` are the types of `content=` and `files=`, `SyncCursor` that of `cursor=`,
`SyncMiddlewareInput` that of `middleware=`. `SyncSend` is what middleware is called with; `SyncRequestHook` and
`SyncResponseHook` are the functions of `event_hooks=`. A fake can stand in for the protocols
`SyncSender`, `SyncRequester` and `SyncFetcher`.

`SyncClientOptions`, `SyncRequestOptions`, `SyncJSONOptions`, `SyncDataOptions`, `SyncFilesOptions` and `SyncContentOptions` are
the options as TypedDicts, for wrappers."""


def emit(spec: Spec, surface: Surface) -> str:
    """The page."""
    return page("Synchronous client", SOURCES, _blocks(spec, surface))


def _blocks(spec: Spec, surface: Surface) -> Iterator[str]:
    yield (
        "Here `client` is a `SyncClient`. Its options are those of [`Client`](client.md), and its"
        " calls take the arguments of [those of `Client`](calls.md)."
    )
    yield "## Calls"
    yield table(["call", "returns", "example"], _calls(spec))
    yield "## Functions"
    functions = [f"`hyperhttp.{n}`" for n, c in spec.calls.calls.items() if c.via not in WITHOUT]
    yield (
        f"{', '.join(functions)} send one request with a client of their own. They take the options of"
        " the call of that name, and `config=ClientConfig(...)`."
    )
    for name in PARTS:
        yield f"## {name}"
        yield from filter(None, [class_doc(surface, name)])
        yield from attributes(surface, name)
        yield from members(surface, name, name)
    yield "## Types"
    yield ALIASES


def _calls(spec: Spec) -> Iterator[tuple[str, str, str]]:
    for name, call in spec.calls.calls.items():
        returns = synchronous_text(spec, WAYS[call.via].returns)
        first = synchronous_text(spec, call.example).strip().splitlines()[0]
        yield f"`{name}`", f"`{returns}`", f"`{first}`"
