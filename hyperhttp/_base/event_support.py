"""The base of the generated events: their repr, and properties that are computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hyperhttp._base.facts import HeadFacts, RequestFacts

__all__ = ["BaseEvent", "decoded_bytes"]

_NO_BODY: Final = frozenset({204, 304})


class BaseEvent:
    """Base of all events. Subclasses have slots, in the order of their constructor."""

    __slots__ = ()

    def __repr__(self) -> str:
        names: tuple[str, ...] = vars(type(self))["__match_args__"]
        values = [f"{name}={_shown(getattr(self, name))}" for name in names]
        return f"{type(self).__name__}({', '.join(values)})"


def decoded_bytes(request: RequestFacts, head: HeadFacts) -> int | None:
    """Return the size of a complete body, if its headers determine it (RFC 9112 6.3)."""
    if request.method == "HEAD" or head.status_code in _NO_BODY:
        return 0
    if head.values(b"content-encoding") or head.values(b"transfer-encoding"):
        return None
    lengths = head.values(b"content-length")
    return int(lengths[0]) if len(lengths) == 1 and lengths[0].isdigit() else None


def _shown(value: object) -> str:
    # The text of a foreign error may contain secrets.
    return type(value).__name__ if isinstance(value, BaseException) else repr(value)
