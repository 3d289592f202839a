"""The handshake with a SOCKS5 proxy (RFC 1928), with user and password if needed (RFC 1929).

It does no I/O. The caller decides whether `host` is an address or a name that the proxy resolves.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final, NoReturn, final

from hyperhttp._base._generated.errors import ProxyError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from hyperhttp._message.request.proxy import Proxy

VERSION: Final = 5
NO_AUTHENTICATION: Final = 0
USER_AND_PASSWORD: Final = 2
NONE_ACCEPTABLE: Final = 0xFF
# RFC 1929 2 has its own version.
AUTHENTICATION_VERSION: Final = 1
CONNECT: Final = 1
IPV4: Final = 1
NAME: Final = 3
IPV6: Final = 4
# RFC 1928 5: the length of a name is one byte.
NAME_BYTES_MAX: Final = 255
# RFC 1928 6.
REPLIES: Final[Mapping[int, str]] = {
    1: "general failure",
    2: "its rules do not allow the connection",
    3: "the network is unreachable",
    4: "the host is unreachable",
    5: "the connection was refused",
    6: "the time to live expired",
    7: "it does not know the command",
    8: "it does not know the type of address",
}


@final
class Socks5Handshake:
    """The handshake for a tunnel to `host` and `port`."""

    def __init__(self, proxy: Proxy, host: str, port: int) -> None:
        self._proxy = proxy
        self._host = host
        self._port = port
        self._buffer = bytearray()
        self._steps = self._run()

    @property
    def timeout_s(self) -> float | None:
        """None: only the dial's limit applies."""
        return None

    def begin(self) -> bytes:
        """Return the first bytes to send; raise ProxyError for a name that is too long."""
        return next(self._steps)

    def receive(self, data: bytes) -> bytes | None:
        """Return the bytes to send next, perhaps none; None once the tunnel is open."""
        try:
            return self._steps.send(data)
        except StopIteration:
            return None

    def receive_eof(self) -> NoReturn:
        """Handle that the proxy has closed the connection; raise ProxyError."""
        raise self._error("the proxy closed the connection before it responded")

    def _run(self) -> Generator[bytes, bytes]:
        credentials = self._proxy.credentials
        methods = [NO_AUTHENTICATION] if credentials is None else [NO_AUTHENTICATION, 2]
        request = bytes([VERSION, CONNECT, 0]) + self._address()
        version, method = yield from self._request(bytes([VERSION, len(methods), *methods]), 2)
        if version != VERSION:
            raise self._error(
                f"the proxy does not use SOCKS5: its response begins with {version:#04x}"
            )
        if method not in methods:
            raise self._error(_method_fault(method, asked=credentials is not None))
        if method == USER_AND_PASSWORD and credentials is not None:
            yield from self._authenticate(*credentials)
        version, reply, _, kind = yield from self._request(request, 4)
        if version != VERSION or reply:
            raise self._error(
                REPLIES.get(reply, f"the proxy responded with the unknown code {reply}")
            )
        yield from self._skip_address(kind)
        if self._buffer:
            raise self._error("the proxy sent data through the tunnel before the client")

    def _authenticate(self, user: str, password: str) -> Generator[bytes, bytes]:
        parts = [part.encode("utf-8", "surrogatepass") for part in (user, password)]
        fields = b"".join([bytes([len(part)]) + part for part in parts])
        _, status = yield from self._request(bytes([AUTHENTICATION_VERSION]) + fields, 2)
        if status:
            raise self._error("it does not accept the credentials")

    def _skip_address(self, kind: int) -> Generator[bytes, bytes]:
        """Skip the address of the proxy's end of the tunnel, which isn't needed (RFC 1928 6)."""
        lengths = {IPV4: 4, IPV6: 16}
        if kind == NAME:
            (length,) = yield from self._request(b"", 1)
        elif kind in lengths:
            length = lengths[kind]
        else:
            raise self._error(f"its response has an address of the unknown type {kind}")
        yield from self._request(b"", length + 2)

    def _request(self, message: bytes, count: int) -> Generator[bytes, bytes, bytes]:
        """Send a message and wait for `count` bytes."""
        if message and self._buffer:
            raise self._error("the proxy sent data before the request")
        while message or len(self._buffer) < count:
            self._buffer += yield message
            message = b""
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _address(self) -> bytes:
        port = self._port.to_bytes(2, "big")
        try:
            packed = ipaddress.ip_address(self._host).packed
        except ValueError:
            name = self._host.encode("ascii")
            if len(name) > NAME_BYTES_MAX:
                raise self._error("SOCKS5 carries names of at most 255 bytes") from None
            return bytes([NAME, len(name)]) + name + port
        return bytes([IPV4 if len(packed) == 4 else IPV6]) + packed + port

    def _error(self, detail: str) -> ProxyError:
        return ProxyError(detail=detail, host=self._host, port=self._port, proxy=self._proxy.url)


def _method_fault(method: int, *, asked: bool) -> str:
    if method != NONE_ACCEPTABLE:
        return f"it chose the way of authentication {method}, which was not offered"
    return "it accepts neither user and password nor none" if asked else "it wants credentials"
