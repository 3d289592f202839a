"""What a request says of its body's length, and which bodies go out with the head.

The same for every version of HTTP, as nobody knows beforehand which one the server will speak: what
is refused over one connection is refused over all of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.errors import LocalProtocolError
from hyperhttp._message.request.body import BytesBody

if TYPE_CHECKING:
    from hyperhttp._message.request.request import Request

INLINE_BODY_BYTES: Final = 1 << 16
"""Up to this size head and body leave in one write; a longer body is sent block by block."""

_DIGITS: Final = re.compile(r"[0-9]{1,18}")


def inline_data(request: Request, length: int | None) -> bytes | None:
    """The whole of a body that is at hand and short enough to leave with the head.

    One whose sender wants to be told of it goes out by itself, like a long one.
    """
    body = request.body
    if not isinstance(body, BytesBody) or length is None or request.on_upload is not None:
        return None
    return body.data if length <= INLINE_BODY_BYTES else None


def announced_length(request: Request) -> int | None:
    """What Content-Length says, None for chunked, after RFC 9112 6: one of them, and the truth.

    Raises LocalProtocolError for fields that contradict each other or the body, and for credentials
    that are not the server's to see.
    """
    headers, body = request.headers, request.body
    if "proxy-authorization" in headers:
        # RFC 9110 11.7.2: for the next proxy only; a request does not know whether there is one.
        raise LocalProtocolError(
            detail="what a proxy is told belongs to the option proxy, so that no server sees it",
            field="Proxy-Authorization",
        )
    if len(headers.get_list("host")) > 1:  # RFC 9112 3.2, RFC 9113 8.3.1
        raise LocalProtocolError(detail="a request with more than one Host", field="Host")
    lengths, codings = headers.get_list("content-length"), headers.get_list("transfer-encoding")
    if codings:
        if lengths or body is None or [coding.lower() for coding in codings] != ["chunked"]:
            raise LocalProtocolError(
                detail="Transfer-Encoding may only be chunked, with a body, without Content-Length",
                field="Transfer-Encoding",
            )
        return None
    if not lengths:
        if body is not None:
            raise LocalProtocolError(
                detail="a request with a body needs Content-Length or Transfer-Encoding",
                field="Content-Length",
            )
        return 0
    if len(lengths) > 1 or _DIGITS.fullmatch(lengths[0]) is None:
        raise LocalProtocolError(
            detail=f"Content-Length {', '.join(lengths)!r} is not one number of bytes",
            field="Content-Length",
        )
    announced = int(lengths[0])
    actual = 0 if body is None else body.length
    if actual is not None and announced != actual:
        raise LocalProtocolError(
            detail=f"Content-Length {announced} with a body of {actual} bytes",
            field="Content-Length",
        )
    return announced
