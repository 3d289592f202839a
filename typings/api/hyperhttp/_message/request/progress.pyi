# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/progress.py and run the command again.

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

@dataclass(frozen=True, slots=True)
class Progress:
    transferred_bytes: int
    total_bytes: int | None

    @property
    def fraction(self) -> float | None: ...

ProgressCallback: TypeAlias = Callable[[Progress], None]
