# pyright: reportPrivateUsage=false
# The asynchronous client is the engine of both transports.
"""The common part of the transports for httpx and httpx2: everything but the classes of the two."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, final

from hyperhttp._base._generated.errors import (
    ConnectError,
    HyperHTTPError,
    ProxyError,
    WrongEventLoop,
)
from hyperhttp._message.cookies.jar import Cookies
from hyperhttp.client import Client
from hyperhttp.integrations._errors import raise_foreign, unsupported
from hyperhttp.integrations._network_stream import NetworkStream
from hyperhttp.integrations._options import DEFAULT_LIMITS, engine_options
from hyperhttp.integrations._request import RequestReader
from hyperhttp.sync import SyncClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Iterable, Iterator, Sequence
    from types import ModuleType

    from hyperhttp._client.driver import Driver
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response
    from hyperhttp._message.url.url import URL
    from hyperhttp.integrations._options import EngineOptions
    from hyperhttp.integrations._types import (
        AnyLimits,
        AnyRequest,
        CertTypes,
        ProxyTypes,
        VerifyTypes,
    )

__all__ = ["AsyncEngine", "AsyncReceived", "Engine", "Received", "extensions_of"]

_RETRY_DELAY_S: Final = 0.5
"""The delay before the second retry, which doubles with each; the first is sent at once."""
_TRUSTS_SYSTEM: Final = "httpx2"
"""The library for which the usual CAs are those of the operating system."""


@final
class _NoCookies(Cookies):
    """A jar that stays empty: httpx keeps the cookies."""

    __slots__ = ()

    def _store(self, url: URL, set_cookie: Sequence[str], now: float) -> None:
        """Do nothing."""


def extensions_of(response: Response) -> dict[str, object]:
    """Return the extensions of the response for httpx."""
    extensions: dict[str, object] = {
        "http_version": response.http_version.encode("ascii"),
        "network_stream": NetworkStream(response._body.source),
    }
    if response.http_version != "HTTP/2":
        extensions["reason_phrase"] = response.reason_phrase.encode("latin-1")
    return extensions


class BaseEngine:
    """The arguments of a transport, and the requests that it sends."""

    _module: ClassVar[ModuleType]
    """httpx or httpx2."""
    _is_async: ClassVar[bool]

    _client: Client

    def __init__(
        self,
        verify: VerifyTypes = True,
        cert: CertTypes | None = None,
        trust_env: bool = True,
        http1: bool = True,
        http2: bool = False,
        limits: AnyLimits = DEFAULT_LIMITS,
        proxy: ProxyTypes | None = None,
        uds: str | None = None,
        local_address: str | None = None,
        retries: int = 0,
        *,
        env_proxies: bool = False,
    ) -> None:
        """Create a transport; the arguments are those of `httpx.HTTPTransport`.

        Args:
            verify: True for the usual CAs, False for no verification, a file or directory of CAs,
                or an `ssl.SSLContext`.
            cert: A client certificate.
            trust_env: Whether to read SSL_CERT_FILE and SSL_CERT_DIR.
            http1: Whether to use HTTP/1.1.
            http2: Whether to use HTTP/2; without `http1` it needs no negotiation.
            limits: The limits of the pool.
            proxy: The proxy of all requests.
            uds: The path of a Unix socket to connect to.
            local_address: The address to connect from.
            retries: How often to try to connect again.
            env_proxies: Whether to use the proxies of HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and
                NO_PROXY, as a client without a transport does.

        Raises:
            ConfigError: An argument can't be used.
        """
        self._retries = retries
        options = engine_options(
            verify=verify,
            cert=cert,
            system_trust=self._module.__name__ == _TRUSTS_SYSTEM,
            trust_env=trust_env,
            http1=http1,
            http2=http2,
            limits=limits,
            proxy=proxy,
            env_proxies=env_proxies,
            uds=uds,
            local_address=local_address,
        )
        byte_stream: type[Iterable[bytes]] = self._module.ByteStream
        self._reader = RequestReader(byte_stream, is_async=self._is_async)
        self._client = self._created(options)
        self._client._cookies = _NoCookies()

    def _created(self, options: EngineOptions) -> Client:
        raise NotImplementedError

    def _own(self, request: AnyRequest) -> Request:
        """Return the request as one of ours. Raises errors of httpx."""
        scheme = request.url.raw_scheme
        if scheme not in {b"http", b"https"}:
            text = f"the URL has the scheme {scheme.decode('ascii')!r} instead of http or https"
            raise unsupported(self._module, text, request)
        if "sni_hostname" in request.extensions:
            raise unsupported(self._module, "the extension sni_hostname isn't supported", request)
        try:
            return self._reader.read(request)
        except HyperHTTPError as error:
            raise_foreign(self._module, error, request)

    def _responding(self, request: Request) -> Awaitable[Response]:
        sent = self._client._sent(request, settles=False)
        return self._retried(request, sent) if self._retries else sent

    async def _retried(self, request: Request, sent: Awaitable[Response]) -> Response:
        """Connect again, up to `retries` times, as httpx does."""
        delay_s = 0.0
        for _ in range(self._retries):
            try:
                return await sent
            except ProxyError:
                raise
            except ConnectError:
                await asyncio.sleep(delay_s)
                delay_s = delay_s * 2 or _RETRY_DELAY_S
                sent = self._client._sent(request, settles=False)
        return await sent


class AsyncEngine(BaseEngine):
    """Sends the requests of an asynchronous client."""

    _is_async = True

    def _created(self, options: EngineOptions) -> Client:
        return Client(**options)

    async def _respond(self, request: AnyRequest) -> Response:
        own = self._own(request)
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            raise WrongEventLoop(detail="that of another library than asyncio") from None
        try:
            return await self._responding(own)
        except HyperHTTPError as error:
            raise_foreign(self._module, error, request)

    async def aclose(self) -> None:
        """Close all connections. Idempotent."""
        await self._client.aclose()


class Engine(BaseEngine):
    """Sends the requests of a synchronous client."""

    _is_async = False

    _sync_client: SyncClient
    _driver: Driver

    def _created(self, options: EngineOptions) -> Client:
        client = self._sync_client = SyncClient(**options)
        self._driver = client._driver
        return client._client

    def _respond(self, request: AnyRequest) -> Response:
        own = self._own(request)
        try:
            return self._driver.run(partial(self._responding, own))
        except HyperHTTPError as error:
            raise_foreign(self._module, error, request)

    def close(self) -> None:
        """Close all connections. Idempotent."""
        self._sync_client.close()


class AsyncReceived:
    """The body of a response as it was received, for an asynchronous client."""

    _module: ClassVar[ModuleType]

    def __init__(self, response: Response, request: AnyRequest) -> None:
        self._body = response._body
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        source = self._body.source
        try:
            while piece := await source.read():
                rest = source.take()
                yield piece + rest if rest else piece
        except HyperHTTPError as error:
            raise_foreign(self._module, error, self._request)

    async def aclose(self) -> None:
        """Close the response; the connection too, if the body isn't complete."""
        self._body.close()


class Received:
    """The body of a response as it was received, for a synchronous client."""

    _module: ClassVar[ModuleType]

    def __init__(self, response: Response, request: AnyRequest, driver: Driver) -> None:
        self._body = response._body
        self._request = request
        self._driver = driver

    def __iter__(self) -> Iterator[bytes]:
        source = self._body.source
        try:
            # A body that has come whole needs no event loop.
            while piece := source.take() if source.ended else self._driver.run(self._next_piece):
                yield piece
        except HyperHTTPError as error:
            raise_foreign(self._module, error, self._request)

    async def _next_piece(self) -> bytes:
        source = self._body.source
        piece = await source.read()
        rest = source.take() if piece else b""
        return piece + rest if rest else piece

    def close(self) -> None:
        """Close the response; the connection too, if the body isn't complete."""
        if self._body.source.over:
            self._body.close()
        else:
            self._driver.run(self._close)

    async def _close(self) -> None:
        self._body.close()
        # The event loop closes the socket, and may not run again for long.
        await asyncio.sleep(0)
