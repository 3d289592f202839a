# pyright: reportPrivateUsage=false
"""The limit of idle connections, as httpx applies it.

For httpx, a connection is in use until the response is closed. Tasks whose responses end at
the same moment don't exceed the limit. For our pool, it is idle with the last byte. So surplus
connections are closed only after no request has used them for a while.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    import asyncio

    from hyperhttp._transport.connection import Connection
    from hyperhttp._transport.pool import Pool

__all__ = ["SURPLUS_S", "IdleLimit"]

SURPLUS_S: Final = 1.0
"""How long a surplus connection must be unused before it's closed."""


@final
class IdleLimit:
    """Closes the surplus idle connections of one pool."""

    __slots__ = ("_connections_max", "_served", "_timer", "_unused_s")

    def __init__(self, connections_max: int, unused_s: float = SURPLUS_S) -> None:
        self._connections_max = connections_max
        self._unused_s = unused_s
        self._served: dict[Connection, int] = {}
        """The idle connections at the last check, and how many requests they had served."""
        self._timer: asyncio.TimerHandle | None = None

    def check(self, pool: Pool) -> None:
        """Look for surplus connections; called in the event loop of the pool."""
        if self._timer is None and pool._state.idle_count > self._connections_max:
            self._watch(pool)

    def _watch(self, pool: Pool) -> None:
        self._served = {connection: connection.served for connection in pool._state.idle()}
        self._timer = pool.loop.call_later(self._unused_s, self._close_unused, pool)

    def _close_unused(self, pool: Pool) -> None:
        self._timer = None
        if pool._is_closed:
            return
        idle = pool._state.idle()
        unused = [one for one in idle if self._served.get(one) == one.served]
        for connection in unused[: max(0, len(idle) - self._connections_max)]:
            pool._retire(connection)
        self._served = {}
        self.check(pool)
