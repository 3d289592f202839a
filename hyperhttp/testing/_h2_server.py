"""The server side of HTTP/2 in memory: the h2 library in the server's role, with many streams.

It respects the client's flow-control windows, and extends its own only when an application has read
the data. So a test sees the same pace as on a network. Applications provide the responses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast, final

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import h2.settings

from hyperhttp._base._generated.headers import CONNECTION_SPECIFIC
from hyperhttp.testing._conversation import Disconnected, Fields, Gate, Inbox, RequestLine, raise_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._network.transport import Endpoint
    from hyperhttp.testing._conversation import Application
    from hyperhttp.testing._pipe import PipeTransport

STREAMS_MAX: Final = 100


@final
class H2Server:
    """A connection. The `Port` that owns it passes the received bytes."""

    def __init__(
        self,
        transport: PipeTransport,
        endpoint: Endpoint,
        application: Application,
        run: Callable[[Application, H2Conversation], None],
    ) -> None:
        self.transport: PipeTransport = transport
        self.endpoint: Endpoint = endpoint
        self.gate: Gate = Gate()
        self._application = application
        self._run = run
        config = h2.config.H2Configuration(client_side=False, header_encoding=None)
        self.connection: h2.connection.H2Connection = h2.connection.H2Connection(config)
        setting = h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS
        self.connection.update_settings({setting: STREAMS_MAX})
        self.connection.initiate_connection()
        self._streams: dict[int, H2Conversation] = {}
        self.flush()

    def flush(self) -> None:
        """Write what the library has."""
        self.transport.write(self.connection.data_to_send())

    def receive(self, data: bytes) -> None:
        """Handle received bytes; an empty piece is the end."""
        if not data:
            self.transport.close()
            return
        try:
            events = self.connection.receive_data(data)
        except h2.exceptions.ProtocolError as error:
            self._refuse(error)
            return
        for event in events:
            self._take(event)
        if not self.transport.is_closing():
            self.flush()

    def lose(self) -> None:
        """Handle a lost connection."""
        for conversation in self._streams.values():
            conversation.lose()
        self.gate.open()

    def ended(self, stream_id: int) -> None:
        """Handle the end of a stream."""
        self._streams.pop(stream_id, None)

    def _refuse(self, error: h2.exceptions.ProtocolError) -> None:
        """Handle invalid HTTP/2 from the client: its calls raise."""
        for stream_id in list(self._streams):
            details = AssertionError(f"no HTTP/2: {error}")
            raise_in(self.transport.peer.get_protocol(), stream_id, details)
        self.transport.abort()

    def _take(self, event: h2.events.Event) -> None:
        match event:
            case h2.events.RequestReceived():
                self._begin(event.stream_id, cast("Fields", event.headers))
            case h2.events.DataReceived():
                self._take_data(event)
            case h2.events.StreamEnded() if event.stream_id in self._streams:
                self._streams[event.stream_id].inbox.end()
            case h2.events.StreamReset() if event.stream_id in self._streams:
                self._streams[event.stream_id].lose()
            case h2.events.WindowUpdated() | h2.events.RemoteSettingsChanged():
                for conversation in self._streams.values():
                    conversation.credit.open()
            case h2.events.ConnectionTerminated():
                self.transport.close()
            case _:
                pass

    def _take_data(self, event: h2.events.DataReceived) -> None:
        conversation = self._streams.get(event.stream_id)
        flowed = event.flow_controlled_length or 0
        padding = flowed - len(event.data or b"")
        if conversation is None:
            self.acknowledge(event.stream_id, flowed)
        else:
            conversation.inbox.feed(bytes(event.data or b""))
            self.acknowledge(event.stream_id, padding)

    def acknowledge(self, stream_id: int, size: int) -> None:
        """Give credit for what was taken."""
        if size and not self.transport.is_closing():
            self.connection.acknowledge_received_data(size, stream_id)
            self.flush()

    def _begin(self, stream_id: int, fields: Fields) -> None:
        pseudo = {name: value.decode("latin-1") for name, value in fields if name[:1] == b":"}
        line = RequestLine(
            pseudo[b":method"],
            pseudo.get(b":scheme", ""),
            pseudo.get(b":authority", ""),
            pseudo.get(b":path", ""),
            "HTTP/2",
        )
        said = [(bytes(name), bytes(value)) for name, value in fields if name[:1] != b":"]
        self._streams[stream_id] = H2Conversation(self, stream_id, line, said)
        self._run(self._application, self._streams[stream_id])


@final
class H2Conversation:
    """A `Conversation` over HTTP/2."""

    def __init__(self, server: H2Server, stream_id: int, line: RequestLine, fields: Fields) -> None:
        self.endpoint: Endpoint = server.endpoint
        self.line: RequestLine = line
        self.fields: Fields = fields
        self.inbox: Inbox = Inbox()
        self.credit: Gate = Gate()
        self._server = server
        self._stream_id = stream_id
        # RFC 9110 10.1.1
        self._expects_100 = (b"expect", b"100-continue") in fields
        self._begun = False
        self._ended = False

    @property
    def is_begun(self) -> bool:
        """True if the response headers were sent."""
        return self._begun

    @property
    def is_ended(self) -> bool:
        """True if the response is complete."""
        return self._ended

    def lose(self) -> None:
        """Handle a disconnected client, or a reset stream."""
        self.inbox.lose()
        self.credit.open()

    async def receive(self) -> bytes:
        """Return the next piece of the request's body; `b""` at its end. Raises Disconnected."""
        if self._expects_100 and not self._begun and not self.inbox.held_bytes:
            self._check()
            self._server.connection.send_headers(self._stream_id, [(b":status", b"100")])
            self._server.flush()
        self._expects_100 = False
        piece = await self.inbox.take()
        if not self.inbox.is_lost:
            self._server.acknowledge(self._stream_id, len(piece))
        return piece

    async def send_head(self, status_code: int, fields: Fields) -> None:
        """Send the response headers. Raises Disconnected."""
        self.write_raw(self.head_bytes(status_code, fields))
        await self._server.gate.passed()

    async def send(self, data: bytes) -> None:
        """Send a piece of the body, at the client's pace. Raises Disconnected."""
        connection, left = self._server.connection, memoryview(data)
        while left:
            self._check()
            window = connection.local_flow_control_window(self._stream_id)
            size = min(len(left), window, connection.max_outbound_frame_size)
            if size <= 0:
                self.credit.shut()
                await self.credit.passed()
                continue
            connection.send_data(self._stream_id, bytes(left[:size]))
            self._server.flush()
            left = left[size:]
            await self._server.gate.passed()

    async def end(self, trailers: Fields = ()) -> None:
        """Nothing more follows."""
        self._check()
        self._ended = True
        connection = self._server.connection
        if trailers:
            connection.send_headers(self._stream_id, list(trailers), end_stream=True)
        else:
            connection.end_stream(self._stream_id)
        self._server.flush()
        self._server.ended(self._stream_id)

    def _check(self) -> None:
        if self.inbox.is_lost or self._server.transport.is_closing():
            raise Disconnected("the client has gone")

    # --- what only faults do ---

    def fail(self, error: BaseException) -> None:
        """Have the client's call raise `error` as it is."""
        raise_in(self._server.transport.peer.get_protocol(), self._stream_id, error)

    def head_bytes(self, status_code: int, fields: Fields) -> bytes:
        """Return the encoded response headers; the response counts as started."""
        self._check()
        self._begun = True
        # RFC 9113 8.2.2: headers of an HTTP/1.1 connection aren't allowed here.
        said = [
            (name.lower(), value)
            for name, value in fields
            if name.lower() not in CONNECTION_SPECIFIC
        ]
        status = (b":status", str(status_code).encode())
        self._server.connection.send_headers(self._stream_id, [status, *said])
        return self._server.connection.data_to_send()

    def write_raw(self, data: bytes) -> None:
        """Send bytes without validation."""
        self._server.transport.write(data)

    def hang_up(self) -> None:
        """Close the connection in order, whatever is missing."""
        self._server.transport.close()

    def cut(self) -> None:
        """Reset the connection."""
        self._server.transport.abort()

    def reset_stream(self, code: int) -> None:
        """Reset the stream alone."""
        self._check()
        self._server.connection.reset_stream(self._stream_id, code)
        self._server.flush()
        self._server.ended(self._stream_id)

    def go_away(self, *, processed: bool) -> None:
        """Send GOAWAY, with this request among those worked on or not."""
        self._check()
        last = self._stream_id if processed else max(self._stream_id - 2, 0)
        self._server.connection.close_connection(last_stream_id=last)
        self._server.flush()
        self._server.transport.close()
