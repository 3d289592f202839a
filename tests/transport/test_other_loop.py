"""Work in another event loop: done there, or reported as not done."""

from __future__ import annotations

import asyncio
import threading

import pytest

from hyperhttp._transport import other_loop
from hyperhttp._transport.other_loop import completes_in


class InThread:
    """An event loop that runs in another thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)

    def __enter__(self) -> asyncio.AbstractEventLoop:
        # The work isn't done in a loop that doesn't run yet.
        runs = threading.Event()
        self.loop.call_soon(runs.set)
        self._thread.start()
        runs.wait()
        return self.loop

    def __exit__(self, *error: object) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


async def test_work_is_done_in_the_other_loop() -> None:
    ran_in: list[object] = []

    async def work() -> None:
        ran_in.append(asyncio.get_running_loop())

    with InThread() as loop:
        assert await completes_in(loop, work)
        assert ran_in == [loop]
        with pytest.raises(ZeroDivisionError):
            await completes_in(loop, failing)


async def failing() -> None:
    raise ZeroDivisionError


async def never() -> None:
    await asyncio.get_running_loop().create_future()


async def cancelled() -> None:
    raise asyncio.CancelledError


async def test_a_loop_that_does_not_run_does_nothing() -> None:
    loop = asyncio.new_event_loop()
    assert not await completes_in(loop, never)
    loop.close()
    assert not await completes_in(loop, never)


async def test_work_that_is_cancelled_or_takes_too_long_is_not_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with InThread() as loop:
        assert not await completes_in(loop, cancelled)
        monkeypatch.setattr(other_loop, "OTHER_LOOP_WAIT_S", 0.0)
        assert not await completes_in(loop, never)
        asyncio.run_coroutine_threadsafe(_cancel_all(), loop).result()


async def _cancel_all() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


async def test_a_loop_that_is_closed_just_now(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    monkeypatch.setattr(loop, "is_running", lambda: True)
    assert not await completes_in(loop, never)
