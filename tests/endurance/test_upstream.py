"""The upstream: the same bytes that a client expects, ranges, and a fault when it is told to."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.endurance.upstream import Asked, Upstream, pieces_of, read_request, reply_to, written
from tests.endurance.workload import body_of, digest_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TOKEN = "a-1-download"
BODY = body_of(TOKEN, 100)


def asked(kind: str = "download", body: bytes = b"", version: str = "") -> Asked:
    headers = {"range": "bytes=40-", "if-range": version} if version else {}
    return Asked(f"/{kind}/{TOKEN}/100", headers, body)


async def read_from(data: bytes) -> Asked | None:
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    return await read_request(reader)


async def test_bodies_are_read_by_length_and_in_chunks() -> None:
    first = b"POST /post/a/1 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"
    second = (
        b"POST /post/a/1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    )
    for data in (first, second):
        request = await read_from(data)
        assert request is not None
        assert request.body == b"abc"
    assert await read_from(b"") is None
    with pytest.raises(asyncio.IncompleteReadError):
        await read_from(first[:-1])


def test_a_body_is_replied_to_with_its_digest() -> None:
    reply = reply_to(asked("post", b"abc"))
    assert (reply.body, reply.headers["X-Token"]) == (digest_of(b"abc").encode(), TOKEN)


def test_a_range_of_the_same_version_is_partial() -> None:
    reply = reply_to(asked(version=f'"{TOKEN}"'))
    assert (reply.status, reply.body) == ("206 Partial Content", BODY[40:])
    assert reply.headers["Content-Range"] == "bytes 40-99/100"
    whole = reply_to(asked(version='"another"'))
    assert (whole.status, whole.body) == ("200 OK", BODY)


def test_a_slow_message_has_the_same_bytes() -> None:
    for slow in (False, True):
        assert b"".join(piece for piece, _ in pieces_of(BODY, slow=slow)) == BODY
    assert len(list(pieces_of(BODY, slow=True))) > 5


@pytest.fixture
async def upstream(tmp_path: Path) -> AsyncIterator[tuple[Upstream, int]]:
    served = Upstream(str(tmp_path / "processed"), Random(1))
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    yield served, server.sockets[0].getsockname()[1]
    server.close()


async def exchange(port: int, path: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: example.com\r\n\r\n".encode())
    writer.write_eof()
    try:
        return await reader.read()
    finally:
        writer.close()


async def test_it_notes_what_it_processes(upstream: tuple[Upstream, int], tmp_path: Path) -> None:
    path = f"/download/{TOKEN}/100"
    assert await exchange(upstream[1], path) == written(reply_to(asked()))
    assert (tmp_path / "processed").read_text() == f"{TOKEN}\n"


async def test_it_refuses_without_processing(
    upstream: tuple[Upstream, int], tmp_path: Path
) -> None:
    upstream[0].set_mode("busy", 60.0)
    replies = [await exchange(upstream[1], f"/get/{TOKEN}/1") for _ in range(20)]
    refused = sum(reply.startswith(b"HTTP/1.1 503") for reply in replies)
    assert 0 < refused < 20
    assert len((tmp_path / "processed").read_text().splitlines()) == 20 - refused


async def test_it_cuts_some_responses(upstream: tuple[Upstream, int]) -> None:
    upstream[0].set_mode("cut", 60.0)
    whole = written(reply_to(Asked(f"/get/{TOKEN}/1000", {}, b"")))
    replies = [await exchange(upstream[1], f"/get/{TOKEN}/1000") for _ in range(20)]
    assert all(whole.startswith(reply) for reply in replies)
    assert 0 < sum(len(reply) < len(whole) for reply in replies) < 20


async def test_events_resume_and_end(upstream: tuple[Upstream, int]) -> None:
    stream = await exchange(upstream[1], f"/events/{TOKEN}/3")
    assert [stream.count(b"id: %d\n" % number) for number in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert stream.endswith(b"0\r\n\r\n")
