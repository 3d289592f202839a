"""The CONNECT handshake with an HTTP proxy (RFC 9110 9.3.6).

It does no I/O. The bytes after a successful response belong to the tunnel. As the client sends
first there, none may follow yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn, final

from hyperhttp._base._generated.bounds import PROXY_EXCERPT_CHARS_MAX, PROXY_REASON_WAIT_S
from hyperhttp._base._generated.errors import ProxyError, TransportError
from hyperhttp._message.content.excerpt import EXCERPT_BYTES_MAX, excerpt_of
from hyperhttp._message.request.proxy import authority_of, secret_fields
from hyperhttp._protocol.events import Broken, Chunk, End, Event, Head
from hyperhttp._protocol.h1.codec import H1Codec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._base._generated.config import Limits
    from hyperhttp._message.request.proxy import Proxy

_SUCCESS: Final = 200
_REDIRECTION: Final = 300
_AUTHENTICATION_REQUIRED: Final = 407


@final
class ConnectHandshake:
    """The handshake for a tunnel to `host` and `port`."""

    def __init__(self, proxy: Proxy, host: str, port: int, limits: Limits) -> None:
        self._proxy = proxy
        self._host = host
        self._port = port
        self._limits = limits
        self._codec = H1Codec(limits)
        self._codec.begin("CONNECT")
        self._refusal: Head | None = None
        self._body = b""
        self._is_over = False
        """True if a refusal was read to its end."""

    @property
    def timeout_s(self) -> float | None:
        """How much longer to wait for the proxy; None for no limit beside that of the dial."""
        return None if self._refusal is None else PROXY_REASON_WAIT_S

    def begin(self) -> bytes:
        """Return the request."""
        authority = authority_of(self._host, self._port)
        line = f"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n"
        return line.encode("ascii") + secret_fields(self._proxy) + b"\r\n"

    def receive(self, data: bytes) -> bytes | None:
        """Read the response: return b"", or None once the tunnel is open; raise ProxyError."""
        if self._refusal is not None:
            self._read_body(self._codec.receive(data))
            return self._wait_for_more(self._refusal)
        # Line by line, so that bytes after the headers are noticed.
        position = 0
        while position < len(data):
            end = data.find(b"\n", position) + 1 or len(data)
            head = self._head_in(self._codec.receive(data[position:end]))
            position = end
            if head is not None:
                return self._decide(head, data[position:])
        return b""

    def receive_eof(self) -> NoReturn:
        """Handle that the proxy closed the connection, or timed out; raise ProxyError."""
        if self._refusal is not None:
            raise self._refused(self._refusal)
        raise self._error("the proxy closed the connection before it responded")

    def _head_in(self, events: Sequence[Event]) -> Head | None:
        head: Head | None = None
        for event in events:
            if isinstance(event, Head):
                head = event
            elif isinstance(event, Broken) and head is None:
                raise self._error(
                    f"its response is not HTTP: {_message_of(event)}"
                ) from event.error
        self._read_body(events)
        return head

    def _decide(self, head: Head, rest: bytes) -> bytes | None:
        if not _SUCCESS <= head.status_code < _REDIRECTION:
            self._refusal = head
            if rest:
                self._read_body(self._codec.receive(rest))
            return self._wait_for_more(head)
        # RFC 9110 9.3.6: there is no body, whatever the headers contain.
        if rest:
            raise self._error("the proxy sent data through the tunnel before the client")
        return None

    def _read_body(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, Chunk):
                self._body += event.data[: EXCERPT_BYTES_MAX - len(self._body)]
            elif isinstance(event, End | Broken):
                self._is_over = True

    def _wait_for_more(self, head: Head) -> bytes:
        if self._is_over or len(self._body) >= EXCERPT_BYTES_MAX:
            raise self._refused(head)
        return b""

    def _refused(self, head: Head) -> ProxyError:
        kinds = head.values(b"content-type")
        kind = kinds[0].decode("latin-1") if kinds else None
        excerpt = excerpt_of(self._body, kind, "utf-8")[:PROXY_EXCERPT_CHARS_MAX]
        status = f"{head.status_code} {head.reason_phrase}".strip()
        detail = f"the proxy responded with {status}"
        if head.status_code == _AUTHENTICATION_REQUIRED:
            asked = b"proxy-authorization" in secret_fields(self._proxy).lower()
            detail = f"it {'does not accept the' if asked else 'wants'} credentials ({status})"
        return self._error(detail, head.status_code, excerpt)

    def _error(self, detail: str, status_code: int | None = None, excerpt: str = "") -> ProxyError:
        return ProxyError(
            detail=detail,
            host=self._host,
            port=self._port,
            proxy=self._proxy.url,
            status_code=status_code,
            excerpt=excerpt,
        )


def _message_of(event: Broken) -> str:
    error = event.error
    return error.detail if isinstance(error, TransportError) else str(error)
