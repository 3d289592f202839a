# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/integrations/httpx.py and run the command again.
"""Transports for httpx2: its clients send their requests with the engine of this library.

    import httpx2
    from hyperhttp.integrations.httpx2 import HyperHTTPTransport

    client = httpx2.Client(transport=HyperHTTPTransport())

It needs httpx2 (the extra `httpx2`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, final

# Users without httpx2 check the types of this package, too.
import httpx2  # type: ignore[import-not-found, unused-ignore]

from hyperhttp.integrations._transports import (
    AsyncEngine,
    AsyncReceived,
    Engine,
    Received,
    extensions_of,
)

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["AsyncHyperHTTPTransport", "HyperHTTPTransport"]


@final
class _Stream(Received, httpx2.SyncByteStream):  # type: ignore[misc, unused-ignore]
    _module: ClassVar[ModuleType] = httpx2


@final
class _AsyncStream(AsyncReceived, httpx2.AsyncByteStream):  # type: ignore[misc, unused-ignore]
    _module: ClassVar[ModuleType] = httpx2


class HyperHTTPTransport(Engine, httpx2.BaseTransport):  # type: ignore[misc, unused-ignore]
    """A transport for `httpx2.Client`, in place of `httpx2.HTTPTransport`.

        client = httpx2.Client(transport=HyperHTTPTransport(http2=True))

    Any number of threads can use it.
    """

    _module: ClassVar[ModuleType] = httpx2

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request, and return its response. Raises the errors of httpx2."""
        response = self._respond(request)
        return httpx2.Response(
            response.status_code,
            headers=response._head.fields,  # pyright: ignore[reportPrivateUsage]
            stream=_Stream(response, request, self._driver),
            extensions=extensions_of(response),
        )


class AsyncHyperHTTPTransport(AsyncEngine, httpx2.AsyncBaseTransport):  # type: ignore[misc, unused-ignore]
    """A transport for `httpx2.AsyncClient`, in place of `httpx2.AsyncHTTPTransport`.

        client = httpx2.AsyncClient(transport=AsyncHyperHTTPTransport(http2=True))

    It needs asyncio, and belongs to the event loop of its first request.
    """

    _module: ClassVar[ModuleType] = httpx2

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request, and return its response. Raises the errors of httpx2."""
        response = await self._respond(request)
        return httpx2.Response(
            response.status_code,
            headers=response._head.fields,  # pyright: ignore[reportPrivateUsage]
            stream=_AsyncStream(response, request),
            extensions=extensions_of(response),
        )
