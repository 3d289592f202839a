"""Where TLS runs: on the socket wherever that's possible, and in the event loop elsewhere."""

from __future__ import annotations

import asyncio
import ssl

import pytest

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


class Verifying(ssl.SSLContext):
    """As that of truststore: it works with the objects that asyncio uses only."""

    def wrap_bio(self, *arguments: object, **options: object) -> ssl.SSLObject:
        raise NotImplementedError


class OwnObject(ssl.SSLObject):
    """An object that a context creates in place of its own."""


def test_a_loop_that_watches_sockets_runs_it_on_the_socket() -> None:
    with asyncio.Runner() as runner:
        assert runs_on_socket(runner.get_loop(), ssl.create_default_context())


def test_uvloop_runs_it_on_the_socket() -> None:
    loop: asyncio.AbstractEventLoop = pytest.importorskip("uvloop").new_event_loop()
    assert runs_on_socket(loop, ssl.create_default_context())
    loop.close()


def test_a_loop_without_readers_does_not() -> None:
    loop = WithoutReaders()
    assert not runs_on_socket(loop, ssl.create_default_context())
    loop.close()


async def test_a_context_with_objects_of_its_own_does_not() -> None:
    loop = asyncio.get_running_loop()
    assert not runs_on_socket(loop, Verifying(ssl.PROTOCOL_TLS_CLIENT))
    replaced = ssl.create_default_context()
    replaced.sslobject_class = OwnObject
    assert not runs_on_socket(loop, replaced)


async def test_the_context_of_truststore_does_not() -> None:
    truststore = pytest.importorskip("truststore")
    own: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    assert not runs_on_socket(asyncio.get_running_loop(), own)


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
    assert isinstance(protocol.transport, asyncio.Transport)
    protocol.transport.abort()
    theirs.close()
    await asyncio.sleep(0)


async def test_without_a_context_there_is_no_tls() -> None:
    ours, theirs = await connected()
    protocol = await connect_protocol(ours, Kept)
    assert protocol.transport.get_extra_info("ssl_object") is None
    protocol.transport.close()
    theirs.close()
    await asyncio.sleep(0)


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
    await served
    await asyncio.sleep(0)
    assert open_files() == files - 1
    theirs.close()
