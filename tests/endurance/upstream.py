"""The server behind the others: HTTP/1.1 on asyncio streams, with faults on demand.

`python -m tests.endurance.upstream PORT PROCESSED SEED`. It writes the token of each request that
it has processed to a file. Its standard input sets its mode: `{"mode": "slow", "for_s": 3}`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, Final

from tests.endurance.waiting import pause
from tests.endurance.workload import body_of, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PIECE: Final = 16 * 1024
SLOW_PIECES: Final = 8
SLOW_STEP_S: Final = 0.12
WAIT_S: Final = 0.2
EVENT_STEP_S: Final = 0.02
# How many of the requests a mode hits.
MODES: Final = {"slow": 1.0, "silent": 1.0, "cut": 0.3, "close": 0.5, "busy": 0.3, "reset": 0.3}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was read completely."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def parts(self) -> tuple[str, str, int]:
        """The kind, the token and the size in its path."""
        _, kind, token, size = self.path.split("/")
        return kind, token, int(size)


@dataclass(slots=True)
class Reply:
    """A response to send."""

    status: str = "200 OK"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


async def read_request(reader: asyncio.StreamReader) -> Asked | None:
    """The next request; None if the client has closed the connection."""
    try:
        text = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = text.decode("latin-1").rstrip("\r\n").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await _read_body(reader, headers)
    return Asked(first.split(" ")[1], headers, body)


async def _read_body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    pieces = list[bytes]()
    while size := int(await reader.readline(), 16):
        pieces.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(pieces)


def reply_to(asked: Asked) -> Reply:
    """The response to a request, without faults; streams of events aren't replied to here."""
    kind, token, size = asked.parts
    if kind in {"post", "keyed", "upload"}:
        body = digest_of(asked.body).encode()
        return Reply(body=body, headers={"X-Token": token, "X-Digest": digest_of(body)})
    body = body_of(token, size)
    headers = {"X-Token": token, "X-Digest": digest_of(body)}
    if kind != "download":
        return Reply(body=body, headers=headers)
    return _file_reply(asked, body, {**headers, "ETag": f'"{token}"', "Accept-Ranges": "bytes"})


def _file_reply(asked: Asked, body: bytes, headers: dict[str, str]) -> Reply:
    unit, _, span = asked.headers.get("range", "").partition("=")
    condition = asked.headers.get("if-range", headers["ETag"])
    if unit != "bytes" or condition != headers["ETag"]:
        return Reply(body=body, headers=headers)
    start = int(span.partition("-")[0])
    headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
    return Reply("206 Partial Content", body[start:], headers)


def written(reply: Reply) -> bytes:
    """The response in the form of HTTP/1.1."""
    headers = {"Content-Length": str(len(reply.body)), **reply.headers}
    lines = [f"HTTP/1.1 {reply.status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + reply.body


class Upstream:
    """Serves connections, in the mode that it was told."""

    def __init__(self, processed: str, random: Random) -> None:
        """Append the tokens of processed requests to a file."""
        self._processed = os.open(processed, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._random = random
        self._mode = ""
        self._until = 0.0
        self._abandoned = set[asyncio.StreamWriter]()
        self._writers = set[asyncio.StreamWriter]()

    def set_mode(self, mode: str, for_s: float) -> None:
        """Have a fault for some time; `silent` abandons the connections that are open now."""
        self._mode, self._until = mode, asyncio.get_running_loop().time() + for_s
        if mode == "silent":
            self._abandoned |= self._writers
        if mode == "close":
            for writer in self._writers:
                writer.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self._writers.add(writer)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while (asked := await read_request(reader)) and writer not in self._abandoned:
                    await self._respond(asked, writer)
            if writer in self._abandoned:
                await reader.read()
        except ConnectionError:
            pass
        finally:
            self._abandoned.discard(writer)
            self._writers.discard(writer)
            writer.close()

    async def _respond(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        kind, token, _ = asked.parts
        fault = self._fault()
        if fault == "busy":
            writer.write(written(Reply("503 Service Unavailable", b"busy")))
            return
        os.write(self._processed, f"{token}\n".encode())
        if kind == "events":
            await self._send_events(asked, writer, fault)
            return
        if kind == "wait":
            await pause(WAIT_S)
        await self._send(written(reply_to(asked)), writer, fault)

    def _fault(self) -> str:
        if asyncio.get_running_loop().time() > self._until:
            return ""
        return self._mode if self._random.random() < MODES[self._mode] else ""

    async def _send(self, message: bytes, writer: asyncio.StreamWriter, fault: str) -> None:
        if fault in {"cut", "reset"}:
            writer.write(message[: self._random.randrange(len(message))])
            await pause(EVENT_STEP_S)
            writer.close() if fault == "cut" else writer.transport.abort()
            raise ConnectionAbortedError
        for piece, pause_s in pieces_of(message, slow=fault == "slow"):
            writer.write(piece)
            await writer.drain()
            if pause_s:
                await pause(pause_s)
        if fault == "close":
            writer.close()
            raise ConnectionAbortedError

    async def _send_events(self, asked: Asked, writer: asyncio.StreamWriter, fault: str) -> None:
        _, token, size = asked.parts
        first = int(asked.headers.get("last-event-id") or 0) + 1
        if first > size:
            writer.write(f"HTTP/1.1 204 No Content\r\nX-Token: {token}\r\n\r\n".encode())
            return
        writer.write(
            f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Token: {token}\r\n"
            "X-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        for number in range(first, size + 1):
            event = f"retry: 100\nid: {number}\ndata: {token}\n\n".encode()
            writer.write(b"%x\r\n%s\r\n" % (len(event), event))
            await pause(EVENT_STEP_S)
            if fault in {"cut", "reset"}:
                writer.transport.abort()
                raise ConnectionAbortedError
        writer.write(b"0\r\n\r\n")
        await writer.drain()


def pieces_of(message: bytes, *, slow: bool) -> Iterable[tuple[bytes, float]]:
    """The pieces in which a message is written, each with the pause behind it."""
    step = max(1, len(message) // SLOW_PIECES) if slow else PIECE
    for start in range(0, len(message), step):
        yield message[start : start + step], SLOW_STEP_S if slow else 0.0


def _follow_commands(upstream: Upstream, loop: asyncio.AbstractEventLoop) -> None:
    for line in sys.stdin:
        command: dict[str, Any] = json.loads(line)
        loop.call_soon_threadsafe(upstream.set_mode, command["mode"], command["for_s"])
    os._exit(0)  # whoever started it has ended


async def main(port: int, processed: str, seed: int) -> None:
    """Serve until the standard input ends."""
    upstream = Upstream(processed, Random(seed))
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", port, reuse_address=True)
    loop = asyncio.get_running_loop()
    threading.Thread(target=_follow_commands, args=(upstream, loop), daemon=True).start()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
