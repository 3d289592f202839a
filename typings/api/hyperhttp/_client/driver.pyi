# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/driver.py and run the command again.

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar, final

T = TypeVar("T")

W = TypeVar("W")

class _Work(Generic[T]):
    is_over: asyncio.Future[None]
    error: BaseException | None
    value: T

    def __init__(self, function: Callable[[], T], is_over: asyncio.Future[None]) -> None: ...
    def run(self) -> None: ...
    @property
    def is_interrupt(self) -> bool: ...
    def end(self) -> None: ...

class _Call:
    driver: Driver
    awaits: deque[_Work[Any]]
    error: BaseException | None
    is_done: bool
    is_interrupted: bool
    nested: _Call | None
    result: object
    wakeup: threading.Lock

    def __init__(self, driver: Driver, coroutine: Coroutine[Any, Any, object]) -> None: ...
    @property
    def has_news(self) -> bool: ...
    def start(self) -> None: ...
    def cancel(self) -> None: ...
    async def perform(self, function: Callable[[], W]) -> W: ...

@final
class Driver:
    def __init__(self) -> None: ...
    def run(self, coroutine: Coroutine[Any, Any, T]) -> T: ...
    def post(self, function: Callable[[], object]) -> None: ...
    def notify(self, call: _Call) -> None: ...
    def close(self) -> None: ...
