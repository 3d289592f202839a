"""Calls the function of `on_event` with the events of a client."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, TypeAlias, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base._generated.events import BreakerChanged
from hyperhttp._base.input_pairs import shown
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._client.log_events import writer_of_logs
from hyperhttp._client.middleware import Hooks
from hyperhttp._network.clock import stopwatch_of
from hyperhttp._transport.observed_attempt import start_attempt
from hyperhttp._transport.observed_call import start_call

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from hyperhttp._base._generated.events import Event, EventHandler
    from hyperhttp._client.middleware import BreakerChange
    from hyperhttp._client.pipeline import Attempt, OnRetry
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.observed_attempt import ObservedAttempt
    from hyperhttp._transport.observed_call import Emit
    from hyperhttp._transport.pool import Pool

    SendOnce: TypeAlias = Callable[
        [Pool, ObservedAttempt, Deadline, bool, Request], Awaitable[Response]
    ]
    Govern: TypeAlias = Callable[[Attempt, OnRetry], Awaitable[Response]]

EVERY_CLIENT: Final[list[EventHandler]] = []
"""Functions that are called with the events of all clients that are created from now on."""
_log: Final = logging.getLogger("hyperhttp")


@final
class Observer:
    """Calls the function of `on_event`, whose errors never reach a call."""

    __slots__ = ("_has_failed", "on_event")

    def __init__(self, on_event: EventHandler) -> None:
        self.on_event: Emit = on_event
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

    async def governed(
        self, pool: Pool, deadline: Deadline, request: Request, once: SendOnce, govern: Govern
    ) -> Response:
        """Report a call that `govern` sends through the pipeline; `once` sends each request."""
        call = start_call(self, request, pool.stopwatch)

        def attempt(settles: bool, request: Request) -> Awaitable[Response]:
            observed = start_attempt(self, pool, request, call)
            return once(pool, observed, deadline, settles, request)

        try:
            response = await govern(attempt, call.retried)
        except BaseException as error:
            call.raised(error)
            raise
        call.returned(response.status_code)
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
