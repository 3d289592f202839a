# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/headers/content_disposition.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from dataclasses import dataclass
from typing import final

__all__ = ["ContentDisposition", "parse_content_disposition", "safe_name"]

@final
@dataclass(frozen=True, slots=True)
class ContentDisposition:
    type: str
    filename: str | None = None

    @property
    def safe_filename(self) -> str | None: ...

def parse_content_disposition(value: str) -> ContentDisposition | None: ...
def safe_name(filename: str) -> str | None: ...
