"""Events over many connections in synchronous code; `test_reconnection.py` tests the decisions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import (
    BodyNotReplayable,
    DecodeError,
    HTTPStatusError,
    MockResponse,
    MockTransport,
    Request,
    ServerSentEvent,
    SyncClient,
    SyncEventSource,
    SyncResponse,
)
from hyperhttp._client import sync_event_source as events_module
from hyperhttp.testing import MockRequest, virtual_time

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = "https://example.com/events"
STREAM = {"Content-Type": "text/event-stream"}


def event(number: int) -> MockResponse:
    return MockResponse(content=b"id: %d\ndata: %d\n\n" % (number, number), headers=STREAM)


class Site:
    """Gives its responses in order, and notes the requests."""

    def __init__(self, *responses: MockResponse) -> None:
        self.requests: list[MockRequest] = []
        self._responses = list(responses)

    def __call__(self, request: MockRequest) -> MockResponse:
        self.requests.append(request)
        return self._responses.pop(0)


@pytest.fixture
def client_time() -> Iterator[None]:
    with virtual_time():
        yield


pytestmark = pytest.mark.usefixtures("client_time")


@pytest.mark.parametrize("http2", [False, True])
def test_it_reconnects_until_the_server_wants_no_more(http2: bool) -> None:
    site = Site(event(1), event(2), MockResponse(204))
    with SyncClient(transport=MockTransport(site, http2=http2)) as client:
        with SyncEventSource(client, URL, retry_s=1000.0) as source:
            assert [event.data for event in source] == ["1", "2"]
        assert source.last_event_id == "2"
        assert client.stats().active == 0
    assert [one.headers.get("last-event-id") for one in site.requests] == [None, "1", "2"]


def test_a_source_that_is_left_early_frees_its_connection() -> None:
    site = Site(MockResponse(content=b"data: 1\n\n" * 3, headers=STREAM))
    with SyncClient(transport=MockTransport(site)) as client:
        with SyncEventSource(client, URL) as source:
            assert next(iter(source)).data == "1"
        assert client.stats().active == 0
        source.close()
    assert len(site.requests) == 1


def test_a_source_that_is_never_iterated_sends_nothing() -> None:
    site = Site()
    with SyncClient(transport=MockTransport(site)) as client:
        SyncEventSource(client, URL).close()
    assert site.requests == []


@pytest.mark.parametrize(
    ("response", "error"),
    [(MockResponse(404), HTTPStatusError), (MockResponse(json={}), DecodeError)],
)
def test_a_response_that_is_no_stream_is_an_error(
    response: MockResponse, error: type[Exception]
) -> None:
    with SyncClient(transport=MockTransport(Site(response))) as client, pytest.raises(error):
        list(SyncEventSource(client, URL))


def test_a_body_is_sent_again_unless_it_can_be_read_only_once() -> None:
    site = Site(event(1), MockResponse(204), event(1))
    with SyncClient(transport=MockTransport(site)) as client:
        with SyncEventSource(client, URL, method="POST", json={"a": 1}) as source:
            assert len(list(source)) == 1
        assert [one.content for one in site.requests] == [b'{"a":1}'] * 2
        with pytest.raises(BodyNotReplayable):
            list(SyncEventSource(client, URL, method="POST", content=iter([b"once"])))


def test_a_connection_that_fails_is_tried_again_and_raises_in_the_end() -> None:
    # Port 9 of loopback refuses.
    with SyncClient() as client, pytest.raises(hyperhttp.ConnectError):
        list(SyncEventSource(client, "http://127.0.0.1:9/", max_failures=3))


def test_any_client_that_sends_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    monkeypatch.setattr(events_module, "random", lambda: 0.0)

    class Fake:
        def __init__(self, client: SyncClient) -> None:
            self.build_request = client.build_request
            self._client = client

        def send(self, request: Request) -> SyncResponse:
            return self._client.send(request)

    with SyncClient(transport=MockTransport(Site(event(1), MockResponse(204)))) as client:
        events: list[ServerSentEvent] = list(SyncEventSource(Fake(client), URL, retry_s=2.0))
    assert [event.data for event in events] == ["1"]
    assert waits == [2.0]
