"""A server for transfers of a gibibyte, in a process of its own: it keeps nothing, and is fast.

GET /SIZE gives that many zeros; GET /file/NAME?CODING a file of its directory as if coded so; POST
takes whatever comes and responds with its length. Run as a program, it prints its port.
"""

from __future__ import annotations

import re
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path

BLOCK = bytes(1 << 20)
LAST_CHUNK = b"0\r\n\r\n"


def serve(connection: socket.socket, directory: Path) -> None:
    """Respond to one request after the other until the client leaves."""
    with connection, suppress(ConnectionError):
        while head := _read_head(connection):
            asked, _, rest = head.partition(b"\r\n\r\n")
            method, path = asked.decode().split(" ")[:2]
            if method == "POST":
                _reply(connection, b"%d" % _take(connection, asked, rest))
            elif found := re.fullmatch(r"/file/(\w+)\?(.*)", path):
                field = f"Content-Encoding: {found[2]}\r\n".encode()
                _reply(connection, (directory / found[1]).read_bytes(), field)
            else:
                _give(connection, int(path.removeprefix("/")))


def _read_head(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65_536)
        if not piece:
            return b""
        data += piece
    return data


def _take(connection: socket.socket, head: bytes, start: bytes) -> int:
    announced = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    taken, tail = len(start), start
    view = memoryview(bytearray(1 << 20))
    while taken < int(announced[1]) if announced else not tail.endswith(LAST_CHUNK):
        size = connection.recv_into(view)
        if not size:
            raise ConnectionError
        taken += size
        tail = (tail + bytes(view[max(0, size - 8) : size]))[-8:]
    return taken


def _reply(connection: socket.socket, body: bytes, fields: bytes = b"") -> None:
    head = b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n" % (fields, len(body))
    connection.sendall(head)
    connection.sendall(body)


def _give(connection: socket.socket, size: int) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
    for start in range(0, size, len(BLOCK)):
        connection.sendall(BLOCK[: size - start])


def main(directory: Path) -> None:
    """Listen on loopback until the process is ended."""
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)  # noqa: T201 - whoever started it reads this
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, directory), daemon=True).start()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
