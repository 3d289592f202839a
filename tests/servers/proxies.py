"""Real proxies on loopback: tinyproxy for HTTP, microsocks for SOCKS5.

Neither takes an inherited socket: the port is chosen just before they start, and the starter asks
until it is let in.
"""

from __future__ import annotations

import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.servers.programs import failed, find_program, running
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

REPLY_WITHIN_S = 10.0
_ASK_EVERY_S = 0.02


@contextmanager
def tinyproxy(directory: Path, credentials: tuple[str, str]) -> Generator[int]:
    """Run tinyproxy while the block lasts; yields its port."""
    program, port = find_program("tinyproxy"), _free_port()
    user, password = credentials
    configuration = directory / "tinyproxy.conf"
    configuration.write_text(
        f"Port {port}\nListen 127.0.0.1\nTimeout 60\nBasicAuth {user} {password}\n"
    )
    with _proxy([program, "-d", "-c", str(configuration)], directory, port):
        yield port


@contextmanager
def microsocks(directory: Path, credentials: tuple[str, str]) -> Generator[int]:
    """Run microsocks while the block lasts; yields its port."""
    program, port = find_program("microsocks"), _free_port()
    user, password = credentials
    command = [program, "-i", "127.0.0.1", "-p", str(port), "-u", user, "-P", password]
    with _proxy(command, directory, port):
        yield port


@contextmanager
def _proxy(command: Sequence[str], directory: Path, port: int) -> Generator[None]:
    log = directory / "proxy.log"
    with running(command, log=log) as process:
        give_up = time.monotonic() + REPLY_WITHIN_S
        while not _replies(port):
            if _ended_within(process, _ASK_EVERY_S) or time.monotonic() > give_up:
                raise failed(process, log, f"{command[0]} does not listen")
        yield


def _ended_within(process: subprocess.Popen[bytes], wait_s: float) -> bool:
    try:
        process.wait(wait_s)
    except subprocess.TimeoutExpired:
        return False
    return True


def _replies(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with listening() as listener:
        return port_of(listener)
