"""The load on a client for threads."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from tests.endurance.clients.base import client_module
from tests.endurance.load_base import LAG_EVERY_S, SAMPLE_EVERY_S, LoadBase, follow_commands
from tests.endurance.outcome import LOST, Received, judge
from tests.endurance.process_troubles import (
    STALL_EVERY_S,
    child_outcome,
    few_descriptors,
    forked,
    jumped_clock,
    stall,
)
from tests.endurance.sending import send_sync
from tests.endurance.settings import DEADLINE_S, THREADS
from tests.endurance.waiting import block
from tests.endurance.workload import Planned

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.endurance.clients.base import SyncAdapter
    from tests.endurance.settings import LoadSettings

LANES: Final = tuple((retries, proxied) for retries in (False, True) for proxied in (False, True))


class SyncLoad(LoadBase):
    """Sends the planned requests from threads, and has the troubles of the process."""

    def __init__(self, settings: LoadSettings) -> None:
        """Create nothing yet: the first sample is taken before the clients exist."""
        super().__init__(settings)
        self.kind = client_module(settings.client)
        self.clients: dict[tuple[bool, bool], SyncAdapter] = {}
        self.in_flight: dict[Future[Received], tuple[Planned, float, SyncAdapter]] = {}
        self.stopped = threading.Event()
        self.pool = ThreadPoolExecutor(THREADS)
        self.lock = threading.Lock()
        self.troubles: dict[str, Callable[[float], None]] = {
            "descriptors": self._descriptors,
            "stalls": self._stalls,
            "clients-closed": self._clients_closed,
            "fork": self._fork,
            "clock": self._clock,
        }

    def run(self) -> None:
        """Send requests until the command to stop, then wait for those that run, and close."""
        follow_commands(self._act)
        self._sample("start")
        self.clients = self._created()
        for watch in (self._take_samples, self._watch_lag):
            threading.Thread(target=watch, daemon=True).start()
        self._send_all()
        self._drain()
        for client in self.clients.values():
            client.close()
        self.pool.shutdown(wait=not self.in_flight)
        block(1.5)  # the watching threads end
        gc.collect()
        self._sample("closed")

    # Requests

    def _send_all(self) -> None:
        number, begun_s = 0, self.now()
        while not self.stopped.is_set():
            block(begun_s + number / self.settings.rate - self.now())
            request = self.plan(number)
            number += 1
            if len(self.in_flight) >= THREADS:
                self.record(request, self.now(), "skipped")
                continue
            self._send(request, number)

    def _send(self, request: Planned, number: int) -> None:
        client = self.clients[request.retries, request.route == "proxied"]
        started_s = self.now()
        future = self.pool.submit(
            send_sync, client, request, self.url(request), self.download_path(number)
        )
        with self.lock:
            self.in_flight[future] = request, started_s, client
        future.add_done_callback(self._done)

    def _done(self, future: Future[Received]) -> None:
        with self.lock:
            request, started_s, client = self.in_flight.pop(future)
        if error := future.exception():
            self.record_error(request, started_s, error, typed=client.is_typed(error))
            return
        response = future.result()
        self.record(request, started_s, judge(request, response), response.attempts)

    def _drain(self) -> None:
        for _ in range(int(DEADLINE_S)):
            if not self.in_flight:
                return
            block(1.0)
        for request, started_s, _ in tuple(self.in_flight.values()):
            self.record(request, started_s, LOST)

    def _created(self) -> dict[tuple[bool, bool], SyncAdapter]:
        adapter = self.kind.Sync
        assert adapter
        return {
            (retries, proxied): adapter(self.setting(retries=retries, proxied=proxied))
            for retries, proxied in LANES
        }

    # Measurements

    def _sample(self, phase: str) -> None:
        self.sample(phase, len(self.in_flight), 0)

    def _take_samples(self) -> None:
        for number in count(1):
            if self.stopped.is_set():
                return
            self._sample(self.phase(number))
            block(SAMPLE_EVERY_S)

    def _watch_lag(self) -> None:
        while not self.stopped.is_set():
            before_s = self.now()
            block(LAG_EVERY_S)
            self.lag_s = max(self.lag_s, self.now() - before_s - LAG_EVERY_S)

    # Troubles

    def _act(self, command: dict[str, Any]) -> None:
        what = command["do"]
        if what == "stop":
            self.stopped.set()
        elif what.startswith("dns-"):
            self.lookups.set_mode(what, command["for_s"])
            threading.Thread(target=self._clients_closed, args=(0.0,), daemon=True).start()
        elif what in self.troubles:  # the others need an event loop
            act = partial(self.troubles[what], command["for_s"])
            threading.Thread(target=act, daemon=True).start()

    def _descriptors(self, for_s: float) -> None:
        self._clients_closed(0.0)
        with few_descriptors():
            block(for_s)

    def _stalls(self, for_s: float) -> None:
        for _ in range(max(1, int(for_s / STALL_EVERY_S))):
            stall()
            block(STALL_EVERY_S)

    def _clients_closed(self, _: float) -> None:
        """Close all clients under load; fresh ones have to open connections and look up names."""
        before, self.clients = self.clients, self._created()
        for client in before.values():
            client.close()

    def _clock(self, for_s: float) -> None:
        with jumped_clock():
            block(for_s)

    def _fork(self, for_s: float) -> None:
        self.forks += 1
        token = f"{self.settings.prefix}f{self.forks}-0-h1-get"
        request = Planned(token, "get", "h1", retries=False, size=1000)
        started_s, client = self.now(), self.clients[False, False]
        outcome = child_outcome(forked(lambda: self._in_child(client, request)))
        self.record(Planned(token, "fork", "h1", retries=False, size=0), started_s, outcome)

    def _in_child(self, client: SyncAdapter, request: Planned) -> bool:
        if self.kind.SURVIVES_FORK:
            return judge(request, client.get(self.url(request))) == "right"
        adapter = self.kind.Sync
        assert adapter
        with closing(adapter(self.setting(retries=False, proxied=False))) as fresh:
            return judge(request, fresh.get(self.url(request))) == "right"
