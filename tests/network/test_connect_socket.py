"""Connecting one socket: at once on this machine, or by the event loop."""

from __future__ import annotations

import asyncio
import errno
import functools
import gc
import os
import socket
from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest

from hyperhttp._network.address import Address
from hyperhttp._network.connect_socket import connect_socket, defined_in
from tests.servers.sockets import listening, port_of


def at(port: int) -> Address:
    return Address(socket.AF_INET, ("127.0.0.1", port))


def replace_connect(*outcomes: int) -> AbstractContextManager[object]:
    """Have `connect` fail with these errors in turn; 0 for success."""
    left = list(outcomes)

    def connect(self: socket.socket, address: object) -> None:
        if number := left.pop(0):
            raise OSError(number, os.strerror(number))

    return patch.object(socket.socket, "connect", connect)


async def test_a_socket_on_this_machine_is_connected_without_a_turn_of_the_loop() -> None:
    turns: list[None] = []
    with listening("127.0.0.1") as listener:
        asyncio.get_running_loop().call_soon(turns.append, None)
        opened = await connect_socket(at(port_of(listener)), None)
        assert opened.getpeername() == listener.getsockname()
        assert (opened.getblocking(), opened.get_inheritable()) == (False, False)
        opened.close()
    assert turns == []


async def test_a_refused_socket_is_closed() -> None:
    with listening("127.0.0.1") as listener:
        port = port_of(listener)
    with pytest.raises(ConnectionRefusedError):
        await connect_socket(at(port), None)
    gc.collect()  # an open one would warn


@pytest.mark.parametrize("copies_name", [False, True])
async def test_what_replaces_the_connect_of_the_loop_is_called(copies_name: bool) -> None:
    loop = asyncio.get_running_loop()
    called: list[object] = []

    async def sock_connect(sock: socket.socket, address: object) -> None:
        called.append(address)

    if copies_name:
        functools.update_wrapper(sock_connect, loop.sock_connect)
    with patch.object(loop, "sock_connect", sock_connect):
        opened = await connect_socket(at(1), None)
    assert called == [("127.0.0.1", 1)]
    opened.close()


async def test_the_loop_waits_for_what_is_not_connected_at_once() -> None:
    with replace_connect(errno.EINPROGRESS, errno.EALREADY, 0):
        opened = await connect_socket(at(1), None)
    opened.close()


@pytest.mark.parametrize("before", [[errno.EINPROGRESS], [errno.EINPROGRESS, errno.EALREADY]])
async def test_a_socket_that_is_connected_already_is_no_failure(before: list[int]) -> None:
    with replace_connect(*before, errno.EISCONN):
        opened = await connect_socket(at(1), None)
    opened.close()


@pytest.mark.parametrize("before", [[], [errno.EINPROGRESS], [errno.EINPROGRESS, errno.EALREADY]])
async def test_a_failure_is_raised_whenever_it_comes(before: list[int]) -> None:
    with (
        replace_connect(*before, errno.ECONNREFUSED),
        pytest.raises(ConnectionRefusedError),
    ):
        await connect_socket(at(1), None)


async def test_a_canceled_connect_closes_its_socket() -> None:
    with replace_connect(errno.EINPROGRESS, errno.EALREADY, errno.EALREADY):
        task = asyncio.create_task(connect_socket(at(1), None))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    gc.collect()


def test_the_module_of_a_method_is_that_of_its_code() -> None:
    assert defined_in(asyncio.BaseEventLoop.create_connection) == "asyncio.base_events"
    with patch.object(asyncio.BaseEventLoop, "create_connection", autospec=True):
        assert defined_in(asyncio.BaseEventLoop.create_connection) != "asyncio.base_events"
    assert defined_in(functools.partial(print)) is None
    assert defined_in(print) in {None, "builtins"}  # None on CPython
