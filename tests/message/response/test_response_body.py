"""The body of a response as the caller has it: kept or streamed, text, JSON, and its end."""

from __future__ import annotations

import asyncio
import gc
import gzip
import zlib
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import (
    ConfigError,
    DecodeError,
    ReadError,
    ResponseClosed,
    ResponseNotRead,
    StreamConsumed,
    StreamError,
)
from hyperhttp._message.response.response import Response
from tests.message.sources import ORIGIN, URL, Pieces, all_of, at_once, reply

Iterator: TypeAlias = AsyncGenerator[bytes, None] | AsyncGenerator[str, None]
ITERATORS: list[Callable[[Response], Iterator]] = [
    Response.aiter_raw,
    Response.aiter_bytes,
    Response.aiter_text,
    Response.aiter_lines,
]


async def read(response: Response) -> Response:
    await response.aread()
    return response


# --- the body, kept ---


async def test_the_body_is_kept_once_it_was_read() -> None:
    response = reply(Pieces(b"ab", b"cd"))
    assert await response.aread() == b"abcd"
    assert response.content == await response.aread() == b"abcd"
    assert response.text == "abcd"
    assert response.text is response.text


ASKS: list[Callable[[Response], object]] = [
    lambda response: response.content,
    lambda response: response.text,
    lambda response: response.json(),
    lambda response: response.json(int),
]


@pytest.mark.parametrize("ask", ASKS)
async def test_before_it_was_read_the_error_says_what_to_call(
    ask: Callable[[Response], object],
) -> None:
    response = reply(Pieces(b"12"))
    with pytest.raises(ResponseNotRead, match="aread") as caught:
        ask(response)
    assert (str(caught.value.url), caught.value.origin) == (URL, ORIGIN)
    # To have asked too early does no harm.
    assert await response.aread() == b"12"
    ask(response)


@pytest.mark.parametrize("iterate", ITERATORS)
async def test_a_body_is_streamed_once(iterate: Callable[[Response], Iterator]) -> None:
    response = reply(Pieces(b"ab", b"cd"))
    got = await all_of(iterate(response))
    assert got in ([b"ab", b"cd"], ["ab", "cd"], ["abcd"])
    for again in ITERATORS:
        with pytest.raises(StreamConsumed):
            await anext(again(response))
    with pytest.raises(StreamConsumed):
        await response.aread()
    with pytest.raises(StreamConsumed):
        assert response.content


async def test_a_body_that_was_read_is_streamed_as_often_as_you_like() -> None:
    response = await read(reply(Pieces(b"a\nb", b"c\n")))
    for _ in range(2):
        assert await all_of(response.aiter_raw()) == [b"a\nbc\n"]
        assert await all_of(response.aiter_bytes()) == [b"a\nbc\n"]
        assert await all_of(response.aiter_text()) == ["a\nbc\n"]
        assert await all_of(response.aiter_lines()) == ["a", "bc"]
        assert await all_of(response) == [b"a\nbc\n"]


async def test_a_kept_body_is_cut_to_size_too() -> None:
    response = await read(reply(Pieces(b"abc", b"de")))
    assert await all_of(response.aiter_bytes(2)) == [b"ab", b"cd", b"e"]
    assert await all_of(response.aiter_raw(4)) == [b"abcd", b"e"]
    assert await all_of(response.aiter_text(3)) == ["abc", "de"]


@pytest.mark.parametrize("iterate", ITERATORS)
async def test_an_empty_body_has_no_pieces(iterate: Callable[[Response], Iterator]) -> None:
    assert await all_of(iterate(reply(Pieces()))) == []
    assert await all_of(iterate(await read(reply(b"")))) == []


async def test_a_decoded_body_is_streamed_raw_or_decoded() -> None:
    wire = zlib.compress(b"text")
    assert await all_of(reply(wire, content_encoding="deflate").aiter_bytes()) == [b"text"]
    pieces = Pieces(wire[:3], wire[3:])
    response = reply(pieces, content_encoding="deflate")
    assert await all_of(response.aiter_raw()) == [wire[:3], wire[3:]]
    with pytest.raises(StreamConsumed):
        await anext((await read(reply(wire, content_encoding="deflate"))).aiter_raw())


async def test_codings_of_several_fields_are_one_list() -> None:
    wire = zlib.compress(gzip.compress(b"text"))
    response = reply(wire, content_encoding="gzip\r\nContent-Encoding: deflate")
    assert (await read(response)).content == b"text"


@pytest.mark.parametrize("size", [0, -5, 1.5, "10", True])
def test_a_size_that_no_piece_can_have_is_refused_at_once(size: object) -> None:
    response = reply(Pieces(b"x"))
    chunk_size = cast("int", size)
    for iterate in (response.aiter_raw, response.aiter_bytes, response.aiter_text):
        with pytest.raises(ConfigError, match="chunk_size"):
            iterate(chunk_size)
    # Nothing was taken from the body.
    assert at_once(response.aread()) == b"x"


CUTS = st.lists(st.integers(0, 60), max_size=6)


@given(st.text(max_size=30), CUTS, st.integers(1, 20))
def test_pieces_lines_and_text_agree_however_the_body_came(
    text: str, cuts: list[int], size: int
) -> None:
    data = text.encode()
    edges = [0, *sorted(cuts), len(data)]
    pieces = [data[start:end] for start, end in pairwise(edges) if data[start:end]]
    whole = at_once(read(reply(data)))

    def streamed() -> Response:
        return reply(Pieces(*pieces))

    for of_size in (Response.aiter_bytes, Response.aiter_raw):
        got = at_once(all_of(of_size(streamed(), size)))
        assert got == at_once(all_of(of_size(whole, size)))
        assert b"".join(got) == data
    texts = at_once(all_of(streamed().aiter_text(size)))
    assert texts == at_once(all_of(whole.aiter_text(size)))
    assert "".join(texts) == whole.text
    lines = at_once(all_of(streamed().aiter_lines()))
    assert lines == at_once(all_of(whole.aiter_lines()))


# --- text and JSON ---


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "koi8-r", "utf-32"])
async def test_text_is_decoded_by_its_charset(charset: str) -> None:
    data = "Привет\r\nlast".encode(charset)
    for head in (f"text/plain; charset={charset}", f'text/plain; a=b; CHARSET="{charset}"'):
        assert (await read(reply(data, content_type=head))).text == "Привет\r\nlast"
        response = reply(Pieces(*[bytes([byte]) for byte in data]), content_type=head)
        assert await all_of(response.aiter_lines()) == ["Привет", "last"]


async def test_bytes_that_are_no_text_do_not_fail() -> None:
    for content_type in ("text/plain; charset=ascii", "text/plain; charset=nonsense", "text/plain"):
        response = await read(reply(b"a\xff", content_type=content_type))
        assert response.text == "a\ufffd"


async def test_without_a_charset_the_client_decides() -> None:
    data = "Straße".encode("latin-1")
    response = await read(reply(data, default_encoding="latin-1"))
    assert response.text == "Straße"
    response = reply(Pieces(data), default_encoding="latin-1")
    assert await all_of(response.aiter_text()) == ["Straße"]


@dataclass
class Point:
    x: int


async def test_json_is_plain_values_or_a_model() -> None:
    response = await read(reply(b'{"x": 1}'))
    assert response.json() == {"x": 1}
    assert response.json(Point) == Point(1)
    assert response.json(dict[str, int]) == {"x": 1}


@pytest.mark.parametrize(
    ("body", "model", "says"),
    [
        (b"<html>", None, "is not JSON"),
        (b"", None, "is not JSON"),
        (b"<html>", Point, "is not JSON"),
        (b'{"x": "a"}', Point, "the JSON doesn't match Point: $.x: "),
        (b'["a"]', list[int], "the JSON doesn't match list[int]: $[0]: "),
    ],
)
async def test_json_that_is_not_what_was_asked_for_is_told(
    body: bytes, model: type[object] | None, says: str
) -> None:
    response = await read(reply(body))
    with pytest.raises(DecodeError) as caught:
        response.json(model) if model else response.json()
    error = caught.value
    assert isinstance(error, ValueError)
    assert says in str(error)
    assert URL in str(error)
    assert (str(error.url), error.origin) == (URL, ORIGIN)
    assert response.content == body


async def test_a_model_that_is_no_type_is_a_config_error() -> None:
    response = await read(reply(b"1"))
    with pytest.raises(ConfigError, match="model"):
        response.json(cast("type[int]", 5))


# --- its end ---


async def test_a_closed_response_gives_its_connection_back_and_nothing_else() -> None:
    source = Pieces(b"a", b"b")
    response = reply(source)
    for _ in range(2):
        await response.aclose()
        assert source.abandoned
    for iterate in ITERATORS:
        with pytest.raises(ResponseClosed):
            await anext(iterate(response))
    with pytest.raises(ResponseClosed) as caught:
        await response.aread()
    assert (str(caught.value.url), caught.value.origin) == (URL, ORIGIN)
    assert response.headers is not None


async def test_what_was_read_outlives_the_end() -> None:
    source = Pieces(b"a", b"b")
    async with reply(source) as response:
        await response.aread()
    assert not source.abandoned
    assert response.content == b"ab"
    assert await all_of(response.aiter_lines()) == ["ab"]


async def test_async_with_closes_it_whatever_happens() -> None:
    source = Pieces(b"a", b"b")
    with pytest.raises(ZeroDivisionError):
        async with reply(source) as response:
            async for piece in response:
                assert 1 / (len(piece) - 1)
    assert source.abandoned


@pytest.mark.parametrize("iterate", ITERATORS)
async def test_leaving_a_closed_iterator_gives_the_body_up_at_once(
    iterate: Callable[[Response], Iterator],
) -> None:
    source = Pieces(b"a\n", b"b\n", b"c\n")
    response = reply(source)
    async with aclosing(iterate(response)) as pieces:
        await anext(pieces)
        before = source.abandoned
    assert (before, source.abandoned) == (False, True)
    with pytest.raises(StreamConsumed):
        await response.aread()


@pytest.mark.parametrize("iterate", ITERATORS)
async def test_a_loop_that_is_left_early_leaves_nothing_behind(
    iterate: Callable[[Response], Iterator],
) -> None:
    source = Pieces(b"a\n", b"b\n", b"c\n")
    response = reply(source)
    async for _ in iterate(response):
        break
    gc.collect()
    await asyncio.sleep(0)  # the loop closes an iterator that nobody has any more
    await asyncio.sleep(0)
    assert source.abandoned
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_failed_read_closes_the_response() -> None:
    source = Pieces(b"a", ReadError(detail="reset"))
    response = reply(source)
    with pytest.raises(ReadError) as caught:
        await response.aread()
    assert (str(caught.value.url), caught.value.origin) == (URL, ORIGIN)
    with pytest.raises(ResponseClosed):
        await response.aread()
    with pytest.raises(ResponseClosed):
        assert response.content


async def test_a_cancelled_read_closes_the_response() -> None:
    source = Pieces(b"a", stalls=True)
    response = reply(source)
    reading = asyncio.ensure_future(response.aread())
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert source.abandoned
    with pytest.raises(StreamError):
        assert response.text


def test_a_response_that_is_dropped_unread_gives_its_connection_back_and_warns() -> None:
    source = Pieces(b"a")
    held = [reply(source)]
    with pytest.warns(ResourceWarning, match="dropped before its body was read"):
        held.clear()
    assert source.abandoned


@pytest.mark.slow
async def test_a_response_is_not_dropped_while_its_body_is_iterated() -> None:
    source = Pieces(b"a", b"b", b"c")
    got: list[bytes] = []
    async for piece in reply(source).aiter_bytes():
        gc.collect()
        got.append(piece)
    assert got == [b"a", b"b", b"c"]
