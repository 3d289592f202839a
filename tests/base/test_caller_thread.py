"""The thread in which functions of the user are called, as the code in the event loop sees it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import pytest

from hyperhttp._base.caller_thread import CALLER, in_caller

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Recording:
    """A thread that is this one, and counts the functions that it's given."""

    def __init__(self) -> None:
        self.calls = 0

    async def perform(self, function: Callable[[], T], /) -> T:
        self.calls += 1
        return function()


def refuse() -> None:
    raise ValueError("refused")


def test_without_a_caller_a_function_is_called_at_once() -> None:
    assert asyncio.run(in_caller(lambda: 1)) == 1


def test_with_a_caller_it_is_passed_on() -> None:
    thread = Recording()

    async def call() -> int:
        CALLER.set(thread)
        return await in_caller(lambda: 1)

    assert asyncio.run(call()) == 1
    assert thread.calls == 1


@pytest.mark.parametrize("thread", [None, Recording()])
def test_its_errors_are_raised(thread: Recording | None) -> None:
    async def call() -> None:
        CALLER.set(thread)
        await in_caller(refuse)

    with pytest.raises(ValueError, match="refused"):
        asyncio.run(call())
