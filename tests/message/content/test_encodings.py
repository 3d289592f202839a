"""Each coding by itself: bounded steps, members and frames, and how broken data gets a response."""

from __future__ import annotations

import gzip
import random
import sys
import zlib
from collections.abc import Callable
from functools import partial

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import DecompressionError
from hyperhttp._message.content.decoders import CODINGS
from hyperhttp._message.content.encodings import (
    PIECE_BYTES_MAX,
    SLICE_BYTES,
    Brotli,
    Coding,
    Deflate,
    Gzip,
)

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

NAMES = ["gzip", "deflate", "raw deflate", "br", "zstd"]
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": partial(gzip.compress, mtime=0),
    "deflate": zlib.compress,
    "raw deflate": partial(zlib.compress, wbits=-15),
    "br": partial(brotli.compress, quality=5),
    "zstd": zstd.compress,
}
TEXT = b"".join(b"line %d of a text that repeats itself\n" % number for number in range(60))
NOISE = random.Random(1).randbytes(3 * SLICE_BYTES)


def coding(name: str) -> Coding:
    return CODINGS[name.removeprefix("raw ")]()


def decode(name: str, data: bytes, step: int = SLICE_BYTES) -> bytes:
    stage = coding(name)
    pieces = list[bytes]()
    for start in range(0, len(data), step):
        pieces += stage.steps(data[start : start + step])
    stage.finish()
    assert all(len(piece) <= PIECE_BYTES_MAX for piece in pieces)
    return b"".join(pieces)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("data", [b"", b"x", TEXT, NOISE, bytes(PIECE_BYTES_MAX), bytes(3_000_000)])
def test_data_comes_out_as_it_went_in(name: str, data: bytes) -> None:
    assert decode(name, COMPRESS[name](data)) == data


@pytest.mark.parametrize("name", NAMES)
def test_byte_by_byte_is_the_same_as_whole(name: str) -> None:
    assert decode(name, COMPRESS[name](TEXT), step=1) == TEXT


@pytest.mark.parametrize("name", NAMES)
@given(data=st.binary(max_size=200), step=st.integers(1, 40))
def test_any_data_in_any_steps_is_the_same(name: str, data: bytes, step: int) -> None:
    assert decode(name, COMPRESS[name](data * 3), step) == data * 3


@pytest.mark.parametrize("name", NAMES)
def test_data_that_ends_early_is_truncated_wherever_it_is_cut(name: str) -> None:
    data = COMPRESS[name](TEXT)
    for end in range(1, len(data)):
        with pytest.raises(DecompressionError, match="ends before its end") as caught:
            decode(name, data[:end])
        assert caught.value.coding == name.removeprefix("raw ")


@pytest.mark.parametrize("name", NAMES)
def test_no_data_at_all_is_no_error(name: str) -> None:
    assert decode(name, b"") == b""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("garbage", [b"\xff" * 40, b"<html>no such thing</html>", NOISE[:99]])
def test_garbage_is_corrupt(name: str, garbage: bytes) -> None:
    with pytest.raises(DecompressionError):
        decode(name, garbage)


@pytest.mark.parametrize("name", ["gzip", "deflate", "zstd"])
def test_a_changed_checksum_is_corrupt(name: str) -> None:
    compress = partial(zstd.compress, options={zstd.CompressionParameter.checksum_flag: 1})
    data = bytearray((compress if name == "zstd" else COMPRESS[name])(TEXT))
    data[-5 if name == "gzip" else -1] ^= 1
    with pytest.raises(DecompressionError, match="corrupt"):
        decode(name, bytes(data))


@pytest.mark.parametrize("step", [1, SLICE_BYTES])
def test_data_after_the_end_of_a_brotli_stream_is_an_error(step: int) -> None:
    with pytest.raises(DecompressionError):
        decode("br", COMPRESS["br"](TEXT) + b"more", step)


@pytest.mark.parametrize("name", ["gzip", "deflate", "raw deflate"])
@pytest.mark.parametrize("step", [1, 7, SLICE_BYTES])
@pytest.mark.parametrize(
    "garbage", [b"\0", b"<!-- x -->", b"\x1e\x8b", b"\x1f\x8a", b"\0\0more", b"\xff" * 40_000]
)
def test_garbage_after_the_end_is_ignored(name: str, step: int, garbage: bytes) -> None:
    assert decode(name, COMPRESS[name](TEXT) + garbage, step) == TEXT


@pytest.mark.parametrize("step", [1, 7, SLICE_BYTES])
def test_a_member_after_garbage_is_garbage_too(step: int) -> None:
    data = COMPRESS["gzip"](b"one") + b"x" + COMPRESS["gzip"](b"two")
    assert decode("gzip", data, step) == b"one"


@pytest.mark.parametrize("step", [1, 7, SLICE_BYTES])
def test_a_second_member_that_is_cut_anywhere_is_truncated(step: int) -> None:
    first, second = COMPRESS["gzip"](b"one"), COMPRESS["gzip"](b"two")
    for size in range(1, len(second)):
        with pytest.raises(DecompressionError):
            decode("gzip", first + second[:size], step)


@pytest.mark.parametrize("name", ["gzip", "zstd"])
@pytest.mark.parametrize("step", [1, 7, SLICE_BYTES])
def test_members_and_frames_follow_one_another(name: str, step: int) -> None:
    compress = COMPRESS[name]
    data = compress(b"one") + compress(b"") + compress(TEXT)
    assert decode(name, data, step) == b"one" + TEXT
    for bad in (b"more", data[:5]) if name == "zstd" else (data[:5],):
        with pytest.raises(DecompressionError):
            decode(name, data + bad, step)


@pytest.mark.parametrize("step", [1, SLICE_BYTES])
def test_zeros_may_follow_a_gzip_member_but_not_precede_it(step: int) -> None:
    member = gzip.compress(b"a")
    assert decode("gzip", member + bytes(100) + member + bytes(9), step) == b"aa"
    with pytest.raises(DecompressionError):
        decode("gzip", bytes(3) + member, step)


def test_a_gzip_head_with_name_and_comment_is_read() -> None:
    member = gzip.compress(b"a")
    head = member[:3] + b"\x18" + member[4:10] + b"name\x00comment\x00"
    assert decode("gzip", head + member[10:], 1) == b"a"


def test_a_skippable_zstd_frame_is_skipped() -> None:
    skippable = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc"
    assert decode("zstd", skippable + zstd.compress(b"x") + skippable) == b"x"


def test_a_zstd_window_over_8_mib_is_refused() -> None:
    def framed(window_log: int) -> bytes:
        options = {
            int(zstd.CompressionParameter.window_log): window_log,
            int(zstd.CompressionParameter.content_size_flag): 0,
        }
        compressor = zstd.ZstdCompressor(options=options)
        return compressor.compress(TEXT) + compressor.flush()

    assert decode("zstd", framed(23)) == TEXT
    with pytest.raises(DecompressionError, match="corrupt"):
        decode("zstd", framed(24))


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_many_members_take_linear_time(name: str) -> None:
    # Quadratic work on 30,000 members would run into the time limit of the test.
    assert decode(name, COMPRESS[name](b"") * 30_000) == b""


def test_deflate_tells_its_two_formats_apart_with_one_byte_at_a_time() -> None:
    stage = Deflate()
    data = zlib.compress(TEXT, wbits=-15)
    assert list(stage.steps(data[:1])) == []
    with pytest.raises(DecompressionError):
        stage.finish()
    assert b"".join(stage.steps(data[1:])) == TEXT
    stage.finish()


def test_brotlicffi_does_what_brotli_does() -> None:
    brotlicffi = pytest.importorskip("brotlicffi")
    for data in (b"", TEXT, bytes(3_000_000)):
        stage = Brotli((brotlicffi.Decompressor, brotlicffi.error))
        pieces = list(stage.steps(brotli.compress(data, quality=5)))
        stage.finish()
        assert b"".join(pieces) == data
        assert max(map(len, pieces)) <= PIECE_BYTES_MAX
    with pytest.raises(DecompressionError):
        list(Brotli((brotlicffi.Decompressor, brotlicffi.error)).steps(b"\xff" * 40))


def test_the_names_are_those_of_the_fields() -> None:
    assert [Gzip.name, Deflate.name, Brotli.name] == ["gzip", "deflate", "br"]
