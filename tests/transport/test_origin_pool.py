"""One origin's page: queues that stay short, and which connection is used next."""

from __future__ import annotations

import pytest

from hyperhttp._transport.origin_pool import OriginPool, StreamSlots, Waiter


def line() -> OriginPool[Waiter, str]:
    return OriginPool("a", sharing=False)


def test_the_oldest_is_found_across_both_queues_and_who_left_is_dropped() -> None:
    page = line()
    first, second, third = Waiter("a"), Waiter("a", fresh=True), Waiter("a")
    for number, waiter in enumerate((first, second, third)):
        waiter.number = number
        (page.fresh if waiter.fresh else page.waiters).append(waiter)
    assert page.oldest() is first
    first.waiting = False
    assert page.oldest() is second
    assert page.oldest_for_used() is third
    second.waiting = third.waiting = False
    assert page.oldest() is page.oldest_for_used() is None


def test_the_idle_connection_that_was_used_last_comes_first_unless_it_may_serve_none() -> None:
    page = line()
    assert page.last_idle() is None
    page.idle = {"a1": None, "a2": None}
    assert page.last_idle() == "a2"
    page.berths["a2"] = StreamSlots(0)
    assert page.last_idle() == "a1"
    page.berths["a1"] = StreamSlots(0)
    assert page.last_idle() is None


def test_a_shared_connection_has_room_while_it_is_used_and_not_full() -> None:
    page = line()
    berth = page.berths["a1"] = StreamSlots(2)
    for leases, has_room in ((0, False), (1, True), (2, False), (3, False), (1, True)):
        berth.leases = leases
        page.seat("a1")
        assert ("a1" in page.roomy) == has_room
    page.strike("a1")
    assert (page.berths, page.roomy) == ({}, {})


def test_queues_of_those_who_left_are_swept() -> None:
    page = line()
    for _ in range(100):
        for queue in (page.waiters, page.fresh, page.undialed_queue):
            waiter = Waiter("a")
            waiter.waiting = False
            queue.append(waiter)
    page.sweep()
    assert not page.waiters
    assert not page.fresh
    assert not page.undialed_queue


@pytest.mark.parametrize(
    ("capacity", "settled", "leaving", "shared"),
    [
        (100, False, False, True),  # the server has not said how many it serves
        (100, True, False, False),
        (0, True, False, True),  # another connection would serve none either
        (0, True, True, False),
    ],
)
def test_those_who_wait_share_what_may_yet_serve_them(
    capacity: int, settled: bool, leaving: bool, shared: bool
) -> None:
    page = OriginPool[Waiter, str]("a", sharing=True)
    berth = page.berths["a1"] = StreamSlots(capacity)
    berth.settled, berth.leaving = settled, leaving
    assert page.is_shared == shared


@pytest.mark.parametrize(("sharing", "dialing"), [(True, 1), (True, 0), (False, 1)])
def test_and_the_first_dial(sharing: bool, dialing: int) -> None:
    page = OriginPool[Waiter, str]("a", sharing=sharing)
    page.dialing = dialing
    assert page.is_shared == (sharing and dialing > 0)
