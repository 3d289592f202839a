"""Attributes that other clients have: reading or setting one raises an error with its counterpart.

They are descriptors and not a `__getattr__`, which would make every other attribute slower.
"""

from __future__ import annotations

import inspect
from typing import Never, TypeVar, final

from hyperhttp._base._generated.other_names import ATTRIBUTE_HINTS

__all__ = ["OtherName", "with_other_names"]

T = TypeVar("T")


@final
class OtherName:
    """An attribute that doesn't exist, but has a counterpart."""

    __slots__ = ("_hint", "_name")

    def __init__(self, name: str, hint: str) -> None:
        self._name = name
        self._hint = hint

    def __get__(self, instance: object, owner: type) -> Never:
        raise AttributeError(self._text(owner), name=self._name, obj=instance)

    def __set__(self, instance: object, value: object) -> Never:
        # Without it, `client.auth = ...` would do nothing.
        raise AttributeError(self._text(type(instance)), name=self._name, obj=instance)

    def _text(self, owner: type) -> str:
        return f"{owner.__name__!r} object has no attribute {self._name!r}; {self._hint}"


def _is_other(cls: type, name: str) -> bool:
    return isinstance(inspect.getattr_static(cls, name, None), OtherName)


def with_other_names(cls: type[T]) -> type[T]:
    """Decorate a class with the names that other clients have for its attributes."""
    others = {
        name: OtherName(name, hint)
        for name, hint in ATTRIBUTE_HINTS[cls.__name__].items()
        if not hasattr(cls, name)
    }
    listed = cls.__dir__

    def __dir__(self: T) -> list[str]:  # noqa: N807  # it becomes a method
        kind = type(self)
        return [name for name in listed(self) if not _is_other(kind, name)]

    for name, value in {**others, "__dir__": __dir__}.items():
        setattr(cls, name, value)
    return cls
