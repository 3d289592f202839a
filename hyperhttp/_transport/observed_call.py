"""Calls of a client with `on_event`: their start, their end, and what leads to attempts."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, Protocol, final

from hyperhttp._base._generated.events import CallEnded, CallStarted, Redirected, RetryScheduled

if TYPE_CHECKING:
    from hyperhttp._base._generated.events import Event
    from hyperhttp._message.request.request import Request
    from hyperhttp._network.clock import Now

__all__ = ["Emit", "EventSink", "ObservedCall", "next_call_id", "start_call"]

next_call_id: Final = count(1).__next__


class Emit(Protocol):
    """Reports an event."""

    def __call__(self, event: Event, /) -> None:
        """Report it."""
        ...


class EventSink(Protocol):
    """The observer of a client."""

    @property
    def on_event(self) -> Emit:
        """The function of `on_event`, which may raise any exception."""
        ...

    def emit(self, event: Event, /) -> None:
        """Report an event. The first error of the function is logged."""
        ...

    def handler_failed(self) -> None:
        """Log the exception of the function that is handled now, if it is the first."""
        ...


@final
class ObservedCall:
    """A call with a pipeline.

    It ends when it has returned or raised, and all its attempts have ended.

    Its events show its attributes, so none of these changes after it was reported.
    """

    __slots__ = (
        "call_ended_at",
        "call_id",
        "call_started_at",
        "error",
        "is_over",
        "last_request",
        "now",
        "open_attempts",
        "request",
        "sink",
        "status_code",
        "tried",
    )

    call_ended_at: float
    call_id: int
    call_started_at: float
    error: BaseException | None
    is_over: bool
    """True once the call has returned or raised."""
    last_request: Request
    """The request of the last attempt."""
    now: Now
    open_attempts: int
    """How many attempts haven't ended."""
    request: Request
    sink: EventSink
    status_code: int | None
    tried: int
    """How many attempts have started."""

    @property
    def first_hop(self) -> int:
        """The hop of the request of the call."""
        return self.request._hop  # pyright: ignore[reportPrivateUsage]

    @property
    def first_origin(self) -> str:
        """The origin of the request of the call."""
        return self.request.url.origin

    @property
    def hop(self) -> int:
        """The hop of the request of the last attempt."""
        return self.last_request._hop  # pyright: ignore[reportPrivateUsage]

    @property
    def origin(self) -> str:
        """The origin of the request of the last attempt."""
        return self.last_request.url.origin

    def attempt_starts(self, request: Request, now: float) -> int:
        """Note that an attempt starts, and return its number; report a redirect that led to it."""
        if self.tried:
            self.error = None
            if request._hop > self.hop:  # pyright: ignore[reportPrivateUsage]
                common = self.call_id, self.tried, self.hop, self.origin
                target = request.url.origin
                self.sink.emit(Redirected(*common, now, self.status_code, target))
        self.last_request = request
        self.open_attempts += 1
        self.tried += 1
        return self.tried

    def attempt_ended(
        self, now: float, status_code: int | None, error: BaseException | None
    ) -> None:
        """Note the end of an attempt: its status code, if any, and what broke it."""
        self.open_attempts -= 1
        if not self.is_over:
            self.status_code = status_code
            self.error = error
            return
        self.error = self.error or error
        if not self.open_attempts:
            self.end(now)

    def retried(self, delay_s: float, reason: str) -> None:
        """Report that the request will be retried."""
        common = self.call_id, self.tried, self.hop, self.origin
        self.sink.emit(RetryScheduled(*common, self.now(), delay_s, reason))

    def returned(self, status_code: int) -> None:
        """Note the status code of the response of the call."""
        self.status_code = status_code
        self.is_over = True
        if not self.open_attempts:
            self.end(self.now())

    def raised(self, error: BaseException) -> None:
        """Note that the call has raised an error."""
        self.error = error
        self.is_over = True
        if not self.open_attempts:
            self.end(self.now())

    def end(self, now: float) -> None:
        """Report the end of the call."""
        self.call_ended_at = now
        event = CallEnded()
        event._record = self  # pyright: ignore[reportPrivateUsage]
        event._error = self.error  # pyright: ignore[reportPrivateUsage]
        self.error = None  # its traceback refers to this call
        try:
            self.sink.on_event(event)
        except Exception:  # noqa: BLE001 - as in `emit`, whose call would cost more
            self.sink.handler_failed()


def start_call(sink: EventSink, request: Request, now: Now) -> ObservedCall:
    """Create a call, and report its start."""
    # Without a constructor, as the attempts.
    call = ObservedCall()
    call.sink = sink
    call.now = now
    call.call_id = next_call_id()
    call.request = call.last_request = request
    call.call_started_at = now()
    call.tried = call.open_attempts = 0
    call.is_over = False
    call.status_code = call.error = None
    event = CallStarted()
    event._record = call  # pyright: ignore[reportPrivateUsage]
    try:
        sink.on_event(event)
    except Exception:  # noqa: BLE001 - as in `emit`, whose call would cost more
        sink.handler_failed()
    return call
