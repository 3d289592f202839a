# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/progress.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Progress", "ProgressCallback", "checked_callback"]

@dataclass(frozen=True, slots=True)
class Progress:
    transferred_bytes: int
    total_bytes: int | None

    @property
    def fraction(self) -> float | None: ...

ProgressCallback: TypeAlias = Callable[[Progress], None]

def checked_callback(callback: object, *, option: str) -> ProgressCallback | None: ...
