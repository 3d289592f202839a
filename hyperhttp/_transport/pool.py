"""The pool of one client: carries out what the ledger decides, and owns every connection and dial.

It knows time and tasks; whose turn it is stands in `ledger`, how to open a connection in
`_network`.
"""

from __future__ import annotations

import asyncio
from copy import copy
from math import inf
from typing import TYPE_CHECKING, Final, assert_never, final

from hyperhttp._generated.exceptions import ClientClosed, ConnectError, ConnectTimeout, PoolTimeout
from hyperhttp._network.clock import Alarm
from hyperhttp._network.dial import Route, dial
from hyperhttp._network.resolver import Resolver
from hyperhttp._network.tls import tls_context
from hyperhttp._transport.h1_connection import H1Connection
from hyperhttp._transport.ledger import Close, Dial, Ledger, Refuse, Serve, Step, Waiter
from hyperhttp._transport.state import State

if TYPE_CHECKING:
    import ssl
    from collections.abc import Sequence

    from hyperhttp._generated.config import ClientConfig
    from hyperhttp._generated.exceptions import HyperHTTPError
    from hyperhttp._message.url import URL
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.stats import PoolStats

# One read takes what the kernel has; TLS records are 16 KiB, a busy socket holds more than 64 KiB.
RECEIVE_BYTES: Final = 1 << 18
# How long `aclose` waits for peers to take leave of TLS before it cuts.
CLOSE_S: Final = 0.5
# Idle connections may outlive their time by this much, so that many of them cost little to watch.
EXPIRY_TICK_S: Final = 1.0
ALPN: Final = ("http/1.1",)


@final
class _Caller:
    """One who waits, with the future and the timer that end the wait."""

    __slots__ = ("alarm", "deadline", "dial", "future", "route", "since")

    def __init__(
        self, route: Route, deadline: Deadline, future: asyncio.Future[H1Connection], since: float
    ) -> None:
        self.route = route
        self.deadline = deadline
        self.future = future
        self.since = since
        self.alarm: Alarm | None = None
        self.dial: asyncio.Task[H1Connection] | None = None


@final
class Pool:
    """Leases connections. It lives on one event loop, that of its first use."""

    def __init__(
        self,
        config: ClientConfig,
        ssl_context: ssl.SSLContext | None,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self.loop = loop
        self._config = config
        self._ssl_context = ssl_context
        self._ledger: Ledger[H1Connection] = Ledger(config.pool, self._shares_first_dial)
        self._resolver = Resolver(loop)
        self._buffer = memoryview(bytearray(RECEIVE_BYTES))
        self._callers: dict[Waiter, _Caller] = {}
        self._dials: set[asyncio.Task[H1Connection]] = set()
        self._booked: set[H1Connection] = set()
        self._sockets: set[H1Connection] = set()
        self._all_closed: asyncio.Future[None] | None = None
        expiry = config.pool.keepalive_expiry
        self._keepalive_s = inf if expiry is None else expiry
        self._expiry = Alarm(loop, self._expire_idle)
        self._is_closed = False

    def stats(self) -> PoolStats:
        """How the connections are used now."""
        return self._ledger.stats()

    def take(self, key: str) -> H1Connection | None:
        """An idle connection to this origin, at once, or None."""
        while (connection := self._ledger.take(key)) is not None:
            connection.lease()
            if connection.idle_until > self.loop.time():
                return connection
            self._retire(connection)
        return None

    async def acquire(self, url: URL, deadline: Deadline, *, fresh: bool = False) -> H1Connection:
        """A connection, as soon as there is one; `fresh`: rather not one that was idle.

        Raises PoolTimeout while all slots are taken, ConnectTimeout, ConnectError, DNSError or
        TLSError when a new one cannot be had, TotalTimeout, ClientClosed.
        """
        if self._is_closed:
            raise ClientClosed
        connection = None if fresh else self.take(url.origin)
        if connection is not None:
            return connection
        waiter = Waiter(url.origin)
        route = Route(url.host, url.effective_port, url.is_tls)
        caller = _Caller(route, deadline, self.loop.create_future(), self.loop.time())
        self._callers[waiter] = caller
        delivered = False
        try:
            self._carry_out(self._ledger.join(waiter))
            if caller.dial is None and not caller.future.done():
                self._watch(caller, deadline.timeout.pool)
            connection = await caller.future
            delivered = True
            return connection
        finally:
            self._dismiss(waiter, caller, delivered=delivered)

    def returned(self, connection: H1Connection) -> None:
        """An exchange is complete: the connection goes to who waits, or is idle."""
        now = self.loop.time()
        keepalive_s = min(self._keepalive_s, connection.keepalive_s)
        until = connection.idle_until = min(now + keepalive_s, connection.retire_at)
        if until <= now:
            self._retire(connection)
            return
        self._carry_out(self._ledger.put_back(connection.key, connection))
        if until < self._expiry.due:
            self._expiry.set(until)

    def lost(self, connection: H1Connection) -> None:
        """A connection is closed: its slot is free."""
        if connection in self._booked:
            self._booked.remove(connection)
            self._carry_out(self._ledger.gone(connection.key, connection))

    def disconnected(self, connection: H1Connection) -> None:
        """A socket is closed."""
        self._sockets.discard(connection)
        if not self._sockets and self._all_closed is not None and not self._all_closed.done():
            self._all_closed.set_result(None)

    async def aclose(self) -> None:
        """End everything: who waits and who reads is told ClientClosed. Idempotent, bounded."""
        self._is_closed = True
        self._expiry.stop()
        self._booked.clear()
        for caller in list(self._callers.values()):
            if not caller.future.done():
                caller.future.set_exception(ClientClosed())
        dials = list(self._dials)
        for task in dials:
            task.cancel()
        await self._resolver.aclose()
        await asyncio.gather(*dials, return_exceptions=True)
        for connection in list(self._sockets):
            connection.fail(ClientClosed())
        await self._wait_until_disconnected()

    async def _wait_until_disconnected(self) -> None:
        """Peers may take leave of TLS for a moment; then they are cut."""
        if not self._sockets:
            return
        if self._all_closed is None:
            self._all_closed = self.loop.create_future()
            self.loop.call_later(CLOSE_S, self._cut)
        await asyncio.shield(self._all_closed)

    def _cut(self) -> None:
        for connection in list(self._sockets):
            connection.abort()

    # --- carrying out ---

    def _carry_out(
        self, steps: Sequence[Step[H1Connection]], error: BaseException | None = None
    ) -> None:
        """In a loop, not by recursion: thousands of callers may have left at once."""
        while steps and not self._is_closed:
            further: list[Step[H1Connection]] = []
            for step in steps:
                match step:
                    case Dial():
                        self._start_dial(step.waiter)
                    case Serve():
                        further += self._serve(step.waiter, step.connection)
                    case Close():
                        self._booked.discard(step.connection)
                        step.connection.close()
                    case Refuse():
                        self._refuse(step.waiter, error)
                    case _:
                        assert_never(step)
            steps = further

    def _serve(self, waiter: Waiter, connection: H1Connection) -> Sequence[Step[H1Connection]]:
        future = self._callers[waiter].future
        if future.done():
            # The caller was cancelled or timed out, and has not run since.
            return self._ledger.put_back(connection.key, connection)
        connection.lease()
        future.set_result(connection)
        return ()

    def _refuse(self, waiter: Waiter, error: BaseException | None) -> None:
        """Each gets an error of its own: an error knows the one request it belongs to."""
        future = self._callers[waiter].future
        if error is not None and not future.done():
            told = copy(error)
            told.__cause__ = error.__cause__
            future.set_exception(told)

    def _shares_first_dial(self, key: str) -> bool:
        """Whether ALPN may choose HTTP/2 there, so that one connection could serve all who wait."""
        return self._config.http2 is True and key.startswith("https:")

    def _start_dial(self, waiter: Waiter) -> None:
        caller = self._callers[waiter]
        caller.dial = task = self.loop.create_task(self._dial(waiter.key, caller.route))
        self._dials.add(task)
        task.add_done_callback(lambda task: self._dial_done(waiter, caller, task))
        self._watch(caller, caller.deadline.timeout.connect)

    async def _dial(self, key: str, route: Route) -> H1Connection:
        context = None
        if route.is_tls:
            context = self._ssl_context or await tls_context(self._config.tls, ALPN)
        return await dial(
            route,
            lambda: H1Connection(key, self, self._config.limits, self._buffer, self.loop),
            resolver=self._resolver,
            ssl_context=context,
        )

    def _dial_done(self, waiter: Waiter, caller: _Caller, task: asyncio.Task[H1Connection]) -> None:
        self._dials.discard(task)
        if not task.cancelled() and task.exception() is None:
            connection = task.result()
            if connection.state is State.IDLE:
                self._dialed(waiter, connection)
                return
        error = _dial_error(caller, task)
        if error is not None and not caller.future.done():
            caller.future.set_exception(error)
        self._ledger.leave(waiter)
        steps = self._ledger.dial_failed(waiter, called_off=error is None)
        self._carry_out(steps, error)

    def _dialed(self, waiter: Waiter, connection: H1Connection) -> None:
        self._sockets.add(connection)
        if self._is_closed:
            connection.close()
            return
        self._booked.add(connection)
        now = self.loop.time()
        age_s = self._config.pool.max_connection_age
        connection.retire_at = inf if age_s is None else now + age_s
        connection.idle_until = min(now + self._keepalive_s, connection.retire_at)
        self._carry_out(self._ledger.dialed(waiter, connection))

    # --- time ---

    def _watch(self, caller: _Caller, limit_s: float | None) -> None:
        """The phase of a caller that begins now ends by `limit_s`, or with the call's total."""
        now = self.loop.time()
        due = caller.deadline.until(now, limit_s)
        if caller.alarm is None:
            caller.alarm = Alarm(self.loop, lambda now: self._expire(caller, now))
        caller.since = now
        caller.alarm.set(due)

    def _expire(self, caller: _Caller, now: float) -> None:
        if not caller.future.done():
            caller.future.set_exception(self._expired(caller, now))

    def _expired(self, caller: _Caller, now: float) -> HyperHTTPError:
        deadline, route = caller.deadline, caller.route
        if now >= deadline.total_at:
            return deadline.total_error(now, "pool" if caller.dial is None else "connect")
        elapsed_s = now - caller.since
        if caller.dial is None:
            return PoolTimeout(
                timeout_s=deadline.timeout.pool or 0.0,
                elapsed_s=elapsed_s,
                max_connections=self._ledger.opened,
                waiting=len(self._callers),
            )
        return ConnectTimeout(
            timeout_s=deadline.timeout.connect or 0.0,
            elapsed_s=elapsed_s,
            host=route.host,
            port=route.port,
        )

    def _dismiss(self, waiter: Waiter, caller: _Caller, *, delivered: bool) -> None:
        """A caller goes, with its connection or without; nothing of it stays behind."""
        del self._callers[waiter]
        if caller.alarm is not None:
            caller.alarm.stop()
        if delivered:
            return
        future = caller.future
        if future.done() and not future.cancelled() and future.exception() is None:
            # It was served to a caller who was cancelled before it could use it.
            future.result().release()
            return
        self._ledger.leave(waiter)
        if caller.dial is not None:
            caller.dial.cancel()

    def _expire_idle(self, now: float) -> None:
        """Close what has been idle for too long. It may be a second late; `take` is exact."""
        due = inf
        for connection in self._ledger.idle():
            if connection.idle_until > now:
                due = min(due, connection.idle_until)
            else:
                self._retire(connection)
        self._expiry.set(max(due, now + EXPIRY_TICK_S))

    def _retire(self, connection: H1Connection) -> None:
        connection.close()
        self.lost(connection)


def _dial_error(caller: _Caller, task: asyncio.Task[H1Connection]) -> BaseException | None:
    """Why a dial came to nothing; None when it was called off because its caller had left."""
    if not task.cancelled():
        return task.exception() or ConnectError(
            detail="the server closed the connection at once",
            host=caller.route.host,
            port=caller.route.port,
        )
    future = caller.future
    error = future.exception() if future.done() and not future.cancelled() else None
    return error if isinstance(error, ConnectTimeout) else None
