"""The servers of a run: two upstreams, nginx and haproxy in front of them, and tinyproxy.

Each can be stopped, killed, reloaded and started again on its port while clients use it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from tests.endurance.configurations import (
    HAPROXY,
    NGINX,
    TINYPROXY,
    Ports,
    write_configuration,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.endurance.rotation import Rotation

ROOT: Final = Path(__file__).resolve().parents[2]
# Programs in sbin are not on every user's PATH.
SEARCH_PATH: Final = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))
STARTED_WITHIN_S: Final = 15.0
STOPPED_WITHIN_S: Final = 8.0
ASK_EVERY_S: Final = 0.05
LISTEN: Final = "0A"
"""The state of a listening socket in the table of the kernel."""
# Below the range from which the kernel takes the ports of outgoing connections.
PORTS: Final = range(20_000, 32_000)


def find_program(name: str) -> str | None:
    """The path of a program; None if it isn't installed."""
    return shutil.which(name, path=SEARCH_PATH)


def free_ports(count: int, start: int) -> list[int]:
    """Ports that are free now, from `start` on; restarted servers bind them again."""
    found = list[int]()
    for offset in range(len(PORTS)):
        port = PORTS[(start + offset) % len(PORTS)]
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("0.0.0.0", port))
            found.append(port)
        if len(found) == count:
            return found
    raise OSError("not enough free ports")


def listens(port: int) -> bool:
    """Whether a server listens on this port; no packets are sent, which a partition would drop."""
    with open("/proc/self/net/tcp", encoding="ascii") as table:
        fields = [line.split() for line in table]
    return any(
        state == LISTEN and int(local.rpartition(":")[2], 16) == port
        for _, local, _, state, *_ in fields[1:]
    )


@dataclass
class Server:
    """A program that can be started more than once."""

    name: str
    command: Sequence[str]
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
        give_up = monotonic() + STARTED_WITHIN_S
        while not listens(self.port):
            if self.process.poll() is not None or monotonic() > give_up:
                self.stop()
                raise RuntimeError(f"{self.name} does not listen: {self.log.read_text()[-1000:]}")
            Event().wait(ASK_EVERY_S)

    def tell(self, command: dict[str, object]) -> None:
        """Write a command to its standard input; nothing if it isn't running."""
        if self.process and self.process.stdin:
            with suppress(BrokenPipeError):
                os.write(self.process.stdin.fileno(), json.dumps(command).encode() + b"\n")

    def send_signal(self, number: int) -> None:
        """Send a signal to it."""
        if self.process:
            self.process.send_signal(number)

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it by a signal, and by SIGKILL if that doesn't help."""
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(STOPPED_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOPPED_WITHIN_S)
        if self.process.stdin:
            self.process.stdin.close()
        self.process = None

    def children(self) -> list[int]:
        """The process ids of its workers."""
        if self.process is None:
            return []
        pid = self.process.pid
        with suppress(OSError):
            text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
            return [int(child) for child in text.split()]
        return []


@dataclass
class Servers:
    """All servers of a run; those whose program is missing are left out."""

    directory: Path
    rotation: Rotation
    seed: int
    ports: Ports = field(init=False)
    running: dict[str, Server] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        """Start them."""
        self.ports = Ports(*free_ports(6, start=os.getpid() * 7))
        for server in (*self._upstreams(), *self._programs()):
            self.running[server.name] = server
            server.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop them."""
        for server in reversed(self.running.values()):
            server.send_signal(signal.SIGCONT)
            server.stop()

    def routes(self) -> dict[str, str]:
        """The URL of each route to the upstreams."""
        name = "https://service.example.com"
        every = {
            "direct": ("first", f"http://service.example.com:{self.ports.first}"),
            "h1": ("nginx", f"{name}:{self.ports.h1}"),
            "h2": ("nginx", f"{name}:{self.ports.h2}"),
            "haproxy": ("haproxy", f"{name}:{self.ports.haproxy}"),
            "proxied": ("proxy", f"https://localhost:{self.ports.h2}"),
        }
        return {route: url for route, (server, url) in every.items() if server in self.running}

    def _upstreams(self) -> list[Server]:
        processed = str(self.directory / "processed.txt")
        options = [sys.executable, "-m", "tests.endurance.upstream"]
        return [
            self._server(name, [*options, str(port), processed, str(self.seed)], port)
            for name, port in (("first", self.ports.first), ("second", self.ports.second))
        ]

    def _programs(self) -> list[Server]:
        nginx = self._configured(NGINX, "nginx.conf")
        haproxy = self._configured(HAPROXY, "haproxy.cfg")
        tinyproxy = self._configured(TINYPROXY, "tinyproxy.conf")
        wanted = {
            "nginx": (["nginx", "-c", nginx, "-p", str(self.directory)], self.ports.h1),
            "haproxy": (["haproxy", "-W", "-db", "-f", haproxy], self.ports.haproxy),
            "proxy": (["tinyproxy", "-d", "-c", tinyproxy], self.ports.proxy),
        }
        found = list[Server]()
        for name, ((program, *options), port) in wanted.items():
            if path := find_program(program):
                found.append(self._server(name, [path, *options], port))
            else:
                self.left_out[name] = f"{program} is not installed"
        return found

    def _server(self, name: str, command: Sequence[str], port: int) -> Server:
        return Server(name, command, port, self.directory / f"{name}.log")

    def _configured(self, template: str, name: str) -> str:
        path = self.directory / name
        certificate = self.rotation.current
        return str(write_configuration(template, path, ports=self.ports, certificate=certificate))
