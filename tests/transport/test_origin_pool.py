"""One origin's page: queues that stay short, and which connection is used next."""

from __future__ import annotations

import pytest

from hyperhttp._transport.origin_pool import OriginPool, StreamSlots, Waiter


def origin() -> OriginPool[Waiter, str]:
    return OriginPool("a", shares_dial=False)


def test_the_oldest_is_found_across_both_queues_and_who_left_is_dropped() -> None:
    page = origin()
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
    page = origin()
    assert page.last_idle() is None
    page.idle = {"a1": None, "a2": None}
    assert page.last_idle() == "a2"
    page.stream_slots["a2"] = StreamSlots(0)
    assert page.last_idle() == "a1"
    page.stream_slots["a1"] = StreamSlots(0)
    assert page.last_idle() is None


def test_a_shared_connection_has_room_while_it_is_used_and_not_full() -> None:
    page = origin()
    slots = page.stream_slots["a1"] = StreamSlots(2)
    for leases, has_room in ((0, False), (1, True), (2, False), (3, False), (1, True)):
        slots.leases = leases
        page.update_available("a1")
        assert ("a1" in page.available) == has_room
    page.remove("a1")
    assert (page.stream_slots, page.available) == ({}, {})


def test_a_leased_stream_is_counted_and_the_last_one_leaves_no_room() -> None:
    page = origin()
    slots = page.stream_slots["a1"] = StreamSlots(3)
    slots.leases = 1
    page.update_available("a1")
    for leases, has_room in ((2, True), (3, False)):
        page.lease_stream("a1")
        assert (slots.leases, "a1" in page.available) == (leases, has_room)


def test_queues_of_those_who_left_are_swept() -> None:
    page = origin()
    for _ in range(100):
        for queue in (page.waiters, page.fresh, page.dial_queue):
            waiter = Waiter("a")
            waiter.waiting = False
            queue.append(waiter)
    page.compact()
    assert not page.waiters
    assert not page.fresh
    assert not page.dial_queue


@pytest.mark.parametrize(
    ("capacity", "is_confirmed", "is_draining", "shared"),
    [
        (100, False, False, True),  # the server has not said how many it serves
        (100, True, False, False),
        (0, True, False, True),  # another connection would serve none either
        (0, True, True, False),
    ],
)
def test_those_who_wait_share_what_may_yet_serve_them(
    capacity: int, is_confirmed: bool, is_draining: bool, shared: bool
) -> None:
    page = OriginPool[Waiter, str]("a", shares_dial=True)
    slots = page.stream_slots["a1"] = StreamSlots(capacity)
    slots.is_confirmed, slots.is_draining = is_confirmed, is_draining
    assert page.waits_for_shared == shared


@pytest.mark.parametrize(("shares_dial", "dialing"), [(True, 1), (True, 0), (False, 1)])
def test_and_the_first_dial(shares_dial: bool, dialing: int) -> None:
    page = OriginPool[Waiter, str]("a", shares_dial=shares_dial)
    page.dialing = dialing
    assert page.waits_for_shared == (shares_dial and dialing > 0)
