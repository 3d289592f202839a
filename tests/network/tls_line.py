"""A protocol on a TLS transport that keeps what arrives, and both ends of its connection."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, ClassVar

from hyperhttp._network.server_tls import ServerTLS
from hyperhttp._network.tls import got_close_notify
from hyperhttp._network.tls_start import connect_protocol
from hyperhttp._network.tls_transport import TLSTransport
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.tls_end import TLSEnd, connected

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from tests.servers.client_certificates import ClientCertificates

TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
BUFFER_BYTES = 1 << 18
KERNEL_BYTES = 1 << 23
"""More than the kernel holds for a connection."""


class Line(asyncio.BufferedProtocol):
    """Keeps what arrives; `on_data` is called after each part."""

    buffer_bytes: ClassVar[int] = BUFFER_BYTES

    def __init__(self) -> None:
        self._buffer = bytearray(self.buffer_bytes)
        self.received = bytearray()
        self.parts: list[int] = []
        self.events: list[str] = []
        self.error: Exception | None = None
        self.is_lost = asyncio.Event()
        self.on_data: Callable[[], object] | None = None

    @property
    def transport(self) -> TLSTransport:
        assert isinstance(self._transport, TLSTransport)
        return self._transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self.received += self._buffer[:nbytes]
        self.parts.append(nbytes)
        if self.on_data is not None:
            self.on_data()

    def eof_received(self) -> None:
        is_notified = got_close_notify(self.transport)
        self.events.append("close_notify" if is_notified else "truncated")

    def pause_writing(self) -> None:
        self.events.append("pause")

    def resume_writing(self) -> None:
        self.events.append("resume")

    def connection_lost(self, exc: Exception | None) -> None:
        self.events.append("lost")
        self.error = exc
        self.is_lost.set()


class ShortLine(Line):
    """Has a buffer that is smaller than a record."""

    buffer_bytes = 1000


@asynccontextmanager
async def talking(
    certificates: Certificates,
    kind: Callable[[], Line] = Line,
    *,
    version: ssl.TLSVersion = TLS13,
    alpn: tuple[str, ...] = ("http/1.1",),
    clients: ClientCertificates | None = None,
) -> AsyncGenerator[tuple[Line, TLSEnd]]:
    """Both ends of a connection with TLS established.

    With `clients`, the server may ask for a certificate later.
    """
    ours, theirs = await connected()
    context = certificates.client_context()
    context.minimum_version = context.maximum_version = version
    context.set_alpn_protocols(list(alpn))
    serving = server_context(certificates.good, alpn=alpn)
    if clients is not None:
        context.load_cert_chain(clients.whole)
        serving.load_verify_locations(clients.ca)
        serving.verify_mode = ssl.CERT_REQUIRED
        context.post_handshake_auth = serving.post_handshake_auth = True
    end = TLSEnd(theirs, serving)
    line, _ = await asyncio.gather(
        connect_protocol(ours, kind, ServerTLS(context), "localhost"), end.shake_hands()
    )
    try:
        yield line, end
    finally:
        line.transport.abort()
        await line.is_lost.wait()
        theirs.close()


async def lost(line: Line) -> None:
    async with asyncio.timeout(10):
        await line.is_lost.wait()


async def arrived(line: Line, size: int) -> None:
    await until(lambda: len(line.received) >= size)
