"""Ports that listen, refuse or keep silent do just that."""

from __future__ import annotations

import socket

import pytest

from tests.servers.sockets import listening, port_of, refusing_port, unreplied_port


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_listening_socket_takes_connections_before_anybody_accepts(host: str) -> None:
    with listening(host) as listener:
        socket.create_connection((host, port_of(listener)), 5).close()


def test_a_refusing_port_refuses() -> None:
    with refusing_port() as port, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 5)


def test_an_unresponded_port_lets_a_connection_attempt_hang() -> None:
    with unreplied_port() as port, pytest.raises(TimeoutError):
        socket.create_connection(("127.0.0.1", port), 0.05)
