"""Downloads over sockets: whole or not at all, gone on with where they were cut."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import os
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from hyperhttp import (
    Client,
    ClientStatusError,
    ConfigError,
    DigestMismatch,
    DownloadError,
    Progress,
    ReadError,
    RemoteProtocolError,
)
from hyperhttp._client.partial_file import PartialFile
from tests.servers.raw import Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONTENT = bytes(range(40))
OTHER = CONTENT[::-1] + b"more"
DATES = {"Last-Modified": "Mon, 23 Nov 2026 03:00:00 GMT", "Date": "Mon, 23 Nov 2026 03:30:00 GMT"}


@dataclass
class Shelf:
    """A server with one file; `cuts` are how many bytes of each body it sends at most."""

    content: bytes = CONTENT
    fields: Mapping[str, str] = field(default_factory=lambda: {"ETag": '"one"'})
    cuts: list[int] = field(default_factory=list)
    knows_if_range: bool = True
    knows_range: bool = True
    most: int = 1 << 30
    asked: list[dict[str, str]] = field(default_factory=list)

    async def __call__(self, peer: Peer) -> None:
        try:
            while True:
                head = (await peer.read_request()).decode().split("\r\n")
                lines = [line.partition(": ") for line in head[1:] if line]
                self.asked.append({name.lower(): value for name, _, value in lines})
                body, reply = self.reply(self.asked[-1])
                cut = self.cuts.pop(0) if self.cuts else None
                await peer.send(reply + body[:cut])
                if cut is not None:
                    peer.close()
                    return
        except UnexpectedEnd:
            pass

    def reply(self, asked: Mapping[str, str]) -> tuple[bytes, bytes]:
        size, start = len(self.content), self.start(asked)
        if start is None:
            return self.content, self.head("200 OK", size)
        if start >= size:
            return b"", self.head("416 Range", 0, f"Content-Range: bytes */{size}")
        body = self.content[start : start + self.most]
        span = f"Content-Range: bytes {start}-{start + len(body) - 1}/{size}"
        return body, self.head("206 Partial", len(body), span)

    def start(self, asked: Mapping[str, str]) -> int | None:
        found = re.fullmatch(r"bytes=(\d+)-", asked.get("range", ""))
        if found is None or not self.knows_range:
            return None
        validators = {self.fields.get("ETag"), self.fields.get("Last-Modified")}
        if self.knows_if_range and asked.get("if-range") not in validators:
            return None
        return int(found[1])

    def head(self, status: str, length: int, *more: str) -> bytes:
        own = [f"{name}: {value}" for name, value in self.fields.items()]
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {length}", *own, *more]
        return "\r\n".join([*lines, "", ""]).encode()


def left(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


PARTS = ["f.bin.part", "f.bin.part.json"]


async def test_a_file_lies_in_its_place_once_it_is_whole(tmp_path: Path) -> None:
    async with RawServer(Shelf()) as server, Client() as client:
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
    assert done.path.read_bytes() == CONTENT
    assert (done.size_bytes, done.resumed_bytes, done.response.status_code) == (40, 0, 200)
    assert left(tmp_path) == ["f.bin"]


@pytest.mark.parametrize("cut", range(1, 40))
async def test_a_file_that_is_cut_anywhere_is_gone_on_with(tmp_path: Path, cut: int) -> None:
    shelf = Shelf(cuts=[cut])
    async with RawServer(shelf) as server, Client() as client:
        done = await client.download(server.url("/f"), str(tmp_path / "f.bin"))
    assert done.path.read_bytes() == CONTENT
    assert done.resumed_bytes == 0
    assert shelf.asked[1]["range"] == f"bytes={cut}-"
    assert shelf.asked[1]["if-range"] == '"one"'
    assert all(asked["accept-encoding"] == "identity" for asked in shelf.asked)
    assert left(tmp_path) == ["f.bin"]


@pytest.mark.parametrize("cut", range(1, 40))
async def test_a_later_call_goes_on_where_an_earlier_one_was_cut(tmp_path: Path, cut: int) -> None:
    shelf = Shelf(cuts=[cut, 0])
    async with RawServer(shelf) as server, Client() as client:
        with pytest.raises(RemoteProtocolError):
            await client.download(server.url("/f"), tmp_path / "f.bin")
        assert left(tmp_path) == PARTS
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
    assert (done.resumed_bytes, done.size_bytes) == (cut, 40)
    assert done.path.read_bytes() == CONTENT
    assert left(tmp_path) == ["f.bin"]


async def test_what_is_there_of_another_address_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    shelf = Shelf(cuts=[10, 0])
    async with RawServer(shelf) as server, Client() as client:
        with pytest.raises(RemoteProtocolError):
            await client.download(server.url("/f"), tmp_path / "f.bin")
        done = await client.download(server.url("/g"), tmp_path / "f.bin")
    assert done.resumed_bytes == 0
    assert done.path.read_bytes() == CONTENT


async def cut_off(shelf: Shelf, directory: Path, client: Client, url: str) -> None:
    """Leave a part of ten bytes."""
    shelf.cuts = [10, 0]
    with pytest.raises(RemoteProtocolError):
        await client.download(url, directory / "f.bin")
    assert left(directory) == PARTS
    assert (directory / "f.bin.part").read_bytes() == shelf.content[:10]


@pytest.mark.parametrize("fields", [{"ETag": '"one"'}, DATES, {**DATES, "ETag": '"one"'}])
async def test_what_is_there_is_not_asked_for_again(tmp_path: Path, fields: dict[str, str]) -> None:
    shelf = Shelf(fields=fields)
    async with RawServer(shelf) as server, Client() as client:
        await cut_off(shelf, tmp_path, client, server.url("/f"))
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
    assert (done.resumed_bytes, done.size_bytes) == (10, 40)
    assert done.path.read_bytes() == CONTENT
    assert done.response.status_code == 206


@pytest.mark.parametrize("knows_if_range", [True, False])
@pytest.mark.parametrize("knows_range", [True, False])
async def test_a_file_that_has_changed_is_fetched_from_its_start(
    tmp_path: Path, knows_if_range: bool, knows_range: bool
) -> None:
    shelf = Shelf(knows_if_range=knows_if_range, knows_range=knows_range)
    async with RawServer(shelf) as server, Client() as client:
        shelf.cuts = [10, 0]
        with pytest.raises(RemoteProtocolError):
            await client.download(server.url("/f"), tmp_path / "f.bin")
        shelf.content, shelf.fields = OTHER, {"ETag": '"two"'}
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
    assert done.path.read_bytes() == OTHER
    assert done.resumed_bytes == 0


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ETag": 'W/"one"', **DATES},
        {"Last-Modified": DATES["Last-Modified"]},
        {"Last-Modified": DATES["Date"], "Date": DATES["Date"]},
        {"ETag": '"one"', "Accept-Ranges": "none"},
    ],
)
async def test_what_cannot_be_gone_on_with_fails_at_once(
    tmp_path: Path, fields: dict[str, str]
) -> None:
    shelf = Shelf(fields=fields, cuts=[10])
    async with RawServer(shelf) as server, Client() as client:
        with pytest.raises(RemoteProtocolError):
            await client.download(server.url("/f"), tmp_path / "f.bin")
    assert len(shelf.asked) == 1
    assert left(tmp_path) == (PARTS if "Accept-Ranges" in fields else [])


async def test_without_resume_nothing_is_gone_on_with_and_nothing_is_left(tmp_path: Path) -> None:
    shelf = Shelf()
    async with RawServer(shelf) as server, Client() as client:
        await cut_off(shelf, tmp_path, client, server.url("/f"))
        shelf.cuts, shelf.asked = [20], []
        with pytest.raises(RemoteProtocolError):
            await client.download(server.url("/f"), tmp_path / "f.bin", resume=False)
        assert left(tmp_path) == []
    assert [asked.get("range") for asked in shelf.asked] == [None]


async def test_a_part_that_is_all_there_is_only_put_in_its_place(tmp_path: Path) -> None:
    shelf = Shelf()
    async with RawServer(shelf) as server, Client() as client:
        await cut_off(shelf, tmp_path, client, server.url("/f"))
        (tmp_path / "f.bin.part").write_bytes(CONTENT)
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
    assert done.path.read_bytes() == CONTENT
    assert (done.resumed_bytes, done.response.status_code) == (40, 416)


async def test_a_part_that_is_longer_than_the_file_is_thrown_away(tmp_path: Path) -> None:
    shelf = Shelf()
    async with RawServer(shelf) as server, Client() as client:
        await cut_off(shelf, tmp_path, client, server.url("/f"))
        (tmp_path / "f.bin.part").write_bytes(CONTENT + b"x")
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
    assert done.path.read_bytes() == CONTENT
    assert done.resumed_bytes == 0


@pytest.mark.parametrize(
    "span",
    ["", "Content-Range: bytes 9-39/40", "Content-Range: bytes 11-39/40", "Content-Range: x"],
)
async def test_a_part_that_does_not_fit_is_not_joined(tmp_path: Path, span: str) -> None:
    shelf = Shelf()
    reply = shelf.reply

    def odd(asked: Mapping[str, str]) -> tuple[bytes, bytes]:
        if "range" not in asked:
            return reply(asked)
        return b"y" * 30, shelf.head("206 Partial", 30, *([span] if span else []))

    async with RawServer(shelf) as server, Client() as client:
        await cut_off(shelf, tmp_path, client, server.url("/f"))
        shelf.reply = odd  # type: ignore[method-assign]  # a server with odd ideas
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
    assert done.path.read_bytes() == CONTENT


async def test_a_server_that_sends_less_than_the_rest_is_asked_again(tmp_path: Path) -> None:
    shelf = Shelf(most=7)
    async with RawServer(shelf) as server, Client() as client:
        await cut_off(shelf, tmp_path, client, server.url("/f"))
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
    assert done.path.read_bytes() == CONTENT
    assert [asked.get("range") for asked in shelf.asked[2:]] == [
        f"bytes={start}-" for start in (10, 17, 24, 31, 38)
    ]


async def test_a_connection_that_breaks_again_and_again_is_given_up(tmp_path: Path) -> None:
    shelf = Shelf(content=bytes(100), cuts=[1] * 50)
    async with RawServer(shelf) as server, Client() as client:
        with pytest.raises(RemoteProtocolError):
            await client.download(server.url("/f"), tmp_path / "f.bin")
    assert len(shelf.asked) == 17
    assert (tmp_path / "f.bin.part").stat().st_size == 17


# -- responses that are no file --------------------------------------------------------------------


async def says(peer: Peer) -> None:
    """What the path asks for: `/302` gets a response by 302."""
    try:
        while True:
            status = (await peer.read_request()).split()[1][1:]
            more = b"Location: /200\r\n" if status == b"302" else b""
            await peer.send(b"HTTP/1.1 %s X\r\n%sContent-Length: 0\r\n\r\n" % (status, more))
    except UnexpectedEnd:
        pass


@pytest.mark.parametrize("status", [206, 302, 304, 416])
async def test_what_is_no_file_is_refused(tmp_path: Path, status: int) -> None:
    path = tmp_path / "f.bin"
    path.write_bytes(b"old")
    error = ClientStatusError if status == 416 else DownloadError
    async with RawServer(says) as server, Client() as client:
        with pytest.raises(error, match=str(status)):
            await client.download(server.url(f"/{status}"), path)
    assert path.read_bytes() == b"old"
    assert left(tmp_path) == ["f.bin"]


async def test_an_error_status_is_an_error_and_leaves_what_was_there(tmp_path: Path) -> None:
    shelf = Shelf()
    async with RawServer(shelf) as server, Client() as client:
        await cut_off(shelf, tmp_path, client, server.url("/f"))
        shelf.reply = lambda asked: (b"", shelf.head("404 Gone", 0))  # type: ignore[method-assign]  # it is gone
        with pytest.raises(ClientStatusError):
            await client.download(server.url("/f"), tmp_path / "f.bin")
    assert left(tmp_path) == PARTS


async def test_a_redirect_that_is_followed_leads_to_the_file(tmp_path: Path) -> None:
    async with RawServer(says) as server, Client() as client:
        done = await client.download(server.url("/302"), tmp_path / "f.bin", follow_redirects=True)
    assert done.size_bytes == 0
    assert str(done.response.url) == server.url("/200")


async def test_content_that_is_coded_all_the_same_is_decoded_and_not_gone_on_with(
    tmp_path: Path,
) -> None:
    coded = {"ETag": '"one"', "Content-Encoding": "gzip"}
    shelf = Shelf(content=gzip.compress(CONTENT), fields=coded)
    async with RawServer(shelf) as server, Client() as client:
        done = await client.download(server.url("/f"), tmp_path / "f.bin")
        assert done.path.read_bytes() == CONTENT
        shelf.cuts = [20]
        with pytest.raises(RemoteProtocolError):
            await client.download(server.url("/f"), tmp_path / "f.bin")
    assert left(tmp_path) == ["f.bin"]


# -- digests ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512", "sha1", "md5"])
@pytest.mark.parametrize("cut", [None, 15])
async def test_a_file_with_the_right_digest_is_kept(
    tmp_path: Path, algorithm: str, cut: int | None
) -> None:
    digest = hashlib.new(algorithm, CONTENT).hexdigest().upper()
    shelf = Shelf(cuts=[] if cut is None else [cut])
    async with RawServer(shelf) as server, Client() as client:
        done = await client.download(
            server.url("/f"), tmp_path / "f.bin", digest=f"{algorithm}:{digest}"
        )
    assert done.path.read_bytes() == CONTENT


async def test_a_file_with_another_digest_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "f.bin"
    path.write_bytes(b"old")
    async with RawServer(Shelf()) as server, Client() as client:
        with pytest.raises(DigestMismatch) as caught:
            await client.download(server.url("/f"), path, digest="sha256:" + "0" * 64)
    error = caught.value
    assert (error.algorithm, error.expected) == ("sha256", "0" * 64)
    assert error.actual == hashlib.sha256(CONTENT).hexdigest()
    assert str(error.url) == server.url("/f")
    assert path.read_bytes() == b"old"
    assert left(tmp_path) == ["f.bin"]


@pytest.mark.parametrize(
    "options",
    [
        {"digest": "sha256"},
        {"digest": "sha256:abc"},
        {"digest": "sha256:" + "g" * 64},
        {"digest": "crc32:00000000"},
        {"digest": 5},
        {"resume": "yes"},
        {"on_download": 5},
    ],
)
async def test_options_that_say_nothing_are_refused(
    tmp_path: Path, options: dict[str, object]
) -> None:
    async with Client() as client:
        with pytest.raises(ConfigError, match=next(iter(options))):
            await client.download("http://127.0.0.1:9/", tmp_path / "f", **options)  # type: ignore[arg-type]  # on purpose


async def test_a_path_must_be_that_of_a_file(tmp_path: Path) -> None:
    async with Client() as client:
        for path in (tmp_path, 5, b"f", "/"):
            with pytest.raises(ConfigError, match="path"):
                await client.download("http://127.0.0.1:9/", path)  # type: ignore[arg-type]  # on purpose


async def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    async with RawServer(Shelf()) as server, Client() as client:
        with pytest.raises(DownloadError, match="No such file") as caught:
            await client.download(server.url("/f"), tmp_path / "none" / "f.bin")
    assert isinstance(caught.value.__cause__, FileNotFoundError)


# -- on the way ------------------------------------------------------------------------------------


async def test_how_far_it_has_come_is_told(tmp_path: Path) -> None:
    told: list[Progress] = []
    shelf = Shelf(cuts=[10])
    async with RawServer(shelf) as server, Client() as client:
        await client.download(server.url("/f"), tmp_path / "f.bin", on_download=told.append)
    assert told[0] == Progress(10, 40)
    assert told[-1] == Progress(40, 40)
    sizes = [progress.transferred_bytes for progress in told]
    assert sizes == sorted(sizes)


async def test_what_the_listener_raises_ends_the_download_and_keeps_what_there_is(
    tmp_path: Path,
) -> None:
    def listen(progress: Progress) -> None:
        raise RuntimeError("enough")

    async with RawServer(Shelf()) as server, Client() as client:
        with pytest.raises(RuntimeError, match="enough"):
            await client.download(server.url("/f"), tmp_path / "f.bin", on_download=listen)
        assert client.stats().active == 0
    assert left(tmp_path) == PARTS


async def test_a_download_that_is_cancelled_can_be_gone_on_with(tmp_path: Path) -> None:
    shelf = Shelf(content=bytes(1 << 20))
    begun = asyncio.Event()

    async def half(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(shelf.head("200 OK", 1 << 20) + bytes(1 << 19))
        await peer.stall()

    def listen(progress: Progress) -> None:
        if progress.transferred_bytes == 1 << 19:
            begun.set()

    path = tmp_path / "f.bin"
    path.write_bytes(b"old")
    async with RawServer(half) as server, Client() as client:
        call = client.download(server.url("/f"), path, on_download=listen)
        download = asyncio.ensure_future(call)
        await begun.wait()
        with pytest.raises(DownloadError, match="another download"):
            await client.download(server.url("/f"), path)
        download.cancel()
        with pytest.raises(asyncio.CancelledError):
            await download
        assert client.stats().active == 0
    assert path.read_bytes() == b"old"
    assert (tmp_path / "f.bin.part").stat().st_size == 1 << 19


async def test_a_download_that_is_cancelled_while_it_writes_writes_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = os.urandom(4 << 20)
    write, go = PartialFile.write, threading.Event()
    begun, loop = asyncio.Event(), asyncio.get_running_loop()

    def slow(part: PartialFile, pieces: list[bytes]) -> None:
        loop.call_soon_threadsafe(begun.set)
        assert go.wait(10)
        write(part, pieces)

    monkeypatch.setattr(PartialFile, "write", slow)
    async with RawServer(Shelf(content=content)) as server, Client() as client:
        call = client.download(server.url("/f"), tmp_path / "f.bin")
        download = asyncio.ensure_future(call)
        await begun.wait()
        download.cancel()
        await asyncio.sleep(0)
        go.set()
        with pytest.raises(asyncio.CancelledError):
            await download
    part = (tmp_path / "f.bin.part").read_bytes()
    assert len(part) >= 1 << 20
    assert content.startswith(part)


async def test_the_note_beside_a_part_tells_no_secret(tmp_path: Path) -> None:
    shelf = Shelf(cuts=[10, 0])
    async with RawServer(shelf) as server, Client() as client:
        with pytest.raises((RemoteProtocolError, ReadError)):
            await client.download(server.url("/f?signature=s3cret"), tmp_path / "f.bin")
    note = (tmp_path / "f.bin.part.json").read_text()
    assert "s3cret" not in note
    assert json.loads(note)["validator"] == '"one"'


# -- names -------------------------------------------------------------------------------------


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


async def held(peer: Peer, content: bytes, go: asyncio.Event) -> None:
    """Send half of the content, and the rest when told."""
    await peer.read_request()
    size = len(content)
    await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
    await peer.send(content[: size // 2])
    await go.wait()
    await peer.send(content[size // 2 :])


@pytest.mark.parametrize("taken", ["x.part", "x.part.json"])
async def test_the_target_of_another_download_is_no_name_for_a_part(
    tmp_path: Path, taken: str
) -> None:
    go, begun = asyncio.Event(), asyncio.Event()

    async def other(peer: Peer) -> None:
        await held(peer, OTHER, go)

    async with RawServer(Shelf()) as server, RawServer(other) as second, Client() as client:
        download = asyncio.ensure_future(
            client.download(
                second.url("/"),
                tmp_path / taken,
                digest=digest_of(OTHER),
                on_download=lambda progress: begun.set(),
            )
        )
        await begun.wait()
        await client.download(server.url("/f"), tmp_path / "x", digest=digest_of(CONTENT))
        go.set()
        await download
    assert (tmp_path / "x").read_bytes() == CONTENT
    assert (tmp_path / taken).read_bytes() == OTHER
    assert left(tmp_path) == sorted(["x", taken])


@pytest.mark.parametrize("taken", ["x", "x.part", "x.part.json"])
async def test_a_name_that_a_running_download_uses_is_no_target(tmp_path: Path, taken: str) -> None:
    go, begun = asyncio.Event(), asyncio.Event()
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")

    async def first(peer: Peer) -> None:
        await held(peer, CONTENT, go)

    async with RawServer(first) as server, RawServer(Shelf()) as second, Client() as client:
        path = tmp_path / "real" / "x"
        call = client.download(
            server.url("/"),
            path,
            digest=digest_of(CONTENT),
            on_download=lambda progress: begun.set(),
        )
        download = asyncio.ensure_future(call)
        await begun.wait()
        for directory in ("real", "link"):
            with pytest.raises(DownloadError, match="another download"):
                await client.download(second.url("/f"), tmp_path / directory / taken)
        go.set()
        await download
        assert path.read_bytes() == CONTENT
        await client.download(second.url("/f"), tmp_path / "link" / taken)
    assert (tmp_path / "real" / taken).read_bytes() == CONTENT


@pytest.mark.parametrize("name", ["d.bin.part", "d.bin.part.json"])
@pytest.mark.parametrize("cuts", [[], [10]])
async def test_a_file_of_the_user_stays(tmp_path: Path, name: str, cuts: list[int]) -> None:
    (tmp_path / name).write_bytes(b"of the user")
    async with RawServer(Shelf(cuts=cuts)) as server, Client() as client:
        await client.download(server.url("/f"), tmp_path / "d.bin")
    assert (tmp_path / name).read_bytes() == b"of the user"
    assert (tmp_path / "d.bin").read_bytes() == CONTENT
    assert left(tmp_path) == sorted(["d.bin", name])


async def test_a_later_call_goes_on_beside_a_file_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "d.bin.part").write_bytes(b"of the user")
    async with RawServer(Shelf(cuts=[10, 0])) as server, Client() as client:
        with pytest.raises(RemoteProtocolError):
            await client.download(server.url("/f"), tmp_path / "d.bin")
        assert left(tmp_path) == ["d.bin.1.part", "d.bin.1.part.json", "d.bin.part"]
        done = await client.download(server.url("/f"), tmp_path / "d.bin")
    assert done.resumed_bytes == 10
    assert left(tmp_path) == ["d.bin", "d.bin.part"]


@pytest.mark.parametrize("target", ["own", "nowhere"])
async def test_no_link_is_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "own").write_bytes(b"of the user")
    (tmp_path / "d.bin.part").symlink_to(tmp_path / target)
    async with RawServer(Shelf(cuts=[10])) as server, Client() as client:
        await client.download(server.url("/f"), tmp_path / "d.bin", digest=digest_of(CONTENT))
    assert (tmp_path / "own").read_bytes() == b"of the user"
    assert (tmp_path / "d.bin").read_bytes() == CONTENT
    assert left(tmp_path) == ["d.bin", "d.bin.part", "own"]


async def test_a_part_that_becomes_a_link_is_not_resumed(tmp_path: Path) -> None:
    (tmp_path / "own").write_bytes(b"of the user")
    shelf = Shelf()
    async with RawServer(shelf) as server, Client() as client:
        (tmp_path / "f").mkdir()
        await cut_off(shelf, tmp_path / "f", client, server.url("/f"))
        part = tmp_path / "f" / "f.bin.part"
        part.unlink()
        part.symlink_to(tmp_path / "own")
        done = await client.download(server.url("/f"), tmp_path / "f" / "f.bin")
    assert done.resumed_bytes == 0
    assert (tmp_path / "own").read_bytes() == b"of the user"


@pytest.mark.parametrize("digest", [None, digest_of(CONTENT)])
async def test_a_part_that_is_swapped_before_the_end_is_an_error(
    tmp_path: Path, digest: str | None
) -> None:
    path, part = tmp_path / "f.bin", tmp_path / "f.bin.part"
    path.write_bytes(b"old")

    def swap(progress: Progress) -> None:
        part.unlink()
        part.write_bytes(OTHER)

    async with RawServer(Shelf()) as server, Client() as client:
        with pytest.raises(DownloadError, match="replaced"):
            await client.download(server.url("/f"), path, on_download=swap, digest=digest)
    assert path.read_bytes() == b"old"
    assert part.read_bytes() == OTHER
    assert left(tmp_path) == ["f.bin", "f.bin.part"]
