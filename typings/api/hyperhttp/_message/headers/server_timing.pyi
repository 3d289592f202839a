# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/headers/server_timing.py and run the command again.

from dataclasses import dataclass
from typing import final

@final
@dataclass(frozen=True, slots=True)
class ServerTiming:
    name: str
    duration_s: float | None = None
    description: str | None = None
