"""Waits that are part of what is simulated, or that pace the load."""

from __future__ import annotations

import asyncio
import threading


async def pause(seconds: float) -> None:
    """Wait in the event loop."""
    if seconds <= 0:
        return
    loop = asyncio.get_running_loop()
    passed = loop.create_future()
    timer = loop.call_later(seconds, passed.set_result, None)
    try:
        await passed
    finally:
        timer.cancel()


def block(seconds: float) -> None:
    """Wait in this thread."""
    if seconds > 0:
        threading.Event().wait(seconds)
