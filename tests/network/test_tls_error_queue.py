"""An error that OpenSSL reports for the wrong connection does no harm to it.

A look-up in `ssl` that fails leaves an error in OpenSSL's queue on CPython, too.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, cast
from unittest import mock

import pytest

from hyperhttp._network import tls_error_queue
from hyperhttp._network.tls_error_queue import call, clear_errors, is_alert, repeat
from hyperhttp._network.tls_state import End, end_of
from tests.network.handshakes import shake_hands
from tests.network.test_tls_channel import talking
from tests.servers.certificates import Certificates, server_context
from tests.servers.tls_end import TLSEnd, connected

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from hyperhttp._network.tls_channel import TLSChannel


def leave_error() -> None:
    """Leave an error in the queue."""
    with suppress(ValueError):
        ssl.Purpose.fromname("no such name")


@asynccontextmanager
async def quiet(certificates: Certificates) -> AsyncGenerator[tuple[TLSChannel, TLSEnd]]:
    """Both ends, after the tickets of the server: OpenSSL empties the queue when it reads them."""
    async with talking(certificates) as (channel, end):
        await end.say(b"ready")
        assert channel.receive(bytearray(10)) == 5
        yield channel, end


async def test_an_error_that_was_left_is_reported_for_another_connection(
    certificates: Certificates,
) -> None:
    async with quiet(certificates) as (channel, _):
        leave_error()
        with pytest.raises(ssl.SSLError, match="unknown object name"):
            channel.tls.read(1)


async def test_a_record_without_data_is_not_an_end_because_of_an_error_that_was_left(
    certificates: Certificates,
) -> None:
    async with quiet(certificates) as (channel, end):
        tls = channel.tls
        results = Steps(ssl.SSLError("of another connection"), ssl.SSLWantReadError())
        await end.say(b"hello")
        with mock.patch.object(channel, "tls", mock.Mock(read=lambda *_: results())):
            assert channel.receive(bytearray(10)) == 0
        assert channel.end is None
        buffer = bytearray(10)
        tls.read(5, buffer)
        assert buffer[:5] == b"hello"


async def test_an_error_that_was_left_does_not_hide_a_close_notify(
    certificates: Certificates,
) -> None:
    async with quiet(certificates) as (channel, end):
        await end.send(end.close_notify())
        leave_error()
        assert channel.receive(bytearray(100)) == 0
        assert channel.end is not None
        assert end_of(channel.end) is End.CLOSE_NOTIFY


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_an_alert_after_the_handshake_is_not_a_close_notify(
    certificates: Certificates, version: ssl.TLSVersion
) -> None:
    """The server wants a certificate, and finds that there is none when TLS 1.3 is established."""
    context, serving = certificates.client_context(), server_context(certificates.good)
    context.maximum_version = version
    serving.verify_mode = ssl.CERT_REQUIRED
    ours, theirs = await connected()
    end, loop = TLSEnd(theirs, serving), asyncio.get_running_loop()

    async def serve() -> None:
        with pytest.raises(ssl.SSLError):
            await end.shake_hands()
        await end.send(end.records())

    served = asyncio.ensure_future(serve())
    with ours, theirs:
        if version is ssl.TLSVersion.TLSv1_2:
            with pytest.raises(ssl.SSLError) as caught:
                await shake_hands(loop, ours, context, "localhost")
            error: OSError | None = caught.value
            await served
        else:
            channel = await shake_hands(loop, ours, context, "localhost")
            loop.remove_reader(ours.fileno())
            channel.send(channel.take_output())
            await served
            assert channel.receive(bytearray(10)) == 0
            error = channel.end
    assert isinstance(error, ssl.SSLError)
    assert is_alert(error)
    assert end_of(error) is End.FAILED


async def test_closing_waits_for_the_peer_despite_an_error_that_was_left(
    certificates: Certificates,
) -> None:
    async with quiet(certificates) as (channel, _):
        leave_error()
        assert not channel.close_notify()
        leave_error()
        assert not channel.receive_close()


async def test_an_error_of_the_connection_itself_is_raised_with_its_reason(
    certificates: Certificates,
) -> None:
    async with quiet(certificates) as (channel, end):
        await end.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        assert channel.receive(bytearray(100)) == 0
        assert isinstance(channel.end, ssl.SSLError)
        assert channel.end.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", None}
        assert end_of(channel.end) is End.FAILED


async def refused_handshake(certificates: Certificates) -> None:
    """Fail to verify the certificate of a server."""
    ours, theirs = await connected()
    end = TLSEnd(theirs, server_context(certificates.self_signed))
    served = asyncio.ensure_future(end.shake_hands())
    loop, context = asyncio.get_running_loop(), certificates.client_context()
    with theirs:
        with pytest.raises(ssl.SSLCertVerificationError):
            await shake_hands(loop, ours, context, "localhost")
        await asyncio.wait([served])
        assert served.exception() is not None


@pytest.mark.parametrize("step", ["read", "handshake", "close"])
async def test_an_error_is_not_left_to_other_connections(
    step: str, certificates: Certificates
) -> None:
    async with quiet(certificates) as (other, _), quiet(certificates) as (channel, end):
        match step:
            case "read":
                await end.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                assert channel.receive(bytearray(100)) == 0
                assert channel.end is not None
            case "handshake":
                await refused_handshake(certificates)
            case _:
                await end.say(b"data that nothing waits for")
                channel.close_notify()
                assert channel.receive_close()
        with pytest.raises(ssl.SSLWantReadError):
            other.tls.read(1)


async def test_the_queue_is_emptied_where_the_interpreter_does_not(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls_error_queue, "LEAVES_ERRORS", True)
    async with quiet(certificates) as (channel, _):
        leave_error()
        clear_errors(channel.tls)
        with pytest.raises(ssl.SSLWantReadError):
            channel.tls.read(1)


class Steps:
    """A step with a result for each call."""

    def __init__(self, *results: object) -> None:
        self.results = list(results)

    def __call__(self) -> object:
        """Take it."""
        result = self.results.pop(0)
        if isinstance(result, BaseException):
            raise result
        return result


TLS = cast("ssl.SSLObject", None)


@pytest.mark.parametrize(
    "results",
    [(1,), (ssl.SSLError("of another"), 1)],
    ids=["at once", "after an error of another connection"],
)
def test_a_step_has_its_result(
    results: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls_error_queue, "LEAVES_ERRORS", False)
    assert call(Steps(*results), TLS) == 1


def test_a_step_that_fails_twice_raises_its_first_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls_error_queue, "LEAVES_ERRORS", False)
    first = ssl.SSLError("the reason")
    with pytest.raises(ssl.SSLError) as caught:
        call(Steps(first, ssl.SSLEOFError("it's broken")), TLS)
    assert caught.value is first


def test_a_step_that_needs_data_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls_error_queue, "LEAVES_ERRORS", False)
    steps = Steps(ssl.SSLWantReadError(), 1)
    with pytest.raises(ssl.SSLWantReadError):
        call(steps, TLS)
    assert steps.results == [1]
    with pytest.raises(ssl.SSLWantReadError):
        repeat(Steps(ssl.SSLWantReadError()), ssl.SSLError("of another"), TLS)
