"""Ctrl-C: who takes it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from hyperhttp._client.interrupts import SIGNALS, takes_interrupts


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_the_main_thread_takes_them_with_the_handler_of_python_only() -> None:
    SIGNALS.signal(signal.SIGINT, signal.default_int_handler)
    assert takes_interrupts()
    SIGNALS.signal(signal.SIGINT, lambda number, frame: None)
    assert not takes_interrupts()


def test_another_thread_takes_none() -> None:
    SIGNALS.signal(signal.SIGINT, signal.default_int_handler)
    taken: list[bool] = []
    thread = threading.Thread(target=lambda: taken.append(takes_interrupts()))
    thread.start()
    thread.join()
    assert taken == [False]
