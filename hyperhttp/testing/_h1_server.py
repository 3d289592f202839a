"""The server side of HTTP/1.1 in memory: h11 in the server's role, one request at a time.

h11 parses the requests, so an independent parser checks the client's output. Applications provide
the responses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast, final

import h11

from hyperhttp.testing._conversation import (
    HELD_BYTES_MAX,
    Disconnected,
    Fields,
    Gate,
    Inbox,
    NeedsHTTP2,
    RequestLine,
    raise_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._network.transport import Endpoint
    from hyperhttp.testing._conversation import Application
    from hyperhttp.testing._pipe import PipeTransport

# The client has its limits. Here only what has no end is refused.
HEAD_BYTES_MAX: Final = 1 << 20


@final
class H1Server:
    """A connection. The `Port` that owns it passes the received bytes."""

    def __init__(
        self,
        transport: PipeTransport,
        endpoint: Endpoint,
        application: Application,
        run: Callable[[Application, H1Conversation], None],
    ) -> None:
        self.transport: PipeTransport = transport
        self.endpoint: Endpoint = endpoint
        self.gate: Gate = Gate()
        self._application = application
        self._run = run
        self.connection: h11.Connection = h11.Connection(
            h11.SERVER, max_incomplete_event_size=HEAD_BYTES_MAX
        )
        self._current: H1Conversation | None = None

    def receive(self, data: bytes) -> None:
        """Handle received bytes; an empty piece is the end."""
        if not data:
            self.transport.close()
            return
        self.connection.receive_data(data)
        self._read_safely()

    def lose(self) -> None:
        """Handle a lost connection."""
        if self._current is not None:
            self._current.inbox.lose()
        self.gate.open()

    def ended(self) -> None:
        """Handle a complete response: start the next request, or end."""
        self._current = None
        connection = self.connection
        if self._may_go_on():
            connection.start_next_cycle()
            self.receive_more()
        elif connection.our_state is h11.DONE and connection.their_state is h11.SEND_BODY:
            # RFC 9112 9.6: the rest is read, or the client might never receive the response.
            self.receive_more()
        else:
            self.transport.close()

    def _may_go_on(self) -> bool:
        connection = self.connection
        return connection.our_state is h11.DONE and connection.their_state is h11.DONE

    def receive_more(self) -> None:
        """Parse the received bytes. The client is paused while too much is unread."""
        if not self.transport.is_closing():
            self.transport.resume_reading()
            self._read_safely()

    def _refuse(self, error: h11.RemoteProtocolError) -> None:
        """Handle invalid HTTP from the client: its call raises."""
        raise_in(self.transport.peer.get_protocol(), 0, AssertionError(f"no HTTP/1.1: {error}"))
        self.transport.abort()

    def _read_safely(self) -> None:
        try:
            self._read()
        except h11.RemoteProtocolError as error:
            self._refuse(error)

    def _read(self) -> None:
        while True:
            current = self._current
            if current is not None and current.inbox.held_bytes > HELD_BYTES_MAX:
                self.transport.pause_reading()
                return
            event = self.connection.next_event()
            match event:
                case h11.Request():
                    self._begin(event)
                case h11.Data() if current is not None:
                    current.inbox.feed(bytes(event.data))
                case h11.EndOfMessage() if current is not None:
                    current.inbox.end()
                case h11.EndOfMessage() if self._may_go_on():
                    self.connection.start_next_cycle()
                case h11.Data():
                    pass  # Its response is complete.
                case _:
                    return

    def _begin(self, request: h11.Request) -> None:
        fields = list(request.headers)
        authority = next((value for name, value in fields if name == b"host"), b"")
        line = RequestLine(
            request.method.decode("ascii"),
            "https" if self.endpoint.is_tls else "http",
            authority.decode("latin-1"),
            request.target.decode("latin-1"),
            "HTTP/1.1",
        )
        self._current = H1Conversation(self, line, fields)
        self._run(self._application, self._current)


@final
class H1Conversation:
    """A `Conversation` over HTTP/1.1."""

    def __init__(self, server: H1Server, line: RequestLine, fields: Fields) -> None:
        self.endpoint: Endpoint = server.endpoint
        self.line: RequestLine = line
        self.fields: Fields = fields
        self.inbox: Inbox = Inbox()
        self._server = server
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

    async def receive(self) -> bytes:
        """Return the next piece of the request's body; `b""` at its end. Raises Disconnected."""
        connection = self._server.connection
        if connection.they_are_waiting_for_100_continue:
            self._write(h11.InformationalResponse(status_code=100, headers=[]))
        piece = await self.inbox.take()
        if not self.inbox.is_complete:
            self._server.receive_more()
        return piece

    async def send_head(self, status_code: int, fields: Fields) -> None:
        """Send the status line and headers. Raises Disconnected."""
        self.write_raw(self.head_bytes(status_code, fields))
        await self._pace()

    async def send(self, data: bytes) -> None:
        """Send a piece of the body, at the client's pace. Raises Disconnected."""
        self._write(h11.Data(data=data))
        await self._pace()

    async def end(self, trailers: Fields = ()) -> None:
        """Nothing more follows."""
        self._write(h11.EndOfMessage(headers=list(trailers)))
        self._ended = True
        self._server.ended()

    async def _pace(self) -> None:
        await self._server.gate.passed()

    def _write(self, event: h11.Event) -> None:
        self._check()
        data = self._server.connection.send(cast("h11.Data", event))
        if data:
            self.write_raw(data)

    def _check(self) -> None:
        if self._server.transport.is_closing():
            raise Disconnected("the client has gone")

    # --- what only faults do ---

    def fail(self, error: BaseException) -> None:
        """Have the client's call raise `error` as it is."""
        raise_in(self._server.transport.peer.get_protocol(), 0, error)

    def head_bytes(self, status_code: int, fields: Fields) -> bytes:
        """Return the encoded status line and headers; the response counts as started."""
        self._check()
        self._begun = True
        if status_code == 101 or status_code < 200:
            head: h11.Event = h11.InformationalResponse(
                status_code=status_code, headers=list(fields)
            )
        else:
            head = h11.Response(status_code=status_code, headers=list(fields))
        return self._server.connection.send(cast("h11.Response", head)) or b""

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
        """HTTP/1.1 has no streams. Raises NeedsHTTP2."""
        raise NeedsHTTP2(f"resetting a stream (code {code}) requires HTTP/2")

    def go_away(self, *, processed: bool) -> None:
        """HTTP/1.1 takes no leave. Raises NeedsHTTP2."""
        raise NeedsHTTP2(f"GOAWAY (processed={processed}) is of HTTP/2 only")
