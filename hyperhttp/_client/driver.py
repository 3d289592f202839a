"""Runs coroutines for synchronous callers, on a private event loop.

A caller that finds no leader leads: it runs the loop in its own thread until its call is done, and
then promotes a caller that waits. The others submit their calls and sleep until they are done or
promoted. If an event loop runs in the caller's thread already, a daemon thread leads.

Functions of the user never run within the loop: `in_caller` passes them to the thread of the call,
which runs them after it has stopped leading. So a function that blocks delays its own call only,
and may use the same client.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast, final

from hyperhttp._base._generated.errors import ClientClosed, WrongEventLoop
from hyperhttp._base.caller_thread import CALLER
from hyperhttp._client.fork import AfterFork
from hyperhttp._client.interrupts import SIGNALS, takes_interrupts
from hyperhttp._client.quiet_loop import QuietLoop, call_after_events, new_loop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Coroutine
    from types import FrameType

__all__ = ["LOOP_FACTORY", "Driver"]

T = TypeVar("T")
W = TypeVar("W")


class _Work(Generic[T]):
    """A function for the caller's thread, and what came of it."""

    __slots__ = ("_context", "_function", "error", "is_over", "value")

    value: T

    def __init__(self, function: Callable[[], T], is_over: asyncio.Future[None]) -> None:
        # Of the task: its functions see the variables that other parts of the call have set.
        self._context = copy_context()
        self._function = function
        self.is_over = is_over
        self.error: BaseException | None = None

    def run(self) -> None:
        """Call the function."""
        try:
            self.value = self._context.run(self._function)
        except BaseException as error:  # noqa: BLE001 - raised again where it's awaited
            self.error = error

    @property
    def is_interrupt(self) -> bool:
        """True if the function ended with an exception such as KeyboardInterrupt."""
        error = self.error
        return error is not None and not isinstance(error, (Exception, asyncio.CancelledError))

    def end(self) -> None:
        """Resume the task that awaits the result, unless it was canceled."""
        if not self.is_over.done():
            self.is_over.set_result(None)


class _Call:
    """A call of a synchronous caller."""

    __slots__ = (
        "_function",
        "_is_cancelled",
        "_is_caught",
        "_is_started",
        "_running",
        "_task",
        "awaits",
        "driver",
        "error",
        "is_done",
        "is_interrupted",
        "nested",
        "result",
        "wakeup",
    )

    result: object
    wakeup: threading.Lock

    def __init__(self, driver: Driver, function: Callable[[], Awaitable[object]]) -> None:
        self._function = function
        self._is_cancelled = False
        self._is_caught = False
        self._is_started = False
        self._task: asyncio.Task[None] | None = None
        self._running: asyncio.Task[Any] | None = None
        self.driver = driver
        self.awaits: deque[_Work[Any]] = deque()
        self.error: BaseException | None = None
        self.is_done = False
        self.is_interrupted = False
        self.nested: _Call | None = None
        """The call that a function of this one makes with the same driver."""
        self.wakeup = threading.Lock()
        self.wakeup.acquire()

    @property
    def has_news(self) -> bool:
        """True if the caller's thread has something to do."""
        return self.is_done or bool(self.awaits)

    def catch_interrupts(self) -> None:
        """Let the first Ctrl-C cancel this call, as `asyncio.Runner` does it.

        Nothing else may be interrupted between two steps: other threads depend on the driver.
        """
        if takes_interrupts():
            self._is_caught = True
            SIGNALS.signal(signal.SIGINT, self._interrupt)

    def release_interrupts(self) -> None:
        """Let Ctrl-C raise KeyboardInterrupt again, in code of the user."""
        if self._is_caught:
            self._is_caught = False
            SIGNALS.signal(signal.SIGINT, signal.default_int_handler)

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        if self.is_interrupted:
            raise KeyboardInterrupt
        self.is_interrupted = True
        self.driver.post(self.cancel)

    def start(self) -> None:
        """Start the task, unless it was started; in the loop's thread only."""
        if not self._is_started:
            self._is_started = True
            self._task = _start_task(self._perform(), asyncio.get_running_loop())
            if self.is_done:
                self._task = None

    def cancel(self) -> None:
        """Cancel the task; in the loop's thread only."""
        self._is_cancelled = True
        # A task that is canceled before its first step never runs, and would report no end.
        if self._running is not None:
            self._running.cancel()

    def stop(self) -> None:
        """Cancel the task, which may not have been started yet; in the loop's thread only."""
        self.cancel()
        self.start()

    async def perform(self, function: Callable[[], W]) -> W:
        """Call a function in the thread of this call."""
        work = _Work(function, asyncio.get_running_loop().create_future())
        self.awaits.append(work)
        self.driver.notify(self)
        try:
            await work.is_over
        except asyncio.CancelledError:
            if self.nested is not None:
                self.nested.cancel()
            raise
        if work.error is not None:
            raise work.error
        return work.value

    async def _perform(self) -> None:
        CALLER.set(self)
        function = self._function
        del self._function  # with the request: the call outlives it, see `Driver.run`
        self._running = asyncio.current_task()
        try:
            if self._is_cancelled:
                raise asyncio.CancelledError
            self.result = await function()
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            self.error = error
        # Without these cycles, no call waits for the garbage collector.
        self._task = self._running = None
        self.is_done = True
        self.driver.notify(self)


def _start_task(
    coroutine: Coroutine[Any, Any, None], loop: asyncio.AbstractEventLoop
) -> asyncio.Task[None]:
    """Start a task, at once where Python can do that: it saves a turn of the loop."""
    if sys.version_info >= (3, 12):
        return asyncio.Task(coroutine, loop=loop, eager_start=True)
    return loop.create_task(coroutine)


LOOP_FACTORY: Final[ContextVar[Callable[[], asyncio.AbstractEventLoop]]] = ContextVar(
    "hyperhttp_loop_factory", default=new_loop
)
"""Creates the event loop of a driver; the test kit replaces it."""


@final
class Driver:
    """A private event loop, and the rule which thread runs it. Safe to use from any thread."""

    __slots__ = (
        "__weakref__",
        "_active",
        "_after_fork",
        "_is_closed",
        "_leader",
        "_loop",
        "_mutex",
        "_new_loop",
        "_waiting",
    )

    _active: int
    _leader: _Call | object | None
    _loop: asyncio.AbstractEventLoop | None
    _mutex: threading.Lock
    _waiting: deque[_Call]

    def __init__(self) -> None:
        self._is_closed = False
        self._new_loop = LOOP_FACTORY.get()
        self._reset()
        self._after_fork = AfterFork(self._leave_to_parent)

    def run(self, function: Callable[[], Awaitable[T]]) -> T:
        """Call a function in the loop, and await what it returns; return or raise the result.

        Raises ClientClosed after `close`, and WrongEventLoop within the driver's own loop. If
        Ctrl-C is pressed, it cancels the task and raises KeyboardInterrupt.
        """
        self._enter()
        call = _Call(self, function)
        outer = self._outer_call()
        call.catch_interrupts()
        try:
            if outer is not None:
                outer.nested = call
            self._finish(call)
            if call.is_interrupted:
                self._drop_result(call)
        finally:
            if outer is not None:
                outer.nested = None
            self._exit()
            call.release_interrupts()
        if call.is_interrupted:
            raise KeyboardInterrupt
        error, call.error = call.error, None
        if error is not None:
            try:
                raise error
            finally:
                del error  # it refers to this frame
        # Timers and open connections keep the context in which they were created, and so the call.
        result = cast("T", call.result)
        del call.result
        return result

    def post(self, function: Callable[[], object]) -> None:
        """Call a function in the loop, once a thread runs it. For finalizers; never waits."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(function)

    def notify(self, call: _Call) -> None:
        """Wake the thread of a call that has news; in the loop's thread only."""
        # Nothing changes the leader meanwhile, since this is its thread.
        if self._leader is call:
            self._running_loop().stop()
            return
        with self._mutex:
            if call in self._waiting:
                self._waiting.remove(call)
                call.wakeup.release()

    def close(self) -> None:
        """Refuse further calls, and close the loop after the last call. Idempotent."""
        with self._mutex:
            self._is_closed = True
            if self._leader is _HELPER:
                self._running_loop().call_soon_threadsafe(self._running_loop().stop)
            self._close_if_unused()

    # --- one call ---

    def _enter(self) -> None:
        with self._mutex:
            if self._is_closed:
                raise ClientClosed
            if self._loop is None:
                self._loop = self._new_loop()
            elif asyncio._get_running_loop() is self._loop:
                raise WrongEventLoop(detail="a function that must not block has used the client")
            self._active += 1

    def _outer_call(self) -> _Call | None:
        """Return the call whose function makes this one; None if there is none."""
        caller = CALLER.get()
        return caller if isinstance(caller, _Call) and caller.driver is self else None

    def _exit(self) -> None:
        with self._mutex:
            self._active -= 1
            if self._is_closed:
                self._close_if_unused()

    def _finish(self, call: _Call) -> None:
        """Drive a call to its end, and run its functions in between."""
        try:
            self._drive(call, call.start)
            while not call.is_done:
                work = call.awaits.popleft()
                call.release_interrupts()
                work.run()
                call.catch_interrupts()
                if work.is_interrupt:
                    assert work.error is not None
                    raise work.error
                self._drive(call, work.end)
        except BaseException:  # exceptions such as KeyboardInterrupt, in this thread
            call.catch_interrupts()
            while not call.is_done:
                call.awaits.clear()  # its functions aren't called any more
                self._drive(call, call.stop)
            raise

    def _drop_result(self, call: _Call) -> None:
        """Close a response that came at the same time as Ctrl-C, for its connection."""
        dropped = getattr(call, "result", None)
        call.error = call.result = None
        aclose: Callable[[], Awaitable[object]] | None = getattr(dropped, "aclose", None)
        if aclose is not None:
            self._finish(_Call(self, aclose))

    def _drive(self, call: _Call, first: Callable[[], object]) -> None:
        """Run the loop, or wait for the thread that does, until the call has news.

        `first` is called in the loop, after the events that have arrived before.
        """
        loop = self._running_loop()
        leads = self._take_turn(call)
        if not leads:
            loop.call_soon_threadsafe(first)
        elif isinstance(loop, QuietLoop):
            loop.call_first(first)
        else:
            call_after_events(loop, first)
        while leads is not None:
            if not leads:
                call.wakeup.acquire()
            elif self._lead(call, loop):
                return
            leads = self._take_turn(call)

    def _take_turn(self, call: _Call) -> bool | None:
        """Return whether the call's thread leads; None if the call has news already."""
        has_loop = asyncio._get_running_loop() is not None
        with self._mutex:
            if call.has_news:
                self._promote()
                return None
            # It leads still if the second Ctrl-C has ended its turn before the loop ran.
            if self._leader is None or self._leader is call:
                if not has_loop:
                    self._leader = call
                    return True
                self._start_helper()
            self._waiting.append(call)
            return False

    def _lead(self, call: _Call, loop: asyncio.AbstractEventLoop) -> bool:
        """Run the loop until it's stopped; return whether the call has news."""
        try:
            loop.run_forever()
        finally:
            with self._mutex:
                self._leader = None
                self._promote()
        return call.has_news

    def _promote(self) -> None:
        """Wake a call that waits, to lead; under the mutex."""
        if self._leader is None and self._waiting:
            self._waiting.popleft().wakeup.release()

    # --- the loop ---

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        assert self._loop is not None, "there is a call"
        return self._loop

    def _start_helper(self) -> None:
        """Let a daemon thread lead, until the driver is closed; under the mutex."""
        self._leader = _HELPER
        loop = self._running_loop()
        threading.Thread(
            target=self._help, args=(loop,), name="hyperhttp sync client", daemon=True
        ).start()

    def _help(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            loop.run_forever()
        finally:
            with self._mutex:
                self._leader = None
                self._promote()
                self._close_if_unused()

    def _close_if_unused(self) -> None:
        """Close the loop if no call needs it; under the mutex."""
        loop = self._loop
        if loop is not None and not self._active and self._leader is None:
            loop.close()
            self._loop = None

    def _reset(self) -> None:
        self._mutex = threading.Lock()
        self._loop = None
        self._leader = None
        self._waiting = deque()
        self._active = 0

    def _leave_to_parent(self) -> object:
        """Start anew in a forked process; return the loop, which is the parent's."""
        loop = self._loop
        self._reset()
        return loop


_HELPER: Final = object()
"""Leads in place of a call: the daemon thread."""
