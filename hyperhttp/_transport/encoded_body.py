"""The decoded size of a body with a content encoding, for events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from hyperhttp._base._generated.bounds import DECODE_AT_ONCE_BYTES_MAX
from hyperhttp._base._generated.errors import HyperHTTPError
from hyperhttp._message.content.transforms import Decoding

if TYPE_CHECKING:
    from hyperhttp._base._generated.config import Limits
    from hyperhttp._transport.exchange import Exchange

__all__ = ["EncodedBody"]

_UNKNOWN: Final = -1


@final
class EncodedBody:
    """Reports the decoded size of a body, which may be decoded after its end was reported."""

    __slots__ = ("_coding", "_exchange", "_limits", "_size")

    def __init__(self, exchange: Exchange, coding: str, limits: Limits) -> None:
        self._exchange = exchange
        self._coding = coding
        self._limits = limits
        self._size = _UNKNOWN

    @property
    def decoded_bytes(self) -> int | None:
        """The size of what was decoded so far; None if nothing was.

        A short body that is still unread is decoded for its size.
        """
        exchange = self._exchange
        if exchange.decoding is not None:
            decoded_bytes = exchange.decoding.decoded_bytes
            return exchange.body_bytes if decoded_bytes is None else decoded_bytes
        if self._size == _UNKNOWN and exchange.ended:
            body = exchange.peek(DECODE_AT_ONCE_BYTES_MAX + 1)
            if len(body) == exchange.body_bytes <= DECODE_AT_ONCE_BYTES_MAX:
                self._size = self._measured(body)
        return None if self._size == _UNKNOWN else self._size

    def _measured(self, body: bytes) -> int:
        """Return the size that the decoder gets to, which may refuse the body."""
        decoding = Decoding(self._coding, self._limits)
        size = 0
        try:
            for piece in decoding.steps(body):
                size += len(piece)
        except HyperHTTPError:
            pass
        return size
