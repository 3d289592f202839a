# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/plan.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from dataclasses import dataclass
from typing import final

from hyperhttp._message.url import URL

__all__ = ["Fact", "Plan"]

@final
@dataclass(frozen=True, slots=True)
class Fact:
    topic: str
    value: str
    why: str

    def __str__(self) -> str: ...

@final
@dataclass(frozen=True, slots=True)
class Plan:
    method: str
    url: URL
    facts: tuple[Fact, ...]

    def __getitem__(self, topic: str) -> Fact: ...
    def __str__(self) -> str: ...
