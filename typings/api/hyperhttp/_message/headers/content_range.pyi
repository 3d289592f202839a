# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/headers/content_range.py and run the command again.

from dataclasses import dataclass
from typing import final

@final
@dataclass(frozen=True, slots=True)
class ContentRange:
    start: int | None
    end: int | None
    size: int | None
