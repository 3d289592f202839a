"""Parts of files as bodies: exactly the bytes that were asked for, as often as they are needed."""

from __future__ import annotations

import io
import os
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

import pytest

from hyperhttp import Client, ConfigError, FileSlice, LocalProtocolError
from hyperhttp._message.request import file_body
from hyperhttp._message.request.body import FileBody, prepare_body
from hyperhttp._message.request.file_body import FILE_BLOCK_BYTES, NEAR_BLOCK_BYTES
from hyperhttp._message.request.multipart import encode_multipart
from hyperhttp.testing import MockRequest, MockResponse, MockTransport

if TYPE_CHECKING:
    from pathlib import Path

    from hyperhttp._message.request.raw_body import ContentInput

DATA = os.urandom(FILE_BLOCK_BYTES + 1000)


def body_of(content: ContentInput) -> FileBody:
    body = prepare_body(content=content)
    assert isinstance(body, FileBody)
    return body


async def read(body: FileBody) -> bytes:
    async with aclosing(body.chunks()) as chunks:
        return b"".join([bytes(chunk) async for chunk in chunks])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "data.bin"
    path.write_bytes(DATA)
    return path


@pytest.fixture(params=["near", "far"], autouse=True)
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    near = str(request.param) == "near"

    def is_cached(descriptor: int, at: int, size: int) -> bool:
        return near

    monkeypatch.setattr(file_body, "_is_cached", is_cached)


@pytest.mark.parametrize(
    ("offset", "length"),
    [
        (0, None),
        (0, 0),
        (0, 10),
        (5, 10),
        (7, NEAR_BLOCK_BYTES),
        (1, FILE_BLOCK_BYTES),
        (1, FILE_BLOCK_BYTES + 5),
        (len(DATA) - 1, 1),
        (len(DATA), None),
        (len(DATA), 0),
    ],
)
async def test_a_slice_is_sent_exactly_and_any_number_of_times(
    path: Path, offset: int, length: int | None
) -> None:
    wanted = DATA[offset:] if length is None else DATA[offset : offset + length]
    with path.open("rb") as file:
        for given in (path, str(path), file, io.BytesIO(DATA)):
            body = body_of(FileSlice(given, offset=offset, length=length))
            assert (body.length, body.replayable) == (len(wanted), True)
            assert await read(body) == wanted == await read(body)
        assert not file.closed


async def test_a_path_is_a_whole_file(path: Path) -> None:
    body = body_of(path)
    assert (body.length, body.replayable) == (len(DATA), True)
    assert await read(body) == DATA


async def test_slices_of_one_file_do_not_disturb_each_other(path: Path) -> None:
    with path.open("rb") as file:
        one, two = body_of(FileSlice(file, length=10)), body_of(FileSlice(file, offset=10))
        async with aclosing(one.chunks()) as first, aclosing(two.chunks()) as second:
            assert bytes(await anext(second))[:5] == DATA[10:15]
            assert bytes(await anext(first)) == DATA[:10]


async def test_a_file_that_has_shrunk_is_an_error_and_one_that_has_grown_is_not(path: Path) -> None:
    body = body_of(FileSlice(path, offset=10, length=100))
    with path.open("ab") as file:
        file.write(b"more")
    assert await read(body) == DATA[10:110]
    os.truncate(path, 50)
    with pytest.raises(LocalProtocolError, match=r"slice of data\.bin is 60 bytes shorter than"):
        await read(body)


def test_a_slice_beyond_the_end_is_refused_before_anything_is_sent(path: Path) -> None:
    for part in (FileSlice(path, offset=len(DATA) + 1), FileSlice(path, length=len(DATA) + 1)):
        with pytest.raises(ConfigError, match="a slice within the file"):
            prepare_body(content=part)


class NoSeek(io.BytesIO):
    def seekable(self) -> bool:
        return False


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (NoSeek(b"abc"), "can't seek"),
        (io.StringIO("abc"), "text mode"),
        (5, "slice of 5"),
        ("/", "can't seek"),
        ("/nowhere/at-all", "No such file"),
    ],
)
def test_what_has_no_parts_is_refused(file: object, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        prepare_body(content=FileSlice(cast("str", file)))


@pytest.mark.parametrize(("offset", "length"), [(-1, None), (0, -1), (True, None), (0, 1.5)])
def test_sizes_are_whole_numbers(offset: int, length: int | None) -> None:
    with pytest.raises(ConfigError, match="whole number"):
        FileSlice("a", offset=offset, length=length)


def test_a_missing_path_is_a_config_error(tmp_path: Path) -> None:
    for path in (tmp_path / "gone", tmp_path):
        with pytest.raises(ConfigError, match="the path of a file") as caught:
            prepare_body(content=path)
        assert caught.value.option == "content"


def test_a_file_in_a_form_may_be_a_slice(path: Path) -> None:
    whole = encode_multipart([], {"part": FileSlice(path, offset=1, length=2)})
    assert whole.length is not None
    part = FileSlice(path, offset=1, length=2)
    assert repr(part) == "FileSlice(PosixPath, offset=1, length=2)"


@pytest.mark.parametrize("http2", [False, True])
async def test_redirects_and_retries_send_the_slice_again(path: Path, *, http2: bool) -> None:
    seen: list[tuple[str | None, bytes]] = []

    def site(request: MockRequest) -> MockResponse:
        seen.append((request.headers.get("content-length"), request.content))
        if len(seen) == 1:
            return MockResponse(503)
        return MockResponse(307, headers={"Location": "/b"}) if len(seen) == 2 else MockResponse()

    transport = MockTransport(site, http2=http2)
    async with Client(transport=transport, retry=True, follow_redirects=True) as client:
        part = FileSlice(path, offset=3, length=5)
        response = await client.put("https://example.com/a", content=part)
    assert response.status_code == 200
    assert seen == [("5", DATA[3:8])] * 3
