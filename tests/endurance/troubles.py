"""Performs the troubles of servers and network, and sends those of the process to the loads."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tests.endurance import network
from tests.endurance.script import PROCESS_TROUBLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from tests.endurance.loads import Load
    from tests.endurance.script import Trouble
    from tests.endurance.servers import Server, Servers

UPSTREAMS: Final = ("first", "second")
LOSS: Final = {"loss-1": 1, "loss-5": 5, "partition": 100}


class Stage:
    """What the troubles happen to."""

    def __init__(self, servers: Servers, loads: Sequence[Load], random: Random) -> None:
        """Choose by `random` which upstream is hit."""
        self._servers = servers
        self._loads = loads
        self._random = random
        self._starts: dict[str, Callable[[], Callable[[], None]]] = {
            "nginx-reload": lambda: self._signal("nginx", signal.SIGHUP),
            "nginx-restart": lambda: self._down("nginx", signal.SIGQUIT),
            "nginx-worker-kill": self._kill_workers,
            "haproxy-reload": lambda: self._signal("haproxy", signal.SIGUSR2),
            "haproxy-kill": lambda: self._down("haproxy", signal.SIGKILL),
            "rolling-restart": self._rolling,
            "upstream-kill": lambda: self._down(self._one(), signal.SIGKILL),
            "upstream-freeze": self._freeze,
            "certificate-rotates": self._renewed,
            "certificate-expires": self._expired,
            "proxy-kill": lambda: self._down("proxy", signal.SIGKILL),
        }

    def begin(self, trouble: Trouble) -> Callable[[], None]:
        """Start a trouble; call what is returned to end it."""
        kind = trouble.kind
        if kind in PROCESS_TROUBLES:
            for load in self._loads:
                load.tell({"do": kind, "for_s": trouble.lasts_s})
            return nothing
        if kind in LOSS:
            return self._drop(LOSS[kind])
        if kind in self._starts:
            return self._starts[kind]()
        mode = kind.removeprefix("upstream-")
        return self._mode(mode, trouble.lasts_s)

    def _server(self, name: str) -> Server:
        return self._servers.running[name]

    def _one(self) -> str:
        return self._random.choice(UPSTREAMS)

    def _signal(self, name: str, number: int) -> Callable[[], None]:
        self._server(name).send_signal(number)
        return nothing

    def _down(self, name: str, number: int) -> Callable[[], None]:
        server = self._server(name)
        server.stop(number)
        return server.start

    def _kill_workers(self) -> Callable[[], None]:
        for child in self._server("nginx").children():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return nothing

    def _rolling(self) -> Callable[[], None]:
        first, second = map(self._server, UPSTREAMS)
        first.stop()
        first.start()

        def end() -> None:
            second.stop()
            second.start()

        return end

    def _freeze(self) -> Callable[[], None]:
        server = self._server(self._one())
        server.send_signal(signal.SIGSTOP)
        return lambda: server.send_signal(signal.SIGCONT)

    def _mode(self, mode: str, for_s: float) -> Callable[[], None]:
        for name in UPSTREAMS:
            self._server(name).tell({"mode": mode, "for_s": for_s})
        return nothing

    def _reload(self) -> None:
        self._server("nginx").send_signal(signal.SIGHUP)
        if "haproxy" in self._servers.running:
            self._server("haproxy").send_signal(signal.SIGUSR2)

    def _renewed(self) -> Callable[[], None]:
        self._servers.rotation.renew()
        self._reload()
        return nothing

    def _expired(self) -> Callable[[], None]:
        self._servers.rotation.expire()
        self._reload()

        def end() -> None:
            self._servers.rotation.renew()
            self._reload()

        return end

    def _drop(self, percent: int) -> Callable[[], None]:
        ports = self._servers.ports
        network.drop_some((ports.first, ports.h1, ports.h2, ports.haproxy, ports.proxy), percent)
        return network.heal


def nothing() -> None:
    """End a trouble that ends by itself."""
