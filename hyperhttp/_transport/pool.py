"""The connection pool of one client: owns every connection and dial.

`pool_state` decides which request gets which connection; `_network` opens connections.
"""

from __future__ import annotations

import asyncio
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from hyperhttp._base._generated.bounds import CLOSE_WAIT_S, IDLE_EXPIRY_TICK_S, SURPLUS_IDLE_S
from hyperhttp._base._generated.errors import ClientClosed
from hyperhttp._message.request.proxy import secret_fields
from hyperhttp._network.clock import Alarm, now_of, stopwatch_of
from hyperhttp._network.connect_trace import ConnectTrace
from hyperhttp._network.dial import ConnectOptions, dial, dial_error
from hyperhttp._network.exception_mapping import early_end_error
from hyperhttp._network.receive_buffer import reusable_buffer
from hyperhttp._network.resolver_cache import ResolverCache
from hyperhttp._network.tls_sessions import sessions_of
from hyperhttp._network.transport import Endpoint
from hyperhttp._transport.alpn import ALPNProtocol
from hyperhttp._transport.connection_state import State
from hyperhttp._transport.guarded_routing import routing_of
from hyperhttp._transport.h1_connection import H1Connection
from hyperhttp._transport.h2_connection import H2Connection
from hyperhttp._transport.idle_expiry import expired
from hyperhttp._transport.malloc_tuning import tune_malloc
from hyperhttp._transport.origin_memory import HTTP1, HTTP2, OriginMemory
from hyperhttp._transport.origin_tls import OriginTLS
from hyperhttp._transport.other_loop import completes_in
from hyperhttp._transport.pool_request import ObservedRequest, PoolRequest, dial_failure
from hyperhttp._transport.pool_state import Close, Dial, PoolState, RefuseRequest, Serve, Watch
from hyperhttp._transport.proxy_routing import tunnel_of
from hyperhttp._transport.stats import PoolStats, without_policy

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping, Sequence

    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base._generated.config import TLSConfig
    from hyperhttp._base.address_gate import AddressGate
    from hyperhttp._message.request.request import Request
    from hyperhttp._network.dial import Route
    from hyperhttp._network.transport import Transport
    from hyperhttp._policy.proxies import ProxyRules
    from hyperhttp._transport.connection import Connection
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.pool_request import AttemptStart
    from hyperhttp._transport.pool_state import Step
    from hyperhttp._transport.proxy_routing import ProxyRoute

# The precision of queue timeouts, so that 10,000 queued requests cost one timer.
WAIT_TICK_S: Final = 0.02
_Step: TypeAlias = "Step[PoolRequest, Connection]"


class Pool:
    """Leases connections. A pool belongs to the event loop of its first use."""

    def __init__(
        self,
        config: ClientConfig,
        ssl_context: ssl.SSLContext | None,
        loop: asyncio.AbstractEventLoop,
        proxies: ProxyRules | None = None,
        transport: Transport | None = None,
        gate: AddressGate | None = None,
        resolver: ResolverCache | None = None,
        tls_hosts: Mapping[str, TLSConfig] | None = None,
    ) -> None:
        self.loop = loop
        self.now = now_of(loop)
        self.stopwatch = stopwatch_of(loop)
        self.routing = routing_of(config, proxies, gate, has_addresses=transport is None)
        """Selects the proxy of a request, or refuses it; None if there is nothing to decide."""
        self.policy_key: str = "" if gate is None else gate.key
        """The part of the keys that the address policy adds."""
        self._config = config
        self._ssl_context = ssl_context
        self._origin_tls = OriginTLS(config, ssl_context, tls_hosts)
        self._transport = transport
        self._memory = OriginMemory(config, has_own_context=ssl_context is not None)
        may_share = self._memory.may_use_http2
        self._state: PoolState[PoolRequest, Connection] = PoolState(config.pool, may_share)
        self._resolver = resolver or ResolverCache(loop)
        sessions = sessions_of(config.tls)
        self._connect_options = ConnectOptions(
            self._resolver, config.local_address, config.uds, gate=gate, sessions=sessions
        )
        tune_malloc()
        self._buffer = reusable_buffer()
        self._requests: set[PoolRequest] = set()
        self._wait_alarm = Alarm(loop, self._expire_requests)
        self._dials: set[asyncio.Task[None]] = set()
        self._connections: set[Connection] = set()
        self._sockets: set[Connection] = set()
        self._uploads: set[asyncio.Task[None]] = set()
        self._released: list[asyncio.Transport | None] = []
        """Transports whose sockets are closed, but which weren't notified: their loop is gone."""
        self._all_closed: asyncio.Future[None] | None = None
        expiry = config.pool.keepalive_expiry
        self._keepalive_s = inf if expiry is None else expiry
        self._expiry = Alarm(loop, self._expire_idle)
        self._is_closed = False

    def stats(self) -> PoolStats:
        """Return how the connections are used now; a closed pool has none."""
        stats = PoolStats({}) if self._is_closed else self._state.stats()
        return without_policy(stats, self.policy_key)

    def is_quiet(self) -> bool:
        """Return whether at most one connection is in use or being opened."""
        return self._state.opened - self._state.idle_count < 2

    def take(self, key: str) -> Connection | None:
        """Return a connection for this key at once, idle or with free streams, or None."""
        while (connection := self._state.take(key)) is not None:
            in_use = connection.in_use
            until = connection.retire_at if in_use else connection.idle_until
            # Most connections in use have no age limit, and asking for the time costs as much.
            if until == inf or until > self.now():
                connection.lease()
                return connection
            if in_use:
                self._drain_expired(connection)
                self._apply(self._state.put_back(key, connection))
            else:
                self._retire(connection)
        return None

    def call(
        self,
        request: Request,
        deadline: Deadline,
        key: str,
        fresh: bool = False,
        proxy_route: ProxyRoute | None = None,
        attempt: AttemptStart | None = None,
    ) -> PoolRequest:
        """Queue a request until there is a connection; for use after `take` returned None.

            with pool.call(request, deadline, key) as call:
                await call.future

        When the future completes, `call.exchange` has response headers or has failed.

        Args:
            request: The request.
            deadline: Its time limits.
            key: The key of its connections.
            fresh: Whether it needs a new connection.
            proxy_route: The proxy to use; None to connect directly.
            attempt: Starts the request in place of the connection, and reports it.

        Raises:
            ClientClosed: The pool is closed.
        """
        if self._is_closed:
            raise ClientClosed
        make = PoolRequest if attempt is None else partial(ObservedRequest, attempt)
        pool_request = make(request, deadline, self, key, fresh, proxy_route)
        self._requests.add(pool_request)
        self._apply(self._state.join(pool_request))
        if pool_request.dial is None and not pool_request.is_sent:
            self._watch(pool_request, pool_request.deadline.timeout.pool)
        return pool_request

    def returned(self, connection: Connection) -> None:
        """Give a connection whose exchange is complete to the next request, or make it idle."""
        now = connection.idle_since = self.now()
        keepalive_s = min(self._keepalive_s, connection.keepalive_s)
        until = connection.idle_until = min(now + keepalive_s, connection.retire_at)
        if until <= now:
            self._drain_expired(connection)
            if connection.state is not State.DRAINING:
                self.lost(connection)
                return
        self._apply(self._state.put_back(connection.key, connection))
        if until < self._expiry.due:
            self._expiry.set(until)

    def stream_ended(self, connection: Connection) -> None:
        """Give a stream to the next request. The connection's age is checked when it's taken."""
        if steps := self._state.put_back(connection.key, connection):
            self._apply(steps)

    def capacity_changed(self, connection: Connection, allowed: int = 0) -> None:
        """Update how many exchanges a connection can run."""
        if connection in self._connections:
            key, state = connection.key, self._state
            self._memory.learn_capacity(key, allowed)
            if connection.state is State.DRAINING:
                self._apply(state.drain(key, connection))
            else:
                self._apply(state.set_capacity(key, connection, connection.capacity or 0))

    def http1_required(self, connection: Connection) -> None:
        """Use HTTP/1.1 for the origin of this connection from now on."""
        self._memory.require_http1(connection.key)
        for other in [one for one in self._connections if one.key == connection.key]:
            if other.capacity is not None:
                other.drain()

    def lost(self, connection: Connection) -> None:
        """Free the slot of a closed connection."""
        if connection in self._connections:
            self._connections.remove(connection)
            self._apply(self._state.closed(connection.key, connection))

    def disconnected(self, connection: Connection) -> None:
        """Note that a socket is closed."""
        self._sockets.discard(connection)
        if not self._sockets and self._all_closed is not None and not self._all_closed.done():
            self._all_closed.set_result(None)

    def uploading(self, upload: asyncio.Task[None]) -> None:
        """Keep track of an upload, because its source may take time to end when canceled."""
        self._uploads.add(upload)
        upload.add_done_callback(self._uploads.discard)

    async def aclose(self) -> None:
        """Close everything; queued and running requests fail with ClientClosed.

        Idempotent, bounded. It may be called in another event loop.
        """
        if self.loop is asyncio.get_running_loop():
            await self._close()
        elif not await completes_in(self.loop, self._close):
            self.release()

    def release(self) -> None:
        """Close the sockets without the event loop, and without notifying the servers."""
        self._is_closed = True
        self._released += [connection.release() for connection in self._sockets]
        self._connections.clear()
        self._sockets.clear()

    async def _close(self) -> None:
        self._is_closed = True
        self._expiry.stop()
        self._connections.clear()
        self._wait_alarm.stop()
        for pool_request in self._requests:
            pool_request.fail(ClientClosed())
        dials = list(self._dials)
        for task in dials:
            task.cancel()
        await self._resolver.aclose()
        await asyncio.gather(*dials, return_exceptions=True)
        for connection in list(self._sockets):
            connection.fail(ClientClosed())
        await self._wait_until_disconnected()
        if uploads := self._uploads - {asyncio.current_task()}:
            await asyncio.wait(uploads, timeout=CLOSE_WAIT_S)
        if self._transport is not None:
            await self._transport.aclose()
        self._buffer = memoryview(b"")  # the response of an observed call keeps its pool

    async def _wait_until_disconnected(self) -> None:
        """Wait a moment for peers to close TLS, then abort."""
        if not self._sockets:
            return
        if self._all_closed is None:
            self._all_closed = self.loop.create_future()
            timer = self.loop.call_later(CLOSE_WAIT_S, self._abort_all)
            self._all_closed.add_done_callback(lambda _: timer.cancel())
        await asyncio.shield(self._all_closed)

    def _abort_all(self) -> None:
        for connection in list(self._sockets):
            connection.abort()

    def cancel(self, pool_request: PoolRequest) -> None:
        """Remove a request from the queue before it was sent."""
        self._requests.discard(pool_request)
        self._apply(self._state.leave(pool_request))
        if pool_request.dial is not None:
            pool_request.dial.cancel()

    # --- applying the steps of the pool state ---

    def _apply(self, steps: Sequence[_Step], error: BaseException | None = None) -> None:
        """Apply steps in a loop, not recursively: thousands of requests may be canceled."""
        while steps and not self._is_closed:
            further: list[_Step] = []
            for step in steps:
                match step:
                    case Dial():
                        self._start_dial(step.waiter)
                    case Serve():
                        further += self._serve(step.waiter, step.connection)
                    case Close():
                        self._connections.discard(step.connection)
                        step.connection.close()
                    case RefuseRequest():
                        if error is not None:
                            step.waiter.fail_with_copy(error)
                    case Watch():
                        self._expiry.set_earlier(self.now() + SURPLUS_IDLE_S)
                    case _:
                        assert_never(step)
            steps = further

    def _serve(self, pool_request: PoolRequest, connection: Connection) -> Sequence[_Step]:
        if pool_request.future.done():
            # It was canceled or timed out, and its task hasn't run since.
            return self._state.put_back(connection.key, connection)
        if connection.in_use and connection.retire_at <= self.now():
            # Its server raised the limit of streams, but the connection is too old for new ones.
            self._drain_expired(connection)
            is_open = connection in self._connections
            freed = self._state.put_back(connection.key, connection) if is_open else []
            return [*freed, *self._state.join(pool_request)]
        self._requests.discard(pool_request)
        connection.lease()
        pool_request.send(connection)
        return ()

    def _start_dial(self, pool_request: PoolRequest) -> None:
        pool_request.dial = task = self.loop.create_task(self._dial(pool_request))
        self._dials.add(task)
        task.add_done_callback(partial(self._dial_done, pool_request))
        self._watch(pool_request, pool_request.deadline.timeout.connect)

    async def _dial(self, pool_request: PoolRequest) -> None:
        """Open a connection and use it, in the same turn of the loop."""
        connection = await self._open(pool_request)
        if connection.state is not State.IDLE:
            url = pool_request.url
            raise early_end_error(connection.loss, url.host, url.effective_port)
        self._dialed(pool_request, connection)

    async def _open(self, pool_request: PoolRequest) -> Connection:
        key, route = pool_request.key, pool_request.route
        if self._transport is not None:
            return await self._dial_transport(self._transport, key, route)
        trace = pool_request.trace = ConnectTrace(self.stopwatch)
        options = self._connect_options.for_request(trace, key, pool_request.request.hop)
        connection = await self._connect(key, route, pool_request.proxy_route, options)
        connection.set_trace(trace)
        return connection

    async def _connect(
        self, key: str, route: Route, proxy_route: ProxyRoute | None, options: ConnectOptions
    ) -> H1Connection | H2Connection:
        config, own, tls, connect = self._config, self._ssl_context, None, dial
        if proxy_route is not None:
            tunnel = await tunnel_of(proxy_route, config, own)
            connect = tunnel.dial
            if proxy_route.forwards:
                make_forwarding = partial(self._make_proxy_connection, key, proxy_route)
                return await tunnel.dial(route, make_forwarding, options, None)
        if route.is_tls:
            alpn = self._memory.alpn(key)
            tls = await self._origin_tls.start(key, route.host, alpn)
            options.mark("tls")
            if HTTP2 in alpn or own is not None:
                make = partial(self._make_connection, key)
                return (await connect(route, lambda: ALPNProtocol(make), options, tls)).connection
        protocol = HTTP2 if config.http2 == "prior-knowledge" else HTTP1
        return await connect(route, lambda: self._make_connection(key, protocol), options, tls)

    async def _dial_transport(self, transport: Transport, key: str, route: Route) -> Connection:
        """Open a connection with the client's `transport=` instead of the network."""
        alpn = self._memory.alpn(key) if route.is_tls else ()
        endpoint = Endpoint(route.host, route.port, route.is_tls, alpn)
        try:
            protocol = await transport.connect(
                endpoint, lambda: ALPNProtocol(partial(self._make_connection, key))
            )
        except OSError as error:
            raise dial_error(error, route) from error
        return protocol.connection

    def _make_proxy_connection(self, key: str, proxy_route: ProxyRoute) -> H1Connection:
        """Create a connection to a proxy that forwards requests."""
        fields, limits = secret_fields(proxy_route.proxy), self._config.limits
        return H1Connection(key, self, limits, self._buffer, self.loop, for_proxy=fields)

    def _make_connection(self, key: str, protocol: str | None) -> H1Connection | H2Connection:
        """Create a connection for the protocol that ALPN negotiated; None: it negotiated none."""
        config = self._config
        if protocol == HTTP2 or config.http2 == "prior-knowledge":
            return H2Connection(
                key,
                self,
                config.limits,
                config.http2_config,
                self._buffer,
                self.loop,
                known_capacity=self._memory.capacity(key),
                may_use_http1=self._memory.may_use_http1,
            )
        return H1Connection(key, self, config.limits, self._buffer, self.loop)

    def _dial_done(self, pool_request: PoolRequest, task: asyncio.Task[None]) -> None:
        self._dials.discard(task)
        if not task.cancelled() and task.exception() is None:
            return
        error = dial_failure(pool_request, task)
        if error is not None:
            pool_request.fail(error)
        steps = self._state.leave(pool_request)
        steps += self._state.dial_failed(pool_request, cancelled=error is None)
        self._apply(steps, error)

    def _dialed(self, pool_request: PoolRequest, connection: Connection) -> None:
        self._sockets.add(connection)
        if self._is_closed:
            connection.close()
            return
        self._connections.add(connection)
        now = connection.idle_since = self.now()
        age_s = self._config.pool.max_connection_age
        connection.retire_at = inf if age_s is None else now + age_s
        connection.idle_until = min(now + self._keepalive_s, connection.retire_at)
        self._apply(self._state.dialed(pool_request, connection, connection.capacity))

    # --- time ---

    def _watch(self, pool_request: PoolRequest, limit_s: float | None) -> None:
        """Set the one timer of all queued requests to the earliest of their limits."""
        self._wait_alarm.set_earlier(pool_request.begin_phase(self.now(), limit_s))

    def _expire_requests(self, now: float) -> None:
        due = inf
        for pool_request in self._requests:
            if pool_request.due <= now:
                pool_request.expire(now, opened=self._state.opened, waiting=len(self._requests))
            due = min(due, pool_request.due)
        # Requests whose limits are close together are checked together.
        self._wait_alarm.set(max(due, now + WAIT_TICK_S))

    def _expire_idle(self, now: float) -> None:
        """Close connections that were idle for too long; up to a second late, `take` is exact."""
        connections, due = expired(self._state.idle(), self._state.surplus, now)
        for connection in connections:
            self._retire(connection)
        self._expiry.set(max(due, now + IDLE_EXPIRY_TICK_S))

    def _drain_expired(self, connection: Connection) -> None:
        connection.drain()

    def _retire(self, connection: Connection) -> None:
        connection.close()
        self.lost(connection)
