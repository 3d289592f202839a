"""Runs a WSGI application (PEP 3333) in this process, in threads: nothing listens on a port."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast, final
from urllib.parse import unquote_to_bytes

from hyperhttp.testing._conversation import Conversation, Disconnected
from hyperhttp.testing._in_process import InProcessTransport

if TYPE_CHECKING:
    from hyperhttp.testing._conversation import Fields

__all__ = ["WSGIApp", "WSGIError", "WSGITransport"]

WSGIApp: TypeAlias = "Callable[[dict[str, Any], Any], Iterable[bytes]]"
"""A WSGI application: it gets the environment and `start_response`, and returns the body."""

_ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType]
_THREADS_MAX: Final = 40
LEAVE_S: Final = 1.0
"""How long an application may continue after the client is closed."""
_VERSIONS: Final = {"HTTP/2": "HTTP/2.0", "HTTP/1.1": "HTTP/1.1", "HTTP/1.0": "HTTP/1.0"}


class WSGIError(RuntimeError):
    """The application has broken the rules of WSGI."""


@final
class WSGITransport(InProcessTransport):
    """A WSGI application, such as one of Django or Flask, as a server in memory.

        with hyperhttp.SyncClient(transport=WSGITransport(app)) as client:
            response = client.get("https://example.com/users")

    The application runs in threads, so it may block, and several requests run at once. It gets the
    whole body of a request; pieces of its response are sent as it yields them.

    Args:
        app: The application.
        script_name: The path that the application is mounted at.
        client: The address that the application sees as `REMOTE_ADDR` and `REMOTE_PORT`.
        raise_app_exceptions: True if calls raise what the application raises. Otherwise the
            response is a 500, or cut off if it had begun.
        http2: True if HTTP/2 is chosen where the client offers it.
    """

    def __init__(
        self,
        app: WSGIApp,
        *,
        script_name: str = "",
        client: tuple[str, int] = ("127.0.0.1", 50000),
        raise_app_exceptions: bool = True,
        http2: bool = True,
    ) -> None:
        super().__init__(http2=http2)
        self._app = app
        self._script_name = script_name
        self._client = client
        self._raises = raise_app_exceptions
        self._running: set[asyncio.Future[None]] = set()
        self._threads = ThreadPoolExecutor(_THREADS_MAX, thread_name_prefix="hyperhttp-wsgi")

    async def aclose(self) -> None:
        """Wait for a short time until the application has returned everywhere."""
        if self._running:
            await asyncio.wait(self._running, timeout=LEAVE_S)

    async def _serve(self, conversation: Conversation) -> None:
        """Run the application for one request."""
        body = bytearray()
        try:
            while piece := await conversation.receive():
                body += piece
            call = _Call(conversation, asyncio.get_running_loop())
            environment = self._environment(conversation, bytes(body))
            running = call.loop.run_in_executor(self._threads, call.run, self._app, environment)
            self._running.add(running)
            running.add_done_callback(self._running.discard)
            await asyncio.shield(running)
        except Disconnected:
            return
        except Exception:
            if self._raises or conversation.is_ended:
                raise
            await _fail(conversation)

    def _environment(self, conversation: Conversation, body: bytes) -> dict[str, Any]:
        line, endpoint = conversation.line, conversation.endpoint
        path, _, query = line.target.partition("?")
        decoded = unquote_to_bytes(path).decode("latin-1")
        fields = _joined(conversation.fields)
        environment: dict[str, Any] = {
            "REQUEST_METHOD": line.method,
            "SCRIPT_NAME": self._script_name,
            "PATH_INFO": decoded.removeprefix(self._script_name),
            "QUERY_STRING": query,
            "SERVER_NAME": endpoint.host,
            "SERVER_PORT": str(endpoint.port),
            "SERVER_PROTOCOL": _VERSIONS[line.http_version],
            "REMOTE_ADDR": self._client[0],
            "REMOTE_PORT": str(self._client[1]),
            "HTTP_HOST": line.authority,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": line.scheme,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in fields.items():
            key = name.upper().replace("-", "_")
            environment[key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"] = value
        environment.setdefault("CONTENT_LENGTH", str(len(body)))
        return environment


@final
class _Call:
    """A run of the application in a thread; the event loop sends its response."""

    def __init__(self, conversation: Conversation, loop: asyncio.AbstractEventLoop) -> None:
        self._conversation = conversation
        self._head: tuple[int, Fields] | None = None
        self._is_head = conversation.line.method == "HEAD"
        self.loop: Final = loop

    def run(self, app: WSGIApp, environment: dict[str, Any]) -> None:
        """Call the application, and send what it returns. Raises WSGIError."""
        pieces = app(environment, self.start_response)
        try:
            for piece in pieces:
                self._write(piece)
            self._send_head()
            self._wait_for(self._conversation.end)
        finally:
            close = cast("Callable[[], object] | None", getattr(pieces, "close", None))
            if close is not None:
                close()

    def start_response(
        self,
        status: str,
        headers: list[tuple[str, str]],
        exc_info: _ExcInfo | None = None,
    ) -> Callable[[bytes], None]:
        """Set the status and the headers, which are sent with the first piece of the body."""
        if exc_info is not None and self._conversation.is_begun:
            raise exc_info[1].with_traceback(exc_info[2])
        if exc_info is None and self._head is not None:
            raise WSGIError("the application has called start_response twice")
        fields = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers]
        self._head = int(status.split(" ", 1)[0]), fields
        return self._write

    def _write(self, piece: object) -> None:
        if not isinstance(piece, bytes):
            kind = type(piece).__name__
            raise WSGIError(f"the application returned a piece that is {kind}, not bytes")
        if piece:
            self._send_head()
            if not self._is_head:
                self._wait_for(self._conversation.send, piece)

    def _send_head(self) -> None:
        if self._head is None:
            raise WSGIError("the application has not called start_response")
        if not self._conversation.is_begun:
            self._wait_for(self._conversation.send_head, *self._head)

    def _wait_for(self, send: Callable[..., Any], *arguments: object) -> None:
        sending = send(*arguments)
        try:
            asyncio.run_coroutine_threadsafe(sending, self.loop).result()
        except RuntimeError as error:  # the loop was closed
            sending.close()
            raise Disconnected from error


async def _fail(conversation: Conversation) -> None:
    """Respond with a 500, or cut off the response."""
    if conversation.is_begun:
        conversation.cut()
        return
    text = b"Internal Server Error"
    fields = [(b"content-type", b"text/plain"), (b"content-length", str(len(text)).encode())]
    await conversation.send_head(500, fields)
    await conversation.send(text)
    await conversation.end()


def _joined(fields: Fields) -> dict[str, str]:
    """Return the values by name; those of one name are joined, cookies by semicolons."""
    found: dict[str, str] = {}
    for raw_name, raw_value in fields:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        separator = "; " if name == "cookie" else ","
        found[name] = f"{found[name]}{separator}{value}" if name in found else value
    return found
