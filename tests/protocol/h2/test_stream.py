"""One stream: its table, its windows, and what its response may be."""

from __future__ import annotations

import pytest
from h2.errors import ErrorCodes

from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._protocol.events import Head, Informational
from hyperhttp._protocol.h2.stream import NEXT, ReceiveWindow, Signal, State, Stream, StreamFault

OPEN, LOCAL, REMOTE, CLOSED = State
AFTER = {
    (OPEN, Signal.END_SENT): LOCAL,
    (OPEN, Signal.END_RECEIVED): REMOTE,
    (OPEN, Signal.RESET): CLOSED,
    (LOCAL, Signal.END_RECEIVED): CLOSED,
    (LOCAL, Signal.RESET): CLOSED,
    (REMOTE, Signal.END_SENT): CLOSED,
    (REMOTE, Signal.RESET): CLOSED,
}


def stream(*, bodyless: bool = False, ended: bool = True, window: int = 100) -> Stream:
    return Stream(1, bodyless=bodyless, send_window=window, receive_window=window, ended=ended)


def head_of(status_code: int) -> Head:
    return ResponseHead(status_code, "", "HTTP/2", b"")


def respond(
    one: Stream, status_code: int, length: int | None = None, *, ended: bool = False
) -> object:
    return one.head(head_of(status_code), length, ended=ended, max_informational=2)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("signal", Signal)
def test_every_pair_is_in_the_table_or_cannot_happen(state: State, signal: Signal) -> None:
    one = stream()
    one.state = state
    if (state, signal) in AFTER:
        assert one.advance(signal) is AFTER[state, signal]
        assert one.state is AFTER[state, signal]
    else:
        with pytest.raises(KeyError):
            one.advance(signal)
        assert one.state is state


def test_every_state_has_its_row() -> None:
    assert set(NEXT) == set(State)


@pytest.mark.parametrize(
    ("state", "takes_body", "response_ended"),
    [(OPEN, True, False), (LOCAL, False, False), (REMOTE, False, True), (CLOSED, False, True)],
)
def test_the_state_says_what_is_still_wanted(
    state: State, takes_body: bool, response_ended: bool
) -> None:
    one = stream()
    one.state = state
    assert (one.takes_body, one.response_ended) == (takes_body, response_ended)


def test_a_request_without_a_body_begins_half_closed() -> None:
    assert stream(ended=True).state is LOCAL
    assert stream(ended=False).state is OPEN


@pytest.mark.parametrize("size", [1, 2, 3, 100, 65_535])
def test_credit_is_given_back_in_halves_and_none_is_lost(size: int) -> None:
    window = ReceiveWindow(size)
    assert (window.left, window.due) == (size, 0)
    # Half of the window is never both due and too little to be given back.
    assert size / 2 <= window.half <= size / 2 + 1
    window.left -= size
    window.due += size
    assert window.return_credit() == size
    assert (window.left, window.due) == (size, 0)


def test_interim_heads_are_bounded_and_come_before_the_final_one() -> None:
    one = stream()
    assert respond(one, 100) == Informational(head_of(100))
    assert respond(one, 103) == Informational(head_of(103))
    with pytest.raises(StreamFault, match="more than 2 informational"):
        respond(one, 103)
    assert not one.responding
    assert respond(stream(), 200) == head_of(200)


def test_an_interim_head_cannot_end_the_stream() -> None:
    with pytest.raises(StreamFault, match="ends with the informational response 103"):
        respond(stream(), 103, ended=True)


@pytest.mark.parametrize(
    ("length", "parts"),
    [(None, []), (None, [3, 4]), (0, []), (0, [0]), (7, [3, 4]), (7, [0, 7])],
)
def test_the_length_that_was_announced_is_held_to(length: int | None, parts: list[int]) -> None:
    one = stream()
    respond(one, 200, length)
    for part in parts:
        one.data(part, part)
    one.check_length()


@pytest.mark.parametrize(
    ("status_code", "bodyless", "length"), [(200, True, 9), (204, False, 9), (304, False, None)]
)
def test_what_has_no_body_ends_without_and_takes_none(
    status_code: int, bodyless: bool, length: int | None
) -> None:
    one = stream(bodyless=bodyless)
    respond(one, status_code, length)
    one.data(20, 0)
    one.check_length()
    with pytest.raises(StreamFault, match="a body where none is possible"):
        one.data(1, 1)


def test_too_few_and_too_many_bytes_are_faults() -> None:
    one = stream()
    respond(one, 200, 5)
    one.data(4, 4)
    with pytest.raises(StreamFault, match="with 1 bytes missing") as caught:
        one.check_length()
    assert caught.value.code is ErrorCodes.PROTOCOL_ERROR
    with pytest.raises(StreamFault, match="longer than its Content-Length"):
        one.data(2, 2)


def test_padding_counts_against_the_window_and_not_the_length() -> None:
    one = stream(window=10)
    respond(one, 200, 3)
    one.data(10, 3)
    one.check_length()
    with pytest.raises(StreamFault) as caught:
        one.data(1, 0)
    assert caught.value.code is ErrorCodes.FLOW_CONTROL_ERROR


def test_the_send_window_grows_to_its_limit() -> None:
    one = stream(window=-5)
    assert not one.grow(5)
    assert one.grow(2**31 - 1)
    with pytest.raises(StreamFault) as caught:
        one.grow(1)
    assert caught.value.code is ErrorCodes.FLOW_CONTROL_ERROR
    with pytest.raises(StreamFault, match="WINDOW_UPDATE by 0"):
        one.grow(0)
