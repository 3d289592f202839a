# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/headers/server_timing.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from dataclasses import dataclass
from typing import final

__all__ = ["ServerTiming", "parse_server_timing"]

@final
@dataclass(frozen=True, slots=True)
class ServerTiming:
    name: str
    duration_s: float | None = None
    description: str | None = None

def parse_server_timing(value: str) -> tuple[ServerTiming, ...]: ...
