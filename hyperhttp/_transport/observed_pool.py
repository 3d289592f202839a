"""The pool of a client with `on_event`: reports its connections."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, final

from hyperhttp._base._generated.events import ConnectionClosed, ConnectionOpened
from hyperhttp._transport.pool import Pool

if TYPE_CHECKING:
    import asyncio
    import ssl
    from collections.abc import Mapping

    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base._generated.config import TLSConfig
    from hyperhttp._base.address_gate import AddressGate
    from hyperhttp._network.resolver_cache import ResolverCache
    from hyperhttp._network.transport import Transport
    from hyperhttp._policy.proxies import ProxyRules
    from hyperhttp._transport.connection import Connection
    from hyperhttp._transport.observed_call import Emit
    from hyperhttp._transport.pool_request import PoolRequest

__all__ = ["ObservedPool"]

_next_id: Final = count(1).__next__


@final
class ObservedPool(Pool):
    """Reports when its connections are opened and closed."""

    def __init__(
        self,
        emit: Emit,
        config: ClientConfig,
        ssl_context: ssl.SSLContext | None,
        loop: asyncio.AbstractEventLoop,
        proxies: ProxyRules | None = None,
        transport: Transport | None = None,
        gate: AddressGate | None = None,
        resolver: ResolverCache | None = None,
        tls_hosts: Mapping[str, TLSConfig] | None = None,
    ) -> None:
        super().__init__(config, ssl_context, loop, proxies, transport, gate, resolver, tls_hosts)
        self._emit = emit
        self._opened: dict[Connection, tuple[int, str, float]] = {}
        """The number, origin and start of each open connection."""

    def _dialed(self, pool_request: PoolRequest, connection: Connection) -> None:
        now, trace = self.stopwatch(), connection.connect_trace
        number, origin = _next_id(), pool_request.url.origin
        self._opened[connection] = (number, origin, now)
        connection.connection_id = number
        version = "HTTP/1.1" if connection.capacity is None else "HTTP/2"
        started = pool_request.since if trace is None else trace.started
        peer = None if trace is None else trace.peer
        self._emit(ConnectionOpened(number, origin, min(started, now), now, version, peer))
        super()._dialed(pool_request, connection)

    def disconnected(self, connection: Connection) -> None:
        """Report that a socket is closed."""
        super().disconnected(connection)
        opened = self._opened.pop(connection, None)
        if opened is not None:
            number, origin, since = opened
            now = self.stopwatch()
            reason = connection.close_reason or "closed by the server"
            self._emit(ConnectionClosed(number, origin, since, now, reason, connection.served))

    async def _close(self) -> None:
        for connection in self._sockets:
            connection.close_reason = connection.close_reason or "client closed"
        await super()._close()

    def _drain_expired(self, connection: Connection) -> None:
        connection.close_reason = connection.close_reason or "expired"
        super()._drain_expired(connection)

    def _retire(self, connection: Connection) -> None:
        connection.close_reason = connection.close_reason or "expired"
        super()._retire(connection)
