"""Server-sent events by the WHATWG's grammar, however the bytes were cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel

from hyperhttp._base._generated.errors import DecodeError, ResponseTooLarge
from hyperhttp._message.content.sse import EventReader, ServerSentEvent, event_lines
from hyperhttp._message.content.transforms import Chain
from tests.message.content.test_json_lines import every_cut
from tests.message.content.test_transforms import CUTS, cut, through

if TYPE_CHECKING:
    from collections.abc import Iterable

Told: TypeAlias = tuple[str, str, str]


class User(BaseModel):
    id: int


def read(pieces: Iterable[bytes], size_max: int | None = None) -> list[ServerSentEvent]:
    return through(Chain(event_lines(size_max), EventReader(size_max)), pieces)


def told(events: Iterable[ServerSentEvent]) -> list[Told]:
    return [(event.event, event.data, event.id) for event in events]


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        # The examples of the standard.
        ("data: YHOO\ndata: +2\ndata: 10\n\n", [("message", "YHOO\n+2\n10", "")]),
        (
            ": test stream\n\ndata: first\nid: 1\n\ndata:second\nid\n\ndata:  third\n\n",
            [
                ("message", "first", "1"),
                ("message", "second", ""),
                ("message", " third", ""),
            ],
        ),
        ("data\n\ndata\ndata\n\ndata:", [("message", "", ""), ("message", "\n", "")]),
        ("data:test\n\ndata: test\n\n", [("message", "test", ""), ("message", "test", "")]),
        ("event: add\ndata: 73857293\n\n", [("add", "73857293", "")]),
        # The edges of it.
        ("", []),
        ("\n\n\n", []),
        ("data: lost", []),
        ("data: lost\n", []),
        ("data: a\r\n\r\n", [("message", "a", "")]),
        ("data: a\r\rdata: b\r\r", [("message", "a", ""), ("message", "b", "")]),
        ("data: a\n\r\ndata: b\r\n\n", [("message", "a", ""), ("message", "b", "")]),
        ("\ufeffdata: a\n\n", [("message", "a", "")]),
        ("\ufeff\ufeffdata: a\n\n", []),
        ("event: x\n\ndata: a\n\n", [("message", "a", "")]),
        ("event: x\nevent\ndata: a\n\n", [("message", "a", "")]),
        ("id: 1\n\ndata: a\n\n", [("message", "a", "1")]),
        ("id: 1\ndata: a\nid: 2\n\n", [("message", "a", "2")]),
        ("id: 1\nid: 2\0\ndata: a\n\n", [("message", "a", "1")]),
        ("Data: a\n DATA: b\nunknown: c\n:data: d\ndata: e\n\n", [("message", "e", "")]),
        ("data: a:b: c\n\n", [("message", "a:b: c", "")]),
        ("data: é😀\u2028x\x0by\n\n", [("message", "é😀\u2028x\x0by", "")]),
    ],
)
def test_a_stream_gives_its_events_however_it_was_cut(stream: str, events: list[Told]) -> None:
    for pieces in every_cut(stream.encode()):
        assert told(read(pieces)) == events


def test_bytes_that_are_no_utf_8_are_replaced_and_no_other_encoding_is_tried() -> None:
    assert told(read([b"data: \xe9\n\n"])) == [("message", "\ufffd", "")]
    assert told(read([b"data: \xc3\n\ndata: b\n\n"])) == [
        ("message", "\ufffd", ""),
        ("message", "b", ""),
    ]
    assert read(["data: a\n\n".encode("utf-16")]) == []


FIELDS = st.tuples(
    st.sampled_from(["data", "event", "id", "retry", "", "x"]),
    st.text(st.sampled_from("ab1 :\0é"), max_size=6),
)
ENDINGS = st.sampled_from(["\n", "\r", "\r\n"])


@given(st.lists(st.tuples(FIELDS | st.none(), ENDINGS), max_size=12), CUTS)
@example([(("data", "a"), "\r"), (None, "\n"), (None, "\r")], [1, 7, 8])
def test_how_a_stream_was_cut_never_matters(
    lines: list[tuple[tuple[str, str] | None, str]], cuts: list[int]
) -> None:
    parts = [("" if field is None else f"{field[0]}:{field[1]}") + end for field, end in lines]
    data = "".join(parts).encode()
    assert read(cut(data, cuts)) == read([data])


@pytest.mark.parametrize(
    ("value", "retry_s"),
    [
        ("3000", 3.0),
        ("0", 0.0),
        ("1", 0.001),
        ("-1", None),
        ("1.5", None),
        ("3s", None),
        ("٣", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_delay_is_digits_only(value: str, retry_s: float | None) -> None:
    (event,) = read([f"retry: {value}\ndata: a\n\n".encode()])
    assert event.retry_s == retry_s


def test_an_id_holds_from_the_empty_line_on_and_a_delay_at_once() -> None:
    reader = EventReader(last_event_id="0")
    stage = Chain(event_lines(None), reader)
    assert list(stage.feed(b"retry: 50\nid: 7\n")) == []
    assert (reader.last_event_id, reader.retry_s) == ("0", 0.05)
    assert list(stage.feed(b"\n")) == []
    assert reader.last_event_id == "7"
    assert list(stage.feed(b"id: 8\ndata: cut off")) == []
    assert list(stage.finish()) == []
    assert reader.last_event_id == "7"


def test_an_event_is_given_as_soon_as_its_empty_line_has_come() -> None:
    stage = Chain(event_lines(None), EventReader())
    assert list(stage.feed(b"data: a\r\n")) == []
    assert told(stage.feed(b"\r")) == [("message", "a", "")]
    assert list(stage.feed(b"\n")) == []


@pytest.mark.parametrize(
    "stream", [b"data: 0123456789", b":" + b"x" * 11, b"data:123\n" * 4, b"data\n" * 11]
)
def test_a_line_or_an_event_that_is_too_long_is_refused(stream: bytes) -> None:
    assert len(read([b"data:12\n" * 3 + b"\n"], size_max=10)) == 1
    for pieces in ([stream], [stream[at : at + 1] for at in range(len(stream))]):
        with pytest.raises(ResponseTooLarge, match="max_line_bytes"):
            read(pieces, size_max=10)


def test_the_data_of_an_event_is_read_as_json() -> None:
    event = ServerSentEvent(data='{"id":\n1}')
    assert event.json() == {"id": 1}
    assert event.json(User) == User(id=1)
    assert event.json(dict[str, int] | None) == {"id": 1}
    with pytest.raises(DecodeError, match="not JSON"):
        ServerSentEvent(data="[DONE").json()
    with pytest.raises(DecodeError) as caught:
        ServerSentEvent(data='{"id": "x"}').json(User)
    assert caught.value.json_path == "$.id"
