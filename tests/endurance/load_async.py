"""The load on a client of asyncio."""

from __future__ import annotations

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from tests.endurance.clients.base import client_module
from tests.endurance.load_base import LAG_EVERY_S, SAMPLE_EVERY_S, LoadBase, follow_commands
from tests.endurance.outcome import CANCELED, LOST, judge
from tests.endurance.process_troubles import (
    STALL_EVERY_S,
    child_outcome,
    few_descriptors,
    forked,
    jumped_clock,
    stall,
)
from tests.endurance.sending import send
from tests.endurance.settings import DEADLINE_S, IN_FLIGHT_MAX
from tests.endurance.waiting import block, pause
from tests.endurance.workload import Planned

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from tests.endurance.clients.base import AsyncAdapter
    from tests.endurance.settings import LoadSettings

EXECUTOR_THREADS: Final = 6
# Connections may still be closing then.
END_S: Final = 0.5
CANCEL_SHARE: Final = 0.3
CANCEL_WITHIN_S: Final = 0.3
LANES: Final = tuple((retries, proxied) for retries in (False, True) for proxied in (False, True))


class AsyncLoad(LoadBase):
    """Sends the planned requests at their times, and has the troubles of the process."""

    def __init__(self, settings: LoadSettings) -> None:
        """Create nothing yet: the first sample is taken before the clients exist."""
        super().__init__(settings)
        self.kind = client_module(settings.client)
        self.clients: dict[tuple[bool, bool], AsyncAdapter] = {}
        self.in_flight = set[asyncio.Task[None]]()
        self.background = set[asyncio.Task[None]]()
        self.stopped = asyncio.Event()
        self.cancels = False
        self.troubles: dict[str, Callable[[float], Coroutine[Any, Any, None]]] = {
            "descriptors": self._descriptors,
            "executor": self._executor,
            "stalls": self._stalls,
            "cancellation": self._cancellation,
            "clients-closed": self._clients_closed,
            "fork": self._fork,
            "clock": self._clock,
        }

    async def run(self) -> None:
        """Send requests until the command to stop, then wait for those that run, and close."""
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(EXECUTOR_THREADS))
        follow_commands(lambda command: loop.call_soon_threadsafe(self._act, command))
        self._sample("start")
        self.clients = self._created()
        self._in_background(self._watch_lag())
        self._in_background(self._take_samples())
        await self._send_all()
        if self.in_flight:
            await asyncio.wait(self.in_flight, timeout=DEADLINE_S + 5)
        for task in tuple(self.background):
            task.cancel()
        await self._close(self.clients)
        await asyncio.get_running_loop().shutdown_default_executor()
        await pause(END_S)
        gc.collect()
        self._sample("closed")

    # Requests

    async def _send_all(self) -> None:
        number, begun_s = 0, self.now()
        while not self.stopped.is_set():
            await pause(begun_s + number / self.settings.rate - self.now())
            request = self.plan(number)
            number += 1
            if len(self.in_flight) >= IN_FLIGHT_MAX:
                self.record(request, self.now(), "skipped")
                continue
            task = asyncio.create_task(self._send(request, number))
            self.in_flight.add(task)
            task.add_done_callback(self.in_flight.discard)

    async def _send(self, request: Planned, number: int) -> None:
        started_s = self.now()
        client = self.clients[request.retries, request.route == "proxied"]
        task = asyncio.create_task(
            send(client, request, self.url(request), self.download_path(number))
        )
        is_canceled = self.cancels and self.random.random() < CANCEL_SHARE
        if is_canceled:
            # Most requests take a few milliseconds only.
            delay_s = self.random.random() ** 8 * CANCEL_WITHIN_S
            asyncio.get_running_loop().call_later(delay_s, task.cancel)
        await asyncio.wait({task}, timeout=DEADLINE_S)
        if not task.done():
            task.cancel()
            self.record(request, started_s, LOST)
        elif task.cancelled():
            self.record(request, started_s, CANCELED if is_canceled else "foreign:CancelledError")
        elif error := task.exception():
            self.record_error(request, started_s, error, typed=client.is_typed(error))
        else:
            response = task.result()
            self.record(request, started_s, judge(request, response), response.attempts)

    # Clients

    def _created(self) -> dict[tuple[bool, bool], AsyncAdapter]:
        adapter = self.kind.Async
        assert adapter
        return {
            (retries, proxied): adapter(self.setting(retries=retries, proxied=proxied))
            for retries, proxied in LANES
        }

    async def _close(self, clients: dict[tuple[bool, bool], AsyncAdapter]) -> None:
        for client in clients.values():
            await client.aclose()

    # Measurements

    def _sample(self, phase: str) -> None:
        self.sample(phase, len(self.in_flight), len(asyncio.all_tasks()) - len(self.background))

    async def _take_samples(self) -> None:
        for number in count(1):
            self._sample(self.phase(number))
            await pause(SAMPLE_EVERY_S)

    async def _watch_lag(self) -> None:
        while True:
            before_s = self.now()
            await pause(LAG_EVERY_S)
            self.lag_s = max(self.lag_s, self.now() - before_s - LAG_EVERY_S)

    # Troubles

    def _in_background(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(coroutine)
        self.background.add(task)
        task.add_done_callback(self.background.discard)

    def _act(self, command: dict[str, Any]) -> None:
        what = command["do"]
        if what == "stop":
            self.stopped.set()
        elif what.startswith("dns-"):
            self.lookups.set_mode(what, command["for_s"])
            self._in_background(self._clients_closed(0.0))
        else:
            self._in_background(self.troubles[what](command["for_s"]))

    async def _descriptors(self, for_s: float) -> None:
        await self._clients_closed(0.0)
        with few_descriptors():
            await pause(for_s)

    async def _executor(self, for_s: float) -> None:
        loop = asyncio.get_running_loop()
        jobs = [loop.run_in_executor(None, block, for_s) for _ in range(EXECUTOR_THREADS)]
        await asyncio.gather(*jobs)

    async def _stalls(self, for_s: float) -> None:
        for _ in range(max(1, int(for_s / STALL_EVERY_S))):
            stall()
            await pause(STALL_EVERY_S)

    async def _cancellation(self, for_s: float) -> None:
        self.cancels = True
        await pause(for_s)
        self.cancels = False

    async def _clients_closed(self, _: float) -> None:
        """Close all clients under load; fresh ones have to open connections and look up names."""
        before, self.clients = self.clients, self._created()
        await self._close(before)

    async def _clock(self, for_s: float) -> None:
        with jumped_clock():
            await pause(for_s)

    async def _fork(self, for_s: float) -> None:
        self.forks += 1
        token = f"{self.settings.prefix}f{self.forks}-0-h1-get"
        request = Planned(token, "get", "h1", retries=False, size=1000)
        started_s, client = self.now(), self.clients[False, False]
        pid = forked(lambda: asyncio.run(self._in_child(client, request)))
        outcome = await asyncio.to_thread(child_outcome, pid)
        self.record(Planned(token, "fork", "h1", retries=False, size=0), started_s, outcome)

    async def _in_child(self, client: AsyncAdapter, request: Planned) -> bool:
        if not self.kind.SURVIVES_FORK:
            client = self._created()[False, False]
        return judge(request, await client.get(self.url(request))) == "right"
