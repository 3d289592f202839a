"""Events and how they are handled; checked, never executed."""

from __future__ import annotations

from typing import assert_never, assert_type

import hyperhttp
from hyperhttp import Client, Event, EventHandler, Response, SyncClient, Timings


def handle(event: Event) -> None:
    assert_type(event.origin, str)
    assert_type(event.time, float)
    match event:
        case hyperhttp.CallEnded():
            assert_type(event.status_code, int | None)
            assert_type(event.error, BaseException | None)
            assert_type(event.duration_s, float)
        case hyperhttp.BodyEnded(complete=complete):
            assert_type(complete, bool)
            assert_type(event.decoded_bytes, int | None)
        case _:
            pass


def every(
    event: hyperhttp.CallStarted
    | hyperhttp.CallEnded
    | hyperhttp.Redirected
    | hyperhttp.RetryScheduled,
) -> int:
    match event:
        case hyperhttp.CallStarted() | hyperhttp.CallEnded():
            return event.call_id
        case hyperhttp.Redirected() | hyperhttp.RetryScheduled():
            return event.attempt
        case _:
            assert_never(event)


def options() -> None:
    kept: EventHandler = handle
    Client(on_event=kept)
    SyncClient(on_event=handle)
    Client(on_event=None)
    Client(on_event=lambda event: print(event.origin))


def timings(response: Response) -> None:
    assert_type(response.timings, Timings)
    assert_type(response.timings.wait_s, float | None)
