"""`Expect: 100-continue` and every fault while the go-ahead is waited for (RFC 9110 10.1.1)."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, HyperHTTPError, Timeout
from tests.client.quiet import run_quietly, unused
from tests.clock import TurnedLoop, until
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

GO_AHEAD = b"HTTP/1.1 100 Continue\r\n\r\n"
REFUSAL = b"HTTP/1.1 417 No\r\nContent-Length: 3\r\n\r\nno!"


@dataclass(frozen=True)
class Fault:
    """What the server does instead of sending the go-ahead, and what comes of it."""

    reply: bytes = b""
    leave: Callable[[Peer], None] | None = None
    error: type[HyperHTTPError] | None = None
    status: int = 200
    sent_again: bool = False
    """Whether a second request is made of it, if the connection was a kept one."""


FAULTS = {
    "reset": Fault(leave=Peer.reset, error=hyperhttp.WriteError, sent_again=True),
    "close": Fault(leave=Peer.close, error=hyperhttp.WriteError, sent_again=True),
    "half-close": Fault(leave=Peer.half_close, error=hyperhttp.WriteError, sent_again=True),
    "garbage": Fault(b"garbage", error=hyperhttp.RemoteProtocolError),
    "half a response": Fault(b"HTTP/1.1 4", leave=Peer.close, error=hyperhttp.RemoteProtocolError),
    "interim, then reset": Fault(
        b"HTTP/1.1 103 Wait\r\n\r\n", leave=Peer.reset, error=hyperhttp.WriteError
    ),
    "refusal": Fault(REFUSAL, status=417),
    "refusal and close": Fault(REFUSAL, leave=Peer.close, status=417),
    "refusal and reset": Fault(REFUSAL, leave=Peer.reset, status=417),
    "success without the body": Fault(OK, status=200),
}


class Body:
    """Pieces that tell whether they were asked for; they can be had again."""

    def __init__(self) -> None:
        self.begun = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.begun += 1
        yield b"0123456789"
        yield b"the end"


async def ask(client: Client, url: str, body: Body) -> tuple[int, bytes]:
    """A request that waits for the go-ahead; its status and body."""
    headers = {"Expect": "100-continue", "Transfer-Encoding": "chunked"}
    response = await client.put(url, content=body, headers=headers)
    return response.status_code, await response.aread()


@pytest.mark.parametrize("reused", [False, True], ids=["new", "reused"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_instead_of_the_go_ahead_costs_no_byte_of_the_body(name: str, reused: bool) -> None:
    fault = FAULTS[name]

    async def main(loop: TurnedLoop) -> None:
        heads = 0

        async def script(peer: Peer) -> None:
            nonlocal heads
            with suppress(UnexpectedEnd):
                while True:
                    head = await peer.read_until(b"\r\n\r\n")
                    if b"/target" not in head:
                        await peer.send(OK)
                        continue
                    heads += 1
                    if heads == 1:
                        await peer.send(fault.reply)
                        if fault.leave is not None:
                            fault.leave(peer)
                        assert b"0123456789" not in await peer.read_to_end()
                        return
                    await peer.send(GO_AHEAD)
                    await peer.read_until(b"0\r\n\r\n")
                    await peer.send(OK)

        async with RawServer(script) as server, Client(max_connections=1) as client:
            if reused:
                await (await client.get(server.url("/warm"))).aread()
            body, again = Body(), reused and fault.sent_again
            if fault.error is not None and not again:
                with pytest.raises(HyperHTTPError) as caught:
                    await ask(client, server.url("/target"), body)
                assert type(caught.value) is fault.error
            else:
                content = b"no!" if fault.status == 417 else b"ok"
                assert await ask(client, server.url("/target"), body) == (fault.status, content)
            assert (heads, body.begun) == (2 if again else 1, int(again))
            assert unused(client)
            await (await client.get(server.url("/after"))).aread()
            assert len(server.peers) == 2

    run_quietly(main)


def test_who_says_nothing_gets_the_body_after_a_moment_and_then_the_limit_counts() -> None:
    async def main(loop: TurnedLoop) -> None:
        async def script(peer: Peer) -> None:
            await peer.read_until(b"\r\n\r\n")
            await peer.stall()

        async with RawServer(script) as server, Client(timeout=Timeout(20.0)) as client:
            body = Body()
            asked = asyncio.ensure_future(ask(client, server.url(), body))
            await until(lambda: bool(server.peers) and bool(server.peers[0].received))
            loop.turn(0.9)
            for _ in range(20):
                await asyncio.sleep(0)
            assert body.begun == 0
            loop.turn(0.2)
            await until(lambda: server.peers[0].received.endswith(b"0\r\n\r\n"))
            loop.turn(19.0)
            for _ in range(20):
                await asyncio.sleep(0)
            assert not asked.done()
            loop.turn(2.0)
            with pytest.raises(hyperhttp.ReadTimeout) as caught:
                await asked
            assert caught.value.received_bytes == 0
            assert unused(client)

    run_quietly(main)
