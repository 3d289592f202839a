"""A request that is sent when you await it, or enter it with `async with`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator
    from types import TracebackType

    from hyperhttp._message.response.response import Response

__all__ = ["ResponseStream"]


@final
class ResponseStream:
    """The result of `client.stream(...)`, which you await or enter to get the response.

        async with client.stream("GET", "https://example.com/large.bin") as response:
            async for piece in response.aiter_bytes():
                print(len(piece))

    `async with` closes the response at its end. If you await it, close the response yourself. Both
    send the request, and raise its errors.
    """

    __slots__ = ("_perform", "_response")

    def __init__(self, perform: Callable[[], Awaitable[Response]]) -> None:
        self._perform = perform
        self._response: Response | None = None

    def __await__(self) -> Generator[Any, Any, Response]:
        return self._perform().__await__()

    async def __aenter__(self) -> Response:
        self._response = await self._perform()
        return self._response

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._response is not None:
            await self._response.aclose()
