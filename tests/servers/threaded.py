"""A server in threads, for synchronous clients: each connection is played by a function."""

from __future__ import annotations

import asyncio
import socket
import threading
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Generator
    from contextlib import AbstractAsyncContextManager

    Script = Callable[[socket.socket], None]

S = TypeVar("S")


@contextmanager
def serving(script: Script, *, tls: ssl.SSLContext | None = None) -> Generator[str]:
    """Play every connection with `script` in a thread of its own; yields the URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connections: list[socket.socket] = []
        threading.Thread(
            target=_accept, args=(listener, script, tls, connections), daemon=True
        ).start()
        port: int = listener.getsockname()[1]
        try:
            yield f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            for connection in connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


def _accept(
    listener: socket.socket,
    script: Script,
    tls: ssl.SSLContext | None,
    connections: list[socket.socket],
) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connections.append(connection)
            threading.Thread(target=_play, args=(connection, script, tls), daemon=True).start()


def _play(connection: socket.socket, script: Script, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        wrapped = connection if tls is None else tls.wrap_socket(connection, server_side=True)
        with wrapped:
            script(wrapped)


def read_head(connection: socket.socket) -> bytes:
    """Return the headers of the next request; empty at the end. Bodies aren't read."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65_536)
        if not piece:
            return b""
        received += piece
    return received


def response(body: bytes, status: bytes = b"200 OK", *headers: bytes) -> bytes:
    """Return a whole response with a length."""
    lines = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(body), *headers, b"", body]
    return b"\r\n".join(lines)


def echo_path(connection: socket.socket) -> None:
    """Respond to each request with its path."""
    while head := read_head(connection):
        connection.sendall(response(head.split(b" ", 2)[1]))


@contextmanager
def in_a_thread(make: Callable[[], AbstractAsyncContextManager[S]]) -> Generator[S]:
    """Run an asynchronous server in the event loop of a thread; yields it."""
    started: Future[S] = Future()
    stop: list[Callable[[], object]] = []

    async def main() -> None:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        stop.append(lambda: loop.call_soon_threadsafe(stopped.set))
        async with make() as server:
            started.set_result(server)
            await stopped.wait()

    thread = threading.Thread(target=asyncio.run, args=(main(),))
    thread.start()
    try:
        yield started.result(10)
    finally:
        stop[0]()
        thread.join(10)
