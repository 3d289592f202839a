"""Name look-ups by the system's resolver, each in its own daemon thread.

The event loop's default executor has few threads, and downloads and user code share it: names whose
look-up hangs would hold up everything else, and the interpreter's exit. Here they hold up neither.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar, final

from hyperhttp._base._generated.bounds import LOOKUP_START_S, LOOKUPS_MAX
from hyperhttp._network.address import Address

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ThreadedLookup", "in_daemon_thread"]

T = TypeVar("T")


@final
class ThreadedLookup:
    """A `Lookup` by `socket.getaddrinfo`."""

    def __init__(self, *, lookups_max: int = LOOKUPS_MAX, start_s: float = LOOKUP_START_S) -> None:
        self._lookups_max = lookups_max
        self._start_s = start_s
        self._free = asyncio.Semaphore(lookups_max)

    async def __call__(self, host: str, port: int) -> list[Address]:
        """Return the addresses in the order of preference.

        Raises `socket.gaierror`: the name has no address, or too many look-ups have been running
        for too long.
        """
        await self._start()
        found = in_daemon_thread(lambda: _system_addresses(host, port), f"hyperhttp look-up {host}")
        # A lookup without waiters still uses its thread.
        found.add_done_callback(lambda _: self._free.release())
        return await asyncio.shield(found)

    async def _start(self) -> None:
        try:
            async with asyncio.timeout(self._start_s):
                await self._free.acquire()
        except TimeoutError:
            detail = f"{self._lookups_max} name look-ups hang; none ended in {self._start_s:g} s"
            raise socket.gaierror(socket.EAI_AGAIN, detail) from None


def in_daemon_thread(work: Callable[[], T], name: str) -> asyncio.Future[T]:
    """Run a function in a thread that the interpreter's exit doesn't wait for."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(work_done: Callable[[], T]) -> None:
        if future.done():
            return
        try:
            future.set_result(work_done())
        except Exception as error:  # noqa: BLE001  # it's raised where the future is awaited
            future.set_exception(error)
            future.exception()  # retrieved here, in case there are no waiters left

    def run() -> None:
        outcome = _outcome(work)
        with suppress(RuntimeError):  # the loop has been closed meanwhile
            loop.call_soon_threadsafe(settle, outcome)

    threading.Thread(target=run, name=name, daemon=True).start()
    return future


def _outcome(work: Callable[[], T]) -> Callable[[], T]:
    """Return a function that returns or raises the outcome of `work`."""
    try:
        result = work()
    except Exception as failure:  # noqa: BLE001  # it's raised on the event loop
        error = failure

        def fail() -> T:
            raise error

        return fail
    return lambda: result


def _system_addresses(host: str, port: int) -> list[Address]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [
        Address(family, (str(sockaddr[0]), port) if len(sockaddr) == 2 else sockaddr)
        for family, _, _, _, sockaddr in found
    ]
