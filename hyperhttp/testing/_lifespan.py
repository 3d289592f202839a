"""The lifespan of an ASGI application: startup and shutdown, in a separate task.

An application without a lifespan raises. The caller decides if that is an error.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final, TypeAlias, final

ASGIMessage: TypeAlias = MutableMapping[str, Any]
"""A scope, or a message of ASGI."""
ASGIReceive: TypeAlias = Callable[[], Awaitable[ASGIMessage]]
"""Gives an application the next message."""
ASGISend: TypeAlias = Callable[[ASGIMessage], Awaitable[None]]
"""Takes a message from an application."""
ASGIApp: TypeAlias = Callable[[ASGIMessage, ASGIReceive, ASGISend], Awaitable[None]]
"""An application by ASGI 3."""

_RESULTS: Final = ("complete", "failed")


class LifespanError(RuntimeError):
    """The application could not begin, or could not end."""


@final
class Lifespan:
    """A run of an application's lifespan."""

    def __init__(self, app: ASGIApp, *, is_needed: bool) -> None:
        self._app = app
        self._is_needed = is_needed
        self.state: dict[str, Any] = {}
        """The state that the application provides for its requests."""
        self._told: asyncio.Queue[ASGIMessage] = asyncio.Queue()
        self._said: asyncio.Queue[str] = asyncio.Queue()
        self._task: asyncio.Future[None] | None = None
        self._phase = "startup"

    async def begin(self) -> None:
        """Start the application, and wait for it. Raises LifespanError, or its exception."""
        scope = {
            "type": "lifespan",
            "asgi": {"version": "3.0", "spec_version": "2.0"},
            "state": self.state,
        }
        self._task = asyncio.ensure_future(self._app(scope, self._told.get, self._send))
        await self._send_event("startup")

    async def end(self) -> None:
        """Shut the application down, and wait for it. Raises LifespanError, or its exception."""
        if self._task is None or self._task.done():
            return
        await self._send_event("shutdown")
        await self._task

    async def _send(self, message: ASGIMessage) -> None:
        words = str(message["type"]).removeprefix(f"lifespan.{self._phase}.")
        if words not in _RESULTS:
            raise LifespanError(f"an application may not send {message['type']!r} now")
        detail = str(message.get("message", ""))
        self._said.put_nowait("" if words == "complete" else detail or "it sent no reason")

    async def _send_event(self, phase: str) -> None:
        assert self._task is not None, "it has begun"
        self._phase = phase
        self._told.put_nowait({"type": f"lifespan.{phase}"})
        saying = asyncio.ensure_future(self._said.get())
        try:
            waited: set[asyncio.Future[Any]] = {saying, self._task}
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not saying.done():
                saying.cancel()
        if saying.cancelled() or not saying.done():
            self._left_early(self._task)
        elif why := saying.result():
            self._task.cancel()
            raise LifespanError(f"the application's {phase} failed: {why}")

    def _left_early(self, task: asyncio.Future[None]) -> None:
        """Handle an application that ends without a reply, as most without a lifespan do."""
        error = task.exception()
        if self._phase == "startup" and not self._is_needed:
            return
        if error is not None:
            raise error
        raise LifespanError(f"the application left its lifespan at {self._phase} without a word")
