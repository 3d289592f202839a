"""Fifty requests at a time against servers that do all they may, in any order they like.

Every one ends as the model of the server says, whatever happened to the others; the windows of both
sides agree to the byte, and nothing is left behind.
"""

from __future__ import annotations

from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, HTTP2Config, Limits, ReadError, StreamReset
from hyperhttp._base._generated.bounds import REFUSALS_MAX
from hyperhttp._transport import pool
from hyperhttp._transport.h2_connection import H2Connection
from tests.client.h2_model_stage import Order, Seen, SourceFailed, Stage, draw_order
from tests.client.quiet import run_quietly, unused
from tests.servers.h2_model_stream import End, ModelStream, Outcome, Plan

if TYPE_CHECKING:
    from tests.clock import TurnedLoop

pytestmark = pytest.mark.slow

STREAMS = 50
SEEDS = 60
# Windows of the client, and the bodies that take their time but come to an end with them.
WINDOWS = {1: 150, 1_000: 4_000, 10_000: 60_000, 65_535: 60_000, 1 << 20: 60_000}
HELD_BYTES = 16_384


def play(seed: int, monkeypatch: pytest.MonkeyPatch, *, goaways: int) -> Stage:
    """Play one game, and look at what it leaves."""
    rng = Random(seed)
    window_bytes, body_bytes = rng.choice(list(WINDOWS.items()))
    config = HTTP2Config(
        stream_window_bytes=window_bytes, connection_window_bytes=rng.choice((65_535, 1 << 24))
    )
    # A window may be given back for what comes just before too much is held, and be used up after.
    stage = Stage(rng, partial(_plan, body_bytes, goaways), HELD_BYTES + 2 * window_bytes)
    monkeypatch.setattr(pool, "dial", stage.dial)

    async def main(loop: TurnedLoop) -> None:
        async with Client(
            http2="prior-knowledge",
            http2_config=config,
            limits=Limits(receive_buffer_bytes=HELD_BYTES),
            max_connections=rng.choice((1, 1, 3)),
            timeout=None,
        ) as client:
            orders = [draw_order(rng, number, upload_bytes=body_bytes) for number in range(STREAMS)]
            try:
                await stage.play(client, orders, patience=rng.choice((500, 5_000)))
            finally:
                stage.leave()
            assert unused(client)
            assert client.stats().streams == 0
            check_windows(stage, config)
        assert all(wire.is_closing() for wire in stage.wires)

    run_quietly(main)
    for order, seen in stage.seen.items():
        check(order, seen, stage.asked[order.number])
    assert all(stream.end is not End.RUNNING for stream in stage.streams())
    return stage


def _plan(body_bytes: int, goaways: int, number: int) -> Plan:
    """The first connections are left by their servers, the later ones stay."""
    return Plan(body_bytes_max=body_bytes, goaways_max=goaways if number < 3 else 0)


def check(order: Order, seen: Seen, streams: list[ModelStream]) -> None:
    """An order ended as the one stream on which it was worked on; others were only sent back."""
    for stream in streams:
        check_request(order, stream)
    worked_on = [stream for stream in streams if stream.end is not End.UNPROCESSED]
    assert len(worked_on) <= 1, order
    if not streams:
        assert seen.is_cancelled, order
        return
    expected = (worked_on or streams)[-1].outcome()
    if seen.is_cancelled or seen.has_left or isinstance(seen.error, SourceFailed):
        assert expected.body.startswith(seen.body), order
        assert not isinstance(seen.error, SourceFailed) or order.source == "fails", order
        return
    check_reply(order, seen, expected)
    if expected.end is End.UNPROCESSED:
        assert not order.can_be_repeated or len(streams) == REFUSALS_MAX + 1, order


def check_request(order: Order, stream: ModelStream) -> None:
    """What came was the request, or its beginning."""
    assert (":method", order.method) in stream.request
    body = order.body or b""
    assert body.startswith(bytes(stream.request_body)), order
    if stream.is_request_ended:
        assert stream.request_body == body, order


def check_reply(order: Order, seen: Seen, expected: Outcome) -> None:
    """The caller was given all that was sent, and the end that it had."""
    head = dict(expected.head)
    if head or expected.end is not End.RESET:
        assert (str(seen.status or ""), seen.number) == (
            head.get(":status", ""),
            head.get("x-number", ""),
        ), order
    if order.reader != "whole" or expected.end is End.COMPLETE:
        assert seen.body == expected.body, order
    match expected.end:
        case End.COMPLETE:
            assert seen.error is None, f"{order} ended in {seen.error!r}"
            assert seen.trailers == expected.trailers, order
        case End.RESET:
            assert isinstance(seen.error, StreamReset), f"{order} ended in {seen.error!r}"
            assert seen.error.error_code == expected.error_code
            assert seen.error.received_bytes == len(expected.body)
        case End.UNPROCESSED:
            assert isinstance(seen.error, ReadError), f"{order} ended in {seen.error!r}"
        case End.CANCELLED | End.RUNNING:
            raise AssertionError(f"{order} was reset by the client, and ended in {seen.error!r}")


def check_windows(stage: Stage, config: HTTP2Config) -> None:
    """Nothing is under way: both sides have the same accounts, and nothing was lost of them."""
    for wire in stage.wires:
        connection = wire.protocol
        assert isinstance(connection, H2Connection)
        codec, accounts = connection.codec, wire.server.accounts()
        assert (codec.open_count, connection.in_use) == (0, False)
        if wire.is_lost:
            continue
        assert wire.server.inbound.last_stream_id is None, "it is kept though the server has left"
        assert accounts.streams == {}
        assert codec._sender.window == accounts.to_receive == 65_535
        window = codec._streams._window
        assert window.left == accounts.to_send
        assert window.left + window.due == config.connection_window_bytes
        assert window.left > config.connection_window_bytes // 2


@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_stream_ends_as_its_server_says_and_no_credit_is_lost(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(seed, monkeypatch, goaways=0)


@pytest.mark.parametrize("seed", range(SEEDS, 2 * SEEDS))
def test_every_stream_ends_right_though_servers_leave(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(seed, monkeypatch, goaways=2)


def test_all_kinds_of_ends_come_to_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    ends, errors, tries, connections = set[End](), set[str](), set[int](), set[int]()
    for seed in range(8):
        stage = play(seed, monkeypatch, goaways=2)
        ends |= {stream.end for stream in stage.streams()}
        errors |= {type(seen.error).__name__ for seen in stage.seen.values()}
        errors |= {"left" for seen in stage.seen.values() if seen.has_left}
        tries |= {len(streams) for streams in stage.asked.values()}
        connections.add(len(stage.wires))
    assert ends == set(End) - {End.RUNNING}
    assert errors == {"NoneType", "ReadError", "StreamReset", "SourceFailed", "left"}
    assert tries >= {1, 2, 3}
    assert max(connections) >= 3
