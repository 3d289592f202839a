"""The value of an option that was not given; None means "off" or "no limit" instead.

`INHERIT` is the same value under the name that signatures show: the setting of the client applies.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal, Never, Protocol, TypeAlias, TypeVar

__all__ = ["INHERIT", "UNSET", "Inherit", "NoOther", "Unset"]

T_co = TypeVar("T_co", bound=str, covariant=True)


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "not given"

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset.UNSET
INHERIT: Final = UNSET


class NoOther(Protocol[T_co]):
    """A type without values, in overloads: `NoOther[Never]` makes mypy name the wrong argument.

    No object has a `repr` that never returns. With its argument erased it accepts everything, so
    mypy finds a plausible overload, and reports what is wrong there instead of all overloads.
    """

    def __repr__(self) -> T_co: ...


Inherit: TypeAlias = Unset | NoOther[Never]
"""The type of an argument that isn't given; the setting of the client applies."""
