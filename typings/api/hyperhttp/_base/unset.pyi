# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/unset.py and run the command again.

from enum import Enum
from typing import Final, Literal, Never, Protocol, TypeAlias, TypeVar

T_co = TypeVar("T_co", bound=str, covariant=True)

class Unset(Enum):
    UNSET = "not given"

    def __repr__(self) -> str: ...
    def __bool__(self) -> Literal[False]: ...

UNSET: Final = Unset.UNSET

INHERIT: Final = UNSET

class NoOther(Protocol[T_co]):
    def __repr__(self) -> T_co: ...

Inherit: TypeAlias = Unset | NoOther[Never]
