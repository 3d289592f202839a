"""What the pieces of a body go through: each stage alone, and one after the other."""

from __future__ import annotations

import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import ConfigError, DecompressionError, ResponseTooLarge
from hyperhttp._message.content.text import LineSplitter, decode_text
from hyperhttp._message.content.transforms import (
    AsText,
    Chain,
    Decoding,
    Identity,
    Transform,
    sized,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

A = TypeVar("A")
B = TypeVar("B")


def through(stage: Transform[A, B], pieces: Iterable[A]) -> list[B]:
    """All that a stage gives for these pieces, the rest included."""
    given = [part for piece in pieces for part in stage.feed(piece)]
    return [*given, *stage.finish()]


def cut(data: bytes, places: Iterable[int]) -> list[bytes]:
    """The data in pieces, some of them perhaps empty."""
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


CUTS = st.lists(st.integers(0, 1000), max_size=8)


def test_pieces_pass_as_they_come_but_for_empty_ones() -> None:
    assert through(sized(None, b"".join), [b"a", b"", b"bc"]) == [b"a", b"bc"]
    assert through(sized(None, "".join), ["a", "", "bc"]) == ["a", "bc"]
    assert through(Identity[bytes](), []) == []


@given(st.binary(max_size=60), CUTS, st.integers(1, 70))
def test_pieces_of_a_size_are_exactly_of_it_however_the_bytes_came(
    data: bytes, cuts: list[int], size: int
) -> None:
    given = through(sized(size, b"".join), cut(data, cuts))
    assert b"".join(given) == data
    assert all(len(piece) == size for piece in given[:-1])
    assert all(0 < len(piece) <= size for piece in given[-1:])


@given(st.lists(st.text(max_size=20), max_size=5), st.integers(1, 30))
def test_a_size_of_text_counts_characters(pieces: list[str], size: int) -> None:
    given = through(sized(size, "".join), pieces)
    assert "".join(given) == "".join(pieces)
    assert all(len(piece) == size for piece in given[:-1])
    assert all(0 < len(piece) <= size for piece in given[-1:])


def test_a_full_piece_does_not_wait_for_the_next_one() -> None:
    stage = sized(2, b"".join)
    assert list(stage.feed(b"a")) == []
    assert list(stage.feed(b"bcde")) == [b"ab", b"cd"]
    assert list(stage.feed(b"")) == []
    assert list(stage.finish()) == [b"e"]


def test_a_reader_that_leaves_off_loses_only_what_it_did_not_take() -> None:
    stage = sized(1, b"".join)
    for piece in stage.feed(b"abc"):
        assert piece == b"a"
        break
    assert list(stage.feed(b"d")) == [b"d"]
    assert list(stage.finish()) == []


@pytest.mark.parametrize("size", [0, -1, 1.0, "4", True, False, b"1"])
def test_a_size_that_no_piece_can_have_is_refused(size: object) -> None:
    with pytest.raises(ConfigError, match="chunk_size") as caught:
        sized(cast("int", size), b"".join)
    assert caught.value.option == "chunk_size"


def decoded(coding: str, pieces: Iterable[bytes], limits: Limits | None = None) -> list[bytes]:
    decoding = Decoding(coding, limits or Limits())
    found = [part for piece in pieces for part in decoding.steps(piece) if part]
    decoding.finish()
    return found


@given(st.binary(max_size=300), CUTS)
def test_a_coding_is_undone_however_the_bytes_came(data: bytes, cuts: list[int]) -> None:
    pieces = [piece for piece in cut(zlib.compress(data), cuts) if piece]
    assert b"".join(decoded("deflate", pieces)) == data


@pytest.mark.parametrize("coding", ["", "identity", "unknown", "gzip, unknown"])
def test_what_cannot_be_undone_passes_as_it_is(coding: str) -> None:
    assert decoded(coding, [b"a", b"b"]) == [b"a", b"b"]


@pytest.mark.parametrize("coding", ["gzip", "deflate", ", ".join(["gzip"] * 6)])
def test_a_body_that_never_comes_is_no_damaged_one(coding: str) -> None:
    assert decoded(coding, []) == []


def test_what_is_damaged_cut_or_too_large_is_told() -> None:
    data = zlib.compress(bytes(1000))
    for pieces in ([b"\xff\xff\xff"], [data[:-1]]):
        with pytest.raises(DecompressionError):
            decoded("deflate", pieces)
    with pytest.raises(DecompressionError, match="6 content encodings"):
        decoded(", ".join(["gzip"] * 6), [b"x"])
    with pytest.raises(ResponseTooLarge):
        decoded("deflate", [data], Limits(max_decoded_bytes=999))


@given(st.text(max_size=40), st.sampled_from(["utf-8", "utf-16", "latin-1"]), CUTS)
def test_text_is_the_same_however_the_bytes_came(text: str, charset: str, cuts: list[int]) -> None:
    data = text.encode(charset, "replace")
    content_type = f"text/plain; charset={charset}"
    pieces = through(AsText(content_type, "utf-8"), cut(data, cuts))
    assert all(pieces)
    assert "".join(pieces) == decode_text(data, content_type)


def test_half_a_character_at_the_end_becomes_a_replacement() -> None:
    assert through(AsText(None, "utf-8"), ["aß".encode()[:-1]]) == ["a", "\ufffd"]


@given(st.text("ab\r\nß", max_size=40), CUTS, st.integers(1, 10))
def test_stages_follow_one_another(text: str, cuts: list[int], size: int) -> None:
    sizes = Chain(AsText(None, "utf-8"), sized(size, "".join))
    assert "".join(through(sizes, cut(text.encode(), cuts))) == text
    lines = Chain(AsText(None, "utf-8"), LineSplitter())
    whole = LineSplitter()
    expected = [*whole.feed(text), *whole.finish()]
    assert through(lines, cut(text.encode(), cuts)) == expected


def test_what_the_first_stage_held_back_goes_through_the_second() -> None:
    lines = Chain(AsText(None, "utf-8"), LineSplitter())
    assert through(lines, [b"a\nb\xc3"]) == ["a", "b\ufffd"]
