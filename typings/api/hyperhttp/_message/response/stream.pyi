# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/response/stream.py and run the command again.

from collections.abc import Awaitable, Callable, Generator
from types import TracebackType
from typing import Any, final

from hyperhttp._message.response.response import Response

@final
class ResponseStream:
    def __init__(self, perform: Callable[[], Awaitable[Response]]) -> None: ...
    def __await__(self) -> Generator[Any, Any, Response]: ...
    async def __aenter__(self) -> Response: ...
    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
