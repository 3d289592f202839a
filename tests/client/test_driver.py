"""The driver of synchronous calls: leaders, followers, promotions, Ctrl-C, forks and closing."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import os
import signal
import sys
import threading
import traceback
import weakref
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Literal

import pytest

from hyperhttp import ClientClosed, WrongEventLoop
from hyperhttp._base.caller_thread import in_caller
from hyperhttp._client.driver import LOOP_FACTORY, Driver
from hyperhttp._client.quiet_loop import QuietLoop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VARIABLE = contextvars.ContextVar("VARIABLE", default="outside")


@pytest.fixture
def driver() -> Iterator[Driver]:
    driver = Driver()
    yield driver
    driver.close()


@pytest.fixture(autouse=True)
def ctrl_c_raises() -> Iterator[None]:
    """Install Python's handler: a program that a shell starts in the background ignores Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


async def give(value: int, turns: int = 0) -> int:
    for _ in range(turns):
        await asyncio.sleep(0)
    return value


async def fail(error: BaseException) -> None:
    await asyncio.sleep(0)
    raise error


async def forever() -> None:
    """Wait until cancelled."""
    await asyncio.get_running_loop().create_future()


async def until(event: threading.Event) -> None:
    """Keep the loop running until another thread sets an event."""
    while not event.is_set():  # noqa: ASYNC110 - the event is that of a thread
        await asyncio.sleep(0)


# --- one thread ---


def test_the_result_is_returned(driver: Driver) -> None:
    assert [driver.run(partial(give, n, turns=n)) for n in range(5)] == list(range(5))


@pytest.mark.parametrize(
    "error", [ValueError("x"), SystemExit(3), KeyboardInterrupt(), asyncio.CancelledError()]
)
def test_an_error_is_raised_and_the_driver_stays_usable(
    driver: Driver, error: BaseException
) -> None:
    with pytest.raises(type(error)) as caught:
        driver.run(lambda: fail(error))
    assert caught.value is error
    assert driver.run(lambda: give(1)) == 1


def test_a_traceback_has_few_frames_of_the_driver(driver: Driver) -> None:
    with pytest.raises(ValueError, match="x") as caught:
        driver.run(lambda: fail(ValueError("x")))
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert names[-1] == "fail"
    assert len(names) <= 4


class CountingLoop(QuietLoop):
    """Counts its turns."""

    turns = 0

    def _run_once(self) -> None:
        self.turns += 1
        super()._run_once()


def test_a_call_that_waits_once_needs_one_turn_where_tasks_can_start_at_once() -> None:
    loop = CountingLoop()
    token = LOOP_FACTORY.set(lambda: loop)
    driver = Driver()
    LOOP_FACTORY.reset(token)
    for _ in range(3):
        before = loop.turns
        assert driver.run(lambda: give(1, turns=1)) == 1
        assert loop.turns - before == (1 if sys.version_info >= (3, 12) else 2)
    driver.close()


def test_the_loop_is_never_that_of_the_thread(driver: Driver) -> None:
    driver.run(lambda: give(1))
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()


def test_context_variables_flow_in_and_changes_stay_inside(driver: Driver) -> None:
    async def change() -> str:
        before = VARIABLE.get()
        VARIABLE.set("changed")
        return before

    token = VARIABLE.set("given")
    try:
        assert driver.run(change) == "given"
        assert VARIABLE.get() == "given"
    finally:
        VARIABLE.reset(token)


class Thing:
    """Something that a weak reference can follow."""


def test_a_context_that_is_kept_keeps_nothing_of_its_call(driver: Driver) -> None:
    # As timers do, the canceled ones too, and the readers of open connections.
    kept: list[contextvars.Context] = []

    async def give_thing(taken: Thing) -> Thing:
        followed.append(weakref.ref(taken))
        kept.append(contextvars.copy_context())
        given = Thing()
        followed.append(weakref.ref(given))
        return given

    async def fail_with(taken: Thing) -> None:
        await give_thing(taken)
        raise ThingError

    followed: list[weakref.ref[object]] = []
    assert isinstance(driver.run(partial(give_thing, Thing())), Thing)
    with pytest.raises(ThingError) as caught:
        driver.run(partial(fail_with, Thing()))
    followed.append(weakref.ref(caught.value))
    del caught
    gc.collect()
    assert len(kept) == 2
    assert [reference() for reference in followed] == [None] * 5


class ThingError(Exception):
    """An error that a weak reference can follow."""


class Closable:
    """A result that has to be closed."""

    is_closed = False

    async def aclose(self) -> None:
        self.is_closed = True


def test_a_result_that_came_with_ctrl_c_is_dropped(driver: Driver) -> None:
    kept: list[contextvars.Context] = []
    followed: list[weakref.ref[object]] = []

    async def respond() -> object:
        given = Thing()
        followed.append(weakref.ref(given))
        kept.append(contextvars.copy_context())
        signal.raise_signal(signal.SIGINT)
        return given

    with pytest.raises(KeyboardInterrupt):
        driver.run(respond)
    gc.collect()
    assert followed[0]() is None


def test_a_response_that_came_with_ctrl_c_is_closed(driver: Driver) -> None:
    given = Closable()

    async def respond() -> object:
        signal.raise_signal(signal.SIGINT)
        return given

    with pytest.raises(KeyboardInterrupt):
        driver.run(respond)
    assert given.is_closed


def test_events_that_came_between_two_calls_are_seen_before_the_next(driver: Driver) -> None:
    seen: list[str] = []

    async def watch(descriptor: int) -> None:
        asyncio.get_running_loop().add_reader(descriptor, seen.append, "event")

    async def note(descriptor: int) -> None:
        seen.append("call")
        asyncio.get_running_loop().remove_reader(descriptor)

    reading, writing = os.pipe()
    try:
        driver.run(lambda: watch(reading))
        os.write(writing, b"x")
        driver.run(lambda: note(reading))
    finally:
        os.close(reading)
        os.close(writing)
    assert seen[0] == "event"


def test_a_posted_function_is_called_by_the_next_call(driver: Driver) -> None:
    called: list[int] = []
    driver.post(partial(called.append, 0))
    driver.run(lambda: give(1))
    driver.post(partial(called.append, 1))
    assert called == []
    driver.run(lambda: give(1, turns=2))
    assert called == [1]


# --- functions of the user ---


def test_a_function_of_the_user_runs_in_the_thread_of_its_call_and_outside_the_loop(
    driver: Driver,
) -> None:
    def look() -> tuple[int, bool]:
        return threading.get_ident(), asyncio._get_running_loop() is None

    async def call() -> tuple[int, bool]:
        return await asyncio.create_task(in_caller(look))

    assert driver.run(call) == (threading.get_ident(), True)
    with ThreadPoolExecutor(1) as other:
        ident = other.submit(threading.get_ident).result()
        assert other.submit(driver.run, call).result() == (ident, True)


@pytest.mark.parametrize("error", [ValueError("x"), StopIteration("x")])
def test_what_it_raises_is_raised_where_it_is_awaited(driver: Driver, error: Exception) -> None:
    def function() -> None:
        raise error

    async def call() -> str:
        try:
            await in_caller(function)
        except Exception as caught:  # noqa: BLE001 - of two kinds
            return type(caught).__name__
        return "nothing"

    expected = "RuntimeError" if isinstance(error, StopIteration) else "ValueError"
    assert driver.run(call) == expected


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_what_ends_the_program_cancels_the_call_and_is_raised(
    driver: Driver, error: type[BaseException]
) -> None:
    ended: list[str] = []

    def function() -> None:
        raise error

    async def call() -> None:
        try:
            await in_caller(function)
        finally:
            ended.append("call")

    with pytest.raises(error):
        driver.run(call)
    assert ended == ["call"]
    assert driver.run(lambda: give(1)) == 1


def test_it_may_use_the_same_driver(driver: Driver) -> None:
    async def nested(depth: int) -> int:
        if depth == 0:
            return 0
        return 1 + await in_caller(lambda: driver.run(lambda: nested(depth - 1)))

    assert driver.run(lambda: nested(5)) == 5


def test_one_that_blocks_holds_up_no_other_call(driver: Driver) -> None:
    blocked, go = threading.Event(), threading.Event()

    def block() -> str:
        blocked.set()
        assert go.wait(10)
        return "blocked"

    async def call() -> str:
        return await in_caller(block)

    with ThreadPoolExecutor(1) as other:
        first = other.submit(driver.run, call)
        assert blocked.wait(10)
        assert driver.run(lambda: give(1, turns=3)) == 1
        assert not first.done()
        go.set()
        assert first.result(10) == "blocked"


def test_a_call_that_is_cancelled_while_its_function_runs_ends_once(driver: Driver) -> None:
    async def call() -> str:
        try:
            async with asyncio.timeout(0):
                await in_caller(lambda: "too late")
        except TimeoutError:
            return "timed out"
        return "in time"

    assert driver.run(call) == "timed out"
    assert driver.run(lambda: give(1)) == 1


def test_a_cancelled_call_cancels_the_calls_that_its_function_makes(driver: Driver) -> None:
    ended: list[str] = []
    limits: list[asyncio.Timeout] = []

    async def inner() -> None:
        limits[0].reschedule(0)
        try:
            await forever()
        finally:
            ended.append("inner")

    async def middle() -> None:
        await in_caller(lambda: driver.run(inner))

    async def call() -> str:
        try:
            async with asyncio.timeout(None) as limit:
                limits.append(limit)
                await in_caller(lambda: driver.run(middle))
        except TimeoutError:
            return "timed out"
        return "in time"

    assert driver.run(call) == "timed out"
    assert ended == ["inner"]
    assert driver.run(lambda: give(1)) == 1


def test_several_functions_of_one_call_run_one_after_the_other(driver: Driver) -> None:
    async def call() -> list[int]:
        return await asyncio.gather(*[in_caller(partial(int, n)) for n in range(20)])

    assert driver.run(call) == list(range(20))


def test_a_function_sees_the_variables_that_its_call_has_set(driver: Driver) -> None:
    async def call() -> str:
        VARIABLE.set("inside")
        return await in_caller(VARIABLE.get)

    assert driver.run(call) == "inside"
    assert VARIABLE.get() == "outside"


def test_code_in_the_loop_of_the_driver_may_not_wait_for_it(driver: Driver) -> None:
    async def call() -> None:
        driver.run(lambda: give(1))

    with pytest.raises(WrongEventLoop, match="a function that must not block"):
        driver.run(call)


# --- many threads ---


def test_a_follower_is_promoted_when_the_leader_is_done(driver: Driver) -> None:
    leads, release = threading.Event(), threading.Event()

    async def first() -> None:
        leads.set()
        await until(release)

    async def second() -> int:
        release.set()
        # The leader's call ends before this one.
        return await give(2, turns=50)

    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(driver.run, first)
        assert leads.wait(10)
        assert threads.submit(driver.run, second).result(10) == 2
        one.result(10)


def test_no_wake_up_is_lost_and_each_result_reaches_its_own_call(driver: Driver) -> None:
    async def through(value: int) -> int:
        inside = await in_caller(lambda: value)
        return await give(inside, turns=value % 3)

    def many(start: int) -> list[int]:
        return [
            driver.run(partial(through, n) if n % 4 == 0 else partial(give, n, turns=n % 5))
            for n in range(start, start + 100)
        ]

    with ThreadPoolExecutor(32) as threads:
        found = list(threads.map(many, range(0, 3200, 100)))
    assert [n for part in found for n in part] == list(range(3200))


def test_a_thread_with_a_running_loop_is_served_by_another_thread(driver: Driver) -> None:
    async def main() -> list[int]:
        return [driver.run(partial(give, n, turns=1)) for n in range(3)]

    assert asyncio.run(main()) == [0, 1, 2]
    # The helper goes on leading, and keeps no program alive.
    helpers = [one for one in threading.enumerate() if one.name == "hyperhttp sync client"]
    assert [one.daemon for one in helpers] == [True]
    assert driver.run(lambda: give(7)) == 7
    driver.close()
    with pytest.raises(ClientClosed):
        driver.run(lambda: give(1))


# --- Ctrl-C ---


def test_ctrl_c_cancels_the_call_of_the_leader_only(driver: Driver) -> None:
    started, ended = threading.Event(), threading.Event()

    async def other() -> str:
        started.set()
        await until(ended)
        return "other"

    with ThreadPoolExecutor(1) as threads:
        others: list[Future[str]] = []

        async def lead() -> None:
            others.append(threads.submit(driver.run, other))
            await until(started)
            signal.raise_signal(signal.SIGINT)
            try:
                await forever()
            finally:
                ended.set()

        with pytest.raises(KeyboardInterrupt):
            driver.run(lead)
        assert ended.is_set()
        assert [one.result(10) for one in others] == ["other"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert driver.run(lambda: give(1)) == 1


def test_the_second_ctrl_c_does_not_wait_for_the_call(driver: Driver) -> None:
    async def stubborn() -> None:
        signal.raise_signal(signal.SIGINT)
        try:
            await forever()
        except asyncio.CancelledError:
            signal.raise_signal(signal.SIGINT)
            raise

    with pytest.raises(KeyboardInterrupt):
        driver.run(stubborn)
    assert driver.run(lambda: give(1)) == 1


def test_ctrl_c_in_a_follower_cancels_its_own_call(driver: Driver) -> None:
    main_thread = threading.main_thread().ident
    assert main_thread is not None
    leads, ended = threading.Event(), threading.Event()

    async def lead() -> str:
        leads.set()
        await until(ended)
        return "leader"

    async def follow() -> None:
        signal.pthread_kill(main_thread, signal.SIGINT)
        try:
            await forever()
        finally:
            ended.set()

    with ThreadPoolExecutor(1) as threads:
        leader = threads.submit(driver.run, lead)
        assert leads.wait(10)
        with pytest.raises(KeyboardInterrupt):
            driver.run(follow)
        assert ended.is_set()
        assert leader.result(10) == "leader"
    assert driver.run(lambda: give(1)) == 1


class InterruptedLoop(asyncio.SelectorEventLoop):
    """Ctrl-C comes when a call is about to start, or right after; not while it runs."""

    interrupts: Literal["before", "twice before", "after", "not"] = "not"

    def call_soon(
        self,
        callback: Callable[..., object],
        *args: object,
        context: contextvars.Context | None = None,
    ) -> asyncio.Handle:
        """Schedule a function, and press Ctrl-C once."""
        when, self.interrupts = self.interrupts, "not"
        if when in {"before", "twice before"}:
            signal.raise_signal(signal.SIGINT)
        if when == "twice before":
            signal.raise_signal(signal.SIGINT)
        handle = super().call_soon(callback, *args, context=context)
        if when == "after":
            signal.raise_signal(signal.SIGINT)
        return handle


@pytest.mark.parametrize("when", ["before", "twice before", "after"])
def test_ctrl_c_before_the_first_step_of_a_call_ends_it(
    when: Literal["before", "twice before", "after"],
) -> None:
    loop = InterruptedLoop()
    token = LOOP_FACTORY.set(lambda: loop)
    driver = Driver()
    LOOP_FACTORY.reset(token)
    ran: list[str] = []

    async def call() -> None:
        ran.append("call")

    assert driver.run(lambda: give(1)) == 1
    loop.interrupts = when
    with pytest.raises(KeyboardInterrupt):
        driver.run(call)
    assert (ran, loop.interrupts) == ([], "not")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert driver.run(lambda: give(2)) == 2
    driver.close()
    assert loop.is_closed()


def test_a_handler_that_a_function_of_the_call_installs_stays(driver: Driver) -> None:
    def handle(number: int, frame: object) -> None:
        """Do nothing."""

    async def call() -> None:
        await in_caller(lambda: signal.signal(signal.SIGINT, handle))

    driver.run(call)
    assert signal.getsignal(signal.SIGINT) is handle


def test_a_handler_of_the_program_is_left_alone(driver: Driver) -> None:
    seen: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: seen.append(number))

    async def call() -> str:
        signal.raise_signal(signal.SIGINT)
        return await in_caller(lambda: "done")

    try:
        assert driver.run(call) == "done"
    finally:
        signal.signal(signal.SIGINT, before)
    assert seen == [signal.SIGINT]


# --- its end ---


def test_a_closed_driver_refuses_calls(driver: Driver) -> None:
    driver.run(lambda: give(1))
    driver.close()
    driver.close()
    with pytest.raises(ClientClosed):
        driver.run(lambda: give(1))
    driver.post(lambda: None)


def test_closing_from_another_thread_waits_for_no_call_and_breaks_none(driver: Driver) -> None:
    async def call() -> str:
        await in_caller(lambda: threads.submit(driver.close).result(10))
        await asyncio.sleep(0)
        return "done"

    with ThreadPoolExecutor(1) as threads:
        assert driver.run(call) == "done"
    with pytest.raises(ClientClosed):
        driver.run(lambda: give(1))


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_has_a_loop_of_its_own(driver: Driver) -> None:
    async def loop_of() -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    before = driver.run(loop_of)
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        os._exit(0 if driver.run(loop_of) is not before and driver.run(lambda: give(1)) == 1 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert driver.run(loop_of) is before
