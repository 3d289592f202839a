"""What the load of asyncio and that of threads share: the clock, the records, the commands."""

from __future__ import annotations

import json
import sys
import threading
import traceback
from pathlib import Path
from platform import python_version
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from tests.endurance.clients.base import Setting, client_module, version_of
from tests.endurance.lookups import Lookups
from tests.endurance.measurements import ConnectCount, measured, release_free_memory
from tests.endurance.outcome import FAULTS, outcome_of_error
from tests.endurance.records import Records
from tests.endurance.workload import planned

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.endurance.settings import LoadSettings
    from tests.endurance.workload import Planned

SAMPLE_EVERY_S: Final = 1.0
LAG_EVERY_S: Final = 0.05
# Each that many samples, what isn't in use is released first. It stops the process for 0.1 s.
SETTLED_EVERY: Final = 30
# More than the requests that may be running.
DOWNLOADS: Final = 4096


class LoadBase:
    """The state of a load process that doesn't depend on the kind of client."""

    def __init__(self, settings: LoadSettings) -> None:
        """Open the files, and replace the lookups of this process."""
        self.settings = settings
        self.routes = tuple(sorted(settings.routes))
        self.random = Random(f"{settings.seed}/{settings.mode}")
        self.lookups = Lookups()
        self.lookups.install()
        self.connects = ConnectCount()
        self.requests = Records(settings.path("requests"))
        self.samples = Records(settings.path("samples"))
        self.lag_s = 0.0
        self.forks = 0
        downloads = Path(settings.directory, "downloads")
        self._downloads = [downloads / f"{settings.mode}-{n}" for n in range(DOWNLOADS)]
        self._note_versions()

    def _note_versions(self) -> None:
        client = self.settings.client
        versions = {client: version_of(client_module(client)), "Python": python_version()}
        path = Path(self.settings.directory, f"versions-{self.settings.mode}.json")
        path.write_text(json.dumps(versions))

    def now(self) -> float:
        """Seconds since the run began."""
        return monotonic() - self.settings.origin

    def plan(self, number: int) -> Planned:
        """The request with this number."""
        settings = self.settings
        return planned(settings.seed, settings.prefix, number, self.routes)

    def url(self, request: Planned) -> str:
        """The URL of a request."""
        return self.settings.routes[request.route] + request.path

    def setting(self, *, retries: bool, proxied: bool) -> Setting:
        """How to create a client."""
        proxy = self.settings.proxy if proxied else None
        return Setting(Path(self.settings.ca), retries, proxy)

    def record(self, request: Planned, started_s: float, outcome: str, attempts: int = 1) -> None:
        """Write what became of a request."""
        line: dict[str, Any] = {
            "t": round(started_s, 3),
            "ms": round((self.now() - started_s) * 1000, 2),
            "k": request.kind,
            "r": request.route,
            "y": int(request.retries),
            "o": outcome,
        }
        if attempts > 1:
            line["a"] = attempts
        if outcome.startswith(FAULTS):
            line["token"] = request.token
        self.requests.write(line)

    def record_error(
        self, request: Planned, started_s: float, error: BaseException, *, typed: bool
    ) -> None:
        """Write the error of a request; one of a foreign type with its traceback, in the log."""
        if not typed:
            traceback.print_exception(error)
        attempts = len(getattr(error, "attempts", ()))
        self.record(request, started_s, outcome_of_error(error, typed=typed), attempts)

    def sample(self, phase: str, in_flight: int, tasks: int) -> None:
        """Write what the process uses now."""
        values = {
            **measured(self.connects),
            "tasks": tasks,
            "in_flight": in_flight,
            "lag_ms": round(self.lag_s * 1000, 1),
            "lookups": self.lookups.count,
        }
        self.lag_s = 0.0
        self.samples.write({"t": round(self.now(), 3), "phase": phase, **values})

    def phase(self, number: int) -> str:
        """The phase of a sample under load; before some, what isn't in use is released."""
        if number % SETTLED_EVERY:
            return "load"
        release_free_memory()
        return "settled"

    def download_path(self, number: int) -> Path:
        """The file of a download. Python would keep each new name for a while, so there are few."""
        return self._downloads[number % len(self._downloads)]


def follow_commands(act: Callable[[dict[str, Any]], object]) -> threading.Thread:
    """Call the function with each command of the standard input, from a thread."""

    def follow() -> None:
        for line in sys.stdin:
            act(json.loads(line))
        act({"do": "stop"})

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    return thread
