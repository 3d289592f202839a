"""A server that refuses an upload after its headers, and closes at once; it runs in a thread.

So the client may still be writing when the connection is reset, as with servers elsewhere.
"""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Literal, TypeAlias

from h2.settings import SettingCodes
from hpack import Encoder
from hyperframe.frame import DataFrame

from tests.servers import h2_frames
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    import ssl
    from collections.abc import Generator

Version: TypeAlias = Literal["HTTP/1.1", "HTTP/2"]
CREDIT = 1 << 26
BODY = b"too large"
_HTTP1 = b"HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\n\r\n" + BODY


@contextmanager
def refusing(
    version: Version, context: ssl.SSLContext | None
) -> Generator[tuple[str, threading.Event]]:
    """Serve one connection while the block lasts; yields the URL, and what is set at the end."""
    closed = threading.Event()
    with listening() as listener:
        thread = threading.Thread(target=_serve, args=(listener, version, context, closed))
        thread.start()
        try:
            yield f"{'https' if context else 'http'}://localhost:{port_of(listener)}/", closed
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(
    listener: socket.socket,
    version: Version,
    context: ssl.SSLContext | None,
    closed: threading.Event,
) -> None:
    with suppress(OSError):
        accepted, _ = listener.accept()
        # As servers do: Nagle's algorithm would hold the response back, and the reset discard it.
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = accepted if context is None else context.wrap_socket(accepted, True)
        with connection:
            if version == "HTTP/1.1":
                _read_head(connection)
                connection.sendall(_HTTP1)
            else:
                # As much credit as the upload takes, so that the client keeps writing.
                connection.sendall(
                    h2_frames.settings({SettingCodes.INITIAL_WINDOW_SIZE: CREDIT})
                    + h2_frames.window_update(0, CREDIT)
                )
                _read_data(connection)
                connection.sendall(_http2())
    closed.set()


def _read_head(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(1 << 10)


def _read_data(connection: socket.socket) -> None:
    received = b""
    while len(received) < len(h2_frames.PREFACE):
        received += connection.recv(1 << 10)
    reader, received = h2_frames.FrameReader(), received.removeprefix(h2_frames.PREFACE)
    while not any(isinstance(one, DataFrame) for one in reader.feed(received)):
        received = connection.recv(1 << 10)


def _http2() -> bytes:
    block = h2_frames.encode(Encoder(), [(":status", "413")])
    head = h2_frames.headers(1, block)
    return head + h2_frames.data(1, BODY, end=True)
