"""Buffers outside the heap: they are private, and take memory when it's written to."""

from __future__ import annotations

import gc
import os
import socket
import sys
import weakref
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Final

import pytest

from hyperhttp import Client
from hyperhttp._network.receive_buffer import create_buffer
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
def test_its_memory_is_taken_at_once_and_returned_at_the_end() -> None:
    before_kib = private_kib()
    buffers = [create_buffer(SIZE, is_resident=True) for _ in range(100)]
    used_kib = private_kib() - before_kib
    buffers.clear()
    assert 25_000 < used_kib < 27_000
    assert private_kib() - before_kib < 1_000


@measures_pages
def test_or_its_memory_is_taken_as_it_is_written_to() -> None:
    before_kib = private_kib()
    buffers = [create_buffer(SIZE) for _ in range(100)]
    unused_kib = private_kib() - before_kib
    half = bytes(SIZE // 2)
    for buffer in buffers:
        buffer[: len(half)] = half
    assert unused_kib < 1_000
    assert 12_000 < private_kib() - before_kib < 14_000


async def served(peer: Peer) -> None:
    with suppress(UnexpectedEnd):
        while True:
            await peer.read_request()
            await peer.send(OK)


@measures_pages
async def test_closed_clients_return_their_buffers_although_others_allocate() -> None:
    others = list[bytes]()
    async with RawServer(served) as server, AsyncExitStack() as stack:

        async def use_client() -> None:
            client = await stack.enter_async_context(Client())
            await (await client.get(server.url())).aread()
            others.extend(bytes(1_000) for _ in range(20))  # too large for the memory of Python

        for _ in range(50):
            await use_client()
        used_kib = private_kib()
        await stack.aclose()
        gc.collect()
        returned_kib = used_kib - private_kib()
    assert returned_kib > 0.9 * 50 * SIZE // 1024
    assert len(others) == 1_000
