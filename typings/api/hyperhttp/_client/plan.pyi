# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/plan.py and run the command again.

from dataclasses import dataclass
from typing import final

from hyperhttp._message.url.url import URL

@final
@dataclass(frozen=True, slots=True)
class PlanEntry:
    name: str
    value: str
    source: str

    def __str__(self) -> str: ...

@final
@dataclass(frozen=True, slots=True)
class Plan:
    method: str
    url: URL
    entries: tuple[PlanEntry, ...]

    def __getitem__(self, name: str) -> PlanEntry: ...
    def __str__(self) -> str: ...
