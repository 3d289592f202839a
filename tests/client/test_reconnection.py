"""When an event source reconnects, what it sends then, and how long it waits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp import Client, ConnectError, Request, TLSError
from hyperhttp._client.reconnection import Reconnection, delay_s

URL = "https://example.com/events"
REFUSED = ConnectError(detail="nobody there")


class Stream:
    """What a stream knows at its end."""

    def __init__(self, last_event_id: str, retry_s: float | None = None) -> None:
        self.last_event_id = last_event_id
        self.retry_s = retry_s


def reconnection(max_failures: int | None = 1, **options: object) -> Reconnection:
    return Reconnection(
        "GET",
        URL,
        last_event_id="",
        retry_s=3.0,
        max_failures=max_failures,
        options=options,
    )


def headers_of(reconnection: Reconnection) -> dict[str, str]:
    request: Request = reconnection.request(Client().build_request)
    return dict(request.headers)


def test_the_first_request_asks_for_an_event_stream() -> None:
    headers = headers_of(reconnection())
    assert headers["accept"] == "text/event-stream"
    assert headers["cache-control"] == "no-store"
    assert "last-event-id" not in headers


def test_headers_of_the_caller_stay_but_for_the_event_id() -> None:
    given = {"Accept": "*/*", "Cache-Control": "no-cache", "Last-Event-ID": "old"}
    source = reconnection(headers=given)
    source.opened(Stream("7"))
    source.delay_s(0.0)
    headers = headers_of(source)
    assert headers["accept"] == "*/*"
    assert headers["cache-control"] == "no-cache"
    assert headers["last-event-id"] == "7"


def test_the_event_id_and_the_delay_of_a_stream_outlast_it() -> None:
    source = reconnection()
    source.opened(Stream("7", 0.0))
    assert (source.last_event_id, source.retry_s) == ("7", 0.1)
    assert source.delay_s(0.0) == 0.1
    source.opened(Stream("7", None))
    assert source.retry_s == 0.1


def test_a_failure_beyond_the_limit_is_raised() -> None:
    source = reconnection(max_failures=2)
    for _ in range(2):
        source.failed(REFUSED)
    source.received()
    for _ in range(2):
        source.failed(REFUSED)
    with pytest.raises(ConnectError) as caught:
        source.failed(REFUSED)
    assert caught.value is REFUSED


def test_without_a_limit_no_number_of_failures_is_raised() -> None:
    source = reconnection(max_failures=None)
    for _ in range(1000):
        source.failed(REFUSED)
    assert source.delay_s(0.0) == 60.0


def test_an_error_that_would_come_again_is_raised_at_once() -> None:
    error = TLSError(detail="the certificate has expired")
    assert error.retryable == "never"
    with pytest.raises(TLSError):
        reconnection(max_failures=None).failed(error)


@given(st.integers(0, 10_000), st.floats(0.001, 1e6), st.floats(0, 1))
def test_a_wait_is_never_shorter_than_was_asked_for(
    failures: int, retry_s: float, luck: float
) -> None:
    wait = delay_s(failures, retry_s, luck)
    assert retry_s <= wait <= max(retry_s, 60.0) * 1.25
    assert wait >= delay_s(failures, retry_s, 0.0)
