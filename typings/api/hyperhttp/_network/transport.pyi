# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_network/transport.py and run the command again.

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar, final

P = TypeVar("P", bound="asyncio.BaseProtocol")

@final
@dataclass(frozen=True, slots=True)
class Endpoint:
    host: str
    port: int
    is_tls: bool
    alpn: tuple[str, ...]

class Transport(Protocol):
    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P: ...
    async def aclose(self) -> None: ...
