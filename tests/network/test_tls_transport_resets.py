"""An error of one connection isn't raised by another connection of the thread.

OpenSSL keeps errors in a queue of the thread. With CPython 3.14 and OpenSSL 3.6, errors of a socket
that OpenSSL writes to stay there, and the next read of any connection raises them.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from typing import TYPE_CHECKING

import pytest

from hyperhttp._network.tls_arrivals import arrivals_of
from tests.network.handshakes import shake_hands
from tests.network.tls_line import arrived, lost, talking
from tests.servers.tls_end import connected

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.network.tls_line import Line
    from tests.servers.certificates import Certificates
    from tests.servers.tls_end import TLSEnd


async def reset_while_writing(line: Line, end: TLSEnd) -> None:
    end.reset()
    line.transport.write(b"a")
    line.transport.write(b"b")
    await lost(line)


async def reset_while_reading(line: Line, end: TLSEnd) -> None:
    end.reset()
    await lost(line)


async def reset_while_closing(line: Line, end: TLSEnd) -> None:
    end.reset()
    line.transport.close()
    await lost(line)


async def reset_while_idle(line: Line, end: TLSEnd) -> None:
    arrivals = arrivals_of(line.transport.get_extra_info("tls_channel"))
    end.reset()
    assert arrivals(0)


async def reset_during_the_handshake(line: Line, end: TLSEnd) -> None:
    ours, theirs = await connected()
    context = ssl.create_default_context()
    handshake = asyncio.ensure_future(
        shake_hands(asyncio.get_running_loop(), ours, context, "localhost")
    )
    await asyncio.sleep(0)
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    theirs.close()
    with pytest.raises(ConnectionResetError):
        await handshake


@pytest.mark.parametrize(
    "happens",
    [
        reset_while_writing,
        reset_while_reading,
        reset_while_closing,
        reset_while_idle,
        reset_during_the_handshake,
    ],
)
async def test_a_reset_leaves_other_connections_alone(
    happens: Callable[[Line, TLSEnd], Awaitable[None]], certificates: Certificates
) -> None:
    async with talking(certificates) as (other, others_end):
        async with talking(certificates) as (line, end):
            await happens(line, end)
        await others_end.say(b"hel")
        await arrived(other, 3)
        await others_end.say(b"lo")  # reading on finds nothing after it
        await arrived(other, 5)
        assert other.received == b"hello"
        assert not other.transport.is_closing()
        assert other.events == []
