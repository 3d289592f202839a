"""The parts that conversations share: the inbox of a request's body, and the gate of a writer."""

from __future__ import annotations

import asyncio

import pytest

from hyperhttp.testing._conversation import Disconnected, Gate, Inbox, raise_in
from tests.testing.peers import turns


async def test_pieces_come_in_order_and_then_nothing() -> None:
    inbox = Inbox()
    inbox.feed(b"a")
    inbox.feed(b"bc")
    assert inbox.held_bytes == 3
    inbox.end()
    assert not inbox.is_drained
    assert [await inbox.take() for _ in range(4)] == [b"a", b"bc", b"", b""]
    assert (inbox.held_bytes, inbox.is_drained, inbox.is_complete) == (0, True, True)


async def test_who_takes_waits_for_what_comes() -> None:
    inbox = Inbox()
    taking = asyncio.ensure_future(inbox.take())
    await turns()
    assert not taking.done()
    inbox.feed(b"a")
    assert await taking == b"a"


async def test_a_client_that_goes_is_told_after_what_it_has_sent() -> None:
    inbox = Inbox()
    told: list[str] = []
    inbox.when_lost = lambda: told.append("lost")
    inbox.feed(b"a")
    waiting = asyncio.ensure_future(inbox.lost())
    inbox.lose()
    assert (inbox.is_lost, told) == (True, ["lost"])
    assert await inbox.take() == b"a"
    with pytest.raises(Disconnected):
        await inbox.take()
    await waiting


async def test_a_gate_lets_through_while_it_is_open() -> None:
    gate = Gate()
    await gate.passed()
    gate.shut()
    waiting = asyncio.ensure_future(gate.passed())
    await turns()
    assert not waiting.done()
    gate.open()
    await waiting


def test_an_error_for_whom_nobody_waits_is_of_no_use() -> None:
    raise_in(asyncio.Protocol(), 1, KeyError("nobody's"))
