"""Run-time support of the generated option attributes: properties that replace a shared record."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

__all__ = ["RECORD_SLOT", "option_attributes"]

RECORD_SLOT: Final = ("_options",)
"""The slot that holds the record of a request."""

C = TypeVar("C")


class _Record(Protocol):
    def copy(self) -> Self: ...


def option_attributes(*names: str) -> Callable[[type[C]], type[C]]:
    """Make names attributes of the decorated class, stored in the record in its slot.

    Reading an attribute calls no Python function. Assigning replaces the record by a changed copy,
    because requests may share one.
    """

    def decorate(kind: type[C]) -> type[C]:
        for name in names:
            setattr(kind, name, property(attrgetter(f"{RECORD_SLOT[0]}.{name}"), _setter(name)))
        return kind

    return decorate


def _setter(name: str) -> Callable[[object, object], None]:
    slot = RECORD_SLOT[0]

    def assign(request: object, value: object) -> None:
        record: _Record = getattr(request, slot)
        changed = record.copy()
        setattr(changed, name, value)
        setattr(request, slot, changed)

    return assign
