"""An event loop on which waiting takes no time: its clock jumps to the next timer.

If only timers are left, the next one is due at once. This applies to `asyncio.sleep`, timeouts,
retries and the delays of the test kit.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, final

from hyperhttp._client.driver import LOOP_FACTORY

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping
    from concurrent.futures import Executor

T = TypeVar("T")


@final
class JumpingSelector(selectors.BaseSelector):
    """Asks the real selector what there is, and jumps where that would wait."""

    def __init__(self) -> None:
        self._inner = selectors.DefaultSelector()
        self.ahead_s: float = 0.0
        """How much was jumped over."""
        self.working: int = 0
        """How many threads work for the loop: their time is real."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return the ready sockets, without waiting if there is a timer to jump to."""
        if timeout is None or timeout <= 0 or self.working:
            return self._inner.select(timeout)
        ready = self._inner.select(0)
        if not ready:
            self.ahead_s += timeout
        return ready

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        """Register a file object, as the real selector."""
        return self._inner.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        """Unregister a file object, as the real selector."""
        return self._inner.unregister(fileobj)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        """Return the registered file objects, as the real selector."""
        return self._inner.get_map()

    def close(self) -> None:
        """Close the real selector."""
        self._inner.close()


@contextmanager
def virtual_time() -> Generator[None]:
    """Let synchronous clients that are created inside not wait for time.

        with virtual_time(), hyperhttp.SyncClient(transport=transport, retry=True) as client:
            client.get("https://example.com/")  # the delays of retries take no time

    Timeouts and delays elapse in the same order as in real time.
    """
    token = LOOP_FACTORY.set(VirtualTimeLoop)
    try:
        yield
    finally:
        LOOP_FACTORY.reset(token)


@final
class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop for tests: timers fire without waiting, in their usual order.

        with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
            runner.run(main())

    `loop.time()` returns the virtual time. The loop is meant for code that runs in memory. For a
    real socket that responds a little later, the virtual time has already passed. Threads are
    waited for.
    """

    def __init__(self) -> None:
        self._jumping = JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return the real time plus the skipped time."""
        return super().time() + self._jumping.ahead_s

    def run_in_executor(
        self,
        executor: Executor | None,
        func: Callable[..., T],
        *args: object,
    ) -> asyncio.Future[T]:
        """Run a function in a thread; time is real meanwhile."""
        future = super().run_in_executor(executor, func, *args)
        self._jumping.working += 1
        future.add_done_callback(self._worked)
        return future

    async def shutdown_default_executor(self, *timeout: float | None) -> None:
        """Wait for the threads; time is real meanwhile."""
        self._jumping.working += 1
        try:
            await super().shutdown_default_executor(*timeout)
        finally:
            self._jumping.working -= 1

    def _worked(self, _: object) -> None:
        self._jumping.working -= 1


def run_virtual_time(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine as `asyncio.run` does, on an VirtualTimeLoop: a timeout of 30 s takes none.

    run_virtual_time(my_test())
    """
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(main)
