"""`docs/reference/sync.md`: the synchronous client, and its names that differ from Client."""

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
    "SyncEventSource",
    "SyncMiddleware",
    "SyncEventHooks",
)
ALIASES: Final = """These types are for annotations:

- `SyncContentInput`, `SyncFilesInput`, `SyncCursor` and `SyncMiddlewareInput`: the types of `content=`, `files=`, `cursor=` and `middleware=`.
- `SyncSend`: the function that middleware is called with.
- `SyncRequestHook` and `SyncResponseHook`: the functions of `event_hooks=`.
- `SyncSender`, `SyncRequester`, `SyncFetcher` and `SyncEventClient`: protocols, so that tests can pass a fake.
- `SyncClientOptions`, `SyncRequestOptions`, `SyncJSONOptions`, `SyncDataOptions`, `SyncFilesOptions` and `SyncContentOptions`: the options as TypedDicts, for wrappers."""


def emit(spec: Spec, surface: Surface) -> str:
    """Return the page."""
    return page("Synchronous client", SOURCES, _blocks(spec, surface))


def _blocks(spec: Spec, surface: Surface) -> Iterator[str]:
    yield (
        "In the examples, `client` is a `SyncClient`. It has the options of [`Client`](client.md), and its"
        " calls have the same arguments as [those of `Client`](calls.md)."
    )
    yield "## Calls"
    yield table(["call", "returns", "example"], _calls(spec))
    yield "## Functions"
    functions = [f"`hyperhttp.{n}`" for n, c in spec.calls.calls.items() if c.via not in WITHOUT]
    yield (
        "These functions send a single request with a new client. They have the options of the"
        f" call with the same name, and `config=ClientConfig(...)`: {', '.join(functions)}."
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
