"""Calls of a client with `on_event`: reports their start, their end, and what leads to attempts."""

from __future__ import annotations

import asyncio
import logging
from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base._generated.events import (
    BreakerChanged,
    CallEnded,
    CallStarted,
    Redirected,
    RetryScheduled,
)
from hyperhttp._base.input_pairs import shown
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._client.log_events import writer_of_logs
from hyperhttp._client.middleware import Hooks
from hyperhttp._network.clock import stopwatch_of
from hyperhttp._transport.observed_attempt import ObservedAttempt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from hyperhttp._base._generated.events import Event, EventHandler
    from hyperhttp._client.middleware import BreakerChange
    from hyperhttp._client.pipeline import Attempt, OnRetry
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.observed_attempt import Emit
    from hyperhttp._transport.observed_pool import AttemptPool
    from hyperhttp._transport.pool import Pool

    SendOnce: TypeAlias = Callable[[AttemptPool, Deadline, bool, Request], Awaitable[Response]]
    Govern: TypeAlias = Callable[[Attempt, OnRetry], Awaitable[Response]]

EVERY_CLIENT: Final[list[EventHandler]] = []
"""Functions that are called with the events of all clients that are created from now on."""
_log: Final = logging.getLogger("hyperhttp")
_next_id: Final = count(1).__next__


@final
class Observer:
    """Calls the function of `on_event`, whose errors never reach a call."""

    __slots__ = ("_has_failed", "on_event")

    def __init__(self, on_event: EventHandler) -> None:
        self.on_event = on_event
        self._has_failed = False

    @classmethod
    def of(cls, on_event: EventHandler | Unset) -> Observer | None:
        """Return the observer of a client; None without a function, and with its loggers off."""
        handlers = [*EVERY_CLIENT]
        if on_event is not UNSET:
            given: object = on_event
            if not callable(given):
                allowed = "a function that is called with each event"
                raise ConfigError(option="on_event", given=shown(given), allowed=allowed)
            handlers.append(on_event)
        write_logs = writer_of_logs()
        if write_logs is not None:
            handlers.append(write_logs)
        return cls.all_of(handlers)

    @classmethod
    def all_of(cls, handlers: Sequence[EventHandler]) -> Observer | None:
        """Return an observer that calls several functions, whose errors don't affect each other."""
        if len(handlers) > 1:
            return cls(_Several([cls(one).emit for one in handlers]))
        return cls(handlers[0]) if handlers else None

    def emit(self, event: Event) -> None:
        """Report an event. The first error of the function is logged."""
        try:
            self.on_event(event)
        except Exception:  # noqa: BLE001 - whatever the caller's code raises
            self.handler_failed()

    def handler_failed(self) -> None:
        """Log the exception of the function that is handled now, if it is the first."""
        if not self._has_failed:
            self._has_failed = True
            _log.exception("on_event raised an exception; further ones aren't logged")

    def hooks(self, hooks: Hooks) -> Hooks:
        """Return the hooks with one that reports the changes of breakers."""
        return Hooks(hooks.request, hooks.response, (*hooks.breaker, self._breaker_changed))

    def _breaker_changed(self, change: BreakerChange) -> None:
        now = stopwatch_of(asyncio.get_running_loop())()
        self.emit(BreakerChanged(change.origin, now, change.before, change.after))

    async def send(
        self,
        pool: Pool,
        deadline: Deadline,
        request: Request,
        once: SendOnce,
        govern: Govern | None,
        settles: bool,
    ) -> Response:
        """Send a request, and report its call.

        Args:
            pool: The pool.
            deadline: The time limits of the call.
            request: The request of the call.
            once: Sends one request with a pool.
            govern: Sends the request through the pipeline; None if no policy applies to it.
            settles: Whether to wait for the body of an error, within its bounds.
        """
        call = ObservedCall(self, pool, deadline, request, once)
        try:
            if govern is None:
                attempt = call.only_attempt = ObservedAttempt(pool, call, request, call.started)
                response = await once(attempt, deadline, settles, request)
            else:
                response = await govern(call.attempt, call.retried)
        except BaseException as error:
            call.raised(error)
            raise
        call.returned(response)
        return response


@final
class _Several:
    """Calls several functions with each event."""

    __slots__ = ("_handlers",)

    def __init__(self, handlers: Sequence[EventHandler]) -> None:
        self._handlers = handlers

    def __call__(self, event: Event) -> None:
        """Report an event to all."""
        for handler in self._handlers:
            handler(event)


@final
class ObservedCall:
    """A call; it ends when it has returned, and all its attempts have ended."""

    __slots__ = (
        "_deadline",
        "_error",
        "_hop",
        "_is_over",
        "_observer",
        "_once",
        "_open",
        "_origin",
        "_pool",
        "_request",
        "_status_code",
        "_tried",
        "call_id",
        "on_event",
        "only_attempt",
        "started",
    )

    def __init__(
        self,
        observer: Observer,
        pool: Pool,
        deadline: Deadline,
        request: Request,
        once: SendOnce,
    ) -> None:
        self.on_event: Emit = observer.on_event
        self._observer = observer
        self.call_id: int = _next_id()
        self._pool = pool
        self._deadline = deadline
        self._once = once
        self.only_attempt: ObservedAttempt | None = None
        """Its attempt if it has no pipeline; `returned` and `raised` complete it."""
        self._request = request
        self._origin = request._url.origin  # pyright: ignore[reportPrivateUsage]
        self._hop = request._hop  # pyright: ignore[reportPrivateUsage]
        self._tried = 0
        self._open = 0
        """How many attempts haven't ended."""
        self._is_over = False
        """True once the call has returned or raised."""
        self._status_code: int | None = None
        self._error: BaseException | None = None
        self.started: float = pool.stopwatch()
        try:
            self.on_event(
                CallStarted(self.call_id, 0, self._hop, self._origin, self.started, request)
            )
        except Exception:  # noqa: BLE001 - without a call, which would cost more
            self.handler_failed()

    def emit(self, event: Event) -> None:
        """Report an event."""
        self._observer.emit(event)

    def handler_failed(self) -> None:
        """Log the exception of the function that is handled now, if it is the first."""
        self._observer.handler_failed()

    async def attempt(self, settles: bool, request: Request) -> Response:
        """Send one request; the pipeline calls this."""
        attempt = ObservedAttempt(self._pool, self, request, self._pool.stopwatch())
        try:
            response = await self._once(attempt, self._deadline, settles, request)
        except BaseException as error:
            attempt.failed(error)
            raise
        if not attempt.head_at:
            attempt.returned()
        response._phases = attempt  # pyright: ignore[reportPrivateUsage]
        return response

    def attempt_started(self, hop: int, origin: str, now: float) -> int:
        """Note a new attempt, and return its number; report a redirect that led to it."""
        if hop > self._hop:
            self.emit(
                Redirected(
                    self.call_id,
                    self._tried,
                    self._hop,
                    self._origin,
                    now,
                    self._status_code,
                    origin,
                )
            )
        self._hop = hop
        self._origin = origin
        self._error = None
        self._open += 1
        self._tried += 1
        return self._tried

    def attempt_ended(
        self, now: float, status_code: int | None, error: BaseException | None
    ) -> None:
        """Note the end of an attempt: its status code, if any, and what broke it."""
        self._open -= 1
        if not self._is_over:
            self._status_code = status_code
            self._error = error
            return
        self._error = self._error or error
        if not self._open:
            self._end(now)

    def retried(self, delay_s: float, reason: str) -> None:
        """Report that the request will be retried."""
        now = self._pool.stopwatch()
        self.emit(
            RetryScheduled(self.call_id, self._tried, self._hop, self._origin, now, delay_s, reason)
        )

    def returned(self, response: Response) -> None:
        """Note the response of the call."""
        self._status_code = response._status_code  # pyright: ignore[reportPrivateUsage]
        self._is_over = True
        attempt, self.only_attempt = self.only_attempt, None  # it refers to this call
        if attempt is not None:
            if not attempt.head_at:
                attempt.returned()
            response._phases = attempt  # pyright: ignore[reportPrivateUsage]
        if not self._open:
            self._end(self._pool.stopwatch())

    def raised(self, error: BaseException) -> None:
        """Note that the call has raised an error."""
        attempt, self.only_attempt = self.only_attempt, None
        if attempt is not None:
            attempt.failed(error)
        self._error = error
        self._is_over = True
        if not self._open:
            self._end(self._pool.stopwatch())

    def _end(self, now: float) -> None:
        try:
            self.on_event(
                CallEnded(
                    self.call_id,
                    self._tried,
                    self._hop,
                    self._origin,
                    self.started,
                    now,
                    self._request,
                    self._status_code,
                    self._error,
                )
            )
        except Exception:  # noqa: BLE001 - without a call, which would cost more
            self.handler_failed()
        self._error = None  # its traceback refers to this call
