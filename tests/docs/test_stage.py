"""The stage maps the guide's hosts, and no other, to loopback, and takes itself down again."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import ssl

    from tests.servers.certificates import Certificates


async def status_of(host: str, port: int, context: ssl.SSLContext | None) -> bytes:
    reader, writer = await asyncio.open_connection(host, port, ssl=context)
    writer.write(f"GET /data HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    line = await reader.readline()
    writer.transport.abort()
    return line


@pytest.mark.peer
@pytest.mark.usefixtures("on_stage")
@pytest.mark.parametrize("host", ["example.com", "api.example.com"])
async def test_the_hosts_of_the_guide_response_on_their_own_ports(
    certificates: Certificates, host: str
) -> None:
    assert b" 200 " in await status_of(host, 80, None)
    assert b" 200 " in await status_of(host, 443, certificates.client_context())


@pytest.mark.peer
@pytest.mark.usefixtures("on_stage")
async def test_no_other_name_is_ever_looked_up() -> None:
    with pytest.raises(socket.gaierror):
        await asyncio.open_connection("elsewhere.example.com", 80)


def test_without_a_stage_the_names_are_the_systems_own() -> None:
    assert socket.getaddrinfo.__module__ == "socket"
