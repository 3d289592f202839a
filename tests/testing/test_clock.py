"""On an VirtualTimeLoop waiting takes no time, and what waits comes in its order."""

from __future__ import annotations

import asyncio
import selectors
import socket
import threading
import time
from contextlib import closing

import pytest

import hyperhttp
from hyperhttp.testing import Hang, MockTransport, VirtualTimeLoop, run_virtual_time
from hyperhttp.testing._clock import JumpingSelector


async def after(delay_s: float, name: str, seen: list[str]) -> None:
    # Not a name of asyncio's in a call, since the tests of this house do not sleep.
    wait = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(delay_s, wait.set_result, None)
    await wait
    seen.append(name)


def test_hours_pass_at_once_and_in_order() -> None:
    seen: list[str] = []

    async def main() -> float:
        loop = asyncio.get_running_loop()
        started = loop.time()
        await asyncio.gather(after(3600.0, "hour", seen), after(60.0, "minute", seen))
        return loop.time() - started

    started = time.monotonic()
    assert 3600.0 <= run_virtual_time(main()) < 3601.0
    assert time.monotonic() - started < 5.0
    assert seen == ["minute", "hour"]


def test_a_timeout_is_reached_without_waiting_for_it() -> None:
    async def main() -> None:
        async with hyperhttp.Client(transport=MockTransport(Hang()), timeout=600.0) as client:
            with pytest.raises(hyperhttp.ReadTimeout) as caught:
                await client.get("http://example.com/")
            assert caught.value.timeout_s == 600.0

    run_virtual_time(main())


def test_a_retry_waits_its_time_and_takes_none() -> None:
    async def main() -> int:
        replies = MockTransport([503, 503, 200])
        policy = hyperhttp.RetryPolicy(max_retries=3)
        async with hyperhttp.Client(transport=replies, retry=policy) as client:
            return (await client.get("http://example.com/")).status_code

    assert run_virtual_time(main()) == 200


def test_a_thread_that_works_is_waited_for() -> None:
    async def main() -> str:
        loop = asyncio.get_running_loop()
        done = threading.Event()
        work = loop.run_in_executor(None, done.wait, 10.0)
        loop.call_soon(done.set)
        async with asyncio.timeout(5.0):
            assert await work
        return type(loop).__name__

    assert run_virtual_time(main()) == "VirtualTimeLoop"


def test_time_does_not_jump_while_something_is_there_to_do() -> None:
    ours, theirs = socket.socketpair()
    selector = JumpingSelector()
    with ours, theirs, closing(selector):
        selector.register(ours, selectors.EVENT_READ)
        theirs.send(b"x")
        assert [key.fileobj for key, _ in selector.select(100.0)] == [ours]
        assert selector.ahead_s == 0.0
        ours.recv(1)
        assert selector.select(100.0) == []
        assert selector.ahead_s == 100.0
        selector.unregister(ours)
        assert not selector.get_map()


def test_what_is_raised_comes_out() -> None:
    async def main() -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        run_virtual_time(main())


def test_it_is_an_event_loop_like_any_other() -> None:
    async def main() -> bytes:
        def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"hello\n")
            writer.close()

        server = await asyncio.start_server(greet, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            line = await reader.readline()
            writer.close()
            await writer.wait_closed()
            return line

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        assert runner.run(main()) == b"hello\n"
