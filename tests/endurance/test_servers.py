"""Servers are found, listen on free ports, and start again on the same one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.endurance.servers import PORTS, Server, find_program, free_ports, listens
from tests.servers.sockets import listening, port_of, refusing_port

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import socket, sys
with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as listener:
    sys.stdin.read()
"""


def test_free_ports_differ_and_are_not_for_outgoing_connections() -> None:
    ports = free_ports(6, start=len(PORTS) - 3)
    assert len(set(ports)) == 6
    assert all(port in PORTS for port in ports)


def test_a_listening_port_is_seen_without_a_connection() -> None:
    with listening() as listener:
        assert listens(port_of(listener))
    with refusing_port() as port:
        assert not listens(port)


def test_a_server_starts_more_than_once_on_its_port(tmp_path: Path) -> None:
    (port,) = free_ports(1, start=0)
    server = Server("echo", [sys.executable, "-c", PROGRAM, str(port)], port, tmp_path / "log")
    for _ in range(2):
        server.start()
        assert listens(port)
        server.stop()
        assert not listens(port)
    server.stop()


def test_a_server_that_ends_at_once_is_named_with_its_output(tmp_path: Path) -> None:
    (port,) = free_ports(1, start=0)
    program = [sys.executable, "-c", "raise SystemExit('no disk')"]
    with pytest.raises(RuntimeError, match="echo does not listen: no disk"):
        Server("echo", program, port, tmp_path / "log").start()


def test_a_missing_program_is_none() -> None:
    assert find_program("sh")
    assert find_program("no-such-program") is None
