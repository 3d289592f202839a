"""Measures synchronous clients side by side: CPU of one GET of 200 bytes, over one connection each.

    python -m tests.benchmarks.synchronous --rounds 5

Each figure is the median of its rounds, in µs of CPU (user and system, all threads) per request.
The rounds of all clients are interleaved, each in a fresh process. `await` is our own `Client`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks.server import serving

if TYPE_CHECKING:
    from collections.abc import Callable

BODY_BYTES: Final = 200
CALLS: Final = 3_000
WARM_UP: Final = 200
THREADS: Final = (1, 8)
CLIENTS: Final = "SyncClient,await,urllib3,requests,httpx,pyreqwest,socket"


def cpu_us() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return (used.ru_utime + used.ru_stime) * 1e6


def call_of(client: str, url: str) -> Callable[[], int]:
    """Return a function that gets the URL and returns the length of the body."""
    match client:
        case "SyncClient":
            ours = import_module("hyperhttp").SyncClient()
            return lambda: len(ours.get(url).content)
        case "urllib3":
            manager = import_module("urllib3").PoolManager(maxsize=max(THREADS))
            return lambda: len(manager.request("GET", url).data)
        case "requests":
            session = import_module("requests").Session()
            return lambda: len(session.get(url).content)
        case "httpx" | "httpx2":
            theirs = import_module(client).Client()
            return lambda: len(theirs.get(url).content)
        case "pyreqwest":
            builder: Any = import_module("pyreqwest.client").SyncClientBuilder()
            rust = builder.build()
            return lambda: len(rust.get(url).build().send().bytes())
        case _:
            return _over_socket(url)


def _over_socket(url: str) -> Callable[[], int]:
    """Return the floor: a request and a response that are known beforehand."""
    host, _, port = url.split("/")[2].partition(":")
    connection = socket.create_connection((host, int(port)))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    request = f"GET /{url.split('/', 3)[3]} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()

    def call() -> int:
        connection.sendall(request)
        received = b""
        while len(received.partition(b"\r\n\r\n")[2]) < BODY_BYTES:
            received += connection.recv(65_536)
        return BODY_BYTES

    return call


async def awaited(url: str, calls: int) -> None:
    """Make the calls of `Client`, one after the other."""
    global started_us  # noqa: PLW0603 - of this process
    async with import_module("hyperhttp").Client() as client:
        for number in range(WARM_UP + calls):
            if number == WARM_UP:
                started_us = cpu_us()
            response = await client.get(url)
            assert len(await response.aread()) == BODY_BYTES


started_us = 0.0


def measure(client: str, threads: int, url: str) -> float:
    """Return µs of CPU per request."""
    global started_us  # noqa: PLW0603 - of this process
    if client == "await":
        asyncio.run(awaited(url, CALLS))
        return (cpu_us() - started_us) / CALLS
    call = call_of(client, url)

    def repeat(calls: int) -> None:
        for _ in range(calls):
            assert call() == BODY_BYTES

    repeat(WARM_UP)
    workers = [threading.Thread(target=repeat, args=(CALLS // threads,)) for _ in range(threads)]
    started_us = cpu_us()
    if threads == 1:
        repeat(CALLS)
    else:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    return (cpu_us() - started_us) / CALLS


def figure(client: str, threads: int, url: str, cpu: int | None) -> float | None:
    """Measure in a process of its own; None if the client isn't installed or can't do it."""
    if client in {"await", "socket"} and threads > 1:
        return None
    command = [sys.executable, "-m", __spec__.name, "--worker", client, str(threads), url]
    prefix = [] if cpu is None else ["taskset", "-c", str(cpu)]
    done = subprocess.run(
        [*prefix, *command], capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode:
        sys.stderr.write(f"{client}: {done.stderr.strip().splitlines()[-1:]}\n")
        return None
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, prog=f"python -m {__spec__.name}")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", default=CLIENTS, help=CLIENTS)
    parser.add_argument("--worker", nargs=3, metavar=("CLIENT", "THREADS", "URL"))
    options = parser.parse_args()
    if options.worker:
        client, threads, url = options.worker
        sys.stdout.write(str(measure(client, int(threads), url)))
        sys.stdout.flush()
        os._exit(0)  # Threads of some clients do not survive an orderly end.
    cpus = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    ours, theirs = cpus[:2] if len(cpus) > 1 else (None, None)
    clients = options.clients.split(",")
    found: dict[tuple[str, int], list[float]] = {}
    with tempfile.TemporaryDirectory() as directory, serving(Path(directory), theirs) as server:
        url = f"{server.http}/200.bin"
        for _ in range(options.rounds):
            for threads in THREADS:
                for client in clients:
                    one = figure(client, threads, url, ours)
                    if one is not None:
                        found.setdefault((client, threads), []).append(one)
    for (client, threads), figures in sorted(found.items(), key=lambda item: item[0][1]):
        sys.stdout.write(f"{client:12} {threads} threads  {median(figures):7.1f} us\n")


if __name__ == "__main__":
    main()
