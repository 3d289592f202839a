"""What the generated events share: how they are shown."""

from __future__ import annotations

__all__ = ["BaseEvent"]


class BaseEvent:
    """Base of all events. Subclasses have slots, in the order of their constructor."""

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()

    def __repr__(self) -> str:
        values = [f"{name}={_shown(getattr(self, name))}" for name in self.__match_args__]
        return f"{type(self).__name__}({', '.join(values)})"


def _shown(value: object) -> str:
    # The text of a foreign error may contain secrets.
    return type(value).__name__ if isinstance(value, BaseException) else repr(value)
