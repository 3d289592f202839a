"""The upload of an exchange: its task, and what it waits for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

from hyperhttp._base._generated.bounds import CONTINUE_WAIT_S
from hyperhttp._base._generated.errors import WriteError
from hyperhttp._transport.received_chunks import ReceivedChunks

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.exchange_connection import ExchangeConnection

__all__ = ["Upload"]

E = TypeVar("E")
"""The type of the exchange."""


class Upload(ReceivedChunks, Generic[E]):
    """The part of an exchange that sends the body of its request.

    The exchange sets the attributes.
    """

    __slots__ = (
        "_connection",
        "_deadline",
        "_drained",
        "_go_ahead",
        "_loop",
        "_patience_until",
        "_unsent_seen",
        "_upload",
        "sent",
        "sent_bytes",
    )

    _connection: ExchangeConnection[E]
    _deadline: Deadline
    _drained: asyncio.Future[None] | None
    _go_ahead: asyncio.Future[None] | None
    _loop: asyncio.AbstractEventLoop
    _patience_until: float
    """When to stop waiting for the body of an error, or for one that is discarded."""
    _unsent_seen: int
    _upload: asyncio.Task[None] | None
    sent: bool
    """True if the whole request was sent."""
    sent_bytes: int

    def fail(self, error: BaseException) -> None:
        """End the exchange with an error."""
        raise NotImplementedError

    def _await_bytes(self) -> None:
        """Restart the read timeout."""
        raise NotImplementedError

    @property
    def sending(self) -> bool:
        """True if the body is still being sent."""
        return self._upload is not None

    def start_upload(self, upload: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Send the body from its own task, so that a response is read meanwhile.

        The task may outlast the exchange if the body's source takes time to end.
        """
        self.sent = False
        task = self._upload = self._loop.create_task(upload)
        task.add_done_callback(self._upload_done)
        return task

    async def wait_go_ahead(self) -> None:
        """Wait for 100 Continue, at most `CONTINUE_WAIT_S`; called by the upload."""
        self._connection.watch(self._deadline.until(self._loop.time(), CONTINUE_WAIT_S))
        go_ahead = self._go_ahead = self._loop.create_future()
        try:
            await go_ahead
        finally:
            self._go_ahead = None

    def go_ahead(self) -> None:
        """Let the upload start: the server wants the body, or hasn't responded in time."""
        if self._go_ahead is not None and not self._go_ahead.done():
            self._go_ahead.set_result(None)

    async def wait_drained(self) -> None:
        """Wait until the peer reads again, within `Timeout.write`; called by the upload."""
        deadline = self._deadline
        self._unsent_seen = self._connection.unsent_bytes()
        due = deadline.until(self._loop.time(), deadline.timeout.write)
        self._connection.watch(min(due, self._patience_until))
        drained = self._drained = self._loop.create_future()
        try:
            await drained
        finally:
            self._drained = None

    def drained(self) -> None:
        """Resume the upload."""
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)

    def _expire_write(self, now: float) -> None:
        unsent = self._connection.unsent_bytes()
        deadline = self._deadline
        if unsent < self._unsent_seen:
            self._unsent_seen = unsent
            self._connection.watch(deadline.until(now, deadline.timeout.write))
        else:
            self.fail(deadline.write_error(now, self.sent_bytes - unsent))

    def _upload_done(self, upload: asyncio.Task[None]) -> None:
        if self._upload is not upload:
            if not upload.cancelled():
                upload.exception()  # retrieved, so that asyncio logs no warning
            return
        self._upload = None
        if upload.cancelled():
            self.fail(
                WriteError(detail="the body's source was canceled", sent_bytes=self.sent_bytes)
            )
        elif (error := upload.exception()) is not None:
            self.fail(error)
        else:
            self.sent = True
            self._await_bytes()

    def _refuse_upload(self) -> None:
        """Stop an upload that the server refused, if it can be cut or hasn't begun."""
        if self._connection.cuts_uploads or self._go_ahead is not None:
            self._stop_upload()

    def _stop_upload(self) -> None:
        """Cancel the upload. `sent` stays False, so the connection isn't reused."""
        upload, self._upload = self._upload, None
        if upload is not None:
            upload.cancel()
