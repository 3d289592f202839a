"""The decoded size of bodies in events: every framing, encodings, parts that are read."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import BodyEnded, Client
from hyperhttp.testing import MockResponse, MockTransport
from tests.client.event_log import EventLog
from tests.servers.raw import RawServer, replies

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hyperhttp import Event

    Read = Callable[[hyperhttp.Response], Awaitable[object]]

URL = "https://example.com/"
GZIP = {"Content-Encoding": "gzip"}
TEXT = b"hello " * 1000
OK = b"HTTP/1.1 200 OK\r\n"


def chunked(body: bytes, size: int) -> bytes:
    """A body in chunks of a size, and its end."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in pieces) + b"0\r\n\r\n"


async def whole(response: hyperhttp.Response) -> object:
    return await response.aread()


async def in_pieces(response: hyperhttp.Response) -> object:
    return [piece async for piece in response.aiter_bytes()]


class Sizes(EventLog):
    """Notes the decoded size at the time of the event, too."""

    def __init__(self) -> None:
        super().__init__()
        self.at_once: list[int | None] = []

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        if isinstance(event, BodyEnded):
            self.at_once.append(event.decoded_bytes)


async def ended(wire: bytes, read: Read) -> tuple[BodyEnded, int | None]:
    """The end of a body from a server, and its size at the time of the event."""
    log = Sizes()
    async with (
        RawServer(replies((b"GET / ", wire))) as server,
        Client(on_event=log) as client,
        client.stream("GET", server.url("/")) as response,
    ):
        await read(response)
    log.check()
    (body,) = log.of(BodyEnded)
    return body, log.at_once[0]


@pytest.mark.parametrize("read", [whole, in_pieces])
@pytest.mark.parametrize(
    ("fields", "body"),
    [
        pytest.param(b"Content-Length: 6000\r\n\r\n", TEXT, id="length"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n", chunked(TEXT, 100), id="chunked"),
    ],
)
async def test_a_body_of_any_framing_has_its_size(fields: bytes, body: bytes, read: Read) -> None:
    wire = OK + fields + body
    event, at_once = await ended(wire, read)
    assert event.complete
    assert event.decoded_bytes == event.body_bytes == at_once == len(TEXT)
    assert event.wire_bytes == len(wire)


@pytest.mark.parametrize("read", [whole, in_pieces])
async def test_an_encoded_body_has_its_decoded_size(read: Read) -> None:
    body = gzip.compress(TEXT)
    wire = OK + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(body, 9)
    event, at_once = await ended(wire, read)
    assert event.decoded_bytes == at_once == len(TEXT)
    assert (event.body_bytes, event.wire_bytes) == (len(body), len(wire))


@pytest.mark.parametrize("http2", [False, True])
async def test_a_body_that_is_never_read_has_its_size(http2: bool) -> None:
    log = Sizes()
    body = gzip.compress(TEXT)
    reply = MockResponse(200, headers=GZIP, content=body)
    transport = MockTransport([reply, TEXT, reply], http2=http2)
    async with Client(on_event=log, transport=transport) as client:
        for _ in range(2):
            async with client.stream("GET", URL):
                pass
        await client.request("HEAD", URL)
    log.check()
    encoded, plain, empty = log.of(BodyEnded)
    assert log.at_once == [len(TEXT), len(TEXT), 0]
    assert (encoded.body_bytes, plain.body_bytes, empty.body_bytes) == (len(body), len(TEXT), 0)


async def test_a_long_body_has_its_size_once_it_was_decoded() -> None:
    large = bytes(range(256)) * 4000
    body = gzip.compress(large, compresslevel=0)
    log = Sizes()
    transport = MockTransport(MockResponse(200, headers=GZIP, content=body))
    async with Client(on_event=log, transport=transport) as client:
        await (await client.get(URL)).aread()
    (event,) = log.of(BodyEnded)
    assert event.decoded_bytes == len(large)
    assert log.at_once[0] is None or log.at_once[0] <= len(large)


@pytest.mark.parametrize("http2", [False, True])
async def test_a_body_that_is_read_in_part_has_the_size_of_that_part(http2: bool) -> None:
    large = bytes(range(256)) * 40_000
    body = gzip.compress(large, compresslevel=0)
    log = Sizes()
    responses = [MockResponse(200, headers=GZIP, content=body), MockResponse(200, content=large)]
    read = 0
    async with Client(on_event=log, transport=MockTransport(responses, http2=http2)) as client:
        async with client.stream("GET", URL) as response:
            async for piece in response.aiter_bytes():
                read += len(piece)
                if read > 100_000:
                    break
        async with client.stream("GET", URL) as response:
            await anext(response.aiter_bytes())
    log.check()
    encoded, plain = log.of(BodyEnded)
    assert not encoded.complete
    assert not plain.complete
    assert log.at_once[0] == encoded.decoded_bytes == read
    assert read <= encoded.body_bytes < len(body)
    assert log.at_once[1] == plain.decoded_bytes == plain.body_bytes < len(large)


async def test_a_body_that_is_not_decoded_has_no_decoded_size() -> None:
    body = gzip.compress(TEXT)
    log = Sizes()
    transport = MockTransport(MockResponse(200, headers=GZIP, content=body))
    async with Client(on_event=log, transport=transport) as client:
        async with client.stream("GET", URL) as response:
            assert b"".join([piece async for piece in response.aiter_raw()]) == body
    (event,) = log.of(BodyEnded)
    assert event.body_bytes == len(body)
    assert event.decoded_bytes in {None, log.at_once[0]}


@pytest.mark.parametrize("coding", ["identity", "unknown"])
async def test_an_encoding_that_changes_nothing_keeps_the_size(coding: str) -> None:
    log = Sizes()
    reply = MockResponse(200, headers={"Content-Encoding": coding}, content=TEXT)
    async with Client(on_event=log, transport=MockTransport(reply)) as client:
        await (await client.get(URL)).aread()
    assert log.of(BodyEnded)[0].decoded_bytes == log.at_once[0] == len(TEXT)


async def test_a_corrupt_body_has_the_size_of_what_was_decoded() -> None:
    log = Sizes()
    broken = gzip.compress(TEXT)[:-8] + b"x" * 8
    transport = MockTransport(MockResponse(200, headers=GZIP, content=broken))
    async with Client(on_event=log, transport=transport) as client:
        response = await client.get(URL)
        with pytest.raises(hyperhttp.DecompressionError):
            await response.aread()
    assert log.at_once[0] is not None
    assert 0 <= log.at_once[0] <= len(TEXT)
    log.check()
