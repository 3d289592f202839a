"""A run: starts the servers and the loads, performs the script, and stops everything."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Final

from tests.endurance import network
from tests.endurance.loads import Load
from tests.endurance.records import Records, read_records
from tests.endurance.rotation import Rotation
from tests.endurance.script import ALL, pending, script
from tests.endurance.servers import Servers
from tests.endurance.settings import LoadSettings
from tests.endurance.troubles import Stage
from tests.endurance.waiting import block
from tests.servers.programs import REQUIRE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.endurance.script import Trouble

WATCH_EVERY_S: Final = 0.5
COMPLETE: Final = "complete"
MODES_OF: Final = {
    "hyperhttp": ("async", "sync"),
    "httpx2": ("async", "sync"),
    "aiohttp": ("async",),
    "urllib3": ("sync",),
}


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The arguments of a run."""

    minutes: float
    seed: int
    client: str
    python: str
    rate: float
    directory: str
    only: Sequence[str] = ALL
    """The kinds of trouble."""


class Run:
    """One run, or the rest of one that was interrupted."""

    def __init__(self, settings: RunSettings) -> None:
        """Create the directory, or find what was done in it."""
        self.settings = settings
        self.directory = Path(settings.directory)
        (self.directory / "downloads").mkdir(parents=True, exist_ok=True)
        self.done_s = self._done_s()
        self.segment = sum(1 for _ in read_records(self.directory / "segments.jsonl"))
        self.log = Records(self.directory / "troubles.jsonl")

    def perform(self) -> int:
        """Run to the end of the script. Returns the number of loads that failed."""
        missing = {} if network.is_inside() else {"namespace": network.namespace_missing()}
        rotation = Rotation.create(self.directory)
        with Servers(self.directory, rotation, self.settings.seed) as servers:
            missing |= servers.left_out
            if servers.left_out and os.environ.get(REQUIRE_VARIABLE) == "1":
                raise RuntimeError(f"{REQUIRE_VARIABLE}=1, but {servers.left_out}")
            self._note_segment(missing)
            origin = monotonic() - self.done_s
            loads = [self._load(mode, servers, origin) for mode in MODES_OF[self.settings.client]]
            stage = Stage(servers, loads, Random(f"{self.settings.seed}/stage"))
            try:
                self._play(stage, loads, origin, missing)
            finally:
                failed = sum(load.stop() != 0 for load in loads)
        (self.directory / COMPLETE).touch()
        return failed

    def _done_s(self) -> float:
        times = [
            record["t"]
            for path in self.directory.glob("samples-*.jsonl")
            for record in read_records(path)
        ]
        return max(times, default=0.0)

    def _note_segment(self, missing: dict[str, str]) -> None:
        segments = Records(self.directory / "segments.jsonl")
        versions = {"python": sys.version.split()[0]}
        segments.write({"t": self.done_s, **asdict(self.settings), "missing": missing, **versions})
        segments.close()

    def _load(self, mode: str, servers: Servers, origin: float) -> Load:
        settings = self.settings
        routes = servers.routes()
        share = len(MODES_OF[settings.client])
        return Load.start(
            LoadSettings(
                client=settings.client,
                mode=mode,
                seed=settings.seed,
                segment=self.segment,
                rate=settings.rate / share,
                origin=origin,
                directory=str(self.directory),
                routes=routes,
                ca=str(servers.rotation.trusted),
                proxy=f"http://127.0.0.1:{servers.ports.proxy}" if "proxied" in routes else None,
            ),
            settings.python,
            self.directory,
        )

    def _play(
        self, stage: Stage, loads: list[Load], origin: float, missing: dict[str, str]
    ) -> None:
        troubles = script(self.settings.seed, self.settings.minutes, missing, self.settings.only)
        steps = sorted(_steps(stage, pending(troubles, self.done_s)), key=lambda step: step.at_s)
        for step in steps:
            self._wait_until(origin + step.at_s, loads)
            step.act()
            self.log.write({"t": round(monotonic() - origin, 3), **step.record})
        self._wait_until(origin + self.settings.minutes * 60, loads)

    @staticmethod
    def _wait_until(until: float, loads: list[Load]) -> None:
        while (left_s := until - monotonic()) > 0:
            if not all(load.is_running() for load in loads):
                raise RuntimeError("a load has ended before the run: see load-*.log")
            block(min(left_s, WATCH_EVERY_S))


@dataclass(frozen=True, slots=True)
class Step:
    """The start or the end of a trouble."""

    at_s: float
    act: Callable[[], None]
    record: dict[str, object]


def _steps(stage: Stage, troubles: list[Trouble]) -> Iterator[Step]:
    for number, trouble in enumerate(troubles):
        ends = list[Callable[[], None]]()
        record = {"kind": trouble.kind, "number": number}

        def begin(trouble: Trouble = trouble, ends: list[Callable[[], None]] = ends) -> None:
            ends.append(stage.begin(trouble))

        def end(ends: list[Callable[[], None]] = ends) -> None:
            ends.pop()()

        yield Step(trouble.at_s, begin, {**record, "step": "begin"})
        yield Step(trouble.at_s + trouble.lasts_s, end, {**record, "step": "end"})


def claim(directory: Path) -> Path | None:
    """Reserve a directory for this process; rename a complete run, and return its new path.

    Raises:
        BlockingIOError: Another run writes to it.
    """
    _lock(directory)
    aside = set_aside(directory)
    if aside:
        _lock(directory)
    return aside


def _lock(directory: Path) -> None:
    """Lock the directory until this process ends."""
    directory.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise


def set_aside(directory: Path) -> Path | None:
    """Rename the directory of a complete run, so that another one can have its name."""
    if not (directory / COMPLETE).exists():
        return None
    for number in count(1):
        other = directory.with_name(f"{directory.name}.{number}")
        if not other.exists():
            return directory.rename(other)
    return None


def load_settings(directory: Path) -> RunSettings | None:
    """The arguments of the run that was begun in this directory."""
    path = directory / "run.json"
    if not path.exists():
        return None
    values = json.loads(path.read_text())
    return RunSettings(**{**values, "only": tuple(values["only"])})
