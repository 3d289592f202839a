# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_clock.py and run the command again.

import asyncio
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import Executor
from typing import Any, TypeVar, final

T = TypeVar("T")

def virtual_time() -> Generator[None]: ...

@final
class VirtualTimeLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None: ...
    def time(self) -> float: ...
    def run_in_executor(
        self, executor: Executor | None, func: Callable[..., T], *args: object
    ) -> asyncio.Future[T]: ...
    async def shutdown_default_executor(self, *timeout: float | None) -> None: ...

def run_virtual_time(main: Coroutine[Any, Any, T]) -> T: ...
