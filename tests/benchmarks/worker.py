"""Measures one client in one case, in a process of its own; prints the figure as JSON.

    python -m tests.benchmarks.worker '{"client": "hyperhttp", "case": "json, 64", ...}'

CPU is that of the whole process, user and system, all threads: it is far steadier than time.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.cases import BODY, CASES, LARGE_BYTES, REPLY, Case
from tests.benchmarks.clients.base import Bench, Setting

_BLOCK: Final = b"z" * 65_536
_UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be measured."""

    client: str
    case: str
    protocol: str
    base: str
    ca: str
    upload: str
    seconds: float
    uvloop: bool


def cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def resident_kib() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024


async def pieces() -> AsyncGenerator[bytes]:
    for _ in range(LARGE_BYTES // len(_BLOCK)):
        yield _BLOCK


async def repeat(call: Callable[[], Awaitable[None]], tasks: int, seconds: float) -> float:
    """Microseconds of CPU of each call, with so many tasks that each make one after the other."""
    count, end, before = 0, 0.0, 0.0

    async def one() -> None:
        nonlocal count
        while time.perf_counter() < end:
            await call()
            count += 1

    for phase_s in (seconds / 4, seconds):
        gc.collect()
        count, end, before = 0, time.perf_counter() + phase_s, cpu_s()
        await asyncio.gather(*[one() for _ in range(tasks)])
    return (cpu_s() - before) / count * 1e6


async def measure(job: Job, case: Case, make: Callable[[Setting], Bench]) -> float:
    setting = Setting(Path(job.ca), job.protocol == "h2", case.connections)
    if case.kind == "make":
        return await _making(make, setting)
    client = make(setting)
    try:
        return await _measure(client, job, case)
    finally:
        await client.aclose()


async def _making(make: Callable[[Setting], Bench], setting: Setting) -> float:
    costs: list[float] = []
    for _ in range(20):
        before = cpu_s()
        client = make(setting)
        costs.append((cpu_s() - before) * 1e6)
        await client.aclose()
    return sorted(costs)[len(costs) // 2]


async def _measure(client: Bench, job: Job, case: Case) -> float:
    url = f"{job.base}{case.path}"

    async def get() -> None:
        assert await client.get(url) in {case.body_bytes, _UNKNOWN}

    async def post() -> None:
        assert await client.post_json(url, BODY) == REPLY

    match case.kind:
        case "get":
            await get()
            return await repeat(get, case.tasks, job.seconds)
        case "json":
            return await repeat(post, case.tasks, job.seconds)
        case "burst":
            await get()
            before = cpu_s()
            await asyncio.gather(*[get() for _ in range(case.tasks)])
            return (cpu_s() - before) / case.tasks * 1e6
        case "idle":
            await get()
            gc.collect()
            before_kib = resident_kib()
            await asyncio.gather(*[get() for _ in range(case.tasks)])
            gc.collect()
            return (resident_kib() - before_kib) / case.tasks
        case _:
            await client.get(f"{job.base}/200.bin")
            gc.collect()
            before = cpu_s()
            await _transfer(client, url, case, Path(job.upload))
            return (cpu_s() - before) * (1 << 30) / LARGE_BYTES


async def _transfer(client: Bench, url: str, case: Case, upload: Path) -> None:
    match case.kind:
        case "download":
            assert await client.download(url) in {LARGE_BYTES, _UNKNOWN}
        case "upload":
            assert int(await client.upload(url, pieces())) >= LARGE_BYTES
        case _:
            assert int(await client.send_file(url, upload)) >= LARGE_BYTES


def main() -> None:
    job = Job(**json.loads(sys.argv[1]))
    module: Any = import_module(f"tests.benchmarks.clients.{job.client}")
    factory: Any = import_module("uvloop").new_event_loop if job.uvloop else None
    with asyncio.Runner(loop_factory=factory) as runner:
        figure = runner.run(measure(job, CASES[job.case], module.Bench))
    sys.stdout.write(json.dumps(figure))
    sys.stdout.flush()
    os._exit(0)  # Threads of some clients do not survive an orderly end.


if __name__ == "__main__":
    main()
