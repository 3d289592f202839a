"""What becomes of a new connection: what the server chose gets the transport, and all of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.config import HTTP2Config, Limits
from hyperhttp._transport.alpn import ALPNProtocol
from hyperhttp._transport.connection_state import State
from hyperhttp._transport.h1_connection import H1Connection
from hyperhttp._transport.h2_connection import H2Connection
from tests.servers.h2_frames import PREFACE

if TYPE_CHECKING:
    from hyperhttp._transport.connection import Connection


class Owner:
    """Nothing that it is told matters here."""

    def returned(self, connection: Connection) -> None: ...
    def stream_ended(self, connection: Connection) -> None: ...
    def capacity_changed(self, connection: Connection, allowed: int = 0) -> None: ...
    def http1_required(self, connection: Connection) -> None: ...
    def is_quiet(self) -> bool:
        return False

    def lost(self, connection: Connection) -> None: ...
    def disconnected(self, connection: Connection) -> None: ...
    def uploading(self, upload: asyncio.Task[None]) -> None: ...


class Chosen:
    """What TLS knows of a handshake."""

    def __init__(self, protocol: str | None) -> None:
        self.protocol = protocol

    def selected_alpn_protocol(self) -> str | None:
        return self.protocol


class Transport(asyncio.Transport):
    """Notes what is written, and who is talked to by then."""

    def __init__(self, chosen: Chosen | None) -> None:
        super().__init__({"ssl_object": chosen})
        self.protocol: asyncio.BaseProtocol | None = None
        self.written = bytearray()
        self.talked_to = list[asyncio.BaseProtocol | None]()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self.talked_to.append(self.protocol)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += data


def alpn_protocol() -> tuple[ALPNProtocol, list[str | None]]:
    """One that makes HTTP/2 of "h2", and what it was told of the server's choice."""
    loop, chosen = asyncio.get_running_loop(), list[str | None]()
    buffer, key = memoryview(bytearray(100)), "https://example.com"

    def choose(protocol: str | None) -> H1Connection | H2Connection:
        chosen.append(protocol)
        if protocol == "h2":
            return H2Connection(key, Owner(), Limits(), HTTP2Config(), buffer, loop)
        return H1Connection(key, Owner(), Limits(), buffer, loop)

    return ALPNProtocol(choose), chosen


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Chosen("h2"), H2Connection),
        (Chosen("http/1.1"), H1Connection),
        (Chosen(None), H1Connection),
        (None, H1Connection),
    ],
    ids=["h2", "http/1.1", "no choice", "no TLS"],
)
async def test_the_connection_is_what_the_server_chose_and_has_the_transport(
    said: Chosen | None, kind: type[H1Connection | H2Connection]
) -> None:
    protocol, chosen = alpn_protocol()
    transport = Transport(said)
    protocol.connection_made(transport)
    assert chosen == [None if said is None else said.protocol]
    assert type(protocol.connection) is kind
    assert transport.protocol is protocol.connection
    assert transport.talked_to == [protocol.connection], "told of it before it is connected"
    assert protocol.connection.state is State.IDLE
    assert transport.written.startswith(PREFACE) == (kind is H2Connection)


async def test_before_it_is_connected_it_is_nothing() -> None:
    protocol, chosen = alpn_protocol()
    with pytest.raises(AssertionError, match="not been connected"):
        protocol.connection.close()
    assert chosen == []
