"""Transports for httpx: its clients send their requests with the engine of this library.

    import httpx
    from hyperhttp.integrations.httpx import HyperHTTPTransport

    client = httpx.Client(transport=HyperHTTPTransport())

It needs httpx (the extra `httpx`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, final

# Users without httpx check the types of this package, too.
import httpx  # type: ignore[import-not-found, unused-ignore]

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
class _Stream(Received, httpx.SyncByteStream):  # type: ignore[misc, unused-ignore]
    _module: ClassVar[ModuleType] = httpx


@final
class _AsyncStream(AsyncReceived, httpx.AsyncByteStream):  # type: ignore[misc, unused-ignore]
    _module: ClassVar[ModuleType] = httpx


class HyperHTTPTransport(Engine, httpx.BaseTransport):  # type: ignore[misc, unused-ignore]
    """A transport for `httpx.Client`, in place of `httpx.HTTPTransport`.

        client = httpx.Client(transport=HyperHTTPTransport(http2=True))

    Any number of threads can use it.
    """

    _module: ClassVar[ModuleType] = httpx

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and return its response. Raises the errors of httpx."""
        response = self._respond(request)
        return httpx.Response(
            response.status_code,
            headers=response._head.fields,  # pyright: ignore[reportPrivateUsage]
            stream=_Stream(response, request, self._driver),
            extensions=extensions_of(response),
        )


class AsyncHyperHTTPTransport(AsyncEngine, httpx.AsyncBaseTransport):  # type: ignore[misc, unused-ignore]
    """A transport for `httpx.AsyncClient`, in place of `httpx.AsyncHTTPTransport`.

        client = httpx.AsyncClient(transport=AsyncHyperHTTPTransport(http2=True))

    It needs asyncio, and belongs to the event loop of its first request.
    """

    _module: ClassVar[ModuleType] = httpx

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and return its response. Raises the errors of httpx."""
        response = await self._respond(request)
        return httpx.Response(
            response.status_code,
            headers=response._head.fields,  # pyright: ignore[reportPrivateUsage]
            stream=_AsyncStream(response, request),
            extensions=extensions_of(response),
        )
