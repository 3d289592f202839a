"""The interfaces that an exchange calls: its connection or stream, and its observer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._protocol.events import Head

E_contra = TypeVar("E_contra", contravariant=True)
"""The type of the exchange."""


class ExchangeConnection(Protocol[E_contra]):
    """The connection or stream of an exchange."""

    cuts_uploads: bool
    """True if an upload is cut as soon as the server refuses it.

    Cutting it costs a connection of HTTP/1.1. A stream of HTTP/2 sends on until the response is
    complete.
    """

    @property
    def connect_trace(self) -> ConnectTrace | None:
        """The timings of the dial; None if they weren't recorded."""
        ...

    def watch(self, due: float) -> None:
        """Call the exchange's `expire` at the time `due`."""
        ...

    def response_ended(self, exchange: E_contra, reusable: bool, /) -> None:
        """Note that the last byte of the response was received."""
        ...

    def abandoned(self, exchange: E_contra) -> None:
        """Note that the exchange has ended before its response."""
        ...

    def pause(self) -> None:
        """Stop reading, because the reader is slow."""
        ...

    def resume(self) -> None:
        """Read on."""
        ...

    def unsent_bytes(self) -> int:
        """Return how much of the request the peer hasn't accepted yet."""
        ...

    def rest_bytes(self) -> int:
        """Return how much of the body is missing; 0 if unknown or if streams interleave."""
        ...


class ExchangeObserver(Protocol[E_contra]):
    """Reports the events of an exchange."""

    def responded(self, head: Head, /) -> None:
        """Report the final response headers."""
        ...

    def ended(self, exchange: E_contra, error: BaseException | None, /) -> None:
        """Report the end of the exchange: complete, failed, or abandoned."""
        ...
