"""The state of the pool with shared connections: single cases, and long random sequences."""

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


def pool_state(
    total: int = 10, per_host: int | None = None, idle: int = 10
) -> PoolState[Waiter, str]:
    config = PoolConfig(
        max_connections=total, max_connections_per_host=per_host, max_keepalive_connections=idle
    )
    return PoolState(config, lambda _: True)


def waiting(state: PoolState[Waiter, str], key: str, count: int) -> list[Waiter]:
    waiters = [Waiter(key) for _ in range(count)]
    for waiter in waiters:
        state.join(waiter)
    return waiters


def opened(state: PoolState[Waiter, str], key: str, name: str, capacity: int) -> None:
    """A shared connection, dialed, leased once, and its server has said how many it serves."""
    waiter = Waiter(key)
    assert state.join(waiter) == [Dial(waiter)]
    assert state.dialed(waiter, name, 100) == [Serve(waiter, name)]
    assert state.set_capacity(key, name, capacity) == []


def test_one_connection_serves_all_who_waited_for_the_first_dial() -> None:
    state = pool_state()
    first = Waiter("a")
    assert state.join(first) == [Dial(first)]
    others = waiting(state, "a", 9)
    served = [Serve(one, "a1") for one in (first, *others)]
    assert state.dialed(first, "a1", 100) == served
    assert state.take("a") == "a1"
    assert state.stats().origins["a"].streams == 11
    assert (state.stats().active, state.stats().idle) == (1, 0)


def test_until_the_server_says_how_many_it_serves_no_other_is_dialed() -> None:
    state = pool_state()
    first = Waiter("a")
    state.join(first)
    second, third = waiting(state, "a", 2)
    assert state.dialed(first, "a1", 1) == [Serve(first, "a1")]
    assert state.dialable_keys == []
    assert state.set_capacity("a", "a1", 2) == [Serve(second, "a1"), Dial(third)]


def test_a_full_connection_is_not_taken_and_one_more_is_dialed_at_a_time() -> None:
    state = pool_state()
    opened(state, "a", "a1", 2)
    assert state.take("a") == "a1"
    assert state.take("a") is None
    third, fourth = Waiter("a"), Waiter("a")
    assert state.join(third) == [Dial(third)]
    assert state.join(fourth) == []
    assert state.put_back("a", "a1") == [Serve(third, "a1")]
    assert state.dialed(third, "a2", 100) == [Serve(fourth, "a2")]


def test_who_waits_gets_the_stream_that_ends_while_no_more_may_be_dialed() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1", 1)
    first, second = waiting(state, "a", 2)
    assert state.put_back("a", "a1") == [Serve(first, "a1")]
    state.leave(second)
    assert state.put_back("a", "a1") == []
    assert state.idle() == ["a1"]
    assert state.take("a") == "a1"


def test_a_server_that_allows_none_makes_everybody_wait_until_it_allows_some() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1", 0)
    one, two = waiting(state, "a", 2)
    assert state.take("a") is None
    assert state.put_back("a", "a1") == []
    assert state.take("a") is None
    assert state.set_capacity("a", "a1", 5) == [Serve(one, "a1"), Serve(two, "a1")]
    assert state.idle() == []


def test_a_smaller_limit_than_what_is_under_way_takes_nothing_away() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1", 5)
    for _ in range(3):
        assert state.take("a") == "a1"
    assert state.set_capacity("a", "a1", 2) == []
    (waiter,) = waiting(state, "a", 1)
    assert state.put_back("a", "a1") == []
    assert state.put_back("a", "a1") == []
    assert state.put_back("a", "a1") == [Serve(waiter, "a1")]


def test_a_lost_connection_takes_all_its_leases_with_it() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1", 3)
    state.take("a")
    (waiter,) = waiting(state, "b", 1)
    assert state.closed("a", "a1") == [Dial(waiter)]
    assert "a" not in state.origins


def test_a_busy_shared_connection_makes_way_for_an_origin_that_has_none() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1", 2)
    state.take("a")
    (without_connection,) = waiting(state, "b", 1)
    (later,) = waiting(state, "a", 1)
    assert state.put_back("a", "a1") == []
    assert state.take("a") is None, "it would never come to an end"
    assert state.put_back("a", "a1") == [Close("a1"), Dial(without_connection)]
    assert state.dialed(without_connection, "b1") == [Serve(without_connection, "b1")]
    assert state.put_back("b", "b1") == [Close("b1"), Dial(later)]


def test_it_goes_on_when_the_one_it_made_way_for_has_left() -> None:
    state = pool_state(total=1)
    opened(state, "a", "a1", 4)
    state.take("a")
    state.take("a")
    (without_connection,) = waiting(state, "b", 1)
    assert state.put_back("a", "a1") == []
    assert state.take("a") is None
    (waiter,) = waiting(state, "a", 1)
    assert state.leave(without_connection) == [Serve(waiter, "a1")]
    assert state.take("a") == "a1"


def test_a_connection_whose_server_leaves_is_followed_by_another() -> None:
    state = pool_state(total=2)
    opened(state, "a", "a1", 5)
    assert state.drain("a", "a1") == []
    assert state.take("a") is None
    waiter = Waiter("a")
    assert state.join(waiter) == [Dial(waiter)]
    assert state.put_back("a", "a1") == []
    assert state.closed("a", "a1") == []


def test_a_failed_dial_of_one_more_is_not_everybodys_failure() -> None:
    state = pool_state()
    opened(state, "a", "a1", 1)
    failing, waiter = waiting(state, "a", 2)
    state.leave(failing)
    assert state.dial_failed(failing) == [Dial(waiter)]
    assert state.put_back("a", "a1") == [Serve(waiter, "a1")]


def test_a_shared_first_dial_that_fails_is() -> None:
    state = pool_state()
    failing, other = waiting(state, "a", 2)
    state.leave(failing)
    assert state.dial_failed(failing) == [RefuseRequest(other)]


class Life:
    """Plays the pool: origins "a" and "b" have shared connections, the others exclusive ones."""

    def __init__(self, seed: int, *, total: int, per_host: int | None, idle: int) -> None:
        self.random = random.Random(seed)
        self.total, self.per_host, self.idle_max = total, per_host, idle
        self.state = pool_state(total, per_host, idle)
        self.waiting: list[Waiter] = []
        self.dialing: list[Waiter] = []
        self.capacity: dict[str, int] = {}
        self.leases: Counter[str] = Counter()
        self.open: dict[str, str] = {}
        self.names = 0
        self.served = 0
        self.is_watching = False

    def carry_out(self, steps: list[Step[Waiter, str]]) -> None:
        for step in steps:
            match step:
                case Dial():
                    assert step.waiter.waiting
                    self.dialing.append(step.waiter)
                case Serve():
                    same = [one for one in self.waiting if one.key == step.waiter.key]
                    assert same[0] is step.waiter, "first come, first served"
                    self.waiting.remove(step.waiter)
                    self.lease(step.connection)
                case Close():
                    assert not self.leases[step.connection], "it was in use"
                    del self.open[step.connection]
                case RefuseRequest():
                    self.waiting.remove(step.waiter)
                case Watch():
                    self.is_watching = True

    def lease(self, name: str) -> None:
        self.leases[name] += 1
        self.served += 1
        assert self.leases[name] <= self.capacity[name]

    def ask(self) -> None:
        key = self.random.choice("aaabbcd")
        name = self.state.take(key)
        if name is not None:
            assert self.open[name] == key
            self.lease(name)
            return
        waiter = Waiter(key)
        self.waiting.append(waiter)
        self.carry_out(self.state.join(waiter))

    def finish(self) -> None:
        busy = [name for name, count in self.leases.items() if count]
        if busy:
            name = self.random.choice(busy)
            self.leases[name] -= 1
            self.carry_out(self.state.put_back(self.open[name], name))

    def lose(self) -> None:
        if self.open:
            name = self.random.choice(list(self.open))
            self.leases.pop(name, None)
            self.carry_out(self.state.closed(self.open.pop(name), name))

    def expire(self) -> None:
        self.is_watching = False
        for name in self.state.idle()[: self.state.surplus]:
            self.carry_out(self.state.closed(self.open.pop(name), name))
        assert self.state.surplus == 0

    def resize(self) -> None:
        shared = [name for name, key in self.open.items() if key in "ab"]
        if shared:
            name = self.random.choice(shared)
            self.capacity[name] = self.random.choice((0, 1, 2, 5))
            if self.random.random() < 0.1:
                self.capacity[name] = 0
                self.carry_out(self.state.drain(self.open[name], name))
                return
            self.carry_out(self.state.set_capacity(self.open[name], name, self.capacity[name]))

    def dial_ends(self) -> None:
        if not self.dialing:
            return
        waiter = self.dialing.pop(self.random.randrange(len(self.dialing)))
        if self.random.random() < 0.2:
            self.give_up(waiter)
            self.carry_out(self.state.dial_failed(waiter))
            return
        self.names += 1
        name = f"{waiter.key}{self.names}"
        self.open[name] = waiter.key
        shared = waiter.key in "ab"
        self.capacity[name] = 3 if shared else 1
        self.carry_out(self.state.dialed(waiter, name, 3 if shared else None))

    def cancel(self) -> None:
        if self.waiting:
            waiter = self.random.choice(self.waiting)
            self.give_up(waiter)
            if waiter in self.dialing:
                self.dialing.remove(waiter)
                self.carry_out(self.state.dial_failed(waiter, cancelled=True))

    def give_up(self, waiter: Waiter) -> None:
        if waiter in self.waiting:
            self.waiting.remove(waiter)
        self.carry_out(self.state.leave(waiter))

    def step(self) -> None:
        weighted = (
            (self.ask, 40),
            (self.finish, 30),
            (self.lose, 3),
            (self.resize, 6),
            (self.dial_ends, 15),
            (self.cancel, 6),
            (self.expire, 4),
        )
        steps, weights = zip(*weighted, strict=True)
        self.random.choices(steps, weights)[0]()

    def check(self) -> None:
        state = self.state
        assert state.opened == len(self.dialing) + len(self.open) <= self.total
        idle = {name for name in self.open if not self.leases[name]}
        assert set(state.idle()) == idle
        assert self.is_watching or len(idle) <= self.idle_max
        streams = sum(self.leases[name] for name, key in self.open.items() if key in "ab")
        assert state.stats().streams == streams
        per_key = Counter(self.open.values())
        per_key.update(one.key for one in self.dialing)
        waiters = Counter(one.key for one in self.waiting)
        assert set(per_key) | set(waiters) == set(state.origins)
        for key, origin in state.origins.items():
            assert origin.opened == per_key[key] <= (self.per_host or self.total)
            assert origin.waiting == waiters[key]
            self.check_nobody_waits_in_vain(key)

    def check_nobody_waits_in_vain(self, key: str) -> None:
        state, origin = self.state, self.state.origins[key]
        if not any(one.key == key for one in self.waiting):
            return
        without_connection = any(
            not other.opened and other.waiting for other in state.origins.values()
        )
        set_capacity = any(
            self.leases[name] < self.capacity[name]
            for name, owner in self.open.items()
            if owner == key
        )
        assert not set_capacity or without_connection, "someone waits beside a connection with room"
        without_dial = any(one.key == key and one not in self.dialing for one in self.waiting)
        may_dial = state.opened < self.total and origin.opened != self.per_host
        assert origin.waits_for_shared or not (without_dial and may_dial), (
            "someone waits, and a slot is free"
        )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_long_random_life_keeps_the_books_right(seed: int) -> None:
    life = Life(
        seed,
        total=(5, 4, 3, 8)[seed],
        per_host=(None, 2, 1, 7)[seed],
        idle=(5, 2, 0, 4)[seed],
    )
    for _ in range(15_000):
        life.step()
        life.check()
    assert life.served > 1_000


@given(st.integers(0, 1 << 32), st.integers(1, 4), st.none() | st.integers(1, 3), st.integers(0, 4))
def test_any_limits_keep_the_books_right(
    seed: int, total: int, per_host: int | None, idle: int
) -> None:
    life = Life(seed, total=total, per_host=per_host, idle=idle)
    for _ in range(200):
        life.step()
        life.check()
