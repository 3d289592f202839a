"""The base of the generated events: their repr."""

from __future__ import annotations

__all__ = ["BaseEvent"]


class BaseEvent:
    """Base of all events. Subclasses have slots, in the order of their constructor."""

    __slots__ = ()

    def __repr__(self) -> str:
        names: tuple[str, ...] = vars(type(self))["__match_args__"]
        values = [f"{name}={_shown(getattr(self, name))}" for name in names]
        return f"{type(self).__name__}({', '.join(values)})"


def _shown(value: object) -> str:
    # The text of a foreign error may contain secrets.
    return type(value).__name__ if isinstance(value, BaseException) else repr(value)
