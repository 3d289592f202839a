# pyright: reportPrivateUsage=false
# The asynchronous client is the engine of this one.
"""The synchronous client: the same engine as `Client`, driven by the threads that call it.

The calls and the constructor are generated from `spec/`. A `Client` builds and sends the requests;
the `Driver` runs its event loop.
"""

from __future__ import annotations

import sys
import warnings
from functools import partial
from typing import TYPE_CHECKING, TypeVar, final

from hyperhttp._base._generated.errors import ClientClosed, ConfigError
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._client._generated.sync_request_builder import SyncRequestBuilder
from hyperhttp._client.driver import Driver
from hyperhttp._client.paginate import PageRules
from hyperhttp._client.sync_download import SyncDownload
from hyperhttp._client.sync_middleware import asynchronous_hooks, asynchronous_middleware
from hyperhttp._client.sync_paginate import SyncPages
from hyperhttp._client.sync_response import SyncResponse, SyncResponseStream
from hyperhttp._message.request._generated.options import options_of
from hyperhttp._message.request.body import is_async
from hyperhttp._policy.auth import Auth, auth_of, check_synchronous
from hyperhttp.client import Client

if TYPE_CHECKING:
    import ssl
    from types import TracebackType
    from typing import Self

    from typing_extensions import TypeForm

    from hyperhttp._base._generated.config import ClientConfig, JSONConfig, Timeout
    from hyperhttp._base._generated.events import EventHandler
    from hyperhttp._base.address_gate import AddressCheck
    from hyperhttp._base.input_types import PathInput, TimeoutInput
    from hyperhttp._base.option_checks import ExtensionsInput
    from hyperhttp._client.plan import Plan
    from hyperhttp._client.sync_middleware import SyncEventHooks, SyncMiddlewareInput
    from hyperhttp._client.sync_paginate import SyncCursor
    from hyperhttp._message.content.charset import EncodingDetector
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.cookies.jar import Cookies, CookiesInput
    from hyperhttp._message.headers.headers import Headers, RequestHeadersInput
    from hyperhttp._message.request._generated.options import OptionValues
    from hyperhttp._message.request.multipart import SyncFilesInput
    from hyperhttp._message.request.progress import ProgressCallback
    from hyperhttp._message.request.proxy import ProxyInput
    from hyperhttp._message.request.raw_body import SyncContentInput
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.url.query import DataInput, ParamsInput
    from hyperhttp._message.url.url import URL, URLInput
    from hyperhttp._network.resolver import HostsInput, Resolver
    from hyperhttp._network.transport import Transport
    from hyperhttp._policy.auth import AuthInput
    from hyperhttp._transport.stats import PoolStats

T = TypeVar("T")


@final
class SyncClient(SyncRequestBuilder):
    """An HTTP client for synchronous code: connections, cookies and options of its requests.

        with hyperhttp.SyncClient(base_url="https://example.com", timeout=10.0) as client:
            response = client.get("/users", params={"page": 2})
            print(response.json())

    Any number of threads can use it. Close it (`with`, or `close()`) to close its connections. It
    takes the options of `Client`; hooks, middleware, token providers and bodies are plain functions
    and iterables, which run in the thread of their call.
    """

    _client: Client
    _driver: Driver

    # --- how it is set up ---

    def _setup(
        self,
        config: ClientConfig,
        *,
        params: ParamsInput | Unset,
        headers: RequestHeadersInput | Unset,
        cookies: CookiesInput | Unset,
        auth: AuthInput | Unset | None,
        proxy: ProxyInput | Unset | None,
        address_check: AddressCheck | Unset,
        resolver: Resolver | Unset,
        hosts: HostsInput | Unset,
        transport: Transport | Unset,
        event_hooks: SyncEventHooks | Unset,
        on_event: EventHandler | Unset,
        middleware: SyncMiddlewareInput | Unset,
        call_middleware: SyncMiddlewareInput | Unset,
        ssl_context: ssl.SSLContext | None,
        detect_encoding: EncodingDetector | None,
    ) -> None:
        driver = self._driver = Driver()
        wrapped = partial(asynchronous_middleware, driver)
        client = Client.__new__(Client)
        client._setup(
            config,
            params=params,
            headers=headers,
            cookies=cookies,
            auth=auth if auth is UNSET or auth is None else check_synchronous(auth_of(auth)),
            proxy=proxy,
            address_check=address_check,
            resolver=resolver,
            hosts=hosts,
            transport=transport,
            event_hooks=UNSET if event_hooks is UNSET else asynchronous_hooks(driver, event_hooks),
            on_event=on_event,
            middleware=UNSET if middleware is UNSET else wrapped(middleware),
            call_middleware=UNSET if call_middleware is UNSET else wrapped(call_middleware),
            ssl_context=ssl_context,
            detect_encoding=detect_encoding,
        )
        self._client = client

    @property
    def config(self) -> ClientConfig:
        """The configuration of the client."""
        return self._client.config

    @property
    def headers(self) -> Headers:
        """The headers of every request; you can change them at any time."""
        return self._client.headers

    @headers.setter
    def headers(self, headers: RequestHeadersInput) -> None:
        self._client.headers = headers

    @property
    def cookies(self) -> Cookies:
        """The cookies of the client: those that you gave, and those that servers have set."""
        return self._client.cookies

    @cookies.setter
    def cookies(self, cookies: CookiesInput) -> None:
        self._client.cookies = cookies

    @property
    def timeout(self) -> Timeout:
        """Default timeout for requests that don't set one."""
        return self._client.timeout

    @timeout.setter
    def timeout(self, timeout: TimeoutInput) -> None:
        self._client.timeout = timeout

    @property
    def base_url(self) -> URL | None:
        """The URL that relative URLs are joined to; None without one."""
        return self._client.base_url

    @base_url.setter
    def base_url(self, base_url: URLInput) -> None:
        self._client.base_url = base_url

    @property
    def is_closed(self) -> bool:
        """True if `close` was called. A closed client stays closed."""
        return self._client.is_closed

    def stats(self) -> PoolStats:
        """Return the current use of connections: idle, active, pending and queued, by origin.

        Example:
            print(client.stats().active)
        """
        if self._client._pool is None or self.is_closed:
            return self._client.stats()
        return self._driver.run(self._stats)

    async def _stats(self) -> PoolStats:
        # In the event loop, since other threads may change the pool meanwhile.
        return self._client.stats()

    def explain(self, target: URLInput | Request, *, method: str = "GET") -> Plan:
        """Return what would happen to a request, and why. Nothing is sent.

        Example:
            print(client.explain("https://example.com/"))
        """
        return self._client.explain(target, method=method)

    # --- requests ---

    def _built(
        self,
        method: str,
        url: URLInput,
        options: OptionValues,
        params: ParamsInput | Unset,
        headers: RequestHeadersInput | Unset,
        extensions: ExtensionsInput | Unset,
        json_config: JSONConfig | Unset,
        json: JSONInput | Unset,
        data: DataInput | Unset,
        files: SyncFilesInput | Unset,
        content: SyncContentInput | Unset,
    ) -> Request:
        return self._client._built(
            method,
            url,
            options,
            params,
            headers,
            extensions,
            json_config,
            json,
            data,
            files,
            content,
        )

    def _sent(self, request: Request, *, settles: bool = True) -> SyncResponse:
        _check_synchronous(request)
        response = self._driver.run(partial(self._client._sent, request, settles=settles))
        return SyncResponse(response, self._driver)

    def _streamed(self, request: Request) -> SyncResponseStream:
        return SyncResponseStream(partial(self._sent, request, settles=False))

    def _downloaded(
        self,
        request: Request,
        path: PathInput,
        on_download: ProgressCallback | Unset | None,
        resume: bool | Unset,
        digest: str | Unset | None,
    ) -> SyncDownload:
        _check_synchronous(request)
        done = self._driver.run(
            partial(self._client._downloaded, request, path, on_download, resume, digest)
        )
        response = SyncResponse(done.response, self._driver)
        return SyncDownload(done.path, done.size_bytes, done.resumed_bytes, response)

    def _fetched(self, request: Request, into: TypeForm[T]) -> T:
        with self._sent(request) as response:
            return response.raise_for_status().json(into)

    def _paged(
        self, request: Request, cursor: SyncCursor | Unset | None, allow_other_origins: bool | Unset
    ) -> SyncPages:
        rules = PageRules(cursor or None, bool(allow_other_origins), self._client._scope)
        return SyncPages(self.send, request, rules)

    def send(self, request: Request) -> SyncResponse:
        """Send a request from `build_request`, or one that you created.

        The client adds its cookies, timeout and policies, unless the request sets them. Returns and
        raises as the verbs do.

            request = client.build_request("GET", "https://example.com/data")
            response = client.send(request)
        """
        return self._sent(request)

    # --- its end ---

    def close(self) -> None:
        """Close all connections. Idempotent.

        Running requests of other threads raise ClientClosed.
        """
        try:
            self._driver.run(self._client.aclose)
        except ClientClosed:  # it has been closed before
            return
        finally:
            self._driver.close()

    def __enter__(self) -> Self:
        if self.is_closed:
            raise ClientClosed
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        client: Client | None = getattr(self, "_client", None)
        pool = None if client is None or client.is_closed else client._pool
        if pool is None or sys.is_finalizing():  # the end of the process closes its sockets
            return
        try:
            text = f"{self!r} was dropped without being closed: use `with` or `close()`"
            warnings.warn(text, ResourceWarning, stacklevel=2, source=self)
        finally:  # where warnings are errors, too
            pool.release()
            self._driver.close()

    def __repr__(self) -> str:
        return f"<Sync{repr(self._client).removeprefix('<')}"


def _check_synchronous(request: Request) -> None:
    """Raise ConfigError for a request whose body or credentials have to be awaited."""
    body = request.body
    if body is not None and is_async(body):
        allowed = "bytes, str, a path, a binary file, or an iterable of bytes that isn't async"
        raise ConfigError(option="content", given="an async iterable", allowed=allowed)
    auth = options_of(request).auth
    if isinstance(auth, Auth):
        check_synchronous(auth)
