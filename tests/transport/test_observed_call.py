"""A call ends once: when it has returned or raised, and all its attempts have ended."""

from __future__ import annotations

import pytest

from hyperhttp import CallEnded, CallStarted, Event, Redirected, Request, RetryScheduled
from hyperhttp._transport.observed_call import ObservedCall, start_call

A, B = Request("GET", "https://a.example.com/x"), Request("GET", "https://b.example.com/y")


class Sink:
    """Keeps the events, and raises if it is told to."""

    def __init__(self, *, fails: bool = False) -> None:
        self.events: list[Event] = []
        self.failures = 0
        self._fails = fails

    def on_event(self, event: Event, /) -> None:
        self.events.append(event)
        if self._fails:
            raise ZeroDivisionError

    def emit(self, event: Event, /) -> None:
        self.events.append(event)

    def handler_failed(self) -> None:
        self.failures += 1


def call_of(sink: Sink) -> ObservedCall:
    times = iter([1.0])
    return start_call(sink, A, lambda: next(times, 9.0))


def start(call: ObservedCall, request: Request = A) -> None:
    assert call.attempt_starts(request, 2.0) == call.tried


def redirected(request: Request, hop: int) -> Request:
    request._hop = hop
    return request


def test_a_call_that_returns_after_its_attempt_ends_at_once() -> None:
    sink = Sink()
    call = call_of(sink)
    start(call)
    call.attempt_ended(3.0, 404, None)
    assert [type(one) for one in sink.events] == [CallStarted]
    call.returned(200)
    (started, ended) = sink.events
    assert isinstance(started, CallStarted)
    assert isinstance(ended, CallEnded)
    assert (started.time, started.attempt, started.origin) == (1.0, 0, "https://a.example.com")
    assert (ended.ended, ended.attempt, ended.status_code, ended.error) == (9.0, 1, 200, None)


def test_a_call_that_returns_first_ends_with_its_last_body() -> None:
    sink, error = Sink(), ValueError()
    call = call_of(sink)
    start(call)
    start(call)
    call.returned(200)
    call.attempt_ended(3.0, 200, error)
    assert len(sink.events) == 1
    call.attempt_ended(4.0, 200, None)
    ended = sink.events[-1]
    assert isinstance(ended, CallEnded)
    assert (ended.ended, ended.error) == (4.0, error)
    assert call.error is None, "its traceback refers to the call"


def test_a_call_without_attempts_ends_with_its_error() -> None:
    sink, error = Sink(), ValueError()
    call = call_of(sink)
    call.raised(error)
    ended = sink.events[-1]
    assert isinstance(ended, CallEnded)
    assert (ended.attempt, ended.status_code, ended.error) == (0, None, error)
    assert (ended.hop, ended.origin) == (0, "https://a.example.com")


def test_a_redirect_is_reported_with_the_attempt_that_led_to_it() -> None:
    sink = Sink()
    call = call_of(sink)
    start(call)
    call.attempt_ended(1.5, 302, None)
    start(call, redirected(B, 1))
    (found,) = [one for one in sink.events if isinstance(one, Redirected)]
    assert (found.attempt, found.hop, found.origin) == (1, 0, "https://a.example.com")
    assert (found.status_code, found.target_origin, found.time) == (302, B.url.origin, 2.0)
    assert (call.hop, call.origin, call.first_origin) == (1, B.url.origin, A.url.origin)


def test_a_retry_has_the_number_of_the_attempt_before_it_and_forgets_its_error() -> None:
    sink = Sink()
    call = call_of(sink)
    start(call)
    call.attempt_ended(1.5, None, ValueError())
    call.retried(0.5, "because")
    start(call)
    call.attempt_ended(3.0, 200, None)
    call.returned(200)
    (retry,) = [one for one in sink.events if isinstance(one, RetryScheduled)]
    assert (retry.attempt, retry.delay_s, retry.reason, retry.time) == (1, 0.5, "because", 9.0)
    ended = sink.events[-1]
    assert isinstance(ended, CallEnded)
    assert ended.error is None


@pytest.mark.parametrize("status_code", [200, 500])
def test_errors_of_the_function_are_passed_to_the_sink(status_code: int) -> None:
    sink = Sink(fails=True)
    call_of(sink).returned(status_code)
    assert sink.failures == len(sink.events) == 2
