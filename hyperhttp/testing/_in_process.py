"""A transport to a server in this process: the base of the transports of the test kit.

It opens connections in memory, detects the protocol of each, and runs a task for each request. The
application provides the responses.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar, final

from hyperhttp.testing._conversation import Disconnected
from hyperhttp.testing._h1_server import H1Server
from hyperhttp.testing._h2_server import H2Server
from hyperhttp.testing._pipe import pipe

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._network.transport import Endpoint
    from hyperhttp.testing._conversation import Application, Conversation
    from hyperhttp.testing._pipe import PipeTransport

P = TypeVar("P", bound="asyncio.BaseProtocol")

# RFC 9113 3.4: how a connection of HTTP/2 begins; no request of HTTP/1.1 does.
PREFACE: Final = b"PRI * HTTP/2.0\r\n"


class InProcessTransport(ABC):
    """A `Transport` whose connections lead to `_serve`."""

    def __init__(self, *, http2: bool = True) -> None:
        self.http2: bool = http2
        """True if HTTP/2 is chosen where the client offers it."""
        self._ports: set[Port] = set()

    @abstractmethod
    async def _serve(self, conversation: Conversation) -> None:
        """Respond to a request. The client's call raises its exceptions unchanged."""

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        """Connect to the in-memory server."""
        return await self._connect_to(self._serve, endpoint, make_protocol)

    async def _connect_to(
        self, application: Application, endpoint: Endpoint, make_protocol: Callable[[], P]
    ) -> P:
        """Connect to another application."""
        loop = asyncio.get_running_loop()
        client_end, server_end = pipe(loop, alpn_protocol=self._chosen(endpoint))
        port = Port(server_end, endpoint, application, self._ports)
        protocol = make_protocol()
        server_end.start(port)
        client_end.start(protocol)
        return protocol

    async def aclose(self) -> None:  # noqa: B027 - most have nothing to do
        """Handle a closed client; its connections end by themselves."""

    @property
    def _is_in_use(self) -> bool:
        """True if connections are open."""
        return bool(self._ports)

    def _chosen(self, endpoint: Endpoint) -> str | None:
        if self.http2 and "h2" in endpoint.alpn:
            return "h2"
        return "http/1.1" if "http/1.1" in endpoint.alpn else None


@final
class Port(asyncio.Protocol):
    """The server's end of a connection, before and after its protocol is detected."""

    def __init__(
        self,
        transport: PipeTransport,
        endpoint: Endpoint,
        application: Application,
        ports: set[Port],
    ) -> None:
        self._transport = transport
        self._endpoint = endpoint
        self._application = application
        self._ports = ports
        self._start = b""
        self._server: H1Server | H2Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:  # noqa: ARG002 - asyncio's
        """Count the new connection."""
        self._ports.add(self)

    def data_received(self, data: bytes) -> None:
        """Detect the protocol from the first bytes."""
        if self._server is not None:
            self._server.receive(data)
            return
        self._start += data
        if len(self._start) < len(PREFACE) and PREFACE.startswith(self._start):
            return
        kind = H2Server if self._start.startswith(PREFACE) else H1Server
        self._server = kind(self._transport, self._endpoint, self._application, self._run)
        self._server.receive(self._start)

    def eof_received(self) -> bool:
        """Handle the end of the client's data, which ends the connection."""
        if self._server is not None:
            self._server.receive(b"")
        return False

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Handle a disconnected client."""
        self._ports.discard(self)
        if self._server is not None:
            self._server.lose()

    def pause_writing(self) -> None:
        """Pause, because the client reads slowly."""
        if self._server is not None:
            self._server.gate.shut()

    def resume_writing(self) -> None:
        """Resume after the client has caught up."""
        if self._server is not None:
            self._server.gate.open()

    def _run(self, application: Application, conversation: Conversation) -> None:
        task = asyncio.get_running_loop().create_task(application(conversation))
        # The loop itself holds tasks by weak references only.
        self._tasks.add(task)
        task.add_done_callback(partial(self._served, conversation))
        conversation.inbox.when_lost = task.cancel

    def _served(self, conversation: Conversation, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            # A client that has left may use the connection for other requests.
            if not conversation.inbox.is_lost:
                conversation.cut()
            return
        error = task.exception()
        if error is None or isinstance(error, Disconnected):
            return
        if conversation.is_ended:
            words = "the in-memory application failed after its response was complete"
            details = {"message": words, "exception": error, "task": task}
            asyncio.get_running_loop().call_exception_handler(details)
        else:
            conversation.fail(error)
