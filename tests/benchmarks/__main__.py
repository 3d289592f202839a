"""Measures clients side by side and prints a table for each protocol.

    python -m tests.benchmarks --rounds 5 --clients hyperhttp,pyreqwest --only 'json'

Each figure is the median of its rounds; the rounds of all clients are interleaved, each in a fresh
process. Quote ratios of one run: figures of two machines, or of two days, are no comparison.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.benchmarks.cases import CASES
from tests.benchmarks.server import Server, serving
from tests.benchmarks.worker import Job

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT: Final = Path(__file__).parents[2]
CLIENTS: Final = "hyperhttp,pyreqwest,aiohttp,httpx"
# What a client cannot do is left out, not measured wrongly.
_HTTP1_ONLY: Final = {"aiohttp"}
# What the floors can do: the protocol of each, and bodies with a known length.
_FLOORS: Final = {"floor": "h1", "floor_tls": "tls", "floor_tls_h2": "h2"}
_STATIC: Final = {"/200.bin", "/10k.bin", "/1m.bin", "/100m.bin"}


def main() -> None:
    options = _options()
    clients = options.clients.split(",")
    names = [name for name in CASES if options.only in name]
    # The server has a CPU of its own, so that the two do not disturb each other.
    cpus = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    pinned = cpus if len(cpus) > 1 else [None, None]
    with (
        tempfile.TemporaryDirectory(prefix="hyperhttp-bench-", dir=_quick_directory()) as directory,
        serving(Path(directory), pinned[1]) as server,
    ):
        for protocol in options.protocols.split(","):
            figures = _figures(options, server, protocol, clients, names, pinned[0])
            sys.stdout.write(table(protocol, clients, figures))
            sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.benchmarks")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each round of each case")
    parser.add_argument(
        "--clients", default=CLIENTS, help=f"{CLIENTS},{','.join(_FLOORS)}; ours is the first"
    )
    parser.add_argument("--only", default="", help="cases with this text in their name")
    parser.add_argument("--protocols", default="h1,tls,h2")
    parser.add_argument("--uvloop", action="store_true")
    return parser.parse_args()


def _quick_directory() -> str | None:
    """Uploads must not measure a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _figures(
    options: argparse.Namespace,
    server: Server,
    protocol: str,
    clients: Sequence[str],
    names: Sequence[str],
    cpu: int | None,
) -> Mapping[str, Mapping[str, list[float]]]:
    found: dict[str, dict[str, list[float]]] = {name: {c: [] for c in clients} for name in names}
    for _ in range(options.rounds):
        for name in names:
            for client in clients:
                if not _can(client, protocol, name):
                    continue
                job = Job(
                    client=client,
                    case=name,
                    protocol=protocol,
                    base=server.base(protocol),
                    ca=str(server.ca),
                    upload=str(server.upload),
                    seconds=options.seconds,
                    uvloop=options.uvloop,
                )
                figure = _measured(job, cpu)
                if figure is not None:
                    found[name][client].append(figure)
    return found


def _can(client: str, protocol: str, name: str) -> bool:
    if protocol == "h2" and client in _HTTP1_ONLY:
        return False
    if client not in _FLOORS:
        return True
    case = CASES[name]
    is_plain = case.kind in {"get", "burst", "download"} and case.path in _STATIC
    if client == "floor_tls":
        is_plain |= case.path == "/close/200.bin"
    if client != "floor":
        # Each of ten thousand tasks would dial.
        is_plain = (is_plain and case.kind != "burst") or case.kind == "upload"
    return protocol == _FLOORS[client] and is_plain


def _measured(job: Job, cpu: int | None) -> float | None:
    """The figure; None, and why on stderr, when the client fails."""
    pinned = [] if cpu is None else ["taskset", "-c", str(cpu)]
    done = subprocess.run(
        [*pinned, sys.executable, "-m", "tests.benchmarks.worker", json.dumps(asdict(job))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:]
        sys.stderr.write(f"{job.client}, {job.case} ({job.protocol}): {' '.join(reason)}\n")
        return None
    return float(done.stdout)


def table(
    protocol: str, clients: Sequence[str], figures: Mapping[str, Mapping[str, list[float]]]
) -> str:
    """A Markdown table: the first client's median, and how it compares with each other one's."""
    ours, *others = clients
    title = {"h1": "HTTP/1.1", "tls": "HTTP/1.1 over TLS", "h2": "HTTP/2 over TLS"}[protocol]
    heads = [title, ours, *(f"{name} (ratio)" for name in others)]
    rows = [heads, ["---"] * len(heads)]
    for name, found in figures.items():
        own = median(found[ours]) if found[ours] else None
        cells = [f"{name}, {CASES[name].unit}", "n/a" if own is None else f"{own:.3g}"]
        for other in others:
            theirs = median(found[other]) if found[other] else None
            ratio = "" if own is None or not theirs else f" ({own / theirs:.2f})"
            cells.append("n/a" if theirs is None else f"{theirs:.3g}{ratio}")
        rows.append(cells)
    return "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\n"


if __name__ == "__main__":
    main()
