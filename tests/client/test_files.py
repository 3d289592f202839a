"""Files on their way: whole, again, cut short, and closed by whoever opened them."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import os
import pickle
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, MultipartFile
from tests.client.quiet import open_files
from tests.clock import until
from tests.message.forms import parsed
from tests.servers.raw import OK, Peer, RawServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from tests.message.forms import Part
    from tests.servers.certificates import Certificates
    from tests.servers.hypercorn import Hypercorn

DATA = os.urandom(2_500_000)
GO_ELSEWHERE = b"HTTP/1.1 307 Go\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "data.bin"
    file.write_bytes(DATA)
    return file


@pytest.fixture(autouse=True)
def nothing_stays_open() -> Iterator[None]:
    before = open_files()
    yield
    assert open_files() <= before


def head_of(request: bytes) -> dict[str, str]:
    lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}


def form_in(request: bytes) -> list[Part]:
    fields, body = head_of(request), request.partition(b"\r\n\r\n")[2]
    assert len(body) == int(fields["content-length"])
    return parsed(body, fields["content-type"])


async def pieces() -> AsyncIterator[bytes]:
    for start in range(0, len(DATA), 100_000):
        yield DATA[start : start + 100_000]


async def test_a_form_arrives_whole_and_with_its_length(path: Path) -> None:
    requests: list[bytes] = []

    async def script(peer: Peer) -> None:
        requests.append(await peer.read_request())
        await peer.send(OK)

    async with RawServer(script) as server, Client() as client:
        with path.open("rb") as file:
            await client.post(
                server.url(),
                data={"a": [1, 2]},
                files=[
                    ("path", path),
                    ("file", file),
                    ("bytes", ("x", DATA)),
                    ("pieces", MultipartFile(pieces(), length=len(DATA))),
                ],
            )
            assert not file.closed
    (request,) = requests
    names = ["a", "a", "path", "file", "bytes", "pieces"]
    parts = form_in(request)
    assert [part.name for part in parts] == names
    assert [part.content for part in parts] == [b"1", b"2", *[DATA] * 4]
    assert [part.filename for part in parts[2:]] == ["data.bin", "data.bin", "x", "upload"]


async def test_where_a_length_is_not_known_a_form_is_sent_in_chunks() -> None:
    requests: list[bytes] = []

    async def script(peer: Peer) -> None:
        requests.append(await peer.read_request())
        await peer.send(OK)

    async with RawServer(script) as server, Client() as client:
        await client.post(server.url(), files={"f": pieces()})
    fields = head_of(requests[0])
    assert (fields["transfer-encoding"], "content-length" in fields) == ("chunked", False)


async def test_a_redirect_that_keeps_the_body_has_the_files_sent_again(path: Path) -> None:
    requests: list[bytes] = []

    async def script(peer: Peer) -> None:
        for reply in (GO_ELSEWHERE, OK):
            requests.append(await peer.read_request())
            await peer.send(reply)

    async with RawServer(script) as server, Client(follow_redirects=True) as client:
        with path.open("rb") as file:
            await client.post(server.url(), files={"path": path, "file": file})
    first, second = requests
    assert form_in(first) == form_in(second)
    assert [part.content for part in form_in(second)] == [DATA, DATA]


async def test_a_form_that_cannot_be_read_again_is_not_sent_again(path: Path) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(GO_ELSEWHERE)
        await peer.stall()

    async with RawServer(script) as server, Client(follow_redirects=True) as client:
        request = client.build_request("POST", server.url(), files={"a": path, "b": pieces()})
        assert not request.is_replayable
        with pytest.raises(hyperhttp.BodyNotReplayable):
            await client.send(request)


async def test_an_early_refusal_ends_the_reading_of_a_file(path: Path) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_until(b"\r\n\r\n")
        await peer.send(b"HTTP/1.1 413 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        await peer.stall()

    async with RawServer(script) as server, Client() as client:
        response = await client.post(server.url(), files=[("f", path)] * 20)
        assert response.status_code == 413


async def test_a_cancelled_upload_closes_the_files_it_has_opened(path: Path) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_until(b"\r\n\r\n")
        peer.pause_reading()
        await peer.stall()

    async with RawServer(script) as server, Client() as client:
        sent: list[int] = []
        asked = asyncio.ensure_future(
            client.post(
                server.url(),
                files=[("f", path)] * 20,
                on_upload=lambda progress: sent.append(progress.transferred_bytes),
            )
        )
        await until(lambda: len(sent) > 3)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked


@pytest.mark.parametrize("size", [len(DATA) - 1, len(DATA) + 1])
async def test_a_file_that_changes_while_it_is_sent_cuts_the_request(path: Path, size: int) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_to_end()

    async with RawServer(script) as server, Client() as client:
        request = client.build_request("POST", server.url(), files={"f": path, "g": b"next"})
        os.truncate(path, size)
        with pytest.raises(hyperhttp.LocalProtocolError, match=r"data\.bin is"):
            await client.send(request)
        await server.peers[0].ended.wait()
        assert b"next" not in server.peers[0].received


async def test_a_boundary_of_the_callers_is_used() -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=mine"}
    for made in (
        hyperhttp.Request("POST", "http://example.com/", headers=kind, files={"f": b"x"}),
        Client().build_request("POST", "http://example.com/", headers=kind, files={"f": b"x"}),
        Client(headers=kind).build_request("POST", "http://example.com/", files={"f": b"x"}),
    ):
        assert made.headers.get_list("content-type") == ["multipart/form-data; boundary=mine"]
        assert made.content is not None
        assert made.content.startswith(b"--mine\r\n")


async def test_another_content_type_is_refused_wherever_it_comes_from() -> None:
    kind = {"Content-Type": "application/json"}
    with pytest.raises(hyperhttp.ConfigError, match="application/json"):
        Client(headers=kind).build_request("POST", "http://example.com/", files={"f": b"x"})
    with pytest.raises(hyperhttp.ConfigError, match="application/json"):
        hyperhttp.Request("POST", "http://example.com/", headers=kind, files={"f": b"x"})


def test_a_command_for_a_shell_reads_long_forms_from_its_input(path: Path) -> None:
    short = hyperhttp.Request("POST", "https://example.com/", files={"f": ("a", "text")})
    boundary = (short.headers["content-type"]).partition("=")[2]
    assert f"Content-Type: multipart/form-data; boundary={boundary}" in short.to_curl()
    assert "--data-raw" in short.to_curl()
    long = hyperhttp.Request("POST", "https://example.com/", files={"f": path})
    assert long.to_curl().endswith("--data-binary @-")
    assert long.content is None


def test_a_pickled_request_leaves_its_files_behind(path: Path) -> None:
    request = hyperhttp.Request("POST", "https://example.com/", files={"f": path})
    assert pickle.loads(pickle.dumps(request)).body is None


@pytest.mark.peer
@pytest.mark.parametrize("by", ["cleartext", "TLS", "HTTP/2", "HTTP/2 by prior knowledge"])
async def test_every_server_gets_the_whole_form(
    hypercorn_server: Hypercorn, certificates: Certificates, path: Path, by: str
) -> None:
    server = hypercorn_server
    url = {
        "cleartext": server.url("/upload"),
        "TLS": server.url("/upload", tls=True),
        "HTTP/2": server.h2_url("/upload"),
        "HTTP/2 by prior knowledge": server.h2c_url("/upload"),
    }[by]
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    told: list[hyperhttp.Progress] = []
    async with Client(
        verify=certificates.ca,
        headers=kind,
        http2="prior-knowledge" if by == "HTTP/2 by prior knowledge" else True,
    ) as client:
        files: hyperhttp.FilesInput = {"f": path, "g": ("g", io.BytesIO(DATA), "a/b")}
        response = await client.post(url, files=files, on_upload=told.append)
        came = json.loads(await response.aread())
    form = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n'
        b"Content-Type: %s\r\n\r\n%s\r\n" % (*part, DATA)
        for part in ((b"f", b"data.bin", b"application/octet-stream"), (b"g", b"g", b"a/b"))
    )
    form += b"--b--\r\n"
    assert came["bytes"] == len(form)
    assert came["sha256"] == hashlib.sha256(form).hexdigest()
    assert told[0] == hyperhttp.Progress(0, len(form))
    assert told[-1] == hyperhttp.Progress(len(form), len(form))
