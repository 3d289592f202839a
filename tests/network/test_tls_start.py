"""Where TLS runs: on the socket wherever that's possible, and in the event loop elsewhere."""

from __future__ import annotations

import asyncio
import functools
import ssl
from types import SimpleNamespace
from typing import cast

import pytest

from hyperhttp._network import tls_start
from hyperhttp._network.server_tls import ServerTLS
from hyperhttp._network.tls_start import connect_protocol, runs_on_socket
from hyperhttp._network.tls_transport import TLSTransport
from tests.client.quiet import open_files
from tests.servers.certificates import Certificates, server_context
from tests.servers.tls_end import TLSEnd, connected


class Kept(asyncio.Protocol):
    """Keeps its transport."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport


class WithoutReaders(asyncio.BaseEventLoop):
    """As the loop of Windows: it doesn't watch sockets."""


class OwnObject(ssl.SSLObject):
    """An object that a context creates in place of its own."""


def test_a_loop_that_watches_sockets_runs_it_on_the_socket() -> None:
    with asyncio.Runner() as runner:
        assert runs_on_socket(runner.get_loop())


def test_uvloop_runs_it_on_the_socket() -> None:
    loop: asyncio.AbstractEventLoop = pytest.importorskip("uvloop").new_event_loop()
    assert runs_on_socket(loop)
    loop.close()


def test_a_loop_without_readers_does_not() -> None:
    loop = WithoutReaders()
    assert not runs_on_socket(loop)
    loop.close()


def test_sockets_that_accept_one_piece_at_a_time_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls_start, "socket", SimpleNamespace(socket=object))
    with asyncio.Runner() as runner:
        assert not runs_on_socket(runner.get_loop())


async def test_a_context_creates_its_own_objects(certificates: Certificates) -> None:
    ours, theirs = await connected()
    end = TLSEnd(theirs, server_context(certificates.good))
    context = certificates.client_context()
    context.sslobject_class = OwnObject
    protocol, _ = await asyncio.gather(
        connect_protocol(ours, Kept, ServerTLS(context), "localhost"), end.shake_hands()
    )
    assert isinstance(protocol.transport, TLSTransport)
    assert isinstance(protocol.transport.get_extra_info("ssl_object"), OwnObject)
    protocol.transport.abort()
    theirs.close()
    await asyncio.sleep(0)


@pytest.mark.parametrize("carries_tls", [False, True])
async def test_a_transport_that_carries_tls_is_that_of_the_loop(
    carries_tls: bool, certificates: Certificates
) -> None:
    ours, theirs = await connected()
    end = TLSEnd(theirs, server_context(certificates.good))
    tls = ServerTLS(certificates.client_context())
    protocol, _ = await asyncio.gather(
        connect_protocol(ours, Kept, tls, "localhost", carries_tls=carries_tls),
        end.shake_hands(),
    )
    assert isinstance(protocol.transport, TLSTransport) is not carries_tls
    # Transports of uvloop are no subclasses.
    cast("asyncio.Transport", protocol.transport).abort()
    theirs.close()
    await asyncio.sleep(0)


async def test_without_a_context_there_is_no_tls() -> None:
    ours, theirs = await connected()
    protocol = await connect_protocol(ours, Kept)
    assert protocol.transport.get_extra_info("ssl_object") is None
    protocol.transport.close()
    theirs.close()
    await asyncio.sleep(0)


async def test_a_wrapper_of_the_connect_of_the_loop_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop = asyncio.get_running_loop()
    ours, theirs = await connected()

    @functools.wraps(loop.create_connection)
    async def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(loop, "create_connection", refuse)
    with pytest.raises(ConnectionRefusedError):
        await connect_protocol(ours, Kept)
    ours.close()
    theirs.close()


async def test_a_protocol_that_fails_at_once_leaves_no_socket(certificates: Certificates) -> None:
    class Failing(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            raise RuntimeError("not today")

    ours, theirs = await connected()
    end = TLSEnd(theirs, server_context(certificates.good))
    files = open_files()
    served = asyncio.ensure_future(end.shake_hands())
    with pytest.raises(RuntimeError, match="not today"):
        await connect_protocol(ours, Failing, ServerTLS(certificates.client_context()), "localhost")
    with pytest.raises(ssl.SSLError):  # the last message of the handshake was never sent
        await served
    assert open_files() == files - 1
    theirs.close()
