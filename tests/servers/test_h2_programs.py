"""The real servers speak HTTP/2, over TLS by ALPN and in cleartext, and do what tests ask of them.

`h2` is the client here, as `h2_oracle` has it.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
from h2.errors import ErrorCodes
from h2.events import DataReceived

from tests.servers import contents
from tests.servers.h2_oracle import dialled
from tests.servers.nghttpd import TRAILER
from tests.servers.transfers import HINTS

if TYPE_CHECKING:
    import ssl
    from contextlib import AbstractAsyncContextManager

    from tests.servers.certificates import Certificates
    from tests.servers.h2_oracle import OracleClient, Reply
    from tests.servers.hypercorn import Hypercorn
    from tests.servers.nghttpd import Nghttpd
    from tests.servers.nginx import Nginx

pytestmark = pytest.mark.peer

SIZE = 3_000_001


@pytest.fixture(params=[True, False], ids=["tls", "cleartext"])
def is_tls(request: pytest.FixtureRequest) -> bool:
    """Whether TLS is spoken."""
    return bool(request.param)


def h2_of(
    server: Nginx | Hypercorn | Nghttpd, certificates: Certificates, *, is_tls: bool
) -> AbstractAsyncContextManager[OracleClient]:
    """A connection to where the server's own URLs point."""
    url = server.h2_url() if is_tls else server.h2c_url()
    context: ssl.SSLContext | None = certificates.client_context() if is_tls else None
    assert url.startswith("https://localhost:" if is_tls else "http://127.0.0.1:")
    return dialled(int(url.rsplit(":", 1)[1].strip("/")), context)


def digest(reply: Reply) -> str:
    return hashlib.sha256(reply.body).hexdigest()


def _has(reply: Reply, count: int) -> bool:
    return len(reply.body) == count


def body(size: int) -> bytes:
    return b"".join(contents.blocks(size))


@pytest.mark.parametrize("size", [0, 1, contents.BLOCK_BYTES, contents.BLOCK_BYTES + 1, SIZE])
def test_blocks_have_their_size_and_digest_and_differ(size: int) -> None:
    whole = body(size)
    assert len(whole) == size
    assert hashlib.sha256(whole).hexdigest() == contents.digest_of(size)
    found = list(contents.blocks(size))
    assert len(set(found)) == len(found)


async def test_nginx_stores_what_is_uploaded_and_serves_files(
    nginx_server: Nginx, certificates: Certificates, is_tls: bool
) -> None:
    async with h2_of(nginx_server, certificates, is_tls=is_tls) as client:
        reply = await client.put(f"/stored/{is_tls}", body(SIZE))
        assert reply.status in {201, 204}
        stored = (nginx_server.stored / str(is_tls)).read_bytes()
        assert hashlib.sha256(stored).hexdigest() == contents.digest_of(SIZE)
        with contents.file_of(nginx_server.files, SIZE) as name:
            assert digest(await client.get(f"/{name}")) == contents.digest_of(SIZE)
        assert (await client.get(f"/{name}")).status == 404
        assert (await client.put("/mirror", b"bytes")).body == b"PUT bytes"


async def test_nginx_responses_an_upload_early_and_lets_it_go(
    nginx_server: Nginx, certificates: Certificates, is_tls: bool
) -> None:
    async with h2_of(nginx_server, certificates, is_tls=is_tls) as client:
        stream_id = await client.open("POST", "/early", end=False)
        reply = await client.reply(stream_id)
        assert (reply.status, bytes(reply.body)) == (200, b"early")
        await client.until(lambda: reply.reset_code is not None)
        assert reply.reset_code == ErrorCodes.NO_ERROR


async def test_nginx_can_be_narrow(nginx_server: Nginx, certificates: Certificates) -> None:
    assert nginx_server.narrow_url("/x") == f"https://localhost:{nginx_server.narrow_port}/x"
    async with dialled(nginx_server.narrow_port, certificates.client_context()) as client:
        assert (await client.get("/json")).body == contents.JSON_TEXT.encode()
        assert client.h2.remote_settings.max_concurrent_streams == 2


async def test_nginx_can_leave(nginx_server: Nginx, certificates: Certificates) -> None:
    assert nginx_server.leaving_url("/x") == f"https://localhost:{nginx_server.leaving_port}/x"
    async with dialled(nginx_server.leaving_port, certificates.client_context()) as client:
        for _ in range(9):
            assert (await client.get("/json")).status == 200
        assert not client.has_goaway
        stream_id = await client.open("GET", "/json")
        await client.until(lambda: client.has_goaway)
        assert client.goaway is not None
        assert (client.goaway.error_code, client.goaway.last_stream_id) == (0, stream_id)
        assert (await client.reply(stream_id)).body == contents.JSON_TEXT.encode()


@pytest.mark.parametrize("is_bare", [False, True], ids=["length", "no length"])
async def test_hypercorn_sends_any_size_with_its_digest_in_trailers_too(
    hypercorn_server: Hypercorn, certificates: Certificates, is_tls: bool, is_bare: bool
) -> None:
    path = f"/download/{SIZE}{'?length=no' if is_bare else ''}"
    async with h2_of(hypercorn_server, certificates, is_tls=is_tls) as client:
        reply = await client.get(path, [("te", "trailers")])
        head = dict(reply.head)
        assert digest(reply) == head["x-sha256"] == contents.digest_of(SIZE)
        assert reply.trailers == [("x-sha256", contents.digest_of(SIZE))]
        assert head.get("content-length") == (None if is_bare else str(SIZE))
        assert (await client.get(path)).trailers == []


async def test_hypercorn_tells_the_digest_of_an_upload(
    hypercorn_server: Hypercorn, certificates: Certificates, is_tls: bool
) -> None:
    async with h2_of(hypercorn_server, certificates, is_tls=is_tls) as client:
        told = json.loads((await client.put("/upload", body(SIZE))).body)
        assert (told["bytes"], told["sha256"]) == (SIZE, contents.digest_of(SIZE))
        assert told["framing"] == "stream"


async def test_hypercorn_hints_early_and_talks_both_ways_at_once(
    hypercorn_server: Hypercorn, certificates: Certificates, is_tls: bool
) -> None:
    async with h2_of(hypercorn_server, certificates, is_tls=is_tls) as client:
        reply = await client.get("/early-hints")
        assert [dict(interim)["link"] for interim in reply.interim] == list(HINTS)
        assert (reply.status, bytes(reply.body)) == (200, b"hinted\n")
        stream_id = await client.open("POST", "/duplex", end=False)
        echoed = client.replies[stream_id]
        for number in range(3):
            await client.send(stream_id, b"piece", end=False)
            await client.until(partial(_has, echoed, 5 * (number + 1)))
        await client.send(stream_id, b"")
        assert (await client.reply(stream_id)).body == b"piece" * 3


async def test_nghttpd_sends_trailers_and_uploads_back(
    nghttpd_server: Nghttpd, certificates: Certificates, is_tls: bool
) -> None:
    async with h2_of(nghttpd_server, certificates, is_tls=is_tls) as client:
        reply = await client.get("/json")
        assert reply.body == contents.JSON_TEXT.encode()
        assert reply.trailers == [TRAILER]
        assert digest(await client.put("/", body(SIZE))) == contents.digest_of(SIZE)
        events = client.came(DataReceived)
        assert sum(event.flow_controlled_length or 0 for event in events) == SIZE + len(reply.body)


async def test_nghttpd_can_pad(
    padding_nghttpd_server: Nghttpd, certificates: Certificates, is_tls: bool
) -> None:
    async with h2_of(padding_nghttpd_server, certificates, is_tls=is_tls) as client:
        with contents.file_of(padding_nghttpd_server.files, SIZE) as name:
            assert digest(await client.get(f"/{name}")) == contents.digest_of(SIZE)
        taken = [event.flow_controlled_length or 0 for event in client.came(DataReceived)]
        assert sum(taken) > SIZE
