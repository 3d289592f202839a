"""Encodes a request for HTTP/2: pseudo-headers and headers (RFC 9113 8.2, 8.3), and its body.

The parts of a request were validated when it was created; `framing` assembles them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, final

from hyperhttp._base._generated.headers import CONNECTION_SPECIFIC
from hyperhttp._protocol.framing import RequestParts, request_parts
from hyperhttp._protocol.h2.head import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._message.request.request import Request

_TRAILERS: Final[Field] = (b"te", b"trailers")
# Frames delimit the body, and :authority has the host.
_LEFT_OUT: Final = CONNECTION_SPECIFIC | {b"host", b"te"}


@dataclass(slots=True)
class H2Request(RequestParts):
    """A request ready to be put on a stream."""

    fields: Sequence[Field] = ()
    """Pseudo-headers first, names in lower case."""


@final
class H2RequestWriter:
    """Writes the requests of one connection.

    The client's headers, which may be credentials, are kept as fields until the connection closes.
    """

    __slots__ = ("_constant_fields", "_constant_lines")

    def __init__(self) -> None:
        self._constant_lines = b""
        self._constant_fields: tuple[Field, ...] = ()

    def write(self, request: Request) -> H2Request:
        """Return the request as fields.

        Connection, Keep-Alive, Proxy-Connection, Upgrade, Transfer-Encoding and the headers that
        Connection lists are left out, and so is TE but for `trailers`: they apply to a connection
        of HTTP/1.1 (RFC 9113 8.2.2). `Connection: close` has no effect, because other streams share
        the connection.

        Raises:
            LocalProtocolError: Headers contradict each other or the body.
        """
        wire = request_parts(request, H2Request)
        url = wire.url
        host = url.authority
        constant_fields: tuple[Field, ...] = ()
        if wire.has_host:
            host = request.headers.get("host") or host
        else:
            constant_fields = self._fields_of_client(wire.constant_lines)
        wire.fields = (
            *_pseudo_fields(wire.method, url.scheme, host),
            (b":path", url.target.encode("ascii")),
            *constant_fields,
            *_fields_of(wire.lines),
        )
        return wire

    def _fields_of_client(self, lines: bytes) -> tuple[Field, ...]:
        if lines is not self._constant_lines:
            self._constant_lines, self._constant_fields = lines, _fields_of(lines)
        return self._constant_fields


# The cache returns the same tuples, and equal objects are compared quickly.
@lru_cache(maxsize=256)
def _pseudo_fields(method: str, scheme: str, authority: str) -> tuple[Field, ...]:
    return (
        (b":method", method.encode("ascii")),
        (b":scheme", scheme.encode("ascii")),
        (b":authority", authority.encode("latin-1")),
    )


def _fields_of(lines: bytes) -> tuple[Field, ...]:
    """Return what HTTP/2 sends of header lines."""
    if not lines:
        return ()
    kept: list[Field] = []
    left_out, wants_trailers = _LEFT_OUT, False
    for line in lines.removesuffix(b"\r\n").split(b"\r\n"):
        name, _, value = line.partition(b": ")
        name = name.lower()
        if name not in _LEFT_OUT:
            # A value that ends in a space would make the request malformed (RFC 9113 8.2.1).
            kept.append((name, value.strip(b" \t")))
        elif name == b"connection":
            left_out |= set(_members(value))
        elif name == b"te":
            wants_trailers |= b"trailers" in _members(value)
    if left_out is not _LEFT_OUT:
        kept = [field for field in kept if field[0] not in left_out]
    return (*kept, _TRAILERS) if wants_trailers else tuple(kept)


def _members(value: bytes) -> list[bytes]:
    """Return the members of a list, without their parameters and in lower case."""
    return [member.partition(b";")[0].strip(b" \t").lower() for member in value.split(b",")]
