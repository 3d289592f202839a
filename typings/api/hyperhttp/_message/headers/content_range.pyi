# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/headers/content_range.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from dataclasses import dataclass
from typing import final

__all__ = ["ContentRange", "parse_content_range"]

@final
@dataclass(frozen=True, slots=True)
class ContentRange:
    start: int | None
    end: int | None
    size: int | None

def parse_content_range(value: str) -> ContentRange | None: ...
