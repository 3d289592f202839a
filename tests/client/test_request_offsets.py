"""A server that leaves after each byte of the request: a typed error, or the request once more.

The server reads exactly so many bytes from the kernel and no more. A body in pieces is sent in
step with it, so that the request is really cut there.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, HyperHTTPError
from tests.client.quiet import run_quietly, unused
from tests.clock import until
from tests.servers.raw import OK
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from types import TracebackType
    from typing import Self

    from tests.clock import TurnedLoop

pytestmark = pytest.mark.slow

BODY = b"0123456789"


class Quitter:
    """Reads `offset` bytes of the request for `/target` once, and ends; serves everything else."""

    def __init__(self) -> None:
        self.offset = 0
        self.end = ""
        self.read = b""
        """What it has read of the request for `/target`."""
        self.replied = b""
        """The last request for `/target` that was responded."""
        self.connections = 0
        self.struck = True
        self._listener = listening()
        self._listener.setblocking(False)
        self._tasks: set[asyncio.Task[None]] = set()
        self.url = f"http://127.0.0.1:{port_of(self._listener)}"

    def prepare(self, offset: int, end: str) -> None:
        """Be ready for the next request for `/target`."""
        self.offset, self.end, self.read, self.struck = offset, end, b"", False

    async def __aenter__(self) -> Self:
        self._begin(self._accept())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._listener.close()

    def _begin(self, play: Coroutine[None, None, None]) -> None:
        self._tasks.add(asyncio.ensure_future(play))

    async def _accept(self) -> None:
        while True:
            accepted, _ = await asyncio.get_running_loop().sock_accept(self._listener)
            self.connections += 1
            self._begin(self._serve(accepted))

    async def _serve(self, peer: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        with peer:
            while begin := await _peeked(peer):
                if b" /target " in begin.partition(b"\r\n")[0] and not self.struck:
                    self.struck = True
                    await self._strike(peer)
                    return
                request = b""
                while not _is_whole(request):
                    request += await loop.sock_recv(peer, 65_536)
                if b" /target " in request:
                    self.replied = request
                await loop.sock_sendall(peer, OK)

    async def _strike(self, peer: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while len(self.read) < self.offset:
            self.read += await loop.sock_recv(peer, self.offset - len(self.read))
        if self.end == "reset":
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif self.end == "half_close":
            peer.shutdown(socket.SHUT_WR)
            with suppress(ConnectionError):
                while await loop.sock_recv(peer, 65_536):
                    pass


async def _peeked(peer: socket.socket) -> bytes:
    """What lies in the socket, left there; `b""` at its end."""
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(peer, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(peer)
    return peer.recv(65_536, socket.MSG_PEEK)


def _is_whole(request: bytes) -> bool:
    head, mark, body = request.partition(b"\r\n\r\n")
    if b"chunked" in head:
        return body.endswith(b"0\r\n\r\n")
    return bool(mark) and len(body) == (len(BODY) if b"Content-Length: 10" in head else 0)


class InStep:
    """A body that gives each byte once the server has read all that went before."""

    def __init__(self, quitter: Quitter, wire: Wire) -> None:
        self._quitter = quitter
        self._wire = wire

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body; it waits for ever where the server ends."""
        for number in range(len(BODY)):
            await self._read_up_to(number)
            yield BODY[number : number + 1]
        if self._wire.framing == "chunked":
            await self._read_up_to(len(BODY))

    async def _read_up_to(self, number: int) -> None:
        quitter, mark = self._quitter, self._wire.marks[number]
        if quitter.end:
            await until(lambda: len(quitter.read) == mark < quitter.offset)


@dataclass(frozen=True)
class Wire:
    """How long a request is, in the steps in which it goes out."""

    method: str
    framing: str
    head: int

    @property
    def marks(self) -> list[int]:
        """Where the request stands after its head, and after each piece of its body."""
        piece = {"no body": 0, "bytes": 0, "chunked": len(b"1\r\n0\r\n"), "length": 1}
        return [self.head + number * piece[self.framing] for number in range(len(BODY) + 1)]

    @property
    def total(self) -> int:
        """All of it."""
        rest = {"no body": 0, "bytes": len(BODY), "chunked": len(b"0\r\n\r\n"), "length": 0}
        return self.marks[-1] + rest[self.framing]

    def sent(self, offset: int) -> int:
        """What has gone out when the server has read `offset` bytes and waits for no more."""
        if self.framing in {"no body", "bytes"}:
            return self.total
        return min([mark for mark in self.marks if mark >= offset], default=self.total)


def expected(wire: Wire, offset: int, end: str, *, reused: bool) -> tuple[object, ...] | None:
    """The class and the fact of the error; None if the request is sent again and responded."""
    if reused and wire.framing in {"no body", "bytes"} and wire.method != "POST":
        return None
    sent = wire.sent(offset)
    if sent < wire.total:
        return (hyperhttp.WriteError, sent)
    # A server that closes before it has read everything resets (RFC 9112 9.6).
    if end == "reset" or (end == "close" and offset < sent):
        return (hyperhttp.ReadError, 0)
    return (hyperhttp.RemoteProtocolError, None)


async def ask(client: Client, quitter: Quitter, wire: Wire) -> tuple[object, ...] | None:
    """One request for the target; the class and the fact of its error, None if it was responded."""
    url, pieces = f"{quitter.url}/target", InStep(quitter, wire).pieces()
    try:
        match wire.framing:
            case "no body":
                response = await client.request(wire.method, url)
            case "bytes":
                response = await client.request(wire.method, url, content=BODY)
            case "chunked":
                response = await client.request(wire.method, url, content=pieces)
            case _:
                length = {"Content-Length": str(len(BODY))}
                response = await client.request(wire.method, url, content=pieces, headers=length)
        assert await response.aread() == b"ok"
    except hyperhttp.WriteError as error:
        return (type(error), error.sent_bytes)
    except hyperhttp.ReadError as error:
        return (type(error), error.received_bytes)
    except HyperHTTPError as error:
        return (type(error), None)
    return None


@pytest.mark.parametrize("reused", [False, True], ids=["new", "reused"])
@pytest.mark.parametrize("end", ["reset", "close", "half_close"])
@pytest.mark.parametrize(
    ("method", "framing"),
    [
        ("GET", "no body"),
        ("POST", "no body"),
        ("PUT", "bytes"),
        ("POST", "bytes"),
        ("PUT", "chunked"),
        ("PUT", "length"),
    ],
)
def test_a_server_may_leave_after_any_byte_of_the_request(
    method: str, framing: str, end: str, reused: bool
) -> None:
    async def main(_: TurnedLoop) -> None:
        async with Quitter() as quitter, Client(max_connections=1) as client:
            assert await ask(client, quitter, Wire(method, framing, 0)) is None
            wire = Wire(method, framing, quitter.replied.index(b"\r\n\r\n") + 4)
            assert len(quitter.replied) == wire.total
            for offset in range(wire.total + 1):
                if reused:
                    await (await client.get(f"{quitter.url}/warm")).aread()
                elif client.stats().idle:
                    await client.get(f"{quitter.url}/end", headers={"Connection": "close"})
                quitter.prepare(offset, end)
                before = quitter.connections
                outcome = await ask(client, quitter, wire)
                assert outcome == expected(wire, offset, end, reused=reused), offset
                assert quitter.connections == before + (outcome is None or not reused), offset
                assert unused(client)
                assert quitter.read == quitter.replied[:offset]

    run_quietly(main)
