"""The body of a response: its states, its limits, and what becomes of it when reading fails."""

from __future__ import annotations

import asyncio
import gc
import gzip
import sys
import warnings
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

import pytest

from hyperhttp._base._generated.bounds import FRAME_WORK_BYTES
from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import (
    ClientClosed,
    DecompressionError,
    HyperHTTPError,
    ReadError,
    ResponseClosed,
    ResponseNotRead,
    ResponseTooLarge,
    StreamConsumed,
    StreamError,
)
from hyperhttp._message.content.transforms import Identity
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.body_reader import BodyReader
from tests import traced_memory
from tests.message.sources import ORIGIN, URL, Pieces, all_of

if TYPE_CHECKING:
    from hyperhttp._message.response.source import BodySource

DATA = b"some data"
BROKEN = ReadError(detail="reset", received_bytes=4)
Step: TypeAlias = Callable[[BodyReader], Awaitable[object]]


def intake(source: BodySource, coding: str = "", limits: Limits | None = None) -> BodyReader:
    return BodyReader(source, Request("GET", URL), coding, limits or Limits())


async def read(body: BodyReader) -> bytes:
    return await body.read_all()


async def content(body: BodyReader) -> bytes:
    return body.content


async def each(body: BodyReader) -> bytes:
    return b"".join(await all_of(body.each(Identity[bytes]())))


async def raw(body: BodyReader) -> bytes:
    return b"".join(await all_of(body.each(Identity[bytes](), raw=True)))


async def outcome(step: Step, body: BodyReader) -> object:
    """What a step gives, or the class of the error that says why there is nothing."""
    try:
        return await step(body)
    except StreamError as error:
        known = (str(error.url), error.origin) == (URL, ORIGIN)
        return type(error) if known else error


# --- the states ---


async def leave_alone(body: BodyReader) -> None:
    """Nothing has happened yet."""


async def break_off(body: BodyReader) -> None:
    pieces = body.each(Identity[bytes]())
    await anext(pieces)
    await pieces.aclose()


async def close(body: BodyReader) -> None:
    body.close()
    body.close()


async def read_and_close(body: BodyReader) -> None:
    await read(body)
    await close(body)


async def read_early(body: BodyReader) -> None:
    body.read_early()


async def fail(body: BodyReader) -> None:
    with suppress(ReadError):
        await read(body)


async def fail_iterating(body: BodyReader) -> None:
    with suppress(ReadError):
        await each(body)


async def cancel(body: BodyReader) -> None:
    reading = asyncio.ensure_future(read(body))
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


GOOD = (DATA[:4], DATA[4:])
BAD = (DATA[:4], BROKEN)
# What was done before, to which pieces, and what then comes of: read, content, each, raw.
STATES: list[tuple[Step, tuple[bytes | BaseException, ...], list[object]]] = [
    (leave_alone, GOOD, [DATA, ResponseNotRead, DATA, DATA]),
    (read_early, GOOD, [DATA, ResponseNotRead, DATA, DATA]),
    (read, GOOD, [DATA, DATA, DATA, DATA]),
    (read_and_close, GOOD, [DATA, DATA, DATA, DATA]),
    (each, GOOD, [StreamConsumed] * 4),
    (raw, GOOD, [StreamConsumed] * 4),
    (break_off, GOOD, [StreamConsumed] * 4),
    (close, GOOD, [ResponseClosed] * 4),
    (fail, BAD, [ResponseClosed] * 4),
    (fail_iterating, BAD, [ResponseClosed] * 4),
    (cancel, GOOD, [ResponseClosed] * 4),
]


@pytest.mark.parametrize(("before", "pieces", "after"), STATES)
async def test_what_a_body_may_be_used_for_depends_on_what_was_done_with_it(
    before: Step, pieces: tuple[bytes | BaseException, ...], after: list[object]
) -> None:
    for step, expected in zip((read, content, each, raw), after, strict=True):
        source = Pieces(*pieces, stalls=before is cancel)
        body = intake(source)
        await before(body)
        assert await outcome(step, body) == expected
        body.close()


async def test_a_body_that_was_read_can_be_had_again_and_again() -> None:
    source = Pieces(*GOOD)
    body = intake(source)
    assert await read(body) is await read(body) is body.content
    reads = source.reads
    for _ in range(2):
        assert await each(body) == DATA
        assert await raw(body) == DATA
    assert source.reads == reads


async def test_a_kept_body_that_was_decoded_has_no_raw_form_any_more() -> None:
    body = intake(Pieces(zlib.compress(DATA), come=True), "deflate")
    assert await read(body) == DATA
    with pytest.raises(StreamConsumed):
        await raw(body)
    assert body.content == await each(body) == DATA


@pytest.mark.parametrize("coding", ["identity", "unknown"])
async def test_a_kept_body_that_could_not_be_decoded_has_one(coding: str) -> None:
    body = intake(Pieces(DATA, come=True), coding)
    assert await read(body) == await raw(body) == DATA


async def test_two_tasks_cannot_read_one_body() -> None:
    body = intake(Pieces(*GOOD, stalls=True))
    reading = asyncio.ensure_future(read(body))
    await asyncio.sleep(0)
    for step in (read, each, content):
        with pytest.raises(StreamConsumed):
            await step(body)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


# --- whole or in pieces ---


@pytest.mark.parametrize("come", [True, False], ids=["come", "on its way"])
@pytest.mark.parametrize("coding", ["", "deflate", "unknown"])
async def test_whole_and_in_pieces_it_is_the_same_body(come: bool, coding: str) -> None:
    wire = zlib.compress(DATA) if coding == "deflate" else DATA
    for step, expected in ((read, DATA), (each, DATA), (raw, wire)):
        body = intake(Pieces(wire[:3], wire[3:], come=come), coding)
        assert await step(body) == expected
        assert body.downloaded_bytes == len(wire)


@pytest.mark.parametrize("come", [True, False], ids=["come", "on its way"])
@pytest.mark.parametrize("coding", ["", "gzip", ", ".join(["gzip"] * 6)])
async def test_an_empty_body_is_whole_whatever_its_codings(come: bool, coding: str) -> None:
    for step in (read, each, raw):
        assert await step(intake(Pieces(come=come), coding)) == b""


async def test_pieces_are_given_as_soon_as_they_can_be_decoded() -> None:
    compress = zlib.compressobj()
    first = compress.compress(b"first") + compress.flush(zlib.Z_SYNC_FLUSH)
    second = compress.compress(b"second") + compress.flush()
    source = Pieces(first, second)
    pieces = intake(source, "deflate").each(Identity[bytes]())
    assert await anext(pieces) == b"first"
    assert source.reads == 1
    assert await all_of(pieces) == [b"second"]


async def test_a_short_body_is_kept_early_and_no_other_is_waited_for() -> None:
    here, on_its_way = intake(Pieces(DATA, come=True)), intake(Pieces(DATA, stalls=True))
    here.read_early()
    here.read_early()
    assert here.content == here.kept == DATA
    on_its_way.read_early()
    assert on_its_way.kept is None
    on_its_way.close()


async def test_the_beginning_is_shown_where_that_takes_nothing_away() -> None:
    source = Pieces(*GOOD)
    body = intake(source)
    assert body.beginning(6) == DATA[:6]
    assert source.reads == 0
    assert await read(body) == DATA
    assert body.beginning(6) == DATA[:6]
    wire = gzip.compress(DATA)
    for coding in ("gzip", ", ".join(["gzip"] * 6)):
        assert intake(Pieces(wire, come=True), coding).beginning(6) == b""
    for step in (each, break_off, close):
        body = intake(Pieces(*GOOD, b"more"))
        await step(body)
        assert body.beginning(6) == b""


# --- limits ---


@pytest.mark.parametrize("step", [read, each, raw])
@pytest.mark.parametrize("come", [True, False], ids=["come", "on its way"])
async def test_a_body_beyond_its_limit_is_refused(step: Step, come: bool) -> None:
    source = Pieces(*GOOD, b"more", come=come)
    body = intake(source, limits=Limits(max_body_bytes=len(DATA)))
    with pytest.raises(ResponseTooLarge, match="max_body_bytes") as caught:
        await step(body)
    assert caught.value.limit == "max_body_bytes"
    assert caught.value.limit_bytes == len(DATA)
    assert caught.value.origin == ORIGIN
    with pytest.raises(ResponseClosed):
        await read(body)


@pytest.mark.parametrize("step", [read, each, raw])
@pytest.mark.parametrize("come", [True, False], ids=["come", "on its way"])
async def test_a_body_of_just_its_limit_passes(step: Step, come: bool) -> None:
    body = intake(Pieces(*GOOD, come=come), limits=Limits(max_body_bytes=len(DATA)))
    assert await step(body) == DATA


@pytest.mark.parametrize("step", [read, each])
async def test_a_body_that_grows_beyond_its_limit_is_refused(step: Step) -> None:
    wire = zlib.compress(bytes(1000))
    for come in (True, False):
        body = intake(Pieces(wire, come=come), "deflate", Limits(max_decoded_bytes=999))
        with pytest.raises(ResponseTooLarge, match="max_decoded_bytes"):
            await step(body)
    assert await raw(intake(Pieces(wire), "deflate", Limits(max_decoded_bytes=999))) == wire


@pytest.mark.parametrize("step", [read, each])
async def test_a_bomb_is_refused_while_it_comes_and_in_little_memory(step: Step) -> None:
    bomb = zlib.compress(bytes(64 << 20))
    pieces = [bomb[start : start + 1024] for start in range(0, len(bomb), 1024)]
    source = Pieces(*pieces)
    body = intake(source, "deflate")
    traced_memory.start()
    try:
        with pytest.raises(DecompressionError, match="200 times"):
            await step(body)
        _, peak = traced_memory.get_traced_memory()
    finally:
        traced_memory.stop()
    assert peak < 8 << 20
    assert source.reads < 5 < len(pieces)
    assert source.abandoned


# --- giving up ---


@pytest.mark.parametrize("step", [read, each])
@pytest.mark.parametrize(
    ("wire", "coding"),
    [
        pytest.param(b"\xff\xff\xff", "gzip", id="noise"),
        pytest.param(gzip.compress(DATA)[:-1], "gzip", id="cut"),
    ],
)
async def test_a_damaged_body_is_told_with_its_request(
    step: Step, wire: bytes, coding: str
) -> None:
    for come in (True, False):
        with pytest.raises(DecompressionError) as caught:
            await step(intake(Pieces(wire, come=come), coding))
        assert (str(caught.value.url), caught.value.origin) == (URL, ORIGIN)


@pytest.mark.parametrize("step", [read, each, raw])
async def test_what_broke_the_body_comes_out_with_its_request(step: Step) -> None:
    error = ReadError(detail="reset")
    source = Pieces(DATA, error)
    with pytest.raises(ReadError) as caught:
        await step(intake(source))
    assert caught.value is error
    assert (str(error.url), error.origin) == (URL, ORIGIN)


async def test_an_error_that_is_not_ours_comes_out_as_it_is() -> None:
    for step in (read, each, raw):
        error = ZeroDivisionError("from the generator that was being sent")
        with pytest.raises(ZeroDivisionError) as caught:
            await step(intake(Pieces(error)))
        assert caught.value is error


@pytest.mark.parametrize("step", [read, each, raw])
async def test_a_cancelled_read_gives_the_body_up_at_once(step: Step) -> None:
    source = Pieces(DATA, stalls=True)
    reading = asyncio.ensure_future(step(intake(source)))
    await asyncio.sleep(0)
    assert not source.over
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert source.abandoned


async def test_a_closed_iterator_gives_the_body_up_at_once() -> None:
    source = Pieces(*GOOD, stalls=True)
    await break_off(intake(source))
    assert source.abandoned


async def test_an_iterator_that_ended_gives_nothing_up() -> None:
    source = Pieces(*GOOD)
    pieces = intake(source).each(Identity[bytes]())
    assert await all_of(pieces) == [*GOOD]
    await pieces.aclose()
    assert not source.abandoned


async def test_an_iterator_that_nobody_asked_leaves_the_body_alone() -> None:
    source = Pieces(*GOOD)
    body = intake(source)
    body.each(Identity[bytes]())
    assert await read(body) == DATA


@pytest.mark.parametrize("step", [read, each, raw])
async def test_who_is_reading_when_it_is_closed_is_told_so(step: Step) -> None:
    body = intake(Pieces(DATA, stalls=True))
    reading = asyncio.ensure_future(step(body))
    await asyncio.sleep(0)
    body.close()
    with pytest.raises(ResponseClosed) as caught:
        await reading
    assert (str(caught.value.url), caught.value.origin) == (URL, ORIGIN)


async def test_an_iterator_gives_no_more_once_it_is_closed() -> None:
    body = intake(Pieces(gzip.compress(bytes(1 << 20)), b""), "gzip")
    pieces = body.each(Identity[bytes]())
    await anext(pieces)
    body.close()
    with pytest.raises(ResponseClosed):
        await anext(pieces)


async def test_a_closed_client_is_told_as_such() -> None:
    with pytest.raises(ClientClosed):
        await read(intake(Pieces(DATA, ClientClosed())))


# --- dropped ---


def test_a_dropped_body_is_given_up_with_a_warning() -> None:
    source = Pieces(*GOOD)
    held = [intake(source)]
    with pytest.warns(ResourceWarning, match=r"https://example.com/data.*dropped.*read.*aclose"):
        held.clear()
    assert source.abandoned


@pytest.mark.slow
async def test_a_body_that_was_broken_by_an_error_is_dropped_in_silence() -> None:
    for step in (leave_alone, read, each, close, fail, cancel):
        body = intake(Pieces(DATA, come=step is leave_alone, stalls=step is cancel))
        with suppress(HyperHTTPError):
            await step(body)
        del body
        gc.collect()


def test_where_warnings_are_errors_a_dropped_body_is_given_up_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unraisable: list[object] = []

    def note(what: sys.UnraisableHookArgs) -> None:
        unraisable.append(what.exc_type)

    monkeypatch.setattr(sys, "unraisablehook", note)
    source = Pieces(*GOOD)
    body = intake(source)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        del body
        gc.collect()
    assert unraisable == [ResourceWarning]
    assert source.abandoned


@pytest.mark.slow
async def test_an_iterator_keeps_its_body_alive() -> None:
    source = Pieces(*GOOD, b"more")
    got: list[bytes] = []
    async for piece in intake(source).each(Identity[bytes]()):
        gc.collect()
        assert not source.abandoned
        got.append(piece)
    assert got == [*GOOD, b"more"]


# --- copies ---


@pytest.mark.parametrize(("kept", "state"), [(DATA, DATA), (b"", b""), (None, ResponseClosed)])
async def test_a_copy_has_what_was_kept_and_nothing_else(kept: bytes | None, state: object) -> None:
    body = intake(Pieces(come=True))
    body.restore(kept, 7)
    assert body.downloaded_bytes == 7
    for step in (read, content, each, raw):
        assert await outcome(step, body) == state


async def turns_during(work: Awaitable[object]) -> int:
    """How often other tasks got their turn while this was awaited."""
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.ensure_future(count())
    await asyncio.sleep(0)
    turns = 0
    try:
        await work
    finally:
        counting.cancel()
    return turns


@pytest.mark.parametrize("step", [read, each])
async def test_frames_without_content_leave_other_tasks_their_turns(step: Step) -> None:
    data = gzip.compress(b"") * 4_000
    body = intake(Pieces(data), "gzip", Limits(max_decode_ratio=2_000))
    assert await turns_during(step(body)) >= 4_000 * FRAME_WORK_BYTES // (4 << 20) - 1


@pytest.mark.parametrize("step", [read, each])
@pytest.mark.parametrize("come", [False, True])
async def test_decoding_leaves_other_tasks_their_turns(step: Step, come: bool) -> None:
    data = gzip.compress(bytes(64 << 20), compresslevel=1)
    source = Pieces(data, come=come)
    body = intake(source, "gzip", Limits(max_decode_ratio=2_000))
    assert len(data) > 64 << 10
    assert await turns_during(step(body)) >= 10


async def test_a_large_encoded_body_is_not_decoded_without_an_await() -> None:
    data = gzip.compress(bytes(range(256)) * 40_000 + bytes(30 << 20), compresslevel=1)
    assert len(data) > 64 << 10
    body = intake(Pieces(data, come=True), "gzip", Limits(max_decode_ratio=2_000))
    body.read_early()
    with pytest.raises(ResponseNotRead):
        assert body.content
    assert len(await body.read_all()) == 256 * 40_000 + (30 << 20)


@pytest.mark.parametrize("broken", [False, True])
async def test_a_discarded_body_is_read_to_its_end_and_can_be_had_no_more(broken: bool) -> None:
    end = [ReadError(detail="cut", received_bytes=1)] if broken else []
    source = Pieces(b"a", b"b", *end)
    body = intake(source)
    await body.discard()
    assert source.over
    with pytest.raises(ResponseClosed):
        await body.read_all()
