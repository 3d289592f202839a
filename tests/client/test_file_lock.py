"""One file, two processes: a lock keeps the second out, and ends with the first."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, DownloadError
from hyperhttp._client import file_lock
from hyperhttp._client.file_lock import held, lock, unlock
from hyperhttp._client.part_names import create_file, open_file
from tests.client.test_download import CONTENT, OTHER, Shelf
from tests.servers.raw import Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

pytestmark = pytest.mark.slow

HALF = len(CONTENT) // 2

# Prints a line when half of the file has been written, and one at the end.
PROGRAM = """
import asyncio, sys
import hyperhttp

async def main():
    url, path = sys.argv[1:]
    begun = []
    def listen(progress):
        if not begun:
            begun.append(1)
            print("begun", flush=True)
    async with hyperhttp.Client() as client:
        try:
            done = await client.download(url, path, on_download=listen)
        except hyperhttp.DownloadError as error:
            print("refused", error, flush=True)
        else:
            print("done", done.resumed_bytes, flush=True)

asyncio.run(main())
"""


class SlowShelf(Shelf):
    """Sends half of the file to the first request, and the rest when it is told to."""

    def __init__(self, *, etag: str | None = '"one"') -> None:
        super().__init__(fields={} if etag is None else {"ETag": etag})
        self.go = asyncio.Event()

    async def __call__(self, peer: Peer) -> None:
        if peer.number:
            await super().__call__(peer)
            return
        await peer.read_request()
        await peer.send(self.head("200 OK", len(CONTENT)) + CONTENT[:HALF])
        await self.go.wait()
        try:
            await peer.send(CONTENT[HALF:])
            await peer.read_request()
        except UnexpectedEnd:
            pass


@asynccontextmanager
async def other_process(url: str, path: Path) -> AsyncGenerator[asyncio.subprocess.Process]:
    """A process that downloads to a path."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-W", "error", "-c", PROGRAM, url, str(path)),
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def next_line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 30)).decode().strip()


def left(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


@pytest.mark.parametrize("etag", ['"one"', None], ids=["resumable", "not resumable"])
@pytest.mark.parametrize("source", ["same", "other"])
async def test_a_second_process_is_refused_and_the_first_goes_on(
    tmp_path: Path, etag: str | None, source: str
) -> None:
    shelf, path = SlowShelf(etag=etag), tmp_path / "f.bin"
    async with RawServer(shelf) as server, RawServer(Shelf(OTHER)) as second, Client() as client:
        async with other_process(server.url("/f"), path) as process:
            assert await next_line(process) == "begun"
            url = (server if source == "same" else second).url("/f")
            for _ in range(2):
                with pytest.raises(DownloadError, match="another process is downloading"):
                    await client.download(url, path)
            shelf.go.set()
            assert await next_line(process) == "done 0"
        assert path.read_bytes() == CONTENT
        assert left(tmp_path) == ["f.bin"]
        assert (await client.download(url, path)).resumed_bytes == 0
        assert path.read_bytes() == (CONTENT if source == "same" else OTHER)


async def test_the_other_process_is_refused_just_so(tmp_path: Path) -> None:
    shelf, path, begun = SlowShelf(), tmp_path / "f.bin", asyncio.Event()
    async with RawServer(shelf) as server, Client() as client:
        call = client.download(server.url("/f"), path, on_download=lambda progress: begun.set())
        download = asyncio.ensure_future(call)
        await begun.wait()
        async with other_process(server.url("/f"), path) as process:
            assert (await next_line(process)).startswith("refused")
        shelf.go.set()
        await download
    assert path.read_bytes() == CONTENT
    assert left(tmp_path) == ["f.bin"]


async def test_two_clients_of_one_process_are_kept_apart_too(tmp_path: Path) -> None:
    shelf, path, begun = SlowShelf(), tmp_path / "f.bin", asyncio.Event()
    async with RawServer(shelf) as server, Client() as client, Client() as second:
        call = client.download(server.url("/f"), path, on_download=lambda progress: begun.set())
        download = asyncio.ensure_future(call)
        await begun.wait()
        with pytest.raises(DownloadError, match="another download"):
            await second.download(server.url("/f"), path)
        shelf.go.set()
        await download
    assert path.read_bytes() == CONTENT
    assert left(tmp_path) == ["f.bin"]


async def test_the_rest_of_a_process_that_was_killed_is_resumed(tmp_path: Path) -> None:
    shelf, path = SlowShelf(), tmp_path / "f.bin"
    async with RawServer(shelf) as server, Client() as client:
        async with other_process(server.url("/f"), path) as process:
            assert await next_line(process) == "begun"
            process.send_signal(signal.SIGKILL)
            await process.wait()
        shelf.go.set()
        part = tmp_path / "f.bin.part"
        part.write_bytes(CONTENT[:HALF])  # what is in a buffer dies with its process
        done = await client.download(server.url("/f"), path)
    assert (done.resumed_bytes, path.read_bytes()) == (HALF, CONTENT)
    assert left(tmp_path) == ["f.bin"]


def test_a_locked_file_is_not_opened_until_it_is_closed_or_unlocked(tmp_path: Path) -> None:
    path = tmp_path / "f"
    with create_file(path) as file:
        lock(file)
        lock(file)
        with pytest.raises(BlockingIOError, match="another process"):
            open_file(path)
    with open_file(path) as file:
        unlock(file)
        with open_file(path):
            pass


def test_a_lock_is_kept_while_the_file_is_closed_and_renamed(tmp_path: Path) -> None:
    path = tmp_path / "f"
    file = create_file(path)
    lock(file)
    with held(file):
        file.close()
        with pytest.raises(BlockingIOError):
            open_file(path)
        path.rename(tmp_path / "g")
        with pytest.raises(BlockingIOError):
            open_file(tmp_path / "g")
    with held(file):
        open_file(tmp_path / "g").close()


def test_where_there_are_no_locks_none_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int, operation: int = 0) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(file_lock, "_lock", refuse)
    monkeypatch.setattr(file_lock, "_unlock", refuse)
    with create_file(tmp_path / "f") as file:
        lock(file)
        unlock(file)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_process_that_lives_longer_keeps_no_lock(tmp_path: Path) -> None:
    file = create_file(tmp_path / "f")
    lock(file)
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        os.read(read, 1)
        os._exit(0)
    try:
        with held(file):
            file.close()
        open_file(tmp_path / "f").close()
    finally:
        os.write(write, b"x")
        os.waitpid(pid, 0)
        os.close(read)
        os.close(write)
