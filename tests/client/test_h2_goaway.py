"""Servers that end each HTTP/2 connection after a few requests: all are processed, and once."""

from __future__ import annotations

import asyncio
import pickle
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, TypeAlias

import pytest
from h2.errors import ErrorCodes

import hyperhttp
from hyperhttp import Client
from hyperhttp._base._generated.bounds import REFUSALS_MAX
from tests.client.quiet import unused
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.hypercorn import Hypercorn
from tests.servers.nginx import Nginx
from tests.servers.raw import UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from hyperhttp import Response
    from tests.servers.raw_h2 import H2Script

HTTP2: TypeAlias = Literal[True, "prior-knowledge"]
POST = ("POST", b"one request")
GET = ("GET", b"")


class Leaving:
    """A server that processes `streams` requests on each connection, and ends it with GOAWAY."""

    def __init__(self, streams: int, *, last_id: int | None = None) -> None:
        self.streams = streams
        self.last_id = last_id
        self.processed: Counter[str] = Counter()
        self.received = 0

    async def __call__(self, peer: H2Peer) -> None:
        with suppress(UnexpectedEnd):
            await self._serve(peer)

    async def _serve(self, peer: H2Peer) -> None:
        await peer.handshake()
        last_id = 0
        for _ in range(self.streams):
            last_id, fields = await peer.request()
            path = dict(fields)[":path"]
            self.processed[path] += 1
            body = await peer.body(last_id)
            await peer.respond(last_id, path.encode() + body)
        await peer.goaway(last_id if self.last_id is None else self.last_id)
        await peer.raw_peer.read_to_end()


async def send_all(client: Client, count: int, method: str, body: bytes) -> list[Response]:
    content = body or hyperhttp.UNSET
    sent = (client.request(method, f"/{n}", content=content) for n in range(count))
    return await asyncio.gather(*sent)


@pytest.mark.parametrize("secure", [False, True], ids=["cleartext", "TLS"])
@pytest.mark.parametrize(("method", "body"), [GET, POST], ids=["GET", "POST"])
@pytest.mark.parametrize(("streams", "count"), [(1, 20), (2, 20), (10, 60)])
async def test_every_request_is_processed_once_whatever_a_connection_carries(
    streams: int, count: int, method: str, body: bytes, secure: bool, certificates: Certificates
) -> None:
    script = Leaving(streams)
    tls = server_context(certificates.good, alpn=("h2",)) if secure else None
    http2: HTTP2 = True if secure else "prior-knowledge"
    async with (
        RawH2Server(script, tls=tls) as server,
        Client(base_url=server.url(), http2=http2, verify=certificates.ca) as client,
    ):
        responses = await send_all(client, count, method, body)
        texts = [await one.aread() for one in responses]
        await until(lambda: unused(client))
    assert texts == [f"/{n}".encode() + body for n in range(count)]
    assert script.processed == Counter(f"/{n}" for n in range(count))


async def ask_nginx(nginx: Nginx, trust: Path, count: int, method: str, body: bytes) -> None:
    """Send requests to an nginx that ends each connection after two of them."""
    async with Client(base_url=nginx.brief_url(), verify=trust) as client:
        content = body or hyperhttp.UNSET
        sent = (client.request(method, f"/mirror?{n}", content=content) for n in range(count))
        responses = await asyncio.gather(*sent)
        texts = [await one.aread() for one in responses]
        assert {one.http_version for one in responses} == {"HTTP/2"}
    assert texts == [f"{method} ".encode() + body] * count


@pytest.mark.peer
@pytest.mark.parametrize(("method", "body"), [GET, POST], ids=["GET", "POST"])
async def test_nginx_may_end_each_connection_after_two_requests(
    nginx_server: Nginx, certificates: Certificates, method: str, body: bytes
) -> None:
    await ask_nginx(nginx_server, certificates.ca, 20, method, body)


@pytest.mark.slow
@pytest.mark.peer
@pytest.mark.parametrize(("method", "body"), [GET, POST], ids=["GET", "POST"])
async def test_nginx_may_do_so_to_six_hundred_requests(
    nginx_server: Nginx, certificates: Certificates, method: str, body: bytes
) -> None:
    await ask_nginx(nginx_server, certificates.ca, 600, method, body)


# --- servers that process nothing ---


def refusing(times: int) -> tuple[H2Script, list[str]]:
    """A server that ends its first connections without processing a request."""
    received: list[str] = []

    async def script(peer: H2Peer) -> None:
        with suppress(UnexpectedEnd):
            await peer.handshake()
            stream_id, fields = await peer.request()
            received.append(dict(fields)[":method"])
            if len(received) > times:
                await peer.respond(stream_id, b"ok")
            await peer.goaway(stream_id if len(received) > times else 0)
            await peer.raw_peer.read_to_end()

    return script, received


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("more", [0, 1], ids=["as many as allowed", "one more"])
async def test_a_server_that_processes_nothing_is_given_up(method: str, more: int) -> None:
    script, received = refusing(REFUSALS_MAX + more)
    async with (
        RawH2Server(script) as server,
        Client(base_url=server.url(), http2="prior-knowledge") as client,
    ):
        if not more:
            assert await (await client.request(method, "/")).aread() == b"ok"
        else:
            with pytest.raises(hyperhttp.ReadError) as caught:
                await client.request(method, "/")
            assert (caught.value.is_unprocessed, caught.value.retryable) == (True, "always")
            assert "did not process the request" in str(caught.value)
            assert hyperhttp.ReadError.retryable == "if_idempotent"
            assert "Safe to retry: yes\n" in caught.value.explain() + "\n"
    assert received == [method] * (REFUSALS_MAX + 1)


@pytest.mark.parametrize("code", [ErrorCodes.REFUSED_STREAM, ErrorCodes.INTERNAL_ERROR])
async def test_a_reset_stream_reports_whether_it_was_processed(code: ErrorCodes) -> None:
    async def resets(peer: H2Peer) -> None:
        with suppress(UnexpectedEnd):
            await peer.handshake()
            while True:
                stream_id, _ = await peer.request()
                await peer.rst(stream_id, code)

    async with (
        RawH2Server(resets) as server,
        Client(base_url=server.url(), http2="prior-knowledge") as client,
    ):
        with pytest.raises(hyperhttp.StreamReset) as caught:
            await client.post("/", content=b"body")
    refused = code == ErrorCodes.REFUSED_STREAM
    assert caught.value.is_unprocessed is refused
    assert caught.value.retryable == ("always" if refused else "if_idempotent")
    copied = pickle.loads(pickle.dumps(caught.value))
    assert copied.retryable == caught.value.retryable


async def test_refusals_do_not_count_while_other_requests_are_processed() -> None:
    count = 3 * REFUSALS_MAX
    received: Counter[str] = Counter()

    async def one_at_a_time(peer: H2Peer) -> None:
        with suppress(UnexpectedEnd):
            await peer.handshake()
            for left in range(count, 0, -1):
                asked = [await peer.request() for _ in range(left)]
                received.update(dict(fields)[":path"] for _, fields in asked)
                (first, fields), *others = asked
                await peer.respond(first, dict(fields)[":path"].encode())
                for stream_id, _ in others:
                    await peer.rst(stream_id, ErrorCodes.REFUSED_STREAM)
            await peer.raw_peer.read_to_end()

    async with (
        RawH2Server(one_at_a_time) as server,
        Client(base_url=server.url(), http2="prior-knowledge") as client,
    ):
        responses = await send_all(client, count, "POST", b"")
        texts = [await one.aread() for one in responses]
    assert texts == [f"/{n}".encode() for n in range(count)]
    assert max(received.values()) > REFUSALS_MAX + 1


def once() -> Iterator[bytes]:
    yield b"can be read "
    yield b"only once"


@pytest.mark.parametrize("retry", [False, True], ids=["no policy", "retry=True"])
async def test_a_body_that_can_be_read_only_once_is_not_retried_and_the_error_says_so(
    retry: bool,
) -> None:
    async def leaves(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        await peer.body(stream_id)
        await peer.goaway(0)
        await peer.raw_peer.read_to_end()

    async with (
        RawH2Server(leaves) as server,
        Client(base_url=server.url(), http2="prior-knowledge") as client,
    ):
        with pytest.raises(hyperhttp.ReadError, match="its body can be read only once") as caught:
            await client.post("/", content=once(), retry=retry)
        assert len(server.peers) == 1
    assert caught.value.retryable == "always"


async def test_an_upload_runs_on_when_its_connection_is_too_old_for_others(
    hypercorn_server: Hypercorn,
) -> None:
    """Hypercorn closes a connection at GOAWAY, whatever runs on it."""
    begun, others_done = asyncio.Event(), asyncio.Event()

    async def body() -> AsyncIterator[bytes]:
        yield b"one "
        begun.set()
        await others_done.wait()
        yield b"two"

    async with Client(
        base_url=hypercorn_server.h2c_url("/"), http2="prior-knowledge", max_connection_age=1e-9
    ) as client:
        upload = asyncio.ensure_future(client.post("/mirror", content=body()))
        await begun.wait()
        assert await (await client.get("/mirror")).aread() == b"GET "
        others_done.set()
        assert await (await upload).aread() == b"POST one two"
