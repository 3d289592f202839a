"""The settings of a run, and those that it hands to each load process as a file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

DEADLINE_S: Final = 45.0
IN_FLIGHT_MAX: Final = 64
THREADS: Final = 40


@dataclass(frozen=True, slots=True)
class LoadSettings:
    """What a load process has to know."""

    client: str
    mode: str
    """`async` or `sync`."""
    seed: int
    segment: int
    """How often the run was continued: it keeps tokens apart."""
    rate: float
    """Requests in a second."""
    origin: float
    """The monotonic time at which the run has its second 0."""
    directory: str
    routes: dict[str, str]
    ca: str
    proxy: str | None

    @property
    def prefix(self) -> str:
        """What the tokens of this process begin with."""
        return f"{self.mode[0]}{self.segment}"

    def path(self, kind: str) -> Path:
        """The file with records of this kind."""
        return Path(self.directory, f"{kind}-{self.mode}.jsonl")

    def save(self, path: Path) -> None:
        """Write the file that the process reads."""
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def load(cls, path: Path) -> LoadSettings:
        """Read the file."""
        return cls(**json.loads(path.read_text()))
