"""A client, its pool and its connections, over transports in memory that lead to model servers.

One random generator decides every step: who speaks, how bytes are cut, who reads, sends and leaves.
What dials the network is replaced; everything above it is what users have.
"""

from __future__ import annotations

import asyncio
import socket
from collections import defaultdict
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from hyperhttp import UNSET, HyperHTTPError
from tests.clock import until
from tests.servers.contents import LARGE_BODY
from tests.servers.h2_model import ModelServer
from tests.servers.h2_model_stream import End

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from random import Random

    from hyperhttp import Client, Response, Unset
    from hyperhttp._network.dial import ConnectOptions, Route
    from tests.servers.h2_model_stream import ModelStream, Plan

P = TypeVar("P", bound=asyncio.BaseProtocol)

URL = "http://example.com/"
STEPS_MAX = 200_000
SLICE_BYTES = 1000
SOURCES = ("at once", "in pieces", "in pieces", "slowly", "fails")
READERS = ("whole", "pieces", "slow", "late", "late", "leaves")


class SourceFailed(Exception):
    """What the source of a body raises; it must come out as it is."""


@dataclass(frozen=True)
class Order:
    """One request, and how its caller goes about it."""

    number: int
    method: str
    body: bytes | None
    source: str
    reader: str

    @property
    def can_be_repeated(self) -> bool:
        """Whether its body can be had twice."""
        return self.body is None or self.source == "at once"


@dataclass
class Seen:
    """What a caller was given."""

    status: int | None = None
    number: str = ""
    body: bytearray = field(default_factory=bytearray)
    trailers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    error: HyperHTTPError | SourceFailed | None = None
    has_left: bool = False
    is_cancelled: bool = False


class Wire(asyncio.Transport):
    """One connection: bytes wait in it, both ways, until `up` or `down` moves some of them."""

    def __init__(self, server: ModelServer, protocol: asyncio.BaseProtocol) -> None:
        super().__init__()
        assert isinstance(protocol, asyncio.BufferedProtocol)
        self.server = server
        self.to_server, self.to_client = bytearray(), bytearray()
        self.is_lost = False
        self.is_left_alone = False
        """Nobody calls `up` any more: what the client says last goes to the server at once."""
        self._protocol = protocol
        self._is_closing = self._is_paused = False
        self._high, self._low = 1 << 16, 1 << 14
        self._loop = asyncio.get_running_loop()
        # What looks into the kernel for an end of the connection finds none here.
        self._sockets = socket.socketpair()

    # --- for the client ---

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self._sockets[0] if name == "socket" and not self.is_lost else default

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self._high = 1 << 16 if high is None else high
        self._low = self._high // 4 if low is None else low

    def get_write_buffer_size(self) -> int:
        return len(self.to_server)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self.is_lost, "bytes for a connection that is gone"
        self.to_server += data
        if len(self.to_server) > self._high and not self._is_paused:
            self._is_paused = True
            self._protocol.pause_writing()

    def is_closing(self) -> bool:
        return self._is_closing

    def close(self) -> None:
        """What was written still goes out; nothing is read any more."""
        if not self._is_closing:
            self._is_closing = True
            self.to_client.clear()
            if self.is_left_alone:
                self.up(len(self.to_server))
            self._lose_once_sent()

    def abort(self) -> None:
        self.to_server.clear()
        self.close()

    # --- for the stage ---

    def up(self, size: int) -> None:
        """So many bytes reach the server."""
        self.server.feed(bytes(self.to_server[:size]))
        del self.to_server[:size]
        if self._is_paused and len(self.to_server) <= self._low:
            self._is_paused = False
            self._protocol.resume_writing()
        self._lose_once_sent()

    def down(self, size: int) -> None:
        """So many bytes, but no more than one read takes, reach the client."""
        buffer = memoryview(self._protocol.get_buffer(-1))
        size = min(size, len(buffer), len(self.to_client))
        if size:
            buffer[:size] = self.to_client[:size]
            del self.to_client[:size]
            self._protocol.buffer_updated(size)

    def turn(self, rng: Random) -> None:
        """The server does something."""
        if not self._is_closing:
            self.to_client += self.server.step(rng)

    def carries(self, stream: ModelStream) -> bool:
        """Whether it is this connection's."""
        return self.server.inbound.streams.get(stream.stream_id) is stream

    @property
    def protocol(self) -> asyncio.BaseProtocol:
        """The client's end."""
        return self._protocol

    @property
    def is_settled(self) -> bool:
        """Whether nothing is under way, and nothing more is to come."""
        return self.is_lost or not (
            self.to_server or self.to_client or self._is_closing or not self.server.is_settled
        )

    def _lose_once_sent(self) -> None:
        if self._is_closing and not self.to_server and not self.is_lost:
            self.is_lost = True
            for one in self._sockets:
                one.close()
            self._loop.call_soon(self._protocol.connection_lost, None)


class Stage:
    """Plays all orders against as many model servers as the client dials."""

    def __init__(self, rng: Random, plans: Callable[[int], Plan], unread_max: int) -> None:
        """`unread_max`: so much may be on its way to a reader, or held for it, and no more."""
        self.rng = rng
        self.wires: list[Wire] = []
        self.asked: defaultdict[int, list[ModelStream]] = defaultdict(list)
        """The streams of each order, in the order in which they came."""
        self.seen: dict[Order, Seen] = {}
        self.open_sources = 0
        self._plans, self._unread_max = plans, unread_max
        self._is_calm = False
        self._known = defaultdict[int, int](int)
        self._tasks: dict[Order, asyncio.Task[None]] = {}
        self._gates: list[asyncio.Future[None]] = []

    async def dial(
        self, route: Route, make_protocol: Callable[[], P], options: ConnectOptions, context: object
    ) -> P:
        """In place of the network's: a new server, perhaps after a while."""
        await self._gate()
        protocol = make_protocol()
        wire = Wire(ModelServer(self._plans(len(self.wires))), protocol)
        if self._is_calm:
            wire.server.calm_down()
        self.wires.append(wire)
        protocol.connection_made(wire)
        return protocol

    async def play(self, client: Client, orders: list[Order], patience: int) -> None:
        """Let everything happen, until all have ended and nothing is under way."""
        waiting = orders[::-1]
        for step in range(STEPS_MAX):
            if waiting and self.rng.random() < 0.2:
                order = waiting.pop()
                self.seen[order] = Seen()
                self._tasks[order] = asyncio.ensure_future(self._carry_out(client, order))
            if not waiting and step > patience and not self._is_calm:
                self._calm_down()
            move = self.rng.randrange(10)
            if move == 0:
                self._meddle()
            elif move < 4:
                await asyncio.sleep(0)
            elif self.wires:
                self._move(self.rng.choice(self.wires))
            if not waiting and self._is_over:
                for task in self._tasks.values():
                    assert task.cancelled() or task.result() is None
                return
        raise AssertionError("it does not come to an end")

    def leave(self) -> None:
        """The game is over, or has failed: connections may be closed."""
        for wire in self.wires:
            wire.is_left_alone = True

    def streams(self) -> list[ModelStream]:
        """All that were opened, on all connections."""
        return [stream for wire in self.wires for stream in wire.server.inbound.streams.values()]

    @property
    def _is_over(self) -> bool:
        return (
            self._is_calm
            and all(task.done() for task in self._tasks.values())
            and not self.open_sources
            and all(wire.is_settled for wire in self.wires)
        )

    def _calm_down(self) -> None:
        """No more faults and no more changes: now everything must end."""
        self._is_calm = True
        for wire in self.wires:
            wire.server.calm_down()

    def _move(self, wire: Wire) -> None:
        """One of the two sides has its way, or some bytes have theirs."""
        match self.rng.randrange(4):
            case 0:
                wire.down(self._cut(wire.to_client))
            case 1:
                wire.up(self._cut(wire.to_server))
                self._note(wire)
            case _:
                wire.turn(self.rng)

    def _cut(self, waiting: bytearray) -> int:
        size = len(waiting)
        return self.rng.choice((size, size, self.rng.randint(0, size), min(size, 1)))

    def _note(self, wire: Wire) -> None:
        """Which orders the streams belong to that have just come."""
        streams = wire.server.inbound.streams
        for stream_id in range(self._known[id(wire)] + 1, wire.server.inbound.highest_id + 1, 2):
            number = dict(streams[stream_id].request)["x-number"]
            self.asked[int(number)].append(streams[stream_id])
        self._known[id(wire)] = wire.server.inbound.highest_id + wire.server.inbound.highest_id % 2

    def _meddle(self) -> None:
        """Somebody who waits goes on; now and then somebody is cancelled."""
        if not self._is_calm and self.rng.random() < 0.03:
            running = [order for order, task in self._tasks.items() if not task.done()]
            if running:
                order = self.rng.choice(running)
                self._tasks[order].cancel()
                self.seen[order].is_cancelled = True
        elif self._gates:
            gate = self._gates.pop(self.rng.randrange(len(self._gates)))
            if not gate.done():
                gate.set_result(None)

    async def _gate(self) -> None:
        """Wait until the stage lets go."""
        gate = asyncio.get_running_loop().create_future()
        self._gates.append(gate)
        await gate

    async def _carry_out(self, client: Client, order: Order) -> None:
        """Ask, and note what comes."""
        seen = self.seen[order]
        content: bytes | AsyncIterator[bytes] | Unset = UNSET if order.body is None else order.body
        if order.body is not None and order.source != "at once":
            content = self._pieces(order.body, order.source)
        headers = {"X-Number": str(order.number)}
        try:
            async with client.stream(
                order.method,
                URL,
                content=content,
                headers=headers,
            ) as response:
                seen.status, seen.number = response.status_code, response.headers["x-number"]
                if order.reader == "whole":
                    seen.body += await response.aread()
                else:
                    await self._read(response, order, seen)
                seen.trailers = response.trailers.multi_items()
        except (HyperHTTPError, SourceFailed) as error:
            seen.error = error

    async def _read(self, response: Response, order: Order, seen: Seen) -> None:
        if order.reader == "late":
            await self._until_blocked(order)
        async with aclosing(response.aiter_raw()) as pieces:
            async for piece in pieces:
                seen.body += piece
                if order.reader == "leaves" and len(seen.body) > SLICE_BYTES:
                    seen.has_left = True
                    return
                if order.reader == "slow":
                    await self._gate()

    async def _until_blocked(self, order: Order) -> None:
        """Read nothing until the server has no credit, and none is under way: that must be soon."""
        (stream,) = (
            stream for stream in self.asked[order.number] if stream.end is not End.UNPROCESSED
        )
        (wire,) = (wire for wire in self.wires if wire.carries(stream))
        await until(
            lambda: (
                stream.end is not End.RUNNING
                or not (stream.to_send > 0 or wire.to_client or wire.to_server)
            )
        )
        assert stream.body_sent <= self._unread_max, f"{stream.body_sent} bytes wait for {order}"

    async def _pieces(self, body: bytes, source: str) -> AsyncIterator[bytes]:
        """The body, in some pieces, at its own pace."""
        size = max(1, len(body) // 4)
        self.open_sources += 1
        try:
            for start in range(0, len(body), size):
                if source == "fails" and start:
                    raise SourceFailed
                if source == "slowly":
                    await self._gate()
                yield body[start : start + size]
        finally:
            self.open_sources -= 1


def draw_order(rng: Random, number: int, upload_bytes: int) -> Order:
    """A request of any kind."""
    method = rng.choice(("GET", "GET", "HEAD", "PUT", "POST"))
    body = None
    if method[0] == "P":
        size = rng.choice((0, 1, 500, upload_bytes))
        start = rng.randint(0, len(LARGE_BODY) - size)
        body = LARGE_BODY[start : start + size]
    return Order(number, method, body, rng.choice(SOURCES), rng.choice(READERS))
