# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_network/clock.py and run the command again.

from collections.abc import Callable
from typing import Protocol

class Timer(Protocol):
    def cancel(self) -> None: ...

class Clock(Protocol):
    def time(self) -> float: ...
    def call_at(self, when: float, callback: Callable[[], object], /) -> Timer: ...
