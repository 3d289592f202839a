"""A response as a stream of records: JSON lines and events, their limits and their errors."""

from __future__ import annotations

import gzip
import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from hyperhttp._base._generated.bounds import CHARSET_SAMPLE_BYTES
from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import (
    ConfigError,
    DecodeError,
    ReadError,
    ResponseTooLarge,
    StreamConsumed,
)
from hyperhttp._message.content.sse import EventStream
from hyperhttp._message.response._generated.status_errors import HTTPStatusError
from tests.message.content.test_transforms import CUTS, cut
from tests.message.sources import Pieces, all_of, at_once, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._message.response.response import Response

EVENTS = "text/event-stream; charset=utf-8"


class User(BaseModel):
    id: int


def events(*pieces: bytes | BaseException) -> Response:
    return reply(Pieces(*pieces), content_type=EVENTS)


async def test_json_lines_are_plain_values_or_models() -> None:
    assert await all_of(reply(Pieces(b'{"id"', b": 1}\n[2]")).aiter_json()) == [{"id": 1}, [2]]
    users = reply(Pieces(b'{"id": 1}\n', b'{"id": 2}\n')).aiter_json(User)
    assert [user.id async for user in users] == [1, 2]
    either = reply(Pieces(b'1\n"a"\n')).aiter_json(int | str)
    assert await all_of(either) == [1, "a"]


async def test_json_lines_are_decoded_and_read_again_from_what_was_kept() -> None:
    response = reply(Pieces(gzip.compress(b"1\n2\n")), content_encoding="gzip")
    await response.aread()
    assert await all_of(response.aiter_json()) == [1, 2]
    assert await all_of(response.aiter_json(int)) == [1, 2]


async def test_a_record_that_is_wrong_closes_the_response_and_names_the_request() -> None:
    source = Pieces(b'{"id": 1}\n', b'{"id": null}\n', b"never read")
    response = reply(source)
    users = response.aiter_json(User)
    assert (await anext(users)).id == 1
    with pytest.raises(DecodeError) as caught:
        await anext(users)
    error = caught.value
    assert (error.line, error.json_path, error.excerpt) == (2, "$.id", "null")
    assert error.request is response.request
    assert source.abandoned
    assert pickle.loads(pickle.dumps(error)).json_path == "$.id"


async def test_a_model_that_is_no_type_leaves_the_body_alone() -> None:
    response = reply(Pieces(b"1\n"))
    with pytest.raises(ConfigError):
        response.aiter_json(object())  # type: ignore[call-overload]  # the point of the test
    assert await all_of(response.aiter_json()) == [1]


@pytest.mark.parametrize(
    "iterate",
    [
        lambda response: response.aiter_lines(),
        lambda response: response.aiter_json(),
        lambda response: response.aiter_sse(),
    ],
    ids=["lines", "json", "sse"],
)
async def test_a_line_without_an_end_is_refused(
    iterate: Callable[[Response], EventStream],
) -> None:
    limits = Limits(max_line_bytes=1024)
    source = Pieces(*[b"1" * 100] * 11, b"never read", b"nor this")
    response = reply(source, limits=limits, content_type=EVENTS)
    with pytest.raises(ResponseTooLarge) as caught:
        await all_of(iterate(response))
    assert (caught.value.limit, caught.value.limit_bytes) == ("max_line_bytes", 1024)
    assert caught.value.request is response.request
    assert (source.reads, source.abandoned) == (11, True)


async def test_without_a_limit_a_line_may_be_of_any_length() -> None:
    limits = Limits(max_line_bytes=None)
    response = reply(Pieces(*[b"1" * 100_000] * 200), limits=limits)
    (line,) = await all_of(response.aiter_lines())
    assert len(line) == 20_000_000


async def test_events_come_with_what_is_to_be_remembered() -> None:
    stream = events(b"retry: 50\nid: 4\ndata: a\n", b"\ndata: b\n\n").aiter_sse()
    assert (stream.last_event_id, stream.retry_s) == ("", None)
    event = await anext(stream)
    assert (event.data, event.id, event.retry_s) == ("a", "4", 0.05)
    assert [event.data async for event in stream] == ["b"]
    assert (stream.last_event_id, stream.retry_s) == ("4", 0.05)


async def test_an_id_from_before_holds_until_the_stream_names_one() -> None:
    stream = events(b"data: a\n\nid: 8\ndata: b\n\n").aiter_sse(last_event_id="7")
    assert stream.last_event_id == "7"
    assert [event.id async for event in stream] == ["7", "8"]


@pytest.mark.parametrize("content_type", ["text/html", "application/json", "nonsense"])
def test_another_body_is_no_event_stream(content_type: str) -> None:
    response = reply(b"data: a\n\n", content_type=content_type)
    with pytest.raises(DecodeError, match="isn't an event stream") as caught:
        response.aiter_sse()
    assert caught.value.request is response.request
    assert response.raise_for_status() is response


async def test_a_stream_that_breaks_is_told_after_its_events() -> None:
    stream = events(b"data: a\n\n", ReadError(detail="gone", received_bytes=9)).aiter_sse()
    assert (await anext(stream)).data == "a"
    with pytest.raises(ReadError):
        await anext(stream)


async def test_leaving_an_event_stream_lets_go_of_the_connection() -> None:
    source = Pieces(b"data: a\n\n", b"data: b\n\n")
    response = reply(source, content_type=EVENTS)
    stream = response.aiter_sse()
    assert (await anext(stream)).data == "a"
    await stream.aclose()
    assert source.abandoned
    with pytest.raises(StreamConsumed):
        await all_of(response.aiter_sse())


@given(st.text(st.sampled_from("ab\r\né😀\u2028"), max_size=30), CUTS)
def test_every_text_gives_the_same_text_and_lines_however_it_was_cut(
    text: str, cuts: list[int]
) -> None:
    data = text.encode()
    whole = reply(data)
    at_once(whole.aread())
    lines = at_once(all_of(whole.aiter_lines()))
    pieces = [piece for piece in cut(data, cuts) if piece]
    assert "".join(at_once(all_of(reply(Pieces(*pieces)).aiter_text()))) == whole.text == text
    assert at_once(all_of(reply(Pieces(*pieces)).aiter_lines())) == lines


# --- a function that says the encoding ---


def koi8(start: bytes) -> str:
    assert len(start) <= CHARSET_SAMPLE_BYTES
    return "koi8-r"


@given(st.text(st.sampled_from("привет\n"), max_size=30), CUTS, st.booleans())
def test_a_function_says_the_encoding_of_whole_and_streamed_text_alike(
    text: str, cuts: list[int], is_long: bool
) -> None:
    text = text * 2000 if is_long else text
    data = text.encode("koi8-r")
    whole = reply(data, default_encoding=koi8)
    at_once(whole.aread())
    assert (whole.text, whole.encoding) == (text, "koi8-r")
    pieces = [piece for piece in cut(data, cuts) if piece]
    streamed = reply(Pieces(*pieces), default_encoding=koi8)
    assert "".join(at_once(all_of(streamed.aiter_text()))) == text


async def test_what_a_function_said_travels_with_a_copy() -> None:
    response = reply("привет".encode("koi8-r"), default_encoding=lambda _: "koi8-r")
    await response.aread()
    copy: Response = pickle.loads(pickle.dumps(response))
    assert copy.text == response.text == "привет"


async def test_a_status_error_shows_its_body_by_what_a_function_says() -> None:
    response = reply("почему".encode("koi8-r"), 400, default_encoding=koi8)
    with pytest.raises(HTTPStatusError) as caught:
        response.raise_for_status()
    assert caught.value.excerpt == "почему"
