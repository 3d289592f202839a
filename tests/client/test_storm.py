"""A thousand requests of every kind at once, one in twenty of which meets a fault.

What a request may end in is known beforehand by its kind; nothing else is accepted, and nothing is
left behind.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, HyperHTTPError, Timeout
from tests.client.quiet import run_quietly, unused
from tests.clock import TurnedLoop, until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.slow

REQUESTS = 1_000
FAULTY = 0.05
CONNECTIONS = 50

_ENDED = (hyperhttp.ReadError, hyperhttp.RemoteProtocolError, hyperhttp.WriteError)
# For each fault, the errors that it may end in; a fault that is not here does no harm.
FAULTS: dict[str, tuple[type[HyperHTTPError], ...]] = {
    "reset": (hyperhttp.ReadError,),
    "close": (hyperhttp.RemoteProtocolError,),
    "head": (hyperhttp.RemoteProtocolError,),
    "cut": (hyperhttp.RemoteProtocolError,),
    "chunk": (hyperhttp.RemoteProtocolError,),
    "broken": (hyperhttp.ReadError,),
    "garbage": (hyperhttp.RemoteProtocolError,),
    "stall": (hyperhttp.ReadTimeout,),
    "once": (hyperhttp.ReadError,),
    "leave": (),
    "surplus": (),
    "drip": (),
}
METHODS = ("GET", "GET", "HEAD", "PUT", "PUT in pieces", "POST", "POST in pieces", "stream")


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
        """The responses of the server."""
        return self.path.encode() * (1 + self.number % 90)

    @property
    def is_safe(self) -> bool:
        """Whether it may go out twice."""
        return self.method not in {"POST", "POST in pieces", "PUT in pieces"}

    @property
    def may_end_in(self) -> tuple[type[HyperHTTPError], ...]:
        """The errors that are right for it, if a response is not."""
        if self.fault == "none":
            # A kept connection may be closed by the server at the moment when it is used.
            return () if self.is_safe else _ENDED
        if self.method == "HEAD" and self.fault in {"cut", "chunk", "broken"}:
            return ()
        harm = FAULTS[self.fault]
        return harm if self.is_safe else (*harm, *_ENDED)

    @property
    def may_be_replied(self) -> bool:
        """Whether its body is a right end."""
        harmless = not FAULTS.get(self.fault)
        no_body = self.method == "HEAD" and self.fault in {"cut", "chunk", "broken"}
        return harmless or no_body or self.fault == "once"


class Moody:
    """The server: does to each request what its path says, and counts how often it came."""

    def __init__(self) -> None:
        self.came = Counter[str]()

    async def __call__(self, peer: Peer) -> None:
        """Play."""
        with suppress(UnexpectedEnd):
            while True:
                request = await peer.read_request()
                method, path, _ = request.split(b"\r\n", 1)[0].decode().split(" ")
                self.came[path] += 1
                if not await self._reply(peer, method, path):
                    return

    async def _reply(self, peer: Peer, method: str, path: str) -> bool:
        """Whether the connection goes on."""
        _, fault, number = path.split("/")
        body = Order(int(number), fault, method).body
        head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
        if method == "HEAD":
            body = b""
        if fault == "drip":
            await peer.drip(head + body[:100], 7)
            await peer.send(body[100:])
            return True
        if fault == "none" or (fault == "once" and self.came[path] > 1):
            await peer.send(head + body)
            return True
        chunk = b"%x\r\n%s" % (len(body), body) if body else b""
        await peer.send(
            {
                "head": head[:30],
                "cut": head + body[:-1],
                "chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk,
                "broken": head + body[:-1],
                "garbage": b"\x00nonsense\r\n\r\n",
                "stall": head[:20],
                "leave": head + body,
                "surplus": head + body + OK,
            }.get(fault, b"")
        )
        if fault in {"reset", "once", "broken"}:
            peer.reset()
        elif fault in {"close", "head", "cut", "chunk", "leave"}:
            peer.close()
        return False


async def carry_out(client: Client, url: str, order: Order) -> HyperHTTPError | None:
    """Ask, check the response, and return the error if there was one."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(order.number % 5):
            yield order.body
            await asyncio.sleep(0)

    try:
        match order.method.split(" ", 1):
            case ["stream"]:
                async with client.stream("GET", url) as response:
                    body = b"".join([piece async for piece in response.aiter_bytes(1000)])
            case [method, "in pieces"]:
                response = await client.request(method, url, content=pieces())
                body = await response.aread()
            case ["PUT" | "POST" as method]:
                response = await client.request(method, url, content=order.body)
                body = await response.aread()
            case _:
                response = await client.request(order.method, url)
                body = await response.aread()
    except HyperHTTPError as error:
        return error
    assert body == (b"" if order.method == "HEAD" else order.body)
    return None


def orders(chance: random.Random) -> list[Order]:
    """A thousand of them."""
    return [
        Order(
            number,
            chance.choice(list(FAULTS)) if chance.random() < FAULTY else "none",
            chance.choice(METHODS),
        )
        for number in range(REQUESTS)
    ]


@pytest.mark.parametrize(
    ("seed", "tls"),
    [*((seed, False) for seed in range(10)), (10, True), (11, True)],
    ids=lambda given: "" if given is False else "tls" if given is True else str(given),
)
def test_each_of_a_thousand_ends_as_it_may_and_nothing_is_left(
    seed: int, tls: bool, certificates: Certificates
) -> None:
    context = server_context(certificates.good) if tls else None

    async def main(loop: TurnedLoop) -> None:
        moody, given = Moody(), orders(random.Random(seed))
        async with (
            RawServer(moody, tls=context) as server,
            Client(
                max_connections=CONNECTIONS, verify=certificates.ca, timeout=Timeout(20.0)
            ) as client,
        ):
            tasks = {
                order: asyncio.ensure_future(
                    carry_out(client, server.url(order.path, host="localhost"), order)
                )
                for order in given
            }
            stalled = [order for order in given if order.fault == "stall"]
            await asyncio.gather(*(task for order, task in tasks.items() if order not in stalled))
            await until(lambda: all(moody.came[order.path] for order in stalled))
            for _ in range(20):
                await asyncio.sleep(0)
            loop.turn(21)
            await asyncio.gather(*tasks.values())
            check({order: task.result() for order, task in tasks.items()}, moody.came)
            assert unused(client)
            assert client.stats().idle <= CONNECTIONS

    run_quietly(main)


def check(ends: dict[Order, HyperHTTPError | None], came: Counter[str]) -> None:
    """Each end is one of those that are right for it."""
    for order, error in ends.items():
        if error is None:
            assert order.may_be_replied, order
        else:
            assert type(error) in order.may_end_in, f"{order} ended in {error!r}"
            assert error.request is not None
            assert error.request.url.path == order.path
        assert came[order.path] <= (2 if order.is_safe else 1), order
    # A connection that the server closes takes at most one request with it.
    unlucky = [order for order, error in ends.items() if error and order.fault == "none"]
    assert len(unlucky) <= sum(order.fault == "leave" for order in ends)
