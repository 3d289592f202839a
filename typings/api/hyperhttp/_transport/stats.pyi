# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_transport/stats.py and run the command again.

from collections.abc import Mapping
from dataclasses import dataclass

from hyperhttp._policy.breaker import BreakerState

@dataclass(frozen=True, slots=True)
class OriginStats:
    idle: int
    active: int
    pending: int
    waiters: int
    streams: int = 0

@dataclass(frozen=True, slots=True)
class PoolStats:
    origins: Mapping[str, OriginStats]
    breakers: Mapping[str, BreakerState] = ...

    @property
    def idle(self) -> int: ...
    @property
    def active(self) -> int: ...
    @property
    def pending(self) -> int: ...
    @property
    def waiters(self) -> int: ...
    @property
    def streams(self) -> int: ...
