"""Files as bodies: read in blocks, as long as they were, and closed by whoever opened them."""

from __future__ import annotations

import asyncio
import gc
import io
import os
import threading
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

import pytest

from hyperhttp._base._generated.errors import BodyNotReplayable, ConfigError, LocalProtocolError
from hyperhttp._message.request import file_body
from hyperhttp._message.request.body import FileBody, prepare_body
from hyperhttp._message.request.file_body import FILE_BLOCK_BYTES, NEAR_BLOCK_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hyperhttp._message.request.raw_body import ContentInput

pytestmark = pytest.mark.slow

SIZES = [0, 1, NEAR_BLOCK_BYTES - 1, NEAR_BLOCK_BYTES, FILE_BLOCK_BYTES, FILE_BLOCK_BYTES + 10]


def body_of(content: ContentInput) -> FileBody:
    body = prepare_body(content=content)
    assert isinstance(body, FileBody)
    return body


async def read(body: FileBody) -> bytes:
    async with aclosing(body.chunks()) as chunks:
        return b"".join([bytes(chunk) async for chunk in chunks])


@pytest.fixture(params=["near", "far"])
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Whether the kernel says that it has the file in memory."""
    near = str(request.param) == "near"

    def is_cached(descriptor: int, at: int, size: int) -> bool:
        return near

    monkeypatch.setattr(file_body, "_is_cached", is_cached)
    return str(request.param)


def blob(directory: Path, size: int) -> tuple[Path, bytes]:
    data = os.urandom(size)
    path = directory / "blob"
    path.write_bytes(data)
    return path, data


@pytest.mark.usefixtures("where")
@pytest.mark.parametrize("size", SIZES)
async def test_a_file_is_sent_from_where_it_stands_and_again(tmp_path: Path, size: int) -> None:
    path, data = blob(tmp_path, size + 5)
    for buffering in (0, -1):
        with path.open("rb", buffering=buffering) as file:
            file.seek(5)
            body = body_of(file)
            assert (body.replayable, body.length, body.content_type) == (True, size, None)
            assert [await read(body) for _ in range(2)] == [data[5:]] * 2
            assert not file.closed


@pytest.mark.usefixtures("where")
@pytest.mark.parametrize("size", SIZES)
async def test_a_path_is_opened_when_its_turn_comes_and_closed_at_its_end(
    tmp_path: Path, size: int
) -> None:
    path, data = blob(tmp_path, size)
    body = FileBody.of_path(str(path), option="files")
    assert (body.replayable, body.length) == (True, size)
    assert [await read(body) for _ in range(2)] == [data] * 2
    gc.collect()  # A file left open would be a ResourceWarning.


async def test_a_file_in_memory_needs_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "run_in_executor", None)
    assert await read(body_of(io.BytesIO(b"abc"))) == b"abc"


async def test_what_may_have_to_be_fetched_is_read_in_a_thread(tmp_path: Path) -> None:
    threads: list[str] = []

    class Noticing(OnlyRead):
        def read(self, size: int = -1, /) -> bytes:
            threads.append(threading.current_thread().name)
            return super().read(size)

    assert await read(body_of(Noticing())) == b"abc"
    assert threading.current_thread().name not in threads


async def test_a_file_that_stands_behind_its_end_is_empty() -> None:
    file = io.BytesIO(b"abc")
    file.seek(10)
    body = body_of(file)
    assert (body.length, await read(body)) == (0, b"")


async def test_a_pipe_can_be_sent_once() -> None:
    read_end, write_end = os.pipe()
    with open(read_end, "rb") as pipe:
        os.write(write_end, b"abc")
        os.close(write_end)
        body = body_of(pipe)
        assert (body.replayable, body.length) == (False, None)
        assert await read(body) == b"abc"
        with pytest.raises(BodyNotReplayable, match="BufferedReader"):
            body.chunks()


async def test_a_named_pipe_can_be_sent_once(tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    body = FileBody.of_path(str(path), option="files")
    assert (body.replayable, body.length) == (False, None)
    writing = asyncio.ensure_future(asyncio.to_thread(path.write_bytes, b"abc"))
    assert await read(body) == b"abc"
    await writing
    with pytest.raises(BodyNotReplayable, match="fifo"):
        body.chunks()


class OnlyRead:
    """The least that is a file."""

    def __init__(self) -> None:
        self._rest = b"abc"

    def read(self, size: int = -1, /) -> bytes:
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


class AsyncRead:
    """A file of some async library, which cannot be iterated."""

    async def read(self, size: int = -1, /) -> bytes:
        return b""


class Reads:
    """A file that gives something else than bytes."""

    def __init__(self, given: object) -> None:
        self._given = given

    def read(self, size: int = -1, /) -> bytes:
        return cast("bytes", self._given)


async def test_whatever_reads_is_a_file() -> None:
    body = body_of(OnlyRead())
    assert (body.replayable, body.length, await read(body)) == (False, None, b"abc")


@pytest.mark.parametrize("given", ["text", None, 5])
async def test_a_file_that_gives_no_bytes_is_refused_when_it_does(given: object) -> None:
    with pytest.raises(ConfigError, match="pieces that are bytes"):
        await read(body_of(Reads(given)))


def test_a_file_that_cannot_be_read_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("x", encoding="utf-8")
    with path.open(encoding="utf-8") as text, pytest.raises(ConfigError, match="text mode"):
        prepare_body(content=cast("io.BytesIO", text))
    with path.open("rb") as closed:
        pass
    with pytest.raises(ConfigError, match="closed"):
        prepare_body(content=closed)
    with pytest.raises(ConfigError, match="coroutine"):
        prepare_body(content=cast("OnlyRead", AsyncRead()))


def test_a_path_to_no_file_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        FileBody.of_path(str(tmp_path), option="files")
    with pytest.raises(FileNotFoundError):
        FileBody.of_path(str(tmp_path / "missing"), option="files")


async def test_a_file_that_is_gone_by_its_turn_is_an_error_of_its_own(tmp_path: Path) -> None:
    path, _ = blob(tmp_path, 10)
    body = FileBody.of_path(str(path), option="files")
    path.unlink()
    with pytest.raises(FileNotFoundError):
        await read(body)


async def test_the_error_of_a_file_comes_out_as_it_is(tmp_path: Path) -> None:
    path, _ = blob(tmp_path, 10)
    with path.open("rb") as file:
        body = body_of(file)
    with pytest.raises(ValueError, match="closed file"):
        await read(body)


@pytest.mark.usefixtures("where")
@pytest.mark.parametrize("size", [0, 10, NEAR_BLOCK_BYTES, FILE_BLOCK_BYTES])
@pytest.mark.parametrize(("change", "says"), [(1, "longer"), (-1, "1 bytes shorter")])
@pytest.mark.parametrize("by_path", [True, False], ids=["a path", "a file"])
async def test_a_file_that_changes_its_size_is_an_error_and_never_sent_beyond_its_length(
    tmp_path: Path, size: int, change: int, says: str, *, by_path: bool
) -> None:
    path, data = blob(tmp_path, size + 1)
    os.truncate(path, size)
    with path.open("rb") as file:
        body = FileBody.of_path(str(path), option="files") if by_path else body_of(file)
        path.write_bytes(data[: max(0, size + change)])
        if size + change < 0:
            assert await read(body) == b""
            return
        sent: list[bytes] = []
        with pytest.raises(LocalProtocolError, match=says) as caught:
            async for chunk in body.chunks():
                sent.append(bytes(chunk))  # noqa: PERF401 - what came before the error counts
    assert caught.value.field == "Content-Length"
    assert data.startswith(b"".join(sent))
    assert sum(map(len, sent)) <= size


class Slow:
    """Files whose reads wait in their thread until they are let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go = threading.Event()
        self.open: list[io.FileIO] = []

    def opener(self) -> Callable[..., io.FileIO]:
        slow = self

        class File(io.FileIO):
            def read(self, size: int | None = -1, /) -> bytes:
                slow.begun.set()
                assert slow.go.wait(10)
                return super().read(-1 if size is None else size)

        def opening(path: str, *_: object, **__: object) -> io.FileIO:
            slow.open.append(File(path))
            return slow.open[-1]

        return opening


async def test_a_file_of_ours_is_closed_when_a_thread_has_read_to_its_end_after_a_cancellation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = blob(tmp_path, 10)
    slow = Slow()
    monkeypatch.setattr(file_body, "open", slow.opener(), raising=False)
    reading = asyncio.ensure_future(read(FileBody.of_path(str(path), option="files")))
    await asyncio.to_thread(slow.begun.wait, 10)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert [file.closed for file in slow.open] == [False], "it is being read"
    slow.go.set()
    loop = asyncio.get_running_loop()
    await loop.shutdown_default_executor()
    assert [file.closed for file in slow.open] == [True]


async def test_a_second_pass_is_right_though_the_first_one_is_still_being_read(
    tmp_path: Path,
) -> None:
    path, data = blob(tmp_path, 100)
    slow = Slow()
    with slow.opener()(str(path)) as file:
        body = body_of(cast("io.BytesIO", file))
        first = asyncio.ensure_future(read(body))
        await asyncio.to_thread(slow.begun.wait, 10)
        first.cancel()
        second = asyncio.ensure_future(read(body))
        await asyncio.sleep(0)
        slow.go.set()
        assert await second == data
        with pytest.raises(asyncio.CancelledError):
            await first
        assert not file.closed, "it is the caller's"


@pytest.mark.parametrize("at", range(4))
async def test_a_file_of_ours_is_closed_wherever_its_reader_leaves(
    tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, data = blob(tmp_path, 3 * FILE_BLOCK_BYTES)
    opened: list[io.FileIO] = []

    def opening(path: str, *_: object, **__: object) -> io.FileIO:
        opened.append(io.FileIO(path))
        return opened[-1]

    monkeypatch.setattr(file_body, "open", opening, raising=False)
    chunks = FileBody.of_path(str(path), option="files").chunks()
    for _ in range(at):
        assert bytes(await anext(chunks)) in data
    await chunks.aclose()
    assert [file.closed for file in opened] == [True] * bool(at)
