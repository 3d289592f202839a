"""Look-ups in threads of their own: what hangs holds up nothing else."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from unittest import mock

import pytest

from hyperhttp._network.threaded_lookup import ThreadedLookup, in_daemon_thread

FOUND = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]


class Names:
    """A `getaddrinfo` that hangs for hosts whose name says so, until `go` is set."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.started = threading.Event()

    def __call__(self, host: str, port: int, **_: object) -> list[object]:
        if host.startswith("hanging"):
            self.started.set()
            self.go.wait(30)
        if host == "unknown.example":
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [*FOUND]


@pytest.fixture
def names() -> Iterator[Names]:
    names = Names()
    with mock.patch("socket.getaddrinfo", names):
        yield names
        names.go.set()


async def test_forty_names_that_hang_do_not_delay_another(names: Names) -> None:
    look_up = ThreadedLookup()
    hanging = [asyncio.ensure_future(look_up(f"hanging{n}.example", 80)) for n in range(40)]
    assert [a.sockaddr for a in await look_up("quick.example", 80)] == [("127.0.0.1", 80)]
    # Nor what uses the default executor, such as a download that writes its file.
    assert await asyncio.get_running_loop().run_in_executor(None, lambda: 1) == 1
    names.go.set()
    assert len(await asyncio.gather(*hanging)) == 40


async def test_beyond_the_cap_a_look_up_waits_and_then_fails_with_a_name_error(
    names: Names,
) -> None:
    look_up = ThreadedLookup(lookups_max=2, start_s=0.01)
    hanging = [asyncio.ensure_future(look_up(f"hanging{n}.example", 80)) for n in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(socket.gaierror, match="2 name look-ups hang"):
        await look_up("quick.example", 80)
    names.go.set()
    await asyncio.gather(*hanging)
    assert await look_up("quick.example", 80)


async def test_a_cancelled_look_up_keeps_its_place_until_its_thread_ends(names: Names) -> None:
    look_up = ThreadedLookup(lookups_max=1, start_s=0.01)
    hanging = asyncio.ensure_future(look_up("hanging.example", 80))
    await asyncio.get_running_loop().run_in_executor(None, names.started.wait, 30)
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    with pytest.raises(socket.gaierror, match="1 name look-ups hang"):
        await look_up("quick.example", 80)
    names.go.set()
    patient = ThreadedLookup(lookups_max=1)
    assert await patient("quick.example", 80)


async def test_an_unknown_name_raises_what_the_system_raised(names: Names) -> None:
    look_up = ThreadedLookup(lookups_max=1)
    for _ in range(3):  # the place is free again each time
        with pytest.raises(socket.gaierror, match="unknown"):
            await look_up("unknown.example", 80)


async def test_the_system_knows_localhost() -> None:
    found = await ThreadedLookup()("localhost", 8080)
    assert {address.sockaddr[0] for address in found} <= {"127.0.0.1", "::1"}
    assert {address.sockaddr[1] for address in found} == {8080}


async def test_an_error_that_nobody_waits_for_is_not_reported() -> None:
    def fail() -> None:
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        await in_daemon_thread(fail, "fails")
    future = in_daemon_thread(fail, "fails too")
    await asyncio.wait([future])


HANGING = """
import asyncio, socket, threading
socket.getaddrinfo = lambda *a, **k: threading.Event().wait()
import hyperhttp
async def main():
    async with hyperhttp.Client(timeout=0.05) as client:
        try:
            await client.get("http://example.com/")
        except hyperhttp.ConnectTimeout:
            print("timed out")
asyncio.run(main())
"""


def test_a_look_up_that_hangs_does_not_hold_up_the_end_of_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HANGING], capture_output=True, text=True, check=True, timeout=20
    )
    assert done.stdout == "timed out\n"
