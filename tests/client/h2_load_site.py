"""A thousand orders for HTTP/2, and the server that does to each what its path says.

It responds to many at a time, in pieces and out of order, so that what belongs to one stream
lies between what belongs to others.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from h2.errors import ErrorCodes
from h2.settings import SettingCodes
from hyperframe.frame import DataFrame, Frame, HeadersFrame

from hyperhttp import HyperHTTPError, ReadTimeout, RemoteProtocolError, StreamReset
from tests.servers.h2_frames import WINDOW_MAX
from tests.servers.raw import UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from tests.servers.h2_frames import Field
    from tests.servers.raw_h2 import H2Peer

FAULTY = 0.05
# For each fault, the errors that it may end in; one that has none does no harm.
FAULTS: dict[str, tuple[type[HyperHTTPError], ...]] = {
    "rst": (StreamReset,),
    "half": (StreamReset,),
    "no-status": (RemoteProtocolError,),
    "upper-case": (RemoteProtocolError,),
    "connection-field": (RemoteProtocolError,),
    "short": (RemoteProtocolError,),
    "long": (RemoteProtocolError,),
    "stall": (ReadTimeout,),
    "refused": (),
    "padded": (),
    "early": (),
    "interim": (),
    "goaway": (),
}
IN_THE_BODY = frozenset({"half", "short", "long"})
METHODS = ("GET", "GET", "HEAD", "PUT", "PUT in pieces", "POST", "POST in pieces", "stream")
RESET_CODES = (*(code for code in ErrorCodes if code != ErrorCodes.REFUSED_STREAM), 0xBEEF)
PIECE_BYTES = 3_000
# With one refusal, a client that tries four times more is served by then.
GOAWAYS_MAX = 3


@dataclass(frozen=True)
class Order:
    """One of the thousand."""

    number: int
    fault: str
    method: str

    @property
    def path(self) -> str:
        """By which the server knows what to do."""
        return f"/{self.fault}/{self.number}"

    @property
    def body(self) -> bytes:
        """The responses of the server, and the uploads."""
        return self.path.encode() * (1_000 if self.number % 10 == 0 else 1 + self.number % 90)

    @property
    def is_safe(self) -> bool:
        """Whether it may be worked on twice."""
        return self.method != "POST" and not self.has_own_source

    @property
    def has_own_source(self) -> bool:
        """Whether its body may have been taken, and so cannot be sent again."""
        return self.method.endswith("in pieces")

    @property
    def code(self) -> int:
        """By which its stream is reset."""
        if self.fault == "refused":
            return ErrorCodes.REFUSED_STREAM
        return RESET_CODES[self.number % len(RESET_CODES)]

    @property
    def harm(self) -> tuple[type[HyperHTTPError], ...]:
        """The errors that it may end in; one of them, if there are any."""
        if self.method == "HEAD" and self.fault in IN_THE_BODY:
            return ()
        if self.fault == "refused" and self.has_own_source:
            return (StreamReset,)
        return FAULTS.get(self.fault, ())


def orders(chance: Random, count: int, *, cut: bool) -> list[Order]:
    """So many of them; `cut`: one in the middle has the whole connection reset."""
    found = [
        Order(
            number,
            chance.choice(list(FAULTS)) if chance.random() < FAULTY else "none",
            chance.choice(METHODS),
        )
        for number in range(count)
    ]
    if cut:
        found[count // 2] = Order(count // 2, "cut", "GET")
    return found


class _Line:
    """One connection of the server."""

    def __init__(self, peer: H2Peer) -> None:
        self.peer = peer
        self.last_touched = 0
        self.last_stream_id = WINDOW_MAX
        """Above this nothing gets a response any more."""
        self._news = asyncio.Event()

    def note(self, frame: Frame) -> None:
        """Something has come."""
        self._news.set()

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait for what frames may bring about."""
        while not happened():
            self._news.clear()
            await self._news.wait()


class MoodyH2:
    """The server: `came` counts how often each request was worked on."""

    def __init__(self, streams_max: int) -> None:
        self.came = Counter[str]()
        self.goaways = 0
        self.stalled = 0
        """Streams on which nothing will come, and which the client has not given up yet."""
        self._refused = set[str]()
        self._streams_max = streams_max

    async def __call__(self, peer: H2Peer) -> None:
        """Play."""
        line = _Line(peer)
        async with asyncio.TaskGroup() as replies:
            tasks: list[asyncio.Task[None]] = []
            with suppress(UnexpectedEnd):
                await peer.handshake({SettingCodes.MAX_CONCURRENT_STREAMS: self._streams_max})
                while True:
                    frame = await peer.read_frame()
                    line.note(frame)
                    if isinstance(frame, DataFrame):
                        await peer.give_back(frame.stream_id)
                    elif isinstance(frame, HeadersFrame):
                        reply = self._reply(line, *await peer.request())
                        tasks.append(replies.create_task(reply))
            for task in tasks:
                task.cancel()

    async def _reply(self, line: _Line, stream_id: int, fields: Sequence[tuple[str, str]]) -> None:
        peer, request = line.peer, dict(fields)
        path = request[":path"]
        _, fault, number = path.split("/")
        order = Order(int(number), fault, request[":method"])
        for _ in range(order.number % 7):
            await asyncio.sleep(0)
        if stream_id > line.last_stream_id:
            return
        line.last_touched = max(line.last_touched, stream_id)
        if fault == "refused" and path not in self._refused:
            self._refused.add(path)
            await peer.rst(stream_id, ErrorCodes.REFUSED_STREAM)
            return
        self.came[path] += 1
        is_first = self.came[path] == 1
        if fault not in {"early", "rst"}:
            await line.until(lambda: stream_id in peer.ended or stream_id in peer.resets)
        if fault == "goaway" and self.goaways < GOAWAYS_MAX:
            await self._leave(line)
        if fault == "cut" and is_first:
            peer.reset()
        elif fault == "rst":
            await peer.rst(stream_id, order.code)
        elif fault == "stall":
            self.stalled += 1
            try:
                await line.until(lambda: stream_id in peer.resets)
            finally:  # the connection may have been lost, too
                self.stalled -= 1
        else:
            await self._respond(line, stream_id, order)

    async def _leave(self, line: _Line) -> None:
        """No more on this connection, nor what has come and was not touched."""
        self.goaways += 1
        line.last_stream_id = min(line.last_stream_id, line.last_touched)
        await line.peer.goaway(line.last_stream_id, ErrorCodes.NO_ERROR, b"enough")

    async def _respond(self, line: _Line, stream_id: int, order: Order) -> None:
        peer, body, fault = line.peer, order.body, order.fault
        if fault == "interim":
            await peer.headers(stream_id, [(":status", "103")])
        is_head = order.method == "HEAD"
        await peer.headers(stream_id, _head(order), end=is_head)
        if is_head:
            return
        if fault == "half":
            await self._send_body(line, stream_id, body[: len(body) // 2], end=False)
            await peer.rst(stream_id, order.code)
            return
        await self._send_body(
            line,
            stream_id,
            body + b"!" if fault == "long" else body,
            pad=order.number % 256 if fault == "padded" else None,
        )
        if fault == "early" and stream_id not in peer.ended:
            await peer.rst(stream_id, ErrorCodes.NO_ERROR)

    async def _send_body(
        self, line: _Line, stream_id: int, body: bytes, *, end: bool = True, pad: int | None = None
    ) -> None:
        peer, overhead = line.peer, 0 if pad is None else 1 + pad
        while body and stream_id not in peer.resets:
            await line.until(
                lambda: peer.sendable(stream_id) > overhead or stream_id in peer.resets
            )
            size = min(peer.sendable(stream_id) - overhead, PIECE_BYTES)
            piece, body = body[:size], body[size:]
            if size > 0:
                await peer.data(stream_id, piece, end=end and not body, pad=pad)
            await asyncio.sleep(0)


def _head(order: Order) -> list[Field]:
    """The head of a response, good or bad."""
    size = len(order.body) + (order.fault == "short")
    status, length = (":status", "200"), ("content-length", str(size))
    match order.fault:
        case "no-status":
            return [length]
        case "upper-case":
            return [status, ("Upper", "case"), length]
        case "connection-field":
            return [status, ("connection", "keep-alive"), length]
        case _:
            return [status, length] if order.number % 3 else [status, ("x-more", "y"), length]
