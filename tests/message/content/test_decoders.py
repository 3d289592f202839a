"""Chains of codings and the limits on what a body may become."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import cache

import brotli
import pytest

from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import DecompressionError, ResponseTooLarge
from hyperhttp._message.content.decoders import ACCEPT_ENCODING, CODINGS, decoder_for
from tests import traced_memory

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = b"".join(b"line %d of a text that repeats itself\n" % number for number in range(200))
LIMITS = Limits()
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def encoded(codings: str, data: bytes) -> bytes:
    for name in codings.split(", "):
        data = COMPRESS[name](data)
    return data


def decode(codings: str, data: bytes, limits: Limits = LIMITS, step: int = 1 << 30) -> bytes:
    decoder = decoder_for(codings, limits)
    assert decoder is not None
    pieces = list[bytes]()
    for start in range(0, len(data), step):
        pieces += decoder.steps(data[start : start + step])
    decoder.finish()
    assert all(len(piece) <= 262_144 for piece in pieces)
    return b"".join(pieces)


CHAINS = [*COMPRESS, "gzip, br", "br, gzip", "deflate, zstd", "gzip, gzip, gzip, gzip, gzip"]


@pytest.mark.parametrize("codings", CHAINS)
def test_codings_are_undone_from_last_to_first(codings: str) -> None:
    data = encoded(codings, TEXT)
    assert decode(codings, data) == TEXT
    assert decode(codings, data, step=1) == TEXT


@pytest.mark.parametrize("codings", CHAINS)
def test_nothing_is_lost_silently(codings: str) -> None:
    data = encoded(codings, TEXT)
    with pytest.raises(DecompressionError):
        decode(codings, data[:-1])
    with pytest.raises(DecompressionError):
        decode(codings, b"\xff" * 30)
    assert decode(codings, b"") == b""


@pytest.mark.parametrize(
    "spelling", ["GZIP", " gzip ", "identity, gzip", "gzip,", ", gzip,,identity"]
)
def test_names_are_read_as_a_list_without_case(spelling: str) -> None:
    assert decode(spelling, gzip.compress(TEXT)) == TEXT


@pytest.mark.parametrize(
    "codings",
    [
        "",
        " ",
        ",",
        "identity",
        "Identity, identity",
        "compress",
        "gzip, aws-chunked",
        "nope, gzip",
        "gzipped",
    ],
)
def test_a_coding_that_is_not_known_passes_the_body_on_as_it_is(codings: str) -> None:
    assert decoder_for(codings, LIMITS) is None


@pytest.mark.parametrize(
    ("codings", "most"), [("gzip, " * 6, 5), ("gzip", 0), ("a, b, c", 2), ("gzip, " * 9_999, 5)]
)
def test_too_many_codings_are_refused(codings: str, most: int) -> None:
    with pytest.raises(DecompressionError, match=f"at most {most} are allowed"):
        decoder_for(codings, Limits(max_codings=most))


def test_every_coding_is_offered_that_can_be_decoded() -> None:
    assert ACCEPT_ENCODING == "gzip, deflate, br, zstd"
    assert list(CODINGS) == ["gzip", "x-gzip", "deflate", "br", "zstd"]


WITHOUT_EXTRAS = """
import sys
for name in ("brotli", "brotlicffi", "backports", "compression"):
    sys.modules[name] = None
from hyperhttp._base._generated.config import Limits
from hyperhttp._message.content.decoders import ACCEPT_ENCODING, decoder_for
assert decoder_for("br", Limits()) is None
assert decoder_for("zstd", Limits()) is None
print(ACCEPT_ENCODING)
"""
WITH_OLD_BROTLI = """
import sys, types
old = types.ModuleType("brotli")
old.Decompressor = type("Decompressor", (), {})
old.error = ValueError
sys.modules["brotli"] = old
from hyperhttp._message.content.decoders import CODINGS
print("br" in CODINGS)
"""


@pytest.mark.parametrize(
    ("program", "printed"), [(WITHOUT_EXTRAS, "gzip, deflate"), (WITH_OLD_BROTLI, "False")]
)
def test_a_library_that_is_missing_or_cannot_be_bounded_is_not_offered(
    program: str, printed: str
) -> None:
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.stdout.strip(), result.stderr) == (printed, "")


@cache
def bomb(name: str, size: int) -> bytes:
    if name == "br":
        return brotli.compress(bytes(size), quality=1)
    return COMPRESS[name](bytes(size))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("step", [1000, 1 << 30])
def test_a_bomb_of_300_mb_is_refused_with_less_than_16_mib_of_growth(name: str, step: int) -> None:
    data = bomb(name, 300_000_000)
    traced_memory.start()
    try:
        with pytest.raises(DecompressionError, match="200 times") as caught:
            decode(name, data, step=step)
        grown = traced_memory.get_traced_memory()[1]
    finally:
        traced_memory.stop()
    assert caught.value.coding == name
    assert grown < 16 * 1024 * 1024


def test_a_bomb_in_the_middle_of_a_chain_is_refused_too() -> None:
    # The inner gzip is 4 MB of members without content; nothing ever comes out.
    data = gzip.compress(gzip.compress(b"", mtime=0) * 200_000)
    with pytest.raises(DecompressionError, match="times"):
        decode("gzip, gzip", data)


EMPTY_FRAMES = {
    "gzip": gzip.compress(b"", mtime=0),
    "zstd": zstd.compress(b""),
    "skippable zstd": bytes.fromhex("502a4d1800000000"),
}


@pytest.mark.parametrize("outer", ["", "br", "gzip", "deflate", "zstd", "gzip, br"])
@pytest.mark.parametrize("name", EMPTY_FRAMES)
def test_frames_without_output_count_as_work(name: str, outer: str) -> None:
    data, coding = EMPTY_FRAMES[name] * 131_064, name.removeprefix("skippable ")
    if outer:
        data = encoded(outer, data)
    frames = 0

    def count() -> int:
        nonlocal frames
        decoder = decoder_for(", ".join(filter(None, [coding, outer])), LIMITS)
        assert decoder is not None
        for start in range(0, len(data), 65_536):
            frames += sum(1 for piece in decoder.steps(data[start : start + 65_536]) if not piece)
        return frames

    with pytest.raises(DecompressionError, match="as much work"):
        count()
    # 18 us each: below 50 ms even where they come in one piece.
    assert frames < 2500


def test_many_small_members_with_content_are_no_bomb() -> None:
    records = [b'{"event": %d, "name": "created"}\n' % number for number in range(5_000)]
    data = b"".join(gzip.compress(record) for record in records)
    assert decode("gzip", data) == b"".join(records)


def test_a_small_body_may_grow_by_any_factor() -> None:
    data = brotli.compress(bytes(1_048_576), quality=1)
    assert len(data) < 1000
    assert decode("br", data) == bytes(1_048_576)
    with pytest.raises(DecompressionError, match="times"):
        decode("br", brotli.compress(bytes(1_048_577), quality=1))


def test_the_ratio_is_the_callers_choice() -> None:
    data = zlib.compress(bytes(5_000_000))
    assert decode("deflate", data, Limits(max_decode_ratio=2000)) == bytes(5_000_000)
    with pytest.raises(DecompressionError, match="20 times"):
        decode("deflate", data, Limits(max_decode_ratio=20))


@pytest.mark.parametrize("codings", ["gzip", "br, gzip"])
def test_a_body_may_be_as_long_as_the_limit_and_no_longer(codings: str) -> None:
    data = encoded(codings, TEXT)
    assert decode(codings, data, Limits(max_decoded_bytes=len(TEXT))) == TEXT
    with pytest.raises(ResponseTooLarge, match="max_decoded_bytes") as caught:
        decode(codings, data, Limits(max_decoded_bytes=len(TEXT) - 1))
    assert caught.value.limit_bytes == len(TEXT) - 1


def test_flushed_data_is_delivered_at_once() -> None:
    compressor = zlib.compressobj(wbits=31)
    decoder = decoder_for("gzip", LIMITS)
    assert decoder is not None
    for part in (b"event: 1\n", b"event: 2\n"):
        flushed = compressor.compress(part) + compressor.flush(zlib.Z_SYNC_FLUSH)
        assert b"".join(decoder.steps(flushed)) == part
    assert b"".join(decoder.steps(compressor.flush())) == b""
    decoder.finish()
