"""What an exchange asks of the connection, or the stream of one, that carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from hyperhttp._network.connect_trace import ConnectTrace

E_contra = TypeVar("E_contra", contravariant=True)
"""The exchange."""


class ExchangeConnection(Protocol[E_contra]):
    """What an exchange asks of its connection."""

    cuts_uploads: bool
    """Whether an upload that the server does not want is cut as soon as it says so.

    It costs a connection of HTTP/1.1. A stream of HTTP/2 goes on until the answer is complete.
    """

    @property
    def connect_trace(self) -> ConnectTrace | None:
        """How the connection came about; None if nobody has kept a record."""
        ...

    def watch(self, due: float) -> None:
        """Call the exchange's `expire` once the clock reads `due`."""
        ...

    def response_ended(self, exchange: E_contra, *, reusable: bool) -> None:
        """The last byte of the response has come."""
        ...

    def abandoned(self, exchange: E_contra) -> None:
        """The exchange ends before its time."""
        ...

    def pause(self) -> None:
        """No more bytes, please: the reader is slow."""
        ...

    def resume(self) -> None:
        """The reader has caught up."""
        ...

    def unsent_bytes(self) -> int:
        """How much of the request the peer has not taken yet."""
        ...

    def rest_bytes(self) -> int:
        """How much of the body is still to come; 0 when that is not known, or not alone."""
        ...
