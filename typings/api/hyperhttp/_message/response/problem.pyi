# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/response/problem.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, final

__all__ = ["PROBLEM_TYPE", "Problem", "parse_problem"]

PROBLEM_TYPE: Final = "application/problem+json"

@final
@dataclass(frozen=True, slots=True)
class Problem:
    type: str = "about:blank"
    title: str | None = None
    status: int | None = None
    detail: str | None = None
    instance: str | None = None
    extensions: Mapping[str, object] = ...

    def __str__(self) -> str: ...

def parse_problem(content: bytes) -> Problem | None: ...
