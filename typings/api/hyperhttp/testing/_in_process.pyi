# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_in_process.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final, TypeVar, final

from hyperhttp._network.transport import Endpoint
from hyperhttp.testing._conversation import Application, Conversation
from hyperhttp.testing._pipe import PipeTransport

P = TypeVar("P", bound="asyncio.BaseProtocol")

PREFACE: Final = b"PRI * HTTP/2.0\r\n"

class InProcessTransport(ABC):
    http2: bool

    def __init__(self, *, http2: bool = True) -> None: ...
    @abstractmethod
    async def answer(self, conversation: Conversation) -> None: ...
    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P: ...
    async def connect_to(
        self, application: Application, endpoint: Endpoint, make_protocol: Callable[[], P]
    ) -> P: ...
    async def aclose(self) -> None: ...
    @property
    def is_in_use(self) -> bool: ...

@final
class Port(asyncio.Protocol):
    def __init__(
        self,
        transport: PipeTransport,
        endpoint: Endpoint,
        application: Application,
        ports: set[Port],
    ) -> None: ...
    def connection_made(self, transport: asyncio.BaseTransport) -> None: ...
    def data_received(self, data: bytes) -> None: ...
    def eof_received(self) -> bool: ...
    def connection_lost(self, exc: Exception | None) -> None: ...
    def pause_writing(self) -> None: ...
    def resume_writing(self) -> None: ...
