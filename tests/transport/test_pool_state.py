"""The state of the pool: single cases, and long random sequences checked by invariants."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.config import PoolConfig
from hyperhttp._transport.origin_pool import Waiter
from hyperhttp._transport.pool_state import (
    Close,
    Dial,
    PoolState,
    RefuseRequest,
    Serve,
    Step,
    Watch,
)
from hyperhttp._transport.stats import OriginStats


def pool_state(
    total: int | None = 10, per_host: int | None = None, idle: int | None = 10
) -> PoolState[Waiter, str]:
    return PoolState(
        PoolConfig(
            max_connections=total, max_connections_per_host=per_host, max_keepalive_connections=idle
        )
    )


def opened(state: PoolState[Waiter, str], key: str, name: str) -> str:
    """A connection to `key`, dialed and taken."""
    waiter = Waiter(key)
    assert state.join(waiter) == [Dial(waiter)]
    assert state.dialed(waiter, name) == [Serve(waiter, name)]
    return name


def test_the_first_caller_has_a_connection_dialed_and_is_served_with_it() -> None:
    state = pool_state()
    assert state.take("a") is None
    opened(state, "a", "a1")
    assert (state.opened, state.idle_count) == (1, 0)


def test_a_connection_that_nobody_wants_is_idle_and_the_freshest_is_taken_first() -> None:
    state = pool_state()
    opened(state, "a", "a1")
    opened(state, "a", "a2")
    assert state.put_back("a", "a1") == []
    assert state.put_back("a", "a2") == []
    assert state.take("b") is None
    assert state.take("a") == "a2"
    assert state.take("a") == "a1"
    assert state.take("a") is None


def test_waiters_are_served_in_the_order_of_their_coming() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1")
    first, second = Waiter("a"), Waiter("a")
    assert state.join(first) == []
    assert state.join(second) == []
    assert state.put_back("a", "a1") == [Serve(first, "a1")]
    assert state.put_back("a", "a1") == [Serve(second, "a1")]
    assert state.put_back("a", "a1") == []


def test_a_waiter_who_left_is_skipped() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1")
    first, second = Waiter("a"), Waiter("a")
    state.join(first)
    state.join(second)
    state.leave(first)
    state.leave(first)
    assert state.put_back("a", "a1") == [Serve(second, "a1")]


def test_a_lost_connection_frees_its_slot_for_the_next_waiter() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1")
    waiter = Waiter("a")
    assert state.join(waiter) == []
    assert state.closed("a", "a1") == [Dial(waiter)]


def test_a_failed_dial_frees_its_slot_for_the_next_waiter() -> None:
    state = pool_state(total=1)
    first, second = Waiter("a"), Waiter("b")
    assert state.join(first) == [Dial(first)]
    assert state.join(second) == []
    state.leave(first)
    assert state.dial_failed(first) == [Dial(second)]


def test_an_idle_connection_to_another_origin_gives_way_the_oldest_first() -> None:
    state = pool_state(total=2)
    opened(state, "a", "a1")
    opened(state, "b", "b1")
    state.put_back("b", "b1")
    state.put_back("a", "a1")
    waiter = Waiter("c")
    assert state.join(waiter) == [Close("b1"), Dial(waiter)]
    assert state.opened == 2


def test_an_origin_without_a_connection_comes_before_later_waiters_of_a_busy_one() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1")
    earlier, other, later = Waiter("a"), Waiter("b"), Waiter("a")
    for waiter in (earlier, other, later):
        assert state.join(waiter) == []
    assert state.put_back("a", "a1") == [Serve(earlier, "a1")]
    # Without this rule "a" would keep its connection for as long as anyone wants it.
    assert state.put_back("a", "a1") == [Close("a1"), Dial(other)]
    assert state.dialed(other, "b1") == [Serve(other, "b1")]
    assert state.put_back("b", "b1") == [Close("b1"), Dial(later)]


def test_an_origin_that_has_a_connection_takes_none_from_another() -> None:
    state = pool_state(total=2)
    opened(state, "a", "a1")
    opened(state, "b", "b1")
    first, second = Waiter("a"), Waiter("b")
    state.join(first)
    state.join(second)
    assert state.put_back("b", "b1") == [Serve(second, "b1")]
    assert state.put_back("a", "a1") == [Serve(first, "a1")]


def test_who_waits_for_a_new_connection_is_not_served_with_a_used_one() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1")
    earlier, fresh, later = Waiter("a"), Waiter("a", fresh=True), Waiter("a")
    for waiter in (earlier, fresh, later):
        assert state.join(waiter) == []
    assert state.put_back("a", "a1") == [Serve(earlier, "a1")]
    assert state.put_back("a", "a1") == [Close("a1"), Dial(fresh)]
    assert state.dialed(fresh, "a2") == [Serve(fresh, "a2")]
    assert state.put_back("a", "a2") == [Serve(later, "a2")]


@pytest.mark.parametrize(("total", "per_host"), [(1, None), (5, 1)])
def test_an_idle_connection_gives_way_to_who_waits_for_a_new_one(
    total: int, per_host: int | None
) -> None:
    state = pool_state(total=total, per_host=per_host)
    opened(state, "a", "a1")
    assert state.put_back("a", "a1") == []
    fresh = Waiter("a", fresh=True)
    assert state.join(fresh) == [Close("a1"), Dial(fresh)]


def test_who_waits_for_a_new_connection_leaves_the_idle_ones_alone_while_there_are_slots() -> None:
    state = pool_state(total=2)
    opened(state, "a", "a1")
    assert state.put_back("a", "a1") == []
    fresh = Waiter("a", fresh=True)
    assert state.join(fresh) == [Dial(fresh)]
    assert state.take("a") == "a1"


def sharing_ledger() -> PoolState[Waiter, str]:
    return PoolState(PoolConfig(max_connections=5), lambda key: key == "a")


def test_the_first_dial_of_an_origin_is_shared_until_it_stands() -> None:
    state = sharing_ledger()
    waiters = [Waiter("a") for _ in range(3)]
    assert state.join(waiters[0]) == [Dial(waiters[0])]
    assert state.join(waiters[1]) == []
    assert state.join(waiters[2]) == []
    assert state.dialed(waiters[0], "a1") == [
        Serve(waiters[0], "a1"),
        Dial(waiters[1]),
        Dial(waiters[2]),
    ]


def test_what_was_learned_of_an_origin_is_remembered() -> None:
    state = sharing_ledger()
    opened(state, "a", "a1")
    state.closed("a", "a1")
    assert state.origins == {}
    for waiter in (Waiter("a"), Waiter("a")):
        assert state.join(waiter) == [Dial(waiter)]


def test_a_failed_shared_dial_wakes_everybody() -> None:
    state = sharing_ledger()
    waiters = [Waiter("a") for _ in range(3)]
    for waiter in waiters:
        state.join(waiter)
    state.leave(waiters[0])
    assert state.dial_failed(waiters[0]) == [RefuseRequest(waiters[1]), RefuseRequest(waiters[2])]
    assert (state.origins, state.opened) == ({}, 0)


def test_a_shared_dial_that_was_called_off_is_taken_up_by_the_next() -> None:
    state = sharing_ledger()
    waiters = [Waiter("a") for _ in range(3)]
    for waiter in waiters:
        state.join(waiter)
    state.leave(waiters[0])
    assert state.dial_failed(waiters[0], cancelled=True) == [Dial(waiters[1])]


def test_no_more_connections_to_one_host_than_its_own_limit() -> None:
    state = pool_state(total=10, per_host=2)
    opened(state, "a", "a1")
    opened(state, "a", "a2")
    third, other = Waiter("a"), Waiter("b")
    assert state.join(third) == []
    assert state.join(other) == [Dial(other)]
    assert state.closed("a", "a1") == [Dial(third)]


def test_idle_connections_beyond_their_limit_are_watched_not_closed() -> None:
    state = pool_state(idle=1)
    opened(state, "a", "a1")
    opened(state, "b", "b1")
    assert state.put_back("a", "a1") == []
    assert state.surplus == 0
    assert state.put_back("b", "b1") == [Watch()]
    assert (state.opened, state.idle(), state.surplus) == (2, ["a1", "b1"], 1)
    assert state.take("b") == "b1"
    assert state.surplus == 0


def test_no_idle_connection_is_kept_when_the_limit_is_none_at_all() -> None:
    state = pool_state(idle=0)
    opened(state, "a", "a1")
    assert state.put_back("a", "a1") == [Close("a1")]
    assert (state.opened, state.surplus) == (0, 0)


def test_without_a_limit_there_is_no_surplus() -> None:
    state = pool_state(idle=None)
    for name in ("a1", "a2"):
        opened(state, "a", name)
    assert [state.put_back("a", name) for name in ("a1", "a2")] == [[], []]
    assert state.surplus == 0


def test_a_surplus_connection_gives_way_like_any_idle_one() -> None:
    state = pool_state(total=2, idle=1)
    for name in ("a1", "a2"):
        opened(state, "a", name)
    assert [state.put_back("a", name) for name in ("a1", "a2")] == [[], [Watch()]]
    waiter = Waiter("b")
    assert state.join(waiter) == [Close("a1"), Dial(waiter)]
    assert state.surplus == 0


def test_a_dialed_connection_serves_the_oldest_and_a_dial_is_made_up_for_the_younger() -> None:
    state = pool_state(total=2)
    first, second = Waiter("a"), Waiter("a")
    assert state.join(first) == [Dial(first)]
    assert state.join(second) == [Dial(second)]
    assert state.dialed(second, "a2") == [Serve(first, "a2")]
    assert state.dialed(first, "a1") == [Serve(second, "a1")]


def test_the_books_as_numbers() -> None:
    state = pool_state(total=3)
    opened(state, "a", "a1")
    opened(state, "a", "a2")
    state.put_back("a", "a1")
    dialing, waiting = Waiter("b"), Waiter("c")
    state.join(dialing)
    state.take("a")
    state.join(waiting)
    state.put_back("a", "a2")
    stats = state.stats()
    assert stats.origins == {
        "a": OriginStats(idle=0, active=1, pending=0, waiters=0),
        "b": OriginStats(idle=0, active=0, pending=1, waiters=1),
        "c": OriginStats(idle=0, active=0, pending=1, waiters=1),
    }
    assert (stats.idle, stats.active, stats.pending, stats.waiters) == (0, 1, 2, 2)


def test_an_origin_that_has_nothing_left_is_forgotten() -> None:
    state = pool_state()
    for number in range(100):
        key = f"origin{number}"
        opened(state, key, key)
        state.closed(key, key)
    assert state.origins == {}


def state_is_within(state: PoolState[Waiter, str], idle_max: int) -> bool:
    assert state.surplus == max(0, state.idle_count - idle_max)
    return state.surplus == 0


class Life:
    """Plays the pool: keeps the expected state, and compares it after every step."""

    def __init__(
        self, seed: int, *, total: int, per_host: int | None, idle: int, fresh: float = 0.0
    ) -> None:
        self.fresh = fresh
        self.random = random.Random(seed)
        self.total, self.per_host, self.idle_max = total, per_host, idle
        config = PoolConfig(
            max_connections=total, max_connections_per_host=per_host, max_keepalive_connections=idle
        )
        self.state = PoolState[Waiter, str](config, self.shares_first_dial)
        self.waiting: list[Waiter] = []
        self.dialing: list[Waiter] = []
        self.busy: list[tuple[str, str]] = []
        self.idle: dict[str, str] = {}
        self.used: set[str] = set()
        self.names = 0
        self.served = 0
        self.is_watching = False

    def shares_first_dial(self, key: str) -> bool:
        return key in "ab"

    def carry_out(self, steps: list[Step[Waiter, str]]) -> None:
        for step in steps:
            match step:
                case Dial():
                    assert step.waiter.waiting, "nobody waits for this dial"
                    self.dialing.append(step.waiter)
                case Serve():
                    # First come, first served, per origin.
                    same = [one for one in self.waiting if one.key == step.waiter.key]
                    if step.connection in self.used:
                        assert not step.waiter.fresh
                        same = [one for one in same if not one.fresh]
                    assert same[0] is step.waiter
                    self.waiting.remove(step.waiter)
                    self.idle.pop(step.connection, None)
                    self.used.add(step.connection)
                    self.busy.append((step.waiter.key, step.connection))
                    self.served += 1
                case Close():
                    self.idle.pop(step.connection, None)
                case RefuseRequest():
                    self.waiting.remove(step.waiter)
                case Watch():
                    self.is_watching = True

    def ask(self) -> None:
        key = self.random.choice("abcdef")
        fresh = self.random.random() < self.fresh
        name = None if fresh else self.state.take(key)
        if name is not None:
            assert self.idle.pop(name) == key
            self.busy.append((key, name))
            self.used.add(name)
            return
        waiter = Waiter(key, fresh=fresh)
        self.waiting.append(waiter)
        self.carry_out(self.state.join(waiter))

    def finish(self, *, lost: bool) -> None:
        if not self.busy:
            return
        key, name = self.busy.pop(self.random.randrange(len(self.busy)))
        if lost:
            self.carry_out(self.state.closed(key, name))
            return
        self.idle[name] = key
        self.carry_out(self.state.put_back(key, name))

    def dial_ends(self, *, failed: bool) -> None:
        if not self.dialing:
            return
        waiter = self.dialing.pop(self.random.randrange(len(self.dialing)))
        if failed:
            self.give_up(waiter)
            self.carry_out(self.state.dial_failed(waiter))
            return
        self.names += 1
        name = f"{waiter.key}{self.names}"
        self.idle[name] = waiter.key
        self.carry_out(self.state.dialed(waiter, name))

    def cancel(self) -> None:
        if not self.waiting:
            return
        waiter = self.random.choice(self.waiting)
        self.give_up(waiter)
        if waiter in self.dialing:
            self.dialing.remove(waiter)
            self.carry_out(self.state.dial_failed(waiter, cancelled=True))

    def give_up(self, waiter: Waiter) -> None:
        if waiter in self.waiting:
            self.waiting.remove(waiter)
        self.carry_out(self.state.leave(waiter))

    def expire(self) -> None:
        self.is_watching = False
        for name in self.state.idle()[: max(1, self.state.surplus)]:
            self.carry_out(self.state.closed(self.idle.pop(name), name))
        assert state_is_within(self.state, self.idle_max)

    def step(self) -> None:
        roll = self.random.random()
        if roll < 0.40:
            self.ask()
        elif roll < 0.65:
            self.finish(lost=False)
        elif roll < 0.70:
            self.finish(lost=True)
        elif roll < 0.86:
            self.dial_ends(failed=False)
        elif roll < 0.90:
            self.dial_ends(failed=True)
        elif roll < 0.96:
            self.cancel()
        else:
            self.expire()

    def check(self) -> None:
        state = self.state
        assert state.opened == len(self.dialing) + len(self.busy) + len(self.idle) <= self.total
        assert state.idle_count == len(self.idle)
        assert self.is_watching or state_is_within(state, self.idle_max)
        per_key = Counter(waiter.key for waiter in self.dialing)
        per_key.update(key for key, _ in self.busy)
        per_key.update(self.idle.values())
        waiting = Counter(waiter.key for waiter in self.waiting)
        without_dial = Counter(one.key for one in self.waiting if one not in self.dialing)
        for key, origin in state.origins.items():
            assert origin.opened == per_key[key] <= (self.per_host or self.total)
            assert origin.waiting == waiting[key]
            assert origin.without_dial == without_dial[key]
            wanted = any(one.key == key and not one.fresh for one in self.waiting)
            assert not (origin.idle and wanted), "someone waits beside an idle connection"
            is_full = origin.opened == self.per_host
            assert not (is_full and origin.idle and origin.without_dial), (
                "an idle one is in the way"
            )
        assert set(per_key) | set(waiting) == set(state.origins)
        for key, count in without_dial.items():
            if count and state.opened < self.total:
                shared = state.origins[key].shares_dial and state.origins[key].dialing
                assert shared or per_key[key] == self.per_host, f"{key} waits, a slot is free"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_long_random_life_keeps_the_books_right(seed: int) -> None:
    life = Life(
        seed,
        total=7,
        per_host=(None, 3, 1, 7)[seed],
        idle=(7, 4, 0, 2)[seed],
        fresh=(0.0, 0.2, 0.1, 0.05)[seed],
    )
    for _ in range(25_000):
        life.step()
        life.check()
    assert life.served > 1_000


@given(
    st.integers(0, 1 << 32),
    st.integers(1, 5),
    st.none() | st.integers(1, 3),
    st.integers(0, 5),
    st.sampled_from((0.0, 0.1, 0.5)),
)
def test_any_limits_keep_the_books_right(
    seed: int, total: int, per_host: int | None, idle: int, fresh: float
) -> None:
    life = Life(seed, total=total, per_host=per_host, idle=idle, fresh=fresh)
    for _ in range(200):
        life.step()
        life.check()


def test_queues_of_those_who_left_do_not_grow() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1")
    for _ in range(10_000):
        waiter = Waiter("a")
        state.join(waiter)
        state.leave(waiter)
    origin = state.origins["a"]
    assert len(origin.waiters) < 50
    assert len(origin.dial_queue) < 50
