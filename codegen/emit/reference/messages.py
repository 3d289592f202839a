"""`docs/reference/messages.md`: classes of the parts of requests and responses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.reference.markdown import attributes, class_doc, members, page
from codegen.ir import Spec
from codegen.surface import Surface

SOURCES: Final = ("the docstrings in hyperhttp/_message",)
# In the order of the page.
PARTS: Final = (
    "ResponseStream",
    "Headers",
    "URL",
    "Cookies",
    "Links",
    "Link",
    "ContentDisposition",
    "ContentRange",
    "CacheControl",
    "Problem",
    "ServerTiming",
    "ServerSentEvent",
    "EventStream",
    "EventSource",
)


def emit(_: Spec, surface: Surface) -> str:
    """Return the page."""
    return page("Parts of messages", SOURCES, _blocks(surface))


def _blocks(surface: Surface) -> Iterator[str]:
    for name in PARTS:
        yield f"## {name}"
        yield from filter(None, [class_doc(surface, name)])
        yield from attributes(surface, name)
        yield from members(surface, name, name)
