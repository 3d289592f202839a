"""The cases: what is asked of the server, by how many tasks at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["get", "json", "burst", "download", "upload", "files", "idle", "make"]

LARGE_BYTES: Final = 100 << 20
REPLY: Final = {"id": 7, "tags": [f"t{n}" for n in range(20)], "ok": True, "note": "x" * 700}
BODY: Final = {"user": "u" * 40, "items": list(range(120)), "text": "y" * 500}


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of work, and the unit that its cost is told in."""

    kind: Kind
    path: str = "/200.bin"
    body_bytes: int = 200
    tasks: int = 1
    connections: int = 1000

    @property
    def unit(self) -> str:
        """What one figure is: CPU per request, per GiB of body, per client or memory."""
        match self.kind:
            case "download" | "upload" | "files":
                return "s/GiB"
            case "idle":
                return "KiB"
            case _:
                return "us"


_LARGE: Final = ("/100m.bin", LARGE_BYTES)
CASES: Final = {
    **{f"get 200 B, {n} at a time": Case("get", tasks=n) for n in (1, 16, 64, 256)},
    "get 10 KiB, 64": Case("get", "/10k.bin", 10 << 10, 64),
    "get 1 MiB, 16": Case("get", "/1m.bin", 1 << 20, 16),
    "new connection each, 16": Case("get", "/close/200.bin", tasks=16),
    "30 fields, 64": Case("get", "/fields/200.bin", tasks=64),
    "chunked, 64": Case("get", "/chunked", 200, 64),
    "gzip, 64": Case("get", "/gzip.txt", 3000, 64),
    "json, 64": Case("json", "/json", tasks=64),
    **{
        f"{n} tasks on 100 connections": Case("get", tasks=n, connections=100)
        for n in (1, 10, 100, 1000)
    },
    "10000 tasks once on 100 connections": Case("burst", tasks=10_000, connections=100),
    "download 100 MiB": Case("download", *_LARGE),
    "upload 100 MiB": Case("upload", "/sink", LARGE_BYTES),
    "upload a file of 100 MiB": Case("files", "/sink", LARGE_BYTES),
    "idle connection": Case("idle", tasks=500),
    "make a client": Case("make"),
}
