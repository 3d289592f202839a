# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_in_process.py and run the command again.

import asyncio
from abc import ABC
from collections.abc import Callable
from typing import TypeVar

from hyperhttp._network.transport import Endpoint

P = TypeVar("P", bound="asyncio.BaseProtocol")

class InProcessTransport(ABC):
    http2: bool

    def __init__(self, *, http2: bool = True) -> None: ...
    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P: ...
    async def aclose(self) -> None: ...
