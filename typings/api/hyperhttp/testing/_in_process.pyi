# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_in_process.py and run the command again.

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

from hyperhttp._network.transport import Endpoint
from hyperhttp.testing._conversation import Application, Conversation

P = TypeVar("P", bound="asyncio.BaseProtocol")

class InProcessTransport(ABC):
    http2: bool

    def __init__(self, *, http2: bool = True) -> None: ...
    @abstractmethod
    async def serve(self, conversation: Conversation) -> None: ...
    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P: ...
    async def connect_to(
        self, application: Application, endpoint: Endpoint, make_protocol: Callable[[], P]
    ) -> P: ...
    async def aclose(self) -> None: ...
    @property
    def is_in_use(self) -> bool: ...
