# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/download.py and run the command again.

from dataclasses import dataclass
from pathlib import Path
from typing import final

from hyperhttp._message.response.response import Response

@final
@dataclass(frozen=True, slots=True)
class Download:
    path: Path
    size_bytes: int
    resumed_bytes: int
    response: Response
