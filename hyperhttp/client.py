"""The client: composes options, requests, policies and the pool.

The verbs and the constructor, with every option, are generated from `spec/` (`Calls`,
`RequestBuilder`); `_message`, `_policy` and `_transport` implement them.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast, final

from hyperhttp._base._generated.client_config import ClientConfig
from hyperhttp._base._generated.config import Timeout
from hyperhttp._base._generated.errors import ClientClosed, TransportError, WrongEventLoop
from hyperhttp._base.config_model import number_model
from hyperhttp._base.option_checks import checked_extensions
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._client._generated.request_builder import RequestBuilder
from hyperhttp._client.credential_scope import CredentialScope, without_secrets
from hyperhttp._client.default_headers import client_headers, request_headers
from hyperhttp._client.download import Downloader, DownloadOptions
from hyperhttp._client.explain import explain_request
from hyperhttp._client.fork import AfterFork
from hyperhttp._client.log_events import log_unclosed
from hyperhttp._client.middleware import Hooks, hooks_of, middleware_of
from hyperhttp._client.observer import Observer
from hyperhttp._client.paginate import PageRules, Pages
from hyperhttp._client.pipeline import Pipeline
from hyperhttp._client.request_cookies import add_cookies, keep_cookies
from hyperhttp._client.transport_options import NetworkOptions
from hyperhttp._message.cookies.jar import Cookies
from hyperhttp._message.headers.headers import Headers
from hyperhttp._message.request._generated.options import options_of
from hyperhttp._message.request.body import prepare_body
from hyperhttp._message.request.request import Request, plain_parts, request_of_client
from hyperhttp._message.response.response import ERROR_STATUS, Response
from hyperhttp._message.response.stream import ResponseStream
from hyperhttp._message.url.query import encode_params
from hyperhttp._message.url.url import URL, base_join
from hyperhttp._policy.auth import auth_of
from hyperhttp._policy.replay import Replay
from hyperhttp._protocol.framing import announced_length
from hyperhttp._transport.deadline import Deadline
from hyperhttp._transport.observed_attempt import start_attempt
from hyperhttp._transport.stats import PoolStats

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable
    from types import TracebackType
    from typing import Self

    from typing_extensions import TypeForm

    from hyperhttp._base._generated.config import JSONConfig
    from hyperhttp._base._generated.events import EventHandler
    from hyperhttp._base.address_gate import AddressCheck
    from hyperhttp._base.input_types import PathInput, TimeoutInput
    from hyperhttp._base.option_checks import ExtensionsInput
    from hyperhttp._client.download import Download
    from hyperhttp._client.middleware import EventHooks, MiddlewareInput
    from hyperhttp._client.paginate import Cursor
    from hyperhttp._client.plan import Plan
    from hyperhttp._message.content.charset import EncodingDetector
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.cookies.jar import CookiesInput
    from hyperhttp._message.headers.headers import RequestHeadersInput
    from hyperhttp._message.headers.response_head import ResponseHead
    from hyperhttp._message.request._generated.options import OptionValues
    from hyperhttp._message.request.multipart import FilesInput
    from hyperhttp._message.request.progress import ProgressCallback
    from hyperhttp._message.request.proxy import ProxyInput
    from hyperhttp._message.request.raw_body import ContentInput
    from hyperhttp._message.url.query import DataInput, ParamsInput
    from hyperhttp._message.url.url import URLInput
    from hyperhttp._network.resolver import HostsInput, Resolver
    from hyperhttp._network.tls_hosts import TLSHostsInput
    from hyperhttp._network.transport import Transport
    from hyperhttp._policy.auth import AuthInput
    from hyperhttp._transport.exchange import Exchange
    from hyperhttp._transport.observed_attempt import ObservedAttempt
    from hyperhttp._transport.pool import Pool
    from hyperhttp._transport.proxy_routing import ProxyRoute

T = TypeVar("T")


@final
class Client(RequestBuilder):
    """An HTTP client: the connections, cookies and options that its requests share.

        async with hyperhttp.Client(base_url="https://example.com", timeout=10.0) as client:
            response = await client.get("/users", params={"page": 2})
            await response.aread()

    Any number of tasks of one event loop can use it. Close it (`async with`, or `aclose()`) to
    close its connections.
    """

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
        tls_hosts: TLSHostsInput | Unset,
        transport: Transport | Unset,
        event_hooks: EventHooks | Unset,
        on_event: EventHandler | Unset,
        middleware: MiddlewareInput | Unset,
        call_middleware: MiddlewareInput | Unset,
        ssl_context: ssl.SSLContext | None,
        detect_encoding: EncodingDetector | None,
    ) -> None:
        self._config = config
        self._timeout = config.timeout
        self._default_encoding = detect_encoding or config.default_encoding
        self._params = [] if params is UNSET else encode_params(params)
        self._cookies = Cookies() if cookies is UNSET else Cookies(cookies)
        self._scope = CredentialScope.of(config)
        observer = self._observer = Observer.of(on_event)
        hooks = Hooks() if event_hooks is UNSET else hooks_of(event_hooks)
        self._pipeline = Pipeline(
            config,
            scope=self._scope,
            auth=None if auth is UNSET or auth is None else auth_of(auth),
            hooks=hooks if observer is None else observer.hooks(hooks),
            middleware=() if middleware is UNSET else middleware_of(middleware),
            call_middleware=() if call_middleware is UNSET else middleware_of(call_middleware),
        )
        self._network = NetworkOptions.of(
            config, ssl_context, transport, proxy, address_check, resolver, hosts, tls_hosts
        )
        self._pool: Pool | None = None
        self._parents_loop: asyncio.AbstractEventLoop | None = None
        self._after_fork: AfterFork | None = None
        self._is_closed = False
        self._base: URL | None = None
        self.base_url = config.base_url
        self._defaults = client_headers(config, {} if headers is UNSET else headers)

    @property
    def config(self) -> ClientConfig:
        """The configuration of the client."""
        return self._config

    @property
    def headers(self) -> Headers:
        """The headers of every request; you can change them at any time."""
        return self._defaults.headers

    @headers.setter
    def headers(self, headers: RequestHeadersInput) -> None:
        self._defaults = client_headers(self._config, headers)

    @property
    def cookies(self) -> Cookies:
        """The cookies of the client: those that you gave, and those that servers have set."""
        return self._cookies

    @cookies.setter
    def cookies(self, cookies: CookiesInput) -> None:
        self._cookies = Cookies(cookies)

    @property
    def timeout(self) -> Timeout:
        """Default timeout for requests that don't set one."""
        return self._timeout

    @timeout.setter
    def timeout(self, timeout: TimeoutInput) -> None:
        self._timeout = number_model(Timeout, timeout)

    @property
    def base_url(self) -> URL | None:
        """The URL that relative URLs are joined to; None without one."""
        return self._base

    @base_url.setter
    def base_url(self, base_url: URLInput) -> None:
        self._base = URL(base_url) if base_url else None

    @property
    def is_closed(self) -> bool:
        """True if `aclose` was called. A closed client stays closed."""
        return self._is_closed

    def stats(self) -> PoolStats:
        """Return the current use of connections: idle, active, pending and queued, by origin.

        Example:
            print(client.stats().active)
        """
        if self._pool is None:
            return PoolStats({})
        breakers = self._pipeline.breakers(self._pool.loop.time())
        return replace(self._pool.stats(), breakers=breakers)

    def explain(self, target: URLInput | Request, *, method: str = "GET") -> Plan:
        """Return what would happen to a request, and why. Nothing is sent.

        Example:
            print(client.explain("https://example.com/"))
        """
        request = target if isinstance(target, Request) else self.build_request(method, target)
        auth = self._pipeline.auth
        return explain_request(request, self._config, self._timeout, auth, self._network)

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
        files: FilesInput | Unset,
        content: ContentInput | Unset,
    ) -> Request:
        base = self._base
        target = URL(url) if base is None or isinstance(url, URL) else base_join(base, url)
        defaults = self._defaults
        if self._scope is not None and not self._scope.trusts(target, self._base):
            defaults = without_secrets(defaults)
        elif self._params:
            target = target.with_params(self._params)
        if params is not UNSET:
            target = target.with_params(encode_params(params))
        if options.auth is None:
            target = target.without_userinfo()
        own = None
        if headers is not UNSET:
            given = headers
            if type(headers) is dict and None not in cast("dict[str, str]", headers).values():
                own = Headers(cast("dict[str, str]", headers))
            else:
                defaults, own = request_headers(defaults, given)
        kind = None if files is UNSET else defaults.content_type(own)
        config = self._config.json_config if json_config is UNSET else json_config
        # By position: keywords would take half as long again (decision 0050).
        body = prepare_body(json, data, files, content, kind, config)
        request = request_of_client(method, target, defaults, own, body, options)
        if extensions is not UNSET:
            request.extensions.update(checked_extensions(extensions))
        return request

    def _sent(self, request: Request, *, settles: bool = True) -> Awaitable[Response]:
        """Send a request; `settles` waits for the body of an error, within its bounds."""
        # Not a coroutine: ten thousand that wait should cost little.
        pool = self._open_pool()
        deadline = Deadline(options_of(request).timeout or self._timeout, pool.now())
        govern = None
        if self._pipeline.concerns(request):
            governed = self._pipeline.governed
            govern = partial(governed, request, deadline, pool.loop, self._base, settles)
        observer = self._observer
        if govern is None:
            observed = None if observer is None else start_attempt(observer, pool, request)
            return self._attempt(pool, observed, deadline, settles, request)
        if observer is not None:
            return observer.governed(pool, deadline, request, self._attempt, govern)
        return govern(partial(self._attempt, pool, None, deadline))

    def _streamed(self, request: Request) -> ResponseStream:
        return ResponseStream(partial(self._sent, request, settles=False))

    async def _downloaded(
        self,
        request: Request,
        path: PathInput,
        on_download: ProgressCallback | Unset | None,
        resume: bool | Unset,
        digest: str | Unset | None,
    ) -> Download:
        options = DownloadOptions.of(path, resume, on_download, digest)
        return await Downloader(self.send, request, options).run()

    async def _fetched(self, request: Request, into: TypeForm[T]) -> T:
        async with await self._sent(request) as response:
            await response.araise_for_status()
            await response.aread()
            return response.json(into)

    def _paged(
        self, request: Request, cursor: Cursor | Unset | None, allow_other_origins: bool | Unset
    ) -> Pages:
        rules = PageRules(cursor or None, bool(allow_other_origins), self._scope)
        return Pages(self.send, request, rules)

    async def send(self, request: Request) -> Response:
        """Send a request from `build_request`, or one that you created.

        The client adds its cookies, timeout and policies, unless the request sets them. Returns and
        raises as the verbs do.

            request = client.build_request("GET", "https://example.com/data")
            response = await client.send(request)
        """
        return await self._sent(request)

    async def _attempt(
        self,
        pool: Pool,
        observed: ObservedAttempt | None,
        deadline: Deadline,
        settles: bool,
        request: Request,
    ) -> Response:
        """Send one request and receive its response headers.

        `Replay` decides whether it is sent once more: if a pooled connection turns out to be dead,
        or the server reports that it hasn't processed the request.
        """
        started = pool.stopwatch()
        replay: Replay | None = None
        try:
            key, route = self._prepare(pool, request)
            while True:
                fresh = replay is not None and replay.needs_new
                connection = None if fresh else pool.take(key)
                if connection is None:
                    if plain_parts(request) is None:
                        announced_length(request)  # raises before a connection is opened
                    with pool.call(request, deadline, key, fresh, route, observed) as call:
                        await call.future
                    exchange = call.exchange
                elif observed is None:
                    exchange = connection.start(request, deadline)
                else:
                    exchange = observed.start(connection, request, deadline)
                try:
                    head = await exchange.wait_head()
                except TransportError as error:
                    replay = replay or Replay()
                    if not replay.allows(request, error, exchange):
                        raise
                    observed = None if observed is None else observed.replayed(error)
                else:
                    elapsed = pool.stopwatch() - started
                    if settles and head.status_code >= ERROR_STATUS:
                        await exchange.settle()
                    response = self._response(head, request, exchange, elapsed)
                    if observed is not None:
                        observed.returned(response)
                    return response
        except BaseException as error:
            deadline.add_context(error, request, pool.now())
            if observed is not None:
                observed.raised(error)
            raise

    def _prepare(self, pool: Pool, request: Request) -> tuple[str, ProxyRoute | None]:
        """Add cookies; return the key of a connection and its proxy."""
        if self._scope is not None:
            self._scope.check(request.url, self._base)
        if self._cookies or options_of(request).sent_cookies:
            trusts = self._scope is None or self._scope.trusts(request.url, self._base)
            add_cookies(request, self._cookies, self._base, is_trusted=trusts)
        route = None if pool.routing is None else pool.routing.route(request.url)
        key = (request.url.origin if route is None else route.key) + pool.policy_key
        if self._network.certificates is not None:
            key = self._network.certificates.key(key, request, self._base)
        return key, route

    def _response(
        self, head: ResponseHead, request: Request, exchange: Exchange, elapsed: float
    ) -> Response:
        if head.has(b"set-cookie"):
            keep_cookies(self._cookies, request.url, head)
        limits, encoding = self._config.limits, self._default_encoding
        return Response(head, request, exchange, elapsed, limits, encoding)

    def _open_pool(self) -> Pool:
        loop = asyncio.get_running_loop()
        if self._is_closed:
            raise ClientClosed
        pool = self._pool
        if pool is None:
            if self._parents_loop is loop:
                raise WrongEventLoop(detail="that of the parent process")
            pool = self._pool = self._network.pool(self._config, loop, self._observer)
            self._after_fork = AfterFork(self._leave_to_parent)
        elif pool.loop is not loop:
            raise WrongEventLoop
        return pool

    def _leave_to_parent(self) -> Pool | None:
        """Start anew in a forked process; return the pool, whose loop is the parent's."""
        pool, self._pool = self._pool, None
        if pool is not None:
            self._parents_loop = pool.loop
            pool.release()
        self._pipeline.reset()
        return pool

    # --- its end ---

    async def aclose(self) -> None:
        """Close all connections. Running requests raise ClientClosed. Idempotent.

        Call it in the event loop of the client. In another one, or after that loop has ended, it
        closes the sockets too.
        """
        self._is_closed = True
        if self._pool is not None:
            await self._pool.aclose()

    async def __aenter__(self) -> Self:
        if self._is_closed:
            raise ClientClosed
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __del__(self) -> None:
        pool: Pool | None = getattr(self, "_pool", None)
        if pool is not None and not self._is_closed:
            log_unclosed(self)

    def __repr__(self) -> str:
        base = "" if self._base is None else f" {self._base}"
        return f"<Client{base}{' (closed)' if self._is_closed else ''}>"
