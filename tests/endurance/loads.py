"""The load processes of a run, as the run sees them."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.endurance.servers import ROOT
from tests.endurance.settings import DEADLINE_S

if TYPE_CHECKING:
    from pathlib import Path

    from tests.endurance.settings import LoadSettings

# With an arena for each of its threads, glibc needs an hour to reach the memory that it keeps. That
# hides what a client keeps. So does the cache of free memory that each thread has: `malloc_trim`
# doesn't empty it.
MALLOC: Final = {"MALLOC_ARENA_MAX": "2", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"}


@dataclass
class Load:
    """One load process."""

    settings: LoadSettings
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, settings: LoadSettings, python: str, directory: Path) -> Load:
        """Start it with an interpreter that has the client."""
        path = directory / f"load-{settings.mode}.json"
        settings.save(path)
        with (directory / f"load-{settings.mode}.log").open("ab") as output:
            process = subprocess.Popen(
                [python, "-m", "tests.endurance.worker", str(path)],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **MALLOC, "PYTHONPATH": str(ROOT)},
            )
        return cls(settings, process)

    def tell(self, command: dict[str, object]) -> None:
        """Give it a command."""
        assert self.process.stdin
        with suppress(BrokenPipeError):
            os.write(self.process.stdin.fileno(), json.dumps(command).encode() + b"\n")

    def is_running(self) -> bool:
        """Whether it hasn't ended."""
        return self.process.poll() is None

    def stop(self) -> int:
        """Have it wait for its requests and end; kill it if it doesn't. Returns its exit code."""
        self.tell({"do": "stop"})
        try:
            return self.process.wait(DEADLINE_S + 30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
