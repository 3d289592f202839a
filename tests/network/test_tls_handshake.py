"""The handshake on a socket: however it arrives, whichever side ends it, and when it's canceled."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from contextlib import suppress
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from hyperhttp._network.exception_mapping import HandshakeLost, handshake
from hyperhttp._network.tls_channel import TLSChannel
from hyperhttp._network.tls_handshake import reset_error
from tests.client.quiet import open_files
from tests.clock import until
from tests.network.handshakes import shake_hands
from tests.servers.certificates import Certificates, server_context
from tests.servers.tls_end import TLSEnd, connected

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


class DrippingEnd(TLSEnd):
    """Sends a byte at a time, each of which the client reads alone."""

    async def send(self, raw: bytes | bytearray) -> None:
        for byte in raw:
            await super().send(bytes([byte]))
            await asyncio.sleep(0)
            await asyncio.sleep(0)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", [TLSEnd, DrippingEnd])
async def test_it_succeeds_however_it_arrives(
    kind: type[TLSEnd], version: ssl.TLSVersion, certificates: Certificates
) -> None:
    context = certificates.client_context()
    context.maximum_version = version
    ours, theirs = await connected()
    end, loop = kind(theirs, server_context(certificates.good)), asyncio.get_running_loop()

    async def connect() -> TLSChannel:
        channel = await shake_hands(loop, ours, context, "localhost")
        channel.send(channel.take_output())
        return channel

    channel, _ = await asyncio.gather(connect(), end.shake_hands())
    loop.remove_reader(ours.fileno())
    with ours, theirs:
        assert channel.socket is ours
        assert channel.tls.version() == end.tls.version()
        assert channel.tls.server_hostname == "localhost"
        assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def test_the_last_message_is_left_for_the_first_data(certificates: Certificates) -> None:
    ours, theirs = await connected()
    end, loop = TLSEnd(theirs, server_context(certificates.good)), asyncio.get_running_loop()
    served = asyncio.ensure_future(end.shake_hands())
    channel = await shake_hands(loop, ours, certificates.client_context(), "localhost")
    assert channel.outgoing.pending
    assert not served.done()
    channel.send(channel.encrypt(b"hello"))
    await served
    assert await end.receive() == b"hello"
    loop.remove_reader(ours.fileno())
    ours.close()
    theirs.close()


async def test_it_is_begun_without_looking_for_data(certificates: Certificates) -> None:
    ours, theirs = await connected()
    loop, receive = asyncio.get_running_loop(), TLSChannel.receive_handshake
    with mock.patch.object(
        TLSChannel, "receive_handshake", autospec=True, side_effect=receive
    ) as receiving:
        task = asyncio.ensure_future(
            shake_hands(loop, ours, certificates.client_context(), "localhost")
        )
        assert await loop.sock_recv(theirs, 1)
        receiving.assert_not_called()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    theirs.close()


async def test_what_follows_the_handshake_is_kept(certificates: Certificates) -> None:
    ours, theirs = await connected()
    end, loop = TLSEnd(theirs, server_context(certificates.good)), asyncio.get_running_loop()
    context = certificates.client_context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    task = asyncio.ensure_future(shake_hands(loop, ours, context, "localhost"))
    sent: list[bytes] = []

    async def keep(raw: bytes | bytearray) -> None:
        if raw and not sent:
            await loop.sock_sendall(theirs, raw)
        if raw:
            sent.append(bytes(raw))

    with mock.patch.object(end, "send", keep):
        await end.shake_hands()
    await loop.sock_sendall(theirs, b"".join(sent[1:]) + end.records(b"at once") + b"\x17\x03")
    channel = await task
    buffer = bytearray(100)
    assert channel.receive(buffer) == 7
    assert buffer[:7] == b"at once"
    assert not channel.has_more
    loop.remove_reader(ours.fileno())
    ours.close()
    theirs.close()


async def closes(raw: socket.socket) -> None:
    await asyncio.get_running_loop().sock_recv(raw, 1 << 16)
    raw.close()


async def resets(raw: socket.socket) -> None:
    await asyncio.get_running_loop().sock_recv(raw, 1)
    raw.close()  # with unread data


async def talks_http(raw: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    await loop.sock_recv(raw, 1 << 16)
    await loop.sock_sendall(raw, b"HTTP/1.1 400 Bad Request\r\n\r\n")


async def refuses(raw: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    await loop.sock_recv(raw, 1 << 16)
    await loop.sock_sendall(raw, bytes((21, 3, 3, 0, 2, 2, 40)))  # handshake_failure


@pytest.mark.parametrize(
    ("script", "kind", "says"),
    [
        (closes, HandshakeLost, "the server closed the connection"),
        (resets, HandshakeLost, "connection reset by peer"),
        (talks_http, ssl.SSLError, "version number"),
        (refuses, ssl.SSLError, "handshake failure"),
    ],
)
async def test_a_server_that_ends_it_is_an_error_and_the_socket_is_closed(
    script: Callable[[socket.socket], Awaitable[None]],
    kind: type[OSError],
    says: str,
    certificates: Certificates,
) -> None:
    ours, theirs = await connected()
    files = open_files()
    with theirs:
        playing = asyncio.ensure_future(script(theirs))
        with pytest.raises(kind) as caught, handshake():
            await shake_hands(
                asyncio.get_running_loop(), ours, certificates.client_context(), "localhost"
            )
        await playing
    assert says in str(caught.value).lower().replace("_", " ")
    assert open_files() == files - 2


async def test_a_certificate_for_another_name_is_an_error(certificates: Certificates) -> None:
    ours, theirs = await connected()
    end = TLSEnd(theirs, server_context(certificates.wrong_host))
    served = asyncio.ensure_future(end.shake_hands())
    with pytest.raises(ssl.SSLCertVerificationError):
        await shake_hands(
            asyncio.get_running_loop(), ours, certificates.client_context(), "localhost"
        )
    with pytest.raises(ssl.SSLError, match=r"(?i)alert"):  # the client has said why
        await served
        await end.receive()
    theirs.close()


@pytest.mark.parametrize("moment", ["silence", "half"])
async def test_cancelling_it_closes_the_socket(moment: str, certificates: Certificates) -> None:
    loop = asyncio.get_running_loop()
    ours, theirs = await connected()
    files, number = open_files(), ours.fileno()
    task = asyncio.ensure_future(
        shake_hands(loop, ours, certificates.client_context(), "localhost")
    )
    await loop.sock_recv(theirs, 1 << 16)
    if moment == "half":
        await loop.sock_sendall(theirs, bytes((22, 3, 3, 1, 0, 2)))
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert open_files() == files - 1
    assert not loop.remove_reader(number)
    assert not loop.remove_writer(number)
    with theirs, suppress(ConnectionResetError):  # a reset, if unread bytes were left
        assert await loop.sock_recv(theirs, 1 << 16) == b""


async def test_a_peer_that_is_gone_before_is_an_error(certificates: Certificates) -> None:
    ours, theirs = await connected()
    TLSEnd(theirs, server_context(certificates.good)).reset()
    files = open_files()
    with pytest.raises(HandshakeLost), handshake():
        await shake_hands(
            asyncio.get_running_loop(), ours, certificates.client_context(), "localhost"
        )
    assert open_files() == files - 1


async def test_a_full_socket_is_waited_for(certificates: Certificates) -> None:
    loop = asyncio.get_running_loop()
    ours, theirs = await connected()
    stuffed = 0
    while True:
        try:
            stuffed += ours.send(bytes(1 << 16))
        except BlockingIOError:
            break
    task = asyncio.ensure_future(
        shake_hands(loop, ours, certificates.client_context(), "localhost")
    )
    await asyncio.sleep(0)
    while stuffed:
        stuffed -= len(await loop.sock_recv(theirs, min(stuffed, 1 << 20)))
    end = TLSEnd(theirs, server_context(certificates.good))
    served = asyncio.ensure_future(end.shake_hands())
    channel = await task
    channel.send(channel.take_output())
    await served
    await until(lambda: not loop.remove_writer(ours.fileno()))
    loop.remove_reader(ours.fileno())
    channel.socket.close()
    theirs.close()


def test_a_reset_has_its_number() -> None:
    assert reset_error().errno == errno.ECONNRESET
