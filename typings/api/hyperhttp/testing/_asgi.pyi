# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_asgi.py and run the command again.

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Literal, Self, TypeAlias, TypeVar, final

from hyperhttp._network.transport import Endpoint
from hyperhttp.testing._in_process import InProcessTransport
from hyperhttp.testing._lifespan import ASGIApp

LifespanUse: TypeAlias = "Literal['auto', 'on', 'off']"

P = TypeVar("P", bound="asyncio.BaseProtocol")

class ASGIError(RuntimeError): ...

@final
class ASGITransport(InProcessTransport):
    def __init__(
        self,
        app: ASGIApp,
        *,
        root_path: str = "",
        client: tuple[str, int] = ...,
        raise_app_exceptions: bool = True,
        lifespan: LifespanUse = "auto",
        http2: bool = True,
    ) -> None: ...
    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P: ...
    async def aclose(self) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
