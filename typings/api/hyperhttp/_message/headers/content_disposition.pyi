# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/headers/content_disposition.py and run the command again.

from dataclasses import dataclass
from typing import final

@final
@dataclass(frozen=True, slots=True)
class ContentDisposition:
    type: str
    filename: str | None = None

    @property
    def safe_filename(self) -> str | None: ...
