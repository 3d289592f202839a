"""Files of JSON lines that are written as things happen, so that a run can be continued."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Records:
    """Appends a line for each record; whole lines only, also if the process is killed."""

    def __init__(self, path: Path) -> None:
        """Open the file, or continue it."""
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def write(self, record: Mapping[str, Any]) -> None:
        """Append a record."""
        os.write(self._descriptor, json.dumps(record, separators=(",", ":")).encode() + b"\n")

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file; none if there is no file, and a torn last line doesn't count."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)
