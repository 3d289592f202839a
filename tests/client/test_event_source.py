"""Events over many connections: when it connects again, what it asks for, and when it ends."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import pytest

from hyperhttp import (
    BodyNotReplayable,
    Client,
    ConfigError,
    ConnectError,
    DecodeError,
    EventSource,
    HTTPStatusError,
    MockResponse,
    MockTransport,
    ReadError,
    Response,
    TLSError,
)
from hyperhttp._client import event_source as events_module
from hyperhttp.testing import MockRequest
from tests.message.sources import Pieces, reply
from tests.servers.raw import Peer, RawServer

if TYPE_CHECKING:
    from hyperhttp import Request, Send

URL = "https://example.com/events"
CUT = ReadError(detail="the server went away", received_bytes=1)
REFUSED = ConnectError(detail="nobody there")


class Site:
    """Respond to each request with what is next: pieces of a stream, a response, or an error."""

    def __init__(self, *replies: list[bytes | BaseException] | Response | Exception) -> None:
        self.replies = deque(replies)
        self.asked: list[Request] = []
        self.sources: list[Pieces] = []

    async def __call__(self, request: Request, send: Send) -> Response:
        self.asked.append(request)
        given = self.replies.popleft()
        if isinstance(given, Exception):
            raise given
        if isinstance(given, Response):
            return given
        self.sources.append(Pieces(*given))
        return reply(self.sources[-1], request=request, content_type="text/event-stream")

    @property
    def ids(self) -> list[str | None]:
        return [request.headers.get("last-event-id") for request in self.asked]


def done() -> Response:
    return reply(b"", 204)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it waited, without waiting."""
    found: list[float] = []

    async def sleep(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(events_module, "sleep", sleep)
    monkeypatch.setattr(events_module, "random", lambda: 0.0)
    return found


async def all_data(source: EventSource) -> list[str]:
    return [event.data async for event in source]


async def test_it_connects_again_until_the_server_wants_no_more(waits: list[float]) -> None:
    site = Site([b"data: a\n\n"], [b"data: b\n\ndata: c\n\n"], done())
    async with Client(middleware=[site]) as client:
        assert await all_data(EventSource(client, URL)) == ["a", "b", "c"]
    assert waits == [3.0, 3.0]
    assert site.ids == [None, None, None]
    (first, *_) = site.asked
    assert first.headers["accept"] == "text/event-stream"
    assert first.headers["cache-control"] == "no-store"


async def test_it_goes_on_from_the_last_event_that_came_whole(waits: list[float]) -> None:
    site = Site(
        [b"id: 1\ndata: a\n\nid: 2\ndata: lost"],
        [b"data: b\n\n", CUT],
        [b"id: \xc3\xa9\n\n"],
        [b"id\ndata: c\n\n"],
        done(),
    )
    async with Client(middleware=[site]) as client:
        source = EventSource(client, URL, last_event_id="0")
        assert source.last_event_id == "0"
        found = [(event.data, event.id, source.last_event_id) async for event in source]
    assert found == [("a", "1", "1"), ("b", "1", "1"), ("c", "", "")]
    assert site.ids == ["0", "1", "1", "é".encode().decode("latin-1"), None]
    assert source.last_event_id == ""


async def test_the_server_says_how_long_to_wait(waits: list[float]) -> None:
    site = Site([b"retry: 250\n"], [b"data: a\n\n"], [b"retry: 100000\n"], done())
    async with Client(middleware=[site]) as client:
        source = EventSource(client, URL, retry_s=1.0)
        assert source.retry_s == 1.0
        assert await all_data(source) == ["a"]
    assert waits == [0.25, 0.25, 100.0]
    assert source.retry_s == 100.0


async def test_it_waits_longer_after_each_failure_in_a_row(waits: list[float]) -> None:
    site = Site(REFUSED, REFUSED, [CUT], [b"data: a\n\n", CUT], REFUSED, [], REFUSED, done())
    async with Client(middleware=[site]) as client:
        assert await all_data(EventSource(client, URL, retry_s=1.0)) == ["a"]
    assert waits == [1.0, 2.0, 4.0, 1.0, 2.0, 1.0, 1.0]


async def test_it_gives_up_after_too_many_failures_in_a_row(waits: list[float]) -> None:
    site = Site(REFUSED, [b"data: a\n\n", CUT], REFUSED, REFUSED)
    async with Client(middleware=[site]) as client:
        source = EventSource(client, URL, max_failures=2)
        assert (await anext(aiter(source))).data == "a"
        with pytest.raises(ConnectError):
            await all_data(source)
    assert len(waits) == 3


async def test_a_failure_that_would_come_again_is_raised_at_once(waits: list[float]) -> None:
    site = Site(TLSError(detail="expired"))
    async with Client(middleware=[site]) as client:
        with pytest.raises(TLSError):
            await all_data(EventSource(client, URL))
    assert waits == []


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (reply(b"no", 404), HTTPStatusError),
        (reply(b"no", 503), HTTPStatusError),
        (reply(b"", 302, location="/elsewhere"), DecodeError),
        (reply(b"data: a\n\n", content_type="text/html"), DecodeError),
        (reply(b"data: a\n\n"), DecodeError),
    ],
)
async def test_a_response_that_is_no_event_stream_is_an_error(
    response: Response, error: type[Exception], waits: list[float]
) -> None:
    async with Client(middleware=[Site(response)]) as client:
        with pytest.raises(error):
            await all_data(EventSource(client, URL))
    assert waits == []


async def test_who_leaves_the_loop_lets_go_of_the_connection(waits: list[float]) -> None:
    site = Site([b"data: a\n\ndata: b\n\n", b"data: c\n\n"])
    async with Client(middleware=[site]) as client:
        async with EventSource(client, URL) as source:
            async for event in source:
                assert event.data == "a"
                break
            assert (await anext(aiter(source))).data == "b"
            assert not any(kept.abandoned for kept in site.sources)
        assert all(kept.abandoned for kept in site.sources)
        await source.aclose()
        assert await all_data(source) == []


async def test_a_source_that_was_never_used_closes_quietly() -> None:
    async with Client(middleware=[Site()]) as client, EventSource(client, URL):
        pass


async def test_options_and_headers_of_the_caller_hold(waits: list[float]) -> None:
    site = Site(done())
    headers = {"Authorization": "Bearer x", "Accept": "text/event-stream, */*;q=0.1"}
    async with Client(middleware=[site]) as client:
        source = EventSource(client, URL, headers=headers, params={"room": 7}, timeout=5.0)
        assert await all_data(source) == []
    (request,) = site.asked
    assert str(request.url) == f"{URL}?room=7"
    assert request.headers["authorization"] == "Bearer x"
    assert request.headers["accept"] == "text/event-stream, */*;q=0.1"


# --- over real sockets ---

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


ENDS = [Peer.close, Peer.half_close]


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


class Broken:
    """Sends an event for each connection, byte by byte, and ends each in another way."""

    def __init__(self) -> None:
        self.ids: list[bytes] = []

    async def __call__(self, peer: Peer) -> None:
        request = await peer.read_request()
        _, _, rest = request.partition(b"Last-Event-ID: ")
        self.ids.append(rest.partition(b"\r\n")[0])
        number = len(self.ids)
        if number == 5:
            await peer.send(b"HTTP/1.1 204 No Content\r\n\r\n")
            return
        await peer.send(HEAD)
        for byte in b"id: %d\r\ndata: %d\r\n\r\nid: 9\r\ndata: lost\r\n" % (number, number):
            await peer.send(chunk(bytes([byte])))
        ENDS[number % len(ENDS)](peer)


async def test_a_stream_goes_on_over_connections_that_end_in_the_middle(waits: list[float]) -> None:
    broken = Broken()
    async with RawServer(broken) as server, Client() as client:
        found = await all_data(EventSource(client, server.url()))
    assert found == ["1", "2", "3", "4"]
    assert broken.ids == [b"", b"1", b"2", b"3", b"4"]


@pytest.mark.parametrize(
    ("sent", "waits_s"),
    [(b"0", 0.1), (b"1", 0.1), (b"100", 0.1), (b"3600000", 3600.0), (b"9" * 18, 3600.0)],
)
async def test_the_wait_that_a_server_asks_for_has_bounds(sent: bytes, waits_s: float) -> None:
    site = Site([b"retry: " + sent + b"\n\ndata: a\n\n"], done())
    async with Client(middleware=[site]) as client:
        source = EventSource(client, URL, retry_s=0.001)
        assert source.retry_s == 0.001
        async for _ in source:
            assert source.retry_s == waits_s
            break
        await source.aclose()


async def test_a_stream_may_begin_with_any_method_and_body(waits: list[float]) -> None:
    site = Site([b"id: 1\ndata: a\n\n"], [b"data: b\n\n"], done())
    async with Client(middleware=[site]) as client:
        source = EventSource(
            client,
            URL,
            method="POST",
            json={"prompt": "hello"},
            headers={"User-Agent": None, "Accept": "text/event-stream, */*"},
        )
        assert await all_data(source) == ["a", "b"]
    assert [(one.method, one.content) for one in site.asked] == [
        ("POST", b'{"prompt":"hello"}')
    ] * 3
    assert all(one.headers["content-type"] == "application/json" for one in site.asked)
    assert all("user-agent" not in one.headers for one in site.asked)
    assert {one.headers["accept"] for one in site.asked} == {"text/event-stream, */*"}
    assert site.ids == [None, "1", "1"]


async def test_a_body_that_can_be_read_once_is_never_sent_twice(waits: list[float]) -> None:
    bodies: list[bytes] = []

    def stream(request: MockRequest) -> MockResponse:
        bodies.append(request.content)
        return MockResponse(content=b"data: a\n\n", headers={"Content-Type": "text/event-stream"})

    pieces = iter([b"one", b"two"])
    async with Client(transport=MockTransport(stream)) as client:
        source = EventSource(client, URL, method="PUT", content=pieces)
        with pytest.raises(BodyNotReplayable):
            await all_data(source)
    assert bodies[0] == b"onetwo"
    assert b"" not in bodies


async def test_two_bodies_are_refused(waits: list[float]) -> None:
    async with Client(transport=MockTransport()) as client:
        with pytest.raises(ConfigError, match="together"):
            await all_data(EventSource(client, URL, method="POST", json={}, content=b""))
