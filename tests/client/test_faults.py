"""Whatever goes wrong reaches the caller as a typed error of ours: the fault matrix.

Each fault is played by a real peer; for each the exact class is expected, a text that is not empty
and holds no secret, the request it belongs to, and a copy by pickle that is the same.
"""

from __future__ import annotations

import asyncio
import pickle
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from unittest.mock import patch

import pytest

import hyperhttp
from hyperhttp import Client, HyperHTTPError, Response
from tests.clock import TurnedLoop, run_turned, until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer, replies
from tests.servers.sockets import listening, port_of

SECRET = "s3cr3t-5f1d"
HEAD = b"HTTP/1.1 200 OK\r\n"


@dataclass(frozen=True)
class Fault:
    """What a server does to a request, and what the caller is told."""

    error: type[HyperHTTPError]
    script: Callable[[Peer], Awaitable[None]]
    says: str
    turn_s: float = 0.0
    """How far the clock is turned once the script stalls."""
    facts: dict[str, object] = field(default_factory=dict[str, object])


def _replies(
    reply: bytes, then: Callable[[Peer], None] | None = None
) -> Callable[[Peer], Awaitable[None]]:
    async def script(peer: Peer) -> None:
        await peer.read_until(b"\r\n\r\n")
        await peer.send(reply)
        if then is not None:
            then(peer)
        await peer.stall()

    return script


async def _never_reads(peer: Peer) -> None:
    peer.pause_reading()
    await peer.stall()


async def _resets_at_once(peer: Peer) -> None:
    peer.reset()


FAULTS: dict[str, Fault] = {
    "reset before the response": Fault(
        hyperhttp.ReadError, _replies(b"", Peer.reset), "reset", facts={"received_bytes": 0}
    ),
    "reset within the head": Fault(
        hyperhttp.ReadError, _replies(HEAD, Peer.reset), "reset", facts={"received_bytes": 17}
    ),
    "reset within the body": Fault(
        hyperhttp.ReadError, _replies(HEAD + b"Content-Length: 9\r\n\r\nabc", Peer.reset), "reset"
    ),
    "closed before the response": Fault(
        hyperhttp.RemoteProtocolError, _replies(b"", Peer.close), "before a response began"
    ),
    "closed within the head": Fault(
        hyperhttp.RemoteProtocolError,
        _replies(HEAD + b"A: b", Peer.close),
        "within the response headers",
    ),
    "closed within the body": Fault(
        hyperhttp.RemoteProtocolError,
        _replies(HEAD + b"Content-Length: 9\r\n\r\nabc", Peer.close),
        "6 bytes of the body missing",
    ),
    "closed within a chunk": Fault(
        hyperhttp.RemoteProtocolError,
        _replies(HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\nabc", Peer.close),
        "before the last chunk",
    ),
    "closed before the last chunk": Fault(
        hyperhttp.RemoteProtocolError,
        _replies(HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", Peer.close),
        "before the last chunk",
    ),
    "garbage": Fault(hyperhttp.RemoteProtocolError, _replies(b"\x00\x01garbage"), "not HTTP/1"),
    "another protocol": Fault(
        hyperhttp.RemoteProtocolError, _replies(b"220 ready\r\n"), "not HTTP/1"
    ),
    "bad length": Fault(
        hyperhttp.RemoteProtocolError, _replies(HEAD + b"Content-Length: 1_0\r\n\r\n"), "Length"
    ),
    "bad chunk": Fault(
        hyperhttp.RemoteProtocolError,
        _replies(HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n"),
        "chunk",
    ),
    "head without end": Fault(
        hyperhttp.RemoteProtocolError, _replies(HEAD + b"A: b\r\n" * 20_000), "more than"
    ),
    "silence before the response": Fault(
        hyperhttp.ReadTimeout,
        _replies(b""),
        "30 s",
        turn_s=31,
        facts={"timeout_s": 30.0, "received_bytes": 0},
    ),
    "silence within the head": Fault(
        hyperhttp.ReadTimeout, _replies(HEAD), "30 s", turn_s=31, facts={"received_bytes": 17}
    ),
    "silence within the body": Fault(
        hyperhttp.ReadTimeout,
        _replies(HEAD + b"Content-Length: 9\r\n\r\nabc"),
        "30 s",
        turn_s=31,
        facts={"timeout_s": 30.0},
    ),
    "corrupt gzip": Fault(
        hyperhttp.DecompressionError,
        _replies(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"),
        "gzip",
    ),
    "truncated gzip": Fault(
        hyperhttp.DecompressionError,
        _replies(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08"),
        "gzip",
    ),
    "redirect to nowhere": Fault(
        hyperhttp.BadRedirect,
        _replies(
            b"HTTP/1.1 302 Found\r\nLocation: ftp://example.com/\r\nContent-Length: 0\r\n\r\n"
        ),
        "ftp",
    ),
    "redirects in a circle": Fault(
        hyperhttp.TooManyRedirects,
        _replies(
            b"HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        ),
        "20",
        facts={"max_redirects": 20},
    ),
}


def check(error: HyperHTTPError, kind: type[HyperHTTPError], *, sent: bool = True) -> None:
    """What holds for every error that reaches the caller."""
    assert type(error) is kind
    assert type(error).__module__ == "hyperhttp.exceptions"
    assert str(error).strip()
    assert error.hint
    shown = f"{error!s} {error!r} {error.url!s} {error.url!r} {error.request!r} {error.origin}"
    if error.request is not None:
        shown += f"{error.request.headers!r} {error.request.to_curl()}"
    assert SECRET not in shown
    if sent:
        assert error.request is not None
        assert error.url == error.request.url
        assert error.origin == error.request.url.origin
        if not isinstance(error, hyperhttp.DecodeError):
            assert error.elapsed is not None
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert str(copy) == str(error)
    assert copy.elapsed == error.elapsed


async def whole(client: Client, url: str) -> Response:
    """A request full of secrets, read to its end."""
    response = await client.get(
        url.replace("://", f"://user:{SECRET}@"),
        headers={"X-Trace": "1"},
        cookies={"session": SECRET},
    )
    await response.aread()
    return response


def client_of(
    certificates: Certificates,
    *,
    timeout: float | hyperhttp.Timeout = 30.0,
    max_connections: int = 100,
) -> Client:
    """A client that trusts the session's CA and follows redirects."""
    return Client(
        timeout=timeout,
        max_connections=max_connections,
        verify=certificates.ca,
        follow_redirects=True,
        headers={"Authorization": f"Bearer {SECRET}"},
    )


@pytest.mark.parametrize("tls", [False, True], ids=["cleartext", "tls"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_server_is_one_typed_error(
    name: str, tls: bool, certificates: Certificates
) -> None:
    fault = FAULTS[name]

    async def main(loop: TurnedLoop) -> None:
        context = server_context(certificates.good) if tls else None
        async with (
            RawServer(fault.script, tls=context) as server,
            client_of(certificates) as client,
        ):
            asked = asyncio.ensure_future(whole(client, server.url(host="localhost")))
            if fault.turn_s:
                await until(lambda: bool(server.peers) and b"\r\n\r\n" in server.peers[0].received)
                await until(lambda: not server.peers[0].transport.get_write_buffer_size())
                for _ in range(200):
                    await asyncio.sleep(0)
                loop.turn(fault.turn_s)
            with pytest.raises(fault.error) as caught:
                await asked
            check(caught.value, fault.error)
            assert fault.says in str(caught.value)
            for fact, value in fault.facts.items():
                assert getattr(caught.value, fact) == value

    run_turned(main)


@pytest.mark.parametrize(
    ("pem", "says"),
    [
        ("wrong_host", "mismatch"),
        ("expired", "expired"),
        ("self_signed", "self-signed"),
        ("unknown_ca", "unable to get local issuer"),
        ("name_in_cn_only", "mismatch"),
    ],
)
async def test_a_certificate_that_does_not_hold_is_a_tls_error_that_says_why(
    pem: str, says: str, certificates: Certificates
) -> None:
    context = server_context(getattr(certificates, pem))

    async def script(peer: Peer) -> None:
        await peer.stall()

    async with RawServer(script, tls=context) as server, client_of(certificates) as client:
        with pytest.raises(hyperhttp.TLSError) as caught:
            await whole(client, server.url(host="localhost"))
    check(caught.value, hyperhttp.TLSError)
    assert says in str(caught.value).lower().replace("self signed", "self-signed")


async def test_a_cleartext_server_on_an_https_url_is_a_tls_error(
    certificates: Certificates,
) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        peer.close()

    async with RawServer(script) as server, client_of(certificates) as client:
        with pytest.raises(hyperhttp.TLSError) as caught:
            await whole(client, server.url(host="localhost").replace("http:", "https:"))
    check(caught.value, hyperhttp.TLSError)


@pytest.mark.parametrize("end", [Peer.reset, Peer.close], ids=["reset", "close"])
async def test_a_server_that_ends_the_handshake_is_a_connect_error(
    end: Callable[[Peer], None], certificates: Certificates
) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_exactly(1)
        end(peer)

    async with RawServer(script) as server, client_of(certificates) as client:
        with pytest.raises(hyperhttp.ConnectError) as caught:
            await whole(client, server.url(host="localhost").replace("http:", "https:"))
    check(caught.value, type(caught.value))


async def test_a_refused_connection_is_a_connect_error(certificates: Certificates) -> None:
    with listening("127.0.0.1") as listener:
        port = port_of(listener)
    async with client_of(certificates) as client:
        with pytest.raises(hyperhttp.ConnectError) as caught:
            await whole(client, f"http://127.0.0.1:{port}/")
    check(caught.value, hyperhttp.ConnectError)
    assert "refused" in str(caught.value)
    assert (caught.value.host, caught.value.port) == ("127.0.0.1", port)


async def test_a_name_that_is_not_known_is_a_dns_error(certificates: Certificates) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with patch("socket.getaddrinfo", look_up):
        async with client_of(certificates) as client:
            with pytest.raises(hyperhttp.DNSError) as caught:
                await whole(client, "http://missing.example.com/")
    check(caught.value, hyperhttp.DNSError)
    assert "missing.example.com" in str(caught.value)


def test_a_handshake_that_never_ends_is_a_connect_timeout(certificates: Certificates) -> None:
    async def script(peer: Peer) -> None:
        await peer.stall()

    async def main(loop: TurnedLoop) -> None:
        async with RawServer(script) as server, client_of(certificates, timeout=3.0) as client:
            url = server.url(host="localhost").replace("http:", "https:")
            asked = asyncio.ensure_future(whole(client, url))
            await until(lambda: bool(server.peers) and bool(server.peers[0].received))
            loop.turn(4)
            with pytest.raises(hyperhttp.ConnectTimeout) as caught:
                await asked
            check(caught.value, hyperhttp.ConnectTimeout)
            assert isinstance(caught.value, hyperhttp.TransportError)
            assert isinstance(caught.value, TimeoutError)
            assert caught.value.timeout_s == 3.0

    run_turned(main)


def test_a_full_pool_is_a_pool_timeout(certificates: Certificates) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.stall()

    async def main(loop: TurnedLoop) -> None:
        async with (
            RawServer(script) as server,
            client_of(
                certificates,
                max_connections=1,
                timeout=hyperhttp.Timeout(None, pool=2.0),
            ) as client,
        ):
            holder = asyncio.ensure_future(whole(client, server.url()))
            await until(lambda: bool(server.peers) and bool(server.peers[0].received))
            asked = asyncio.ensure_future(whole(client, server.url()))
            for _ in range(20):
                await asyncio.sleep(0)
            loop.turn(3)
            with pytest.raises(hyperhttp.PoolTimeout) as caught:
                await asked
            check(caught.value, hyperhttp.PoolTimeout)
            assert (caught.value.timeout_s, caught.value.max_connections) == (2.0, 1)
            assert not holder.done()
            await client.aclose()
            with pytest.raises(hyperhttp.ClientClosed) as closed:
                await holder
            check(closed.value, hyperhttp.ClientClosed)

    run_turned(main)


def test_a_server_that_stops_reading_is_a_write_timeout(certificates: Certificates) -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawServer(_never_reads) as server, client_of(certificates) as client:
            asked = asyncio.ensure_future(client.post(server.url(), content=b"x" * 50_000_000))
            await until(lambda: bool(server.peers))
            for _ in range(500):
                await asyncio.sleep(0)
            # Progress is looked at once more when the first limit is over.
            loop.turn(31)
            for _ in range(50):
                await asyncio.sleep(0)
            loop.turn(31)
            with pytest.raises(hyperhttp.WriteTimeout) as caught:
                await asked
            check(caught.value, hyperhttp.WriteTimeout)
            assert caught.value.timeout_s == 30.0
            assert 0 < caught.value.sent_bytes < 50_000_000

    run_turned(main)


async def test_a_reset_during_an_upload_is_a_write_error(certificates: Certificates) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_exactly(100_000)
        peer.reset()

    async with RawServer(script) as server, client_of(certificates) as client:
        with pytest.raises(hyperhttp.WriteError) as caught:
            await client.post(server.url(), content=b"x" * 50_000_000)
    check(caught.value, hyperhttp.WriteError)


def test_a_dripping_server_is_ended_by_the_total_limit(certificates: Certificates) -> None:
    async def main(loop: TurnedLoop) -> None:
        async def script(peer: Peer) -> None:
            await peer.read_request()
            await peer.send(HEAD + b"Content-Length: 1000\r\n\r\n")
            for _ in range(1000):
                loop.turn(1)
                await peer.drip(b"x")

        timeout = hyperhttp.Timeout(5.0, total=60.0)
        async with RawServer(script) as server, client_of(certificates, timeout=timeout) as client:
            with pytest.raises(hyperhttp.TotalTimeout) as caught:
                await whole(client, server.url())
            check(caught.value, hyperhttp.TotalTimeout)
            assert caught.value.timeout_s == 60.0

    run_turned(main)


async def test_a_body_that_cannot_be_sent_twice_is_never_sent_empty(
    certificates: Certificates,
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"once"

    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"HTTP/1.1 307 Again\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")

    async with RawServer(script) as server, client_of(certificates) as client:
        with pytest.raises(hyperhttp.BodyNotReplayable) as caught:
            await client.post(server.url(), content=pieces())
        assert len(server.peers) == 1
    check(caught.value, hyperhttp.BodyNotReplayable)


async def test_an_error_of_the_callers_own_generator_comes_out_as_it_is_and_cuts_the_request(
    certificates: Certificates,
) -> None:
    class Mine(Exception):
        """The caller's own."""

    error = Mine("broken")
    closed: list[bool] = []

    async def pieces() -> AsyncIterator[bytes]:
        try:
            yield b"first"
            raise error
        finally:
            closed.append(True)

    received: list[bytes] = []

    async def script(peer: Peer) -> None:
        received.append(await peer.read_to_end())

    async with RawServer(script) as server, client_of(certificates) as client:
        with pytest.raises(Mine) as caught:
            await client.post(server.url(), content=pieces())
        assert caught.value is error
        await until(lambda: bool(received))
    assert b"first" not in received[0] or not received[0].endswith(b"0\r\n\r\n")
    assert closed == [True]


async def test_bad_json_is_a_decode_error_and_a_value_error(certificates: Certificates) -> None:
    async with (
        RawServer(_replies(HEAD + b"Content-Length: 5\r\n\r\n{nope")) as server,
        client_of(certificates) as client,
    ):
        response = await whole(client, server.url())
        with pytest.raises(hyperhttp.DecodeError) as caught:
            response.json()
    assert isinstance(caught.value, ValueError)
    assert caught.value.request is response.request
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


async def test_reading_before_and_after_the_body_says_what_to_do(
    certificates: Certificates,
) -> None:
    async with (
        RawServer(replies(*[(b"GET /", HEAD + b"Content-Length: 5\r\n\r\nhello")] * 2)) as server,
        client_of(certificates) as client,
    ):
        response = await client.get(server.url())
        for read in (lambda: response.content, lambda: response.text, response.json):
            with pytest.raises(hyperhttp.ResponseNotRead) as unread:
                read()
            assert "aread" in f"{unread.value} {unread.value.hint}"
            check(unread.value, hyperhttp.ResponseNotRead, sent=False)
        assert [chunk async for chunk in response.aiter_bytes()] == [b"hello"]
        with pytest.raises(hyperhttp.StreamConsumed) as consumed:
            await response.aread()
        check(consumed.value, hyperhttp.StreamConsumed, sent=False)
        closed = await client.get(server.url())
        await closed.aclose()
        with pytest.raises(hyperhttp.ResponseClosed) as late:
            await closed.aread()
        check(late.value, hyperhttp.ResponseClosed, sent=False)


async def test_a_status_error_has_its_body_and_can_be_pickled(certificates: Certificates) -> None:
    reply = b"HTTP/1.1 404 Not Found\r\nContent-Length: 14\r\n\r\nno such thing!"
    async with RawServer(_replies(reply)) as server, client_of(certificates) as client:
        response = await client.get(server.url("/missing"))
        with pytest.raises(hyperhttp.ClientStatusError) as caught:
            response.raise_for_status()
        assert caught.value.response.content == b"no such thing!"
    check(caught.value, hyperhttp.ClientStatusError, sent=False)
    assert "404 Not Found" in str(caught.value)
    assert "no such thing!" not in str(caught.value)
    assert caught.value.excerpt == "no such thing!"
    copy = pickle.loads(pickle.dumps(caught.value))
    assert copy.response.text == "no such thing!"
    assert copy.response.status_code == 404


async def test_a_closed_client_says_so() -> None:
    client = Client()
    await client.aclose()
    await client.aclose()
    with pytest.raises(hyperhttp.ClientClosed):
        await client.get("http://127.0.0.1:1/")
    with pytest.raises(hyperhttp.ClientClosed):
        async with client:
            raise AssertionError("unreachable")


def test_a_client_of_another_event_loop_says_so(certificates: Certificates) -> None:
    client = client_of(certificates)

    async def ask() -> None:
        async with RawServer(_replies(HEAD + b"Content-Length: 0\r\n\r\n", Peer.close)) as server:
            await whole(client, server.url())

    asyncio.run(ask())
    with pytest.raises(hyperhttp.WrongEventLoop):
        asyncio.run(ask())


def test_the_context_that_tests_use_is_tls_1_2_or_newer(certificates: Certificates) -> None:
    context = server_context(certificates.good)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
