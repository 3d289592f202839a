"""Encodes a request for HTTP/1.1: request line, header lines, and a short body in one piece.

The parts of a request were validated when it was created; `framing` assembles them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyperhttp._protocol.framing import RequestParts, request_parts

if TYPE_CHECKING:
    from hyperhttp._message.request.request import Request


@dataclass(slots=True)
class WireRequest(RequestParts):
    """A request ready to be written."""

    head: bytes = b""
    """The headers, and the body too if it is short."""


def write_request(request: Request, for_proxy: bytes | None = None) -> WireRequest:
    """Return the request as bytes.

    Args:
        request: The request.
        for_proxy: Header lines for a proxy that forwards the request; None without such a proxy.

    Raises:
        LocalProtocolError: Headers contradict each other or the body.
    """
    wire = request_parts(request, WireRequest)
    url = wire.url
    target = url.target
    if for_proxy is not None:  # RFC 9112 3.2.2
        target = f"{url.scheme}://{url.authority}{target}"
    line = f"{wire.method} {target} HTTP/1.1\r\n"
    if not wire.has_host:
        line += f"Host: {url.authority}\r\n"
    lines = wire.lines if for_proxy is None else wire.lines + for_proxy
    wire.head = b"%b%b%b\r\n%b" % (line.encode("ascii"), wire.constant_lines, lines, wire.body)
    return wire
