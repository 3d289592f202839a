"""A client that is the `h2` library and a socket: what the peers are tried with, and no more.

It gives back all credit at once, waits for its own, and keeps what came for each stream. At GOAWAY
h2 shuts, where RFC 9113 section 6.8 lets streams end: so it does not get to see one.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import (
    DataReceived,
    Event,
    InformationalResponseReceived,
    ResponseReceived,
    StreamEnded,
    StreamReset,
    TrailersReceived,
)
from hyperframe.frame import GoAwayFrame

from tests.servers.h2_frames import HEAD_BYTES, read_head

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator, Callable, Sequence

    Pairs: TypeAlias = list[tuple[str, str]]
    E = TypeVar("E", bound=Event)

READ_BYTES = 1 << 18


@dataclass(slots=True)
class Reply:
    """What has come for one stream."""

    head: Pairs = field(default_factory=list[tuple[str, str]])
    interim: list[Pairs] = field(default_factory=list["Pairs"])
    body: bytearray = field(default_factory=bytearray)
    trailers: Pairs = field(default_factory=list[tuple[str, str]])
    is_ended: bool = False
    reset_code: int | None = None

    @property
    def status(self) -> int:
        """The status, once there is one."""
        return int(dict(self.head)[":status"])


class OracleClient:
    """One HTTP/2 connection as `h2` sees it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take a connected pair of streams; `dialled` makes one."""
        self.h2 = H2Connection(H2Configuration(client_side=True, header_encoding="utf-8"))
        self.replies: dict[int, Reply] = {}
        self.events: list[Event] = []
        self.goaway: GoAwayFrame | None = None
        self._received = bytearray()
        self._reader, self._writer = reader, writer

    async def begin(self) -> None:
        """Send the preface."""
        self.h2.initiate_connection()
        await self.flush()

    async def flush(self) -> None:
        """Send what h2 has to send."""
        self._writer.write(self.h2.data_to_send())
        await self._writer.drain()

    async def open(
        self,
        method: str,
        path: str,
        *,
        end: bool = True,
        fields: Sequence[tuple[str, str]] = (),
    ) -> int:
        """Send a request head; returns its stream."""
        stream_id = self.h2.get_next_available_stream_id()
        pseudo = [
            (":method", method),
            (":scheme", "https"),
            (":authority", "localhost"),
            (":path", path),
        ]
        self.replies[stream_id] = Reply()
        self.h2.send_headers(stream_id, [*pseudo, *fields], end_stream=end)
        await self.flush()
        return stream_id

    async def send(self, stream_id: int, body: bytes, *, end: bool = True) -> None:
        """Send a body within the windows; leaves off when the stream is over."""
        view, reply = memoryview(body), self.replies[stream_id]
        while view and reply.reset_code is None:
            window = self.h2.local_flow_control_window(stream_id)
            size = min(window, self.h2.max_outbound_frame_size, len(view))
            if size <= 0:
                await self.read()
                continue
            self.h2.send_data(stream_id, view[:size].tobytes())
            view = view[size:]
            await self.flush()
        if end and reply.reset_code is None:
            self.h2.end_stream(stream_id)
            await self.flush()

    async def reply(self, stream_id: int) -> Reply:
        """The answer when its stream has ended, in order or by a reset."""
        reply = self.replies[stream_id]
        await self.until(lambda: reply.is_ended or reply.reset_code is not None)
        return reply

    async def get(self, path: str, fields: Sequence[tuple[str, str]] = ()) -> Reply:
        """Ask for a path, and wait for the response."""
        return await self.reply(await self.open("GET", path, fields=fields))

    async def put(self, path: str, body: bytes) -> Reply:
        """Send a body to a path, and wait for the response."""
        stream_id = await self.open("PUT", path, end=False)
        await self.send(stream_id, body)
        return await self.reply(stream_id)

    def came(self, kind: type[E]) -> list[E]:
        """The events of one kind that have come."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def has_goaway(self) -> bool:
        """Whether the server has said that it leaves."""
        return self.goaway is not None

    def half_close(self) -> None:
        """Send FIN and go on reading."""
        self._writer.write_eof()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Read until something is so."""
        while not is_so():
            await self.read()

    async def read(self) -> None:
        """Read once, and answer what must be responded."""
        received = await self._reader.read(READ_BYTES)
        if not received:
            raise ConnectionResetError("the server closed")
        self._received += received
        passed, goaways = without_goaway(self._received)
        self.goaway = goaways[-1] if goaways else self.goaway
        for event in self.h2.receive_data(passed):
            self.events.append(event)
            self._file(event)
        await self.flush()

    def _file(self, event: Event) -> None:
        match event:
            case InformationalResponseReceived():
                self.replies[event.stream_id].interim.append(pairs(event.headers))
            case ResponseReceived():
                self.replies[event.stream_id].head = pairs(event.headers)
            case TrailersReceived():
                self.replies[event.stream_id].trailers = pairs(event.headers)
            case DataReceived():
                self.replies[event.stream_id].body += event.data
                self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            case StreamEnded():
                self.replies[event.stream_id].is_ended = True
            case StreamReset():
                self.replies[event.stream_id].reset_code = int(event.error_code or 0)
            case _:
                pass


def without_goaway(buffer: bytearray) -> tuple[bytes, list[GoAwayFrame]]:
    """Take the whole frames out of `buffer`: those that h2 may see, and each GOAWAY."""
    passed, goaways = bytearray(), list[GoAwayFrame]()
    while len(buffer) >= HEAD_BYTES:
        frame, length = read_head(bytes(buffer[:HEAD_BYTES]))
        whole = bytes(buffer[: HEAD_BYTES + length])
        if len(whole) < HEAD_BYTES + length:
            break
        del buffer[: len(whole)]
        if isinstance(frame, GoAwayFrame):
            frame.parse_body(memoryview(whole)[HEAD_BYTES:])
            goaways.append(frame)
        else:
            passed += whole
    return bytes(passed), goaways


def pairs(fields: Sequence[tuple[str | bytes, str | bytes]] | None) -> Pairs:
    """Fields as h2 gives them in its events, as plain text."""
    assert fields is not None
    return [(_text(name), _text(value)) for name, value in fields]


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


@asynccontextmanager
async def dialled(
    port: int, context: ssl.SSLContext | None = None, *, alpn: str = "h2"
) -> AsyncGenerator[OracleClient]:
    """Connect to a port of loopback: in cleartext by prior knowledge, over TLS by ALPN.

    The server must choose `alpn`; HTTP/2 is spoken whatever that is.
    """
    if context is not None:
        context.set_alpn_protocols(["h2", "http/1.1"])
    name = "localhost" if context else None
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=context, server_hostname=name
    )
    try:
        if context is not None:
            chosen = writer.get_extra_info("ssl_object").selected_alpn_protocol()
            assert chosen == alpn, f"ALPN chose {chosen}"
        client = OracleClient(reader, writer)
        await client.begin()
        yield client
    finally:
        writer.transport.abort()
