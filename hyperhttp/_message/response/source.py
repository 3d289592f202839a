"""Where the bytes of a response come from, as its `Intake` sees it.

The transport implements `BodySource` on a connection. A response that was made from what is known,
such as a copy by pickle, has `NoSource`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._message.content.transforms import Decoding
    from hyperhttp._message.response.connection_info import ConnectionInfo

__all__ = ["BodySource", "NoSource"]


class BodySource(Protocol):
    """The body of one response on its way; the transport gives the connection back at its end."""

    @property
    def decoding(self) -> Decoding | None:
        """The decoder of the body, which its reader sets; None while nothing decodes it."""
        ...

    @decoding.setter
    def decoding(self, decoding: Decoding | None, /) -> None: ...

    @property
    def ended(self) -> bool:
        """True if the last byte has come."""
        ...

    @property
    def over(self) -> bool:
        """True if nothing more will come: it has ended, failed, or was abandoned."""
        ...

    @property
    def trailers(self) -> Sequence[tuple[bytes, bytes]]:
        """Fields after the body; empty until it has ended."""
        ...

    @property
    def connection(self) -> ConnectionInfo | None:
        """The connection of the response; None if there is none."""
        ...

    async def read(self, *, whole: bool = False) -> bytes:
        """Return the next piece; `b""` at the end. Raises if the body is broken.

        With `whole`, the caller wants the whole body, and a piece can be as long as the rest.
        """
        ...

    def take(self) -> bytes:
        """Return all received bytes that weren't read yet."""
        ...

    def peek(self, size: int) -> bytes:
        """Return the first received bytes that weren't read yet, without removing them."""
        ...

    async def settle(self) -> None:
        """Wait for a short body, for a short time; what broke it is raised when it is read."""
        ...

    async def discard(self) -> None:
        """Read and drop the rest if that is quick and keeps the connection; abandon it otherwise.

        Raises what broke the body.
        """
        ...

    def abandon(self) -> None:
        """End it; nothing happens if it is over. Safe in any thread."""
        ...


@final
class NoSource:
    """The source of a body that is not on its way: the response was made from what is known."""

    __slots__ = ("decoding", "trailers")

    ended = over = True
    connection = None

    def __init__(self, trailers: Sequence[tuple[bytes, bytes]] = ()) -> None:
        self.decoding: Decoding | None = None
        self.trailers = trailers

    async def read(self, *, whole: bool = False) -> bytes:  # noqa: ARG002 - there is none
        """Return nothing."""
        return b""

    def take(self) -> bytes:
        """Return nothing."""
        return b""

    def peek(self, size: int) -> bytes:
        """Nothing of any size."""
        return b""[:size]

    async def settle(self) -> None:
        """There is nothing to wait for."""

    async def discard(self) -> None:
        """There is nothing to drop."""

    def abandon(self) -> None:
        """There is nothing to let go of."""
