"""Runs an ASGI application in this process. Requests and responses are streamed, without a port.

This module converts a conversation to a scope and messages (ASGI 3, specification 2.4), and runs
the application's lifespan.
"""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar, cast, final
from urllib.parse import unquote

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp.testing._conversation import Conversation, Disconnected
from hyperhttp.testing._in_process import InProcessTransport
from hyperhttp.testing._lifespan import ASGIApp, ASGIMessage, Lifespan

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from hyperhttp._network.transport import Endpoint
    from hyperhttp.testing._conversation import Fields

LifespanUse: TypeAlias = "Literal['auto', 'on', 'off']"

P = TypeVar("P", bound="asyncio.BaseProtocol")

# How long an application may run for a client that has disconnected.
LEAVE_S: Final = 1.0
_VERSIONS: Final = {"HTTP/2": "2", "HTTP/1.1": "1.1", "HTTP/1.0": "1.0"}


class ASGIError(RuntimeError):
    """The application has broken the rules of ASGI."""


@final
class ASGITransport(InProcessTransport):
    """A transport that runs an ASGI application in memory.

        async with hyperhttp.Client(transport=ASGITransport(app)) as client:
            response = await client.get("https://example.com/users")

    With `raise_app_exceptions`, the client's call raises the application's exceptions. It also
    raises them if the application has sent a 500 first, as Starlette and FastAPI do. Otherwise, the
    response is a 500, or is cut off if it had begun. `client` is the client address in the scope.

    `lifespan` is "auto", "on" or "off". "auto" runs the lifespan of an application that has one,
    from the first connection until the last client is closed. "on" requires a lifespan, and "off"
    ignores it. If you use the transport with `async with`, the lifespan starts and ends there.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        root_path: str = "",
        client: tuple[str, int] = ("127.0.0.1", 50000),
        raise_app_exceptions: bool = True,
        lifespan: LifespanUse = "auto",
        http2: bool = True,
    ) -> None:
        super().__init__(http2=http2)
        if lifespan not in {"auto", "on", "off"}:
            raise ConfigError(
                option="lifespan", given=repr(lifespan), allowed='"auto", "on" or "off"'
            )
        self._app = app
        self._root_path = root_path
        self._client = client
        self._raises = raise_app_exceptions
        self._use: LifespanUse = lifespan
        self._lifespan: Lifespan | None = None
        self._starting = asyncio.Lock()
        self._is_entered = False
        self._running: set[asyncio.Future[None]] = set()

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        """Connect to the application after its lifespan has started."""
        await self._begin()
        return await super().connect(endpoint, make_protocol)

    async def aclose(self) -> None:
        """End the lifespan with the last client, unless `async with` holds it."""
        if not self._is_entered:
            await self._end()

    async def __aenter__(self) -> Self:
        self._is_entered = True
        await self._begin()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_entered = False
        await self._end()

    async def _begin(self) -> None:
        if self._use == "off":
            return
        async with self._starting:
            if self._lifespan is None:
                lifespan = Lifespan(self._app, is_needed=self._use == "on")
                await lifespan.begin()
                self._lifespan = lifespan

    async def _end(self) -> None:
        if self._running:
            _, pending = await asyncio.wait(self._running, timeout=LEAVE_S)
            for task in pending:
                task.cancel()
        async with self._starting:
            lifespan, self._lifespan = self._lifespan, None
            if lifespan is not None:
                await lifespan.end()

    async def _serve(self, conversation: Conversation) -> None:
        """Run the application for one request; it learns of a client that leaves by a message."""
        call = _Call(conversation, holds_errors=self._raises)
        scope = self._scope(conversation)
        task = asyncio.ensure_future(self._app(scope, call.receive, call.send))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            # The client has left. The application runs on, and no call can raise its exception.
            task.add_done_callback(_report_unseen)
            raise
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is None:
            await call.finish()
            call.check()
        elif isinstance(error, Disconnected):
            return
        elif self._raises:
            raise error
        else:
            await call.fail()

    def _scope(self, conversation: Conversation) -> ASGIMessage:
        line, endpoint = conversation.line, conversation.endpoint
        path, _, query = line.target.partition("?")
        state = {} if self._lifespan is None else self._lifespan.state
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": _VERSIONS[line.http_version],
            "method": line.method,
            "scheme": line.scheme,
            "path": unquote(path),
            "raw_path": path.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "root_path": self._root_path,
            "headers": _with_host(conversation.fields, line.authority),
            "client": self._client,
            "server": (endpoint.host, endpoint.port),
            "state": dict(state),
            "extensions": {"http.response.trailers": {}},
        }


@final
class _Call:
    """The two functions that an application is given, and what it has done with them."""

    def __init__(self, conversation: Conversation, *, holds_errors: bool) -> None:
        self._conversation = conversation
        self._holds_errors = holds_errors
        self._held: tuple[ASGIMessage, ASGIMessage] | None = None
        self._start: ASGIMessage | None = None
        self._has_trailers = False
        self._body_ended = False
        self._received = False

    async def receive(self) -> ASGIMessage:
        """Return the next piece of the request, or the disconnect."""
        inbox = self._conversation.inbox
        try:
            if not self._received:
                body = await self._conversation.receive()
                more = bool(body) and not inbox.is_drained
                self._received = not more
                return {"type": "http.request", "body": body, "more_body": more}
            if not (self._conversation.is_ended or self._held):
                await inbox.lost()
        except Disconnected:
            self._received = True
        return {"type": "http.disconnect"}

    async def send(self, message: ASGIMessage) -> None:
        """Send the application's messages. Raises OSError after the client has disconnected."""
        kind = message["type"]
        if kind == "http.response.start" and self._start is None:
            self._start = message
            self._has_trailers = bool(message.get("trailers", False))
        elif kind == "http.response.body" and self._start is not None and not self._body_ended:
            await self._send_body(self._start, message)
        elif kind == "http.response.trailers" and self._has_trailers and self._body_ended:
            if not message.get("more_trailers", False):
                await self._conversation.end(_fields(message))
        else:
            raise ASGIError(f"an application may not send {kind!r} now")

    async def _send_body(self, start: ASGIMessage, message: ASGIMessage) -> None:
        if self._is_complete_error(start, message):
            # The application may raise its exception next, which the call then raises instead.
            self._held = start, message
            self._body_ended = True
            return
        await self._write_body(start, message)

    def _is_complete_error(self, start: ASGIMessage, message: ASGIMessage) -> bool:
        """Return whether it is a whole response of 500 or above, in one piece."""
        is_whole = not (message.get("more_body", False) or self._conversation.is_begun)
        is_held = self._holds_errors and not self._has_trailers
        return is_held and is_whole and int(start["status"]) >= 500

    async def finish(self) -> None:
        """Send a response that was held until the application returned."""
        if self._held is not None:
            held, self._held = self._held, None
            await self._write_body(*held)

    async def _write_body(self, start: ASGIMessage, message: ASGIMessage) -> None:
        body, more = bytes(message.get("body", b"")), bool(message.get("more_body", False))
        conversation = self._conversation
        if not conversation.is_begun:
            fields = _fields(start)
            await conversation.send_head(int(start["status"]), fields)
        if body and conversation.line.method != "HEAD":
            await conversation.send(body)
        if not more:
            self._body_ended = True
            if not self._has_trailers:
                await conversation.end()

    async def fail(self) -> None:
        """Handle a failed application: only the client's connection shows the failure."""
        if self._conversation.is_ended:
            return
        if self._conversation.is_begun:
            self._conversation.cut()
            return
        text = b"Internal Server Error"
        length = str(len(text)).encode()
        fields = [(b"content-type", b"text/plain"), (b"content-length", length)]
        await self._conversation.send_head(500, fields)
        await self._conversation.send(text)
        await self._conversation.end()

    def check(self) -> None:
        """Handle the end of the application. Raises ASGIError if its response is incomplete."""
        if not self._conversation.is_ended:
            what = (
                "without a response" if self._start is None else "before its response was complete"
            )
            raise ASGIError(f"the application returned {what}")


def _report_unseen(task: asyncio.Future[None]) -> None:
    """Report an exception of an application whose client has left, unless that is its cause."""
    error = None if task.cancelled() else task.exception()
    if error is not None and not _is_departure(error):
        message = "an ASGI application failed after its client had left"
        details = {"message": message, "exception": error, "future": task}
        task.get_loop().call_exception_handler(details)


def _is_departure(error: BaseException | None) -> bool:
    """Return whether an exception comes from sending to a client that has left."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, Disconnected):
            return True
        if isinstance(error, BaseExceptionGroup):
            group = cast("BaseExceptionGroup[BaseException]", error)
            return all(_is_departure(each) for each in group.exceptions)
        error = error.__cause__ or error.__context__
    return False


def _fields(message: ASGIMessage) -> Fields:
    given = cast("list[tuple[bytes, bytes]]", message.get("headers", ()))
    return [(bytes(name).lower(), bytes(value)) for name, value in given]


def _with_host(fields: Fields, authority: str) -> list[tuple[bytes, bytes]]:
    """Return the headers with the host, which HTTP/2 sends separately and applications expect."""
    said = list(fields)
    if not any(name == b"host" for name, _ in said):
        said.insert(0, (b"host", authority.encode("latin-1")))
    return said
