"""Buffers outside the heap: they are private, and take memory when it's written to."""

from __future__ import annotations

import gc
import os
import socket
import sys
import weakref
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from mmap import mmap
from pathlib import Path
from typing import Final

import pytest

from hyperhttp import Client
from hyperhttp._network import receive_buffer
from hyperhttp._network.receive_buffer import create_buffer, reusable_buffer
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

SIZE: Final = 1 << 18
STATM: Final = Path("/proc/self/statm")
measures_pages = pytest.mark.skipif(not STATM.exists(), reason="needs /proc")


def private_kib() -> int:
    _, resident, shared, *_ = map(int, STATM.read_text(encoding="ascii").split())
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE") // 1024


def test_it_is_received_into() -> None:
    buffer = create_buffer(SIZE)
    assert (len(buffer), buffer.itemsize, buffer.readonly) == (SIZE, 1, False)
    assert bytes(buffer) == bytes(SIZE)
    first, second = socket.socketpair()
    with first, second:
        first.sendall(b"hello")
        assert second.recv_into(buffer[1:], 4) == 4
    assert bytes(buffer[:6]) == b"\0hell\0"


@pytest.mark.parametrize("size", [1, 4095, 4097])
def test_it_has_any_size(size: int) -> None:
    assert len(create_buffer(size)) == size


@pytest.mark.slow
def test_it_is_freed_with_its_last_part() -> None:
    buffer = create_buffer(SIZE)
    mapping = weakref.ref(buffer.obj)
    part = buffer[:10]
    del buffer
    gc.collect()
    assert mapping() is not None
    del part
    gc.collect()
    assert mapping() is None


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_a_forked_process_has_its_own() -> None:
    buffer = create_buffer(SIZE)
    buffer[:6] = b"parent"
    if not (child := os.fork()):
        buffer[:6] = b"child!"
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert bytes(buffer[:6]) == b"parent"


@measures_pages
def test_memory_is_taken_as_it_is_written_to_and_returned_at_the_end() -> None:
    before_kib = private_kib()
    buffers = [create_buffer(SIZE) for _ in range(100)]
    unused_kib = private_kib() - before_kib
    half = bytes(SIZE // 2)
    for buffer in buffers:
        buffer[: len(half)] = half
    used_kib = private_kib() - before_kib
    buffers.clear()
    del buffer
    gc.collect()
    assert unused_kib < 1_000
    assert 12_000 < used_kib < 14_000
    assert private_kib() - before_kib < 1_000


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> deque[mmap]:
    """The mappings that wait for a new client; none at first."""
    mappings = deque[mmap](maxlen=4)
    monkeypatch.setattr(receive_buffer, "_idle", mappings)
    return mappings


@pytest.mark.slow
def test_a_buffer_is_reused_when_nothing_refers_to_it(idle: deque[mmap]) -> None:
    buffer = reusable_buffer()
    mapping, other = buffer.obj, buffer
    del buffer
    gc.collect()
    assert not idle
    assert reusable_buffer().obj is not mapping
    del other
    gc.collect()
    assert idle[-1] is mapping
    assert reusable_buffer().obj is mapping


def test_few_buffers_wait_to_be_reused(idle: deque[mmap]) -> None:
    buffers = [reusable_buffer() for _ in range(20)]
    assert len({id(buffer.obj) for buffer in buffers}) == 20
    buffers.clear()
    gc.collect()
    assert len(idle) == 4


def test_threads_never_have_the_same_buffer(idle: deque[mmap]) -> None:
    def use(name: int) -> bool:
        mark = bytes([name]) * 64
        for _ in range(500):
            buffer = reusable_buffer()
            buffer[:64] = mark
            if bytes(buffer[:64]) != mark:
                return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(use, range(4)))
    gc.collect()
    assert len(idle) <= 4


async def served(peer: Peer) -> None:
    with suppress(UnexpectedEnd):
        while True:
            await peer.read_request()
            await peer.send(OK)


@pytest.mark.slow
async def test_a_new_client_has_the_buffer_of_a_closed_one(idle: deque[mmap]) -> None:
    used = set[int]()
    async with RawServer(served) as server:
        for _ in range(5):
            async with Client() as client:
                await (await client.get(server.url())).aread()
            del client
            gc.collect()
            used.update(map(id, idle))
    assert len(used) == 1


@pytest.mark.slow
@measures_pages
async def test_clients_in_turn_take_no_more_memory_although_others_allocate() -> None:
    others = list[bytes]()

    async def use_clients(number: int) -> int:
        for _ in range(number):
            async with AsyncExitStack() as stack:
                # A server keeps what it needs for each of its connections.
                server = await stack.enter_async_context(RawServer(served))
                clients = [await stack.enter_async_context(Client()) for _ in range(3)]
                for client in clients:
                    await (await client.get(server.url())).aread()
                others.extend(bytes(1_000) for _ in range(20))  # too large for Python's pools
        gc.collect()
        return private_kib()

    before_kib = await use_clients(10)
    others_kib = 100 * 20
    assert await use_clients(100) - before_kib < others_kib + 1_000
