"""A task that waits: woken at once or in the next turn, cancelled, and never lost."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar

import pytest

from hyperhttp._transport.eager_future import EagerFuture

NAME: ContextVar[str] = ContextVar("NAME", default="nobody")


async def waiting() -> tuple[EagerFuture, list[str], asyncio.Task[None]]:
    """A task that waits, and what it has done since."""
    future, done = EagerFuture(asyncio.get_running_loop()), list[str]()

    async def work() -> None:
        NAME.set("the task")
        await future
        done.append(f"went on as {NAME.get()}")

    task = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    return future, done, task


async def by_the_loop(wake: object) -> None:
    """Call it as the loop calls the callbacks of sockets: outside of any task."""
    assert callable(wake)
    asyncio.get_running_loop().call_soon(wake)
    await asyncio.sleep(0)


async def test_a_task_that_is_woken_at_once_has_gone_on_when_the_call_returns() -> None:
    future, done, task = await waiting()

    def wake() -> None:
        future.wake_at_once()
        done.append("the call returned")

    await by_the_loop(wake)
    await task
    assert done == ["went on as the task", "the call returned"]


async def test_a_task_that_is_woken_goes_on_in_the_next_turn() -> None:
    future, done, task = await waiting()

    def wake() -> None:
        future.wake()
        done.append("the call returned")

    await by_the_loop(wake)
    await task
    assert done == ["the call returned", "went on as the task"]


async def test_within_another_task_even_at_once_means_the_next_turn() -> None:
    future, done, task = await waiting()
    future.wake_at_once()
    assert not done
    await task
    assert done == ["went on as the task"]


@pytest.mark.parametrize("at_once", [True, False])
async def test_what_was_woken_before_anybody_waited_does_not_wait(at_once: bool) -> None:
    future = EagerFuture(asyncio.get_running_loop())
    await by_the_loop(future.wake_at_once if at_once else future.wake)
    assert future.done()
    await future


async def test_a_cancelled_task_is_told_so_with_the_words_it_was_given() -> None:
    future, done, task = await waiting()
    assert task.cancel("enough")
    with pytest.raises(asyncio.CancelledError, match="enough"):
        await task
    assert not done
    assert future.done()


async def test_a_task_that_is_cancelled_after_it_was_woken_is_cancelled_all_the_same() -> None:
    future, done, task = await waiting()
    future.wake()
    assert not future.cancel()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not done


async def test_a_time_limit_ends_the_waiting() -> None:
    future = EagerFuture(asyncio.get_running_loop())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await future


async def test_a_task_that_fails_at_once_fails_alone() -> None:
    future = EagerFuture(asyncio.get_running_loop())

    async def work() -> None:
        await future
        raise RuntimeError("of the task")

    task = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    await by_the_loop(future.wake_at_once)
    assert task.done()
    with pytest.raises(RuntimeError, match="of the task"):
        await task


async def test_a_task_of_another_loop_cannot_wait() -> None:
    other = asyncio.new_event_loop()
    try:
        with pytest.raises(RuntimeError, match="different loop"):
            await EagerFuture(other)
    finally:
        other.close()
