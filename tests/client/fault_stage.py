"""The server of the fault matrix: it responds to every request but one, to which it does its worst.

Knows the wire, and nothing of the client.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import socket
import struct
import termios
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.client.fault_cases import BEGUN, REPLY, Body, Case, Fault, Phase
from tests.clock import TurnedLoop, until
from tests.servers.raw import Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from hyperhttp._message.request.raw_body import ContentInput

# With `narrow` sockets the kernel holds less than 100 KB of a request that nobody reads.
FILLER = "x" * 400_000
LARGE = b"0123456789abcdef" * 32_768
# TLS in asyncio reads a while after it was told not to, and meanwhile the kernel's buffers grow.
LARGE_FOR_TLS = LARGE * 8
PIECE = b"0123456789" * 100
PIECES = (PIECE, PIECE.upper(), b"the end")
_DRIP_S = 15.0
_REFUSAL = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nno!"
_SHORT_REFUSAL = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 300\r\n\r\nno!"
_INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
_GARBAGE = {
    Phase.HANDSHAKE: b"HTTP/1.1 400 Bad Request\r\n\r\n",
    Phase.IN_HEAD: b"ngth: 6\r\nX-Control: \x00\r\n\r\n",
    Phase.BETWEEN_CHUNKS: b"not a size\r\n",
}
_UNASKED = b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nunasked"


def narrow() -> socket.socket:
    """A listener whose connections hold little in the kernel, on both sides."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # The window of the receiver, and the segment size that the sender's buffer is computed from.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)
    return listener


async def taken(peer: Peer) -> None:
    """Wait until the client's kernel has every byte that was sent, and the client has seen them."""

    def all_gone() -> bool:
        unsent = fcntl.ioctl(peer.socket.fileno(), termios.TIOCOUTQ, b"\0" * 4)
        return not (peer.transport.get_write_buffer_size() or any(unsent))

    await until(all_gone)
    for _ in range(5):  # what lies in a socket is seen in the next turn of the loop
        await asyncio.sleep(0)


def vanish(peer: Peer) -> None:
    """Send RST at this very moment, before the loop turns; the transport learns of it later."""
    peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), peer.socket.fileno())


class Pieces:
    """A body in pieces, all of which can be had again."""

    def __init__(self, pieces: tuple[bytes, ...]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)


class OneShot:
    """A body that can be had once; with `held`, only its first piece comes."""

    def __init__(self, *, held: bool) -> None:
        self.started = False
        self.closed = False
        self._held = held

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body."""
        self.started = True
        try:
            for piece in PIECES:
                yield piece
                if self._held:
                    await asyncio.get_running_loop().create_future()
        finally:
            self.closed = True


def content_of(case: Case, one_shot: OneShot) -> ContentInput | None:
    """The body of the request."""
    match case.body:
        case Body.NONE:
            return None
        case Body.BYTES:
            return PIECE
        case Body.LARGE:
            return LARGE_FOR_TLS if case.tls else LARGE
        case Body.REPLAYABLE:
            in_flight = case.phase in {Phase.SENDING_HEAD, Phase.SENDING_BODY}
            return Pieces(PIECES * 200 if in_flight else PIECES)
        case Body.ONE_SHOT:
            return one_shot.pieces()


def body_of(case: Case) -> bytes:
    """What the server must have once it has the whole request."""
    match content_of(case, OneShot(held=False)):
        case bytes(data):
            return data
        case Pieces() as pieces:
            return b"".join(pieces)
        case _:
            return b"".join(PIECES) if case.body is Body.ONE_SHOT else b""


class Stage:
    """Plays on every connection of one server; `/target` is the request that meets the fault."""

    def __init__(self, case: Case, loop: TurnedLoop) -> None:
        self.case = case
        self.server: RawServer | None = None
        self.deliveries: list[Peer] = []
        """The connections on which the request was seen to begin."""
        self.replied: list[tuple[str, Peer]] = []
        """The paths that were responded in order, and where."""
        self.bodies: list[bytes] = []
        """The bodies of those requests for the target that came whole."""
        self.acted = asyncio.Event()
        """The fault has struck, and the client has all that it was sent."""
        self._loop = loop
        self._before = 0

    def request_bytes(self) -> int:
        """How much of the request came on the connection where the fault struck."""
        return len(self.deliveries[0].received) - self._before

    async def __call__(self, peer: Peer) -> None:
        """Respond to one request after the other; the first for the target is met by the fault."""
        if self.case.phase is Phase.HANDSHAKE and not self.acted.is_set():
            await peer.read_exactly(1)
            await self._strike(peer)
            return
        with suppress(UnexpectedEnd):
            while True:
                line = await peer.read_until(b"\r\n")
                method, path, _ = line.decode("ascii").split(" ")
                if path == "/target":
                    self.deliveries.append(peer)
                    if len(self.deliveries) == 1 and self.case.phase not in _BETWEEN_REQUESTS:
                        await self._misbehave(peer)
                        return
                await self._receive(peer, path)
                if not self.deliveries:
                    self._before = len(peer.received)
                await peer.send(_reply(method))
                self.replied.append((path, peer))

    async def strike_idle(self, peer: Peer) -> None:
        """Do to an idle connection what the case says."""
        match self.case.phase, self.case.fault:
            case Phase.CROSSING, Fault.RESET:
                vanish(peer)
            case Phase.CROSSING, Fault.GARBAGE | Fault.UNASKED:
                peer.transport.write(self._last_words())
            case Phase.CROSSING, _:
                peer.socket.shutdown(socket.SHUT_WR)
            case _:
                await self._strike(peer)

    async def _receive(self, peer: Peer, path: str) -> None:
        request = await peer.read_request()
        if path == "/target":
            head, _, body = request.partition(b"\r\n\r\n")
            self.bodies.append(_unchunked(body) if b"Transfer-Encoding" in head else body)

    async def _misbehave(self, peer: Peer) -> None:
        """Take as much of the request as the phase says, response as much, and strike."""
        match self.case.phase:
            case Phase.SENDING_HEAD:
                peer.pause_reading()
            case Phase.SENDING_BODY:
                await peer.read_until(b"\r\n\r\n")
                await peer.read_until(PIECE[:10])
                if self.case.body is not Body.ONE_SHOT:
                    peer.pause_reading()
            case Phase.CONNECT:
                await self._receive(peer, "/target")
                assert self.server is not None
                self.server.refuse()
                peer.reset()
                return
            case Phase.AFTER_END:
                await self._receive(peer, "/target")
                self.replied.append(("/target", peer))
            case _:
                await self._receive(peer, "/target")
        await self._strike(peer)

    async def _strike(self, peer: Peer) -> None:
        match self.case.fault:
            case Fault.DRIP:
                await self._drip(peer)
                await self(peer)
            case Fault.ENDLESS:
                await peer.send(BEGUN[self.case.phase] + b"ngth: 6\r\n")
                while not peer.ended.is_set():
                    await peer.drip(b"X-Field: value\r\n" * 10, 160)
            case Fault.INTERIM:
                await peer.send(_INTERIM * 16 + _reply(self.case.method))
                self.replied.append(("/target", peer))
                await self(peer)
            case Fault.ODD:
                await peer.send(_odd(self.case.method))
                self.replied.append(("/target", peer))
                await self(peer)
            case Fault.NONE:
                await peer.send(_reply(self.case.method))
                await self(peer)
            case _:
                await peer.send(self._last_words())
                await self._leave(peer)

    def _last_words(self) -> bytes:
        """What is sent before the connection ends, or falls silent."""
        fault, phase, reply = self.case.fault, self.case.phase, _reply(self.case.method)
        begun = reply if phase is Phase.AFTER_END else BEGUN.get(phase, b"")
        return begun + {
            Fault.TOO_LONG: b"FFFFFFFFFFFFFFFFF\r\n",
            Fault.FLOOD: _INTERIM * 17 + reply,
            Fault.GARBAGE: _GARBAGE.get(phase, b"garbage\r\n"),
            Fault.UNASKED: _UNASKED,
            Fault.EARLY_KEEP: _REFUSAL,
            Fault.EARLY_CLOSE: _REFUSAL,
            Fault.EARLY_RESET: _REFUSAL,
            Fault.EARLY_SHORT: _SHORT_REFUSAL,
            Fault.EARLY_SUCCESS: reply,
        }.get(fault, b"")

    async def _leave(self, peer: Peer) -> None:
        match self.case.fault:
            case Fault.RESET | Fault.EARLY_RESET:
                peer.reset()
            case Fault.CLOSE | Fault.EARLY_CLOSE:
                peer.close()
            case Fault.CUT:
                peer.cut()
            case Fault.HALF_CLOSE | Fault.EARLY_SHORT:
                peer.half_close()
            case Fault.STALL:
                await taken(peer)
            case _:
                pass
        self.acted.set()

    async def _drip(self, peer: Peer) -> None:
        """One byte at a time, each just before the limit."""
        whole = _reply(self.case.method)
        if self.case.phase is Phase.BETWEEN_CHUNKS:
            whole = BEGUN[Phase.BETWEEN_CHUNKS] + b"3\r\nwer\r\n0\r\n\r\n"
        for number in range(len(whole)):
            self._loop.turn(_DRIP_S)
            await peer.send(whole[number : number + 1])
            await taken(peer)
        self.replied.append(("/target", peer))


_BETWEEN_REQUESTS = {Phase.IDLE, Phase.CROSSING}


def _reply(method: str) -> bytes:
    return REPLY.partition(b"answer")[0] if method == "HEAD" else REPLY


def _odd(method: str) -> bytes:
    """The same response with an empty line, another version, a control byte and an old coding."""
    line, _, rest = _reply(method).partition(b"\r\n")
    fields = b"\r\nX-Odd: \x01\x0b\r\nTransfer-Encoding: identity\r\n"
    return b"\r\n" + line.replace(b"HTTP/1.1", b"HTTP/1.2") + fields + rest


def _unchunked(body: bytes) -> bytes:
    parts: list[bytes] = []
    while True:
        line, _, body = body.partition(b"\r\n")
        size = int(line, 16)
        if not size:
            assert body == b"\r\n"
            return b"".join(parts)
        parts.append(body[:size])
        body = body[size + 2 :]
