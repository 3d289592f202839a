"""Which protocol receives for a connection, and where the bytes go."""

from __future__ import annotations

import asyncio

import pytest

from hyperhttp._base._generated.config import Limits
from hyperhttp._transport.bulk_read import BULK_READ_BYTES_MIN, LARGE_READ_BYTES, BulkReadProtocol
from hyperhttp._transport.exchange import Exchange
from hyperhttp._transport.h1_connection import H1Connection
from tests.servers.raw import OK
from tests.transport.owner import Owner
from tests.transport.test_h1_connection import ask
from tests.transport.wire import Wire


def connected(transport: Wire) -> tuple[Owner, H1Connection, bytearray]:
    owner, buffer = Owner(), bytearray(1 << 17)
    connection = H1Connection(
        "key", owner, Limits(), memoryview(buffer), asyncio.get_running_loop()
    )
    connection.connection_made(transport)
    return owner, connection, buffer


def asked(connection: H1Connection) -> Exchange:
    connection.lease()
    return ask(connection)


def start_of(read: int, rest: int) -> bytes:
    """The first `read` bytes of a response, of whose body `rest` bytes are missing."""
    form = b"HTTP/1.1 200 OK\r\nContent-Length: %010d\r\n\r\n"
    body = read - len(form % 0)
    return form % (body + rest) + b"x" * body


@pytest.mark.parametrize(
    ("read", "rest", "info", "is_bulk"),
    [
        (LARGE_READ_BYTES, BULK_READ_BYTES_MIN, {}, True),
        (LARGE_READ_BYTES + 1, BULK_READ_BYTES_MIN, {}, True),
        (LARGE_READ_BYTES - 1, BULK_READ_BYTES_MIN, {}, False),
        (LARGE_READ_BYTES, BULK_READ_BYTES_MIN + 1, {}, True),
        (LARGE_READ_BYTES, BULK_READ_BYTES_MIN - 1, {}, False),
        (LARGE_READ_BYTES, BULK_READ_BYTES_MIN, {"ssl_object": object()}, False),
    ],
    ids=["both", "larger", "a short read", "longer", "a short rest", "TLS"],
)
async def test_a_long_body_is_read_in_bulk_after_a_large_read(
    read: int, rest: int, info: dict[str, object], is_bulk: bool
) -> None:
    transport = Wire(info=info)
    _, connection, _ = connected(transport)
    exchange = asked(connection)
    connection.received(start_of(read, rest))
    assert [type(protocol) for protocol in transport.protocols] == [BulkReadProtocol] * is_bulk
    exchange.abandon()


async def test_each_long_body_is_read_in_bulk_until_its_end() -> None:
    transport = Wire()
    owner, connection, _ = connected(transport)
    for count in (1, 2):
        exchange = asked(connection)
        connection.received(start_of(LARGE_READ_BYTES, BULK_READ_BYTES_MIN))
        connection.received(b"x" * (BULK_READ_BYTES_MIN - 1))
        assert len(transport.protocols) == 2 * count - 1
        connection.received(b"x")
        assert exchange.ended
        assert transport.protocols[-1] is connection
        assert len(transport.protocols) == 2 * count
        assert owner.calls == ["returned"] * count
    short = asked(connection)
    connection.received(OK)
    assert short.ended
    assert len(transport.protocols) == 4


async def test_a_body_that_is_read_whole_is_received_into_its_own_buffer() -> None:
    owner, connection, buffer = connected(Wire())
    exchange = asked(connection)
    assert connection.get_buffer(-1).obj is buffer
    start = start_of(100, 1 << 18)
    buffer[:100] = start
    connection.buffer_updated(100)
    buffer[:100] = bytes(100)
    whole = asyncio.ensure_future(exchange.read(whole=True))
    await asyncio.sleep(0)
    left, direct = 1 << 18, 0
    while left:
        space = connection.get_buffer(-1)
        size = min(len(space), left, 100_000)
        space[:size] = b"y" * size
        direct += size if space.obj is not buffer else 0
        connection.buffer_updated(size)
        left -= size
    assert direct > 240_000  # all but the end, with which other bytes may come
    assert await whole == start[start.index(b"\r\n\r\n") + 4 :] + b"y" * (1 << 18)
    assert owner.calls == ["returned"]
    assert connection.get_buffer(-1).obj is buffer
