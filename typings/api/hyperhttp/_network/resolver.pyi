# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_network/resolver.py and run the command again.

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, final

HostsInput: TypeAlias = Mapping[str, str | Sequence[str]]

@final
@dataclass(frozen=True, slots=True)
class Resolution:
    addresses: Sequence[str]
    ttl_s: float | None = None

class Resolver(Protocol):
    async def resolve(self, host: str, /) -> Resolution: ...

@final
class SystemResolver:
    def __init__(self) -> None: ...
    async def resolve(self, host: str, /) -> Resolution: ...
