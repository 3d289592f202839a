"""Retries and breakers on real sockets: what is sent again, when, and what a storm costs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import (
    Backoff,
    BreakerChange,
    CircuitBreakerPolicy,
    Client,
    Response,
    RetryPolicy,
    Timeout,
)
from hyperhttp.testing import MockRequest, MockResponse, MockTransport, run_virtual_time
from tests.client.quiet import run_quietly, unused
from tests.clock import TurnedLoop, later, until
from tests.servers.raw import Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

AT_ONCE = Backoff(initial=0.001, maximum=0.002)
POLICY = RetryPolicy(backoff=AT_ONCE)


def reply(status: int, *fields: str) -> bytes:
    head = "".join(f"{field}\r\n" for field in fields)
    return f"HTTP/1.1 {status} X\r\n{head}Content-Length: 2\r\n\r\nok".encode()


class Moody:
    """Gives its responds in order, the last one for ever; counts what it was asked."""

    def __init__(self, *replies: bytes) -> None:
        self.replies = list(replies)
        self.asked: list[bytes] = []

    async def __call__(self, peer: Peer) -> None:
        while True:
            try:
                self.asked.append(await peer.read_request())
            except UnexpectedEnd:
                return
            prepared = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
            if not prepared:
                peer.reset()
                return
            await peer.send(prepared)


def play(
    moody: Moody, client: Callable[[TurnedLoop, RawServer], Coroutine[None, None, None]]
) -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawServer(moody) as server:
            await client(loop, server)

    run_quietly(main)


async def read(response: Response) -> Response:
    await response.aread()
    return response


def test_nothing_is_sent_again_unless_it_is_asked_for() -> None:
    moody = Moody(reply(503), reply(200))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client() as client:
            response = await read(await client.get(server.url()))
            assert (response.status_code, response.attempts) == (503, ())

    play(moody, main)
    assert len(moody.asked) == 1


@pytest.mark.parametrize("level", ["client", "request"])
def test_a_failing_server_is_asked_again_and_the_attempts_are_told(level: str) -> None:
    moody = Moody(reply(503), reply(502), reply(200))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(retry=POLICY if level == "client" else None) as client:
            own = POLICY if level == "request" else hyperhttp.UNSET
            response = await read(await client.get(server.url(), retry=own))
            assert response.status_code == 200
            assert [one.status_code for one in response.attempts] == [503, 502, 200]
            assert [one.number for one in response.attempts] == [1, 2, 3]
            assert "retry 1 of 3" in response.attempts[0].decision
            await until(lambda: unused(client))

    play(moody, main)
    assert len(moody.asked) == 3


@pytest.mark.parametrize("off", [None, False])
def test_a_request_may_be_without(off: bool | None) -> None:
    moody = Moody(reply(503))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(retry=POLICY) as client:
            await read(await client.get(server.url(), retry=off))

    play(moody, main)
    assert len(moody.asked) == 1


def test_what_could_do_harm_is_not_sent_again() -> None:
    moody = Moody(reply(503))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(retry=POLICY) as client:
            response = await read(await client.post(server.url(), content=b"!"))
            assert "isn't safe" in response.attempts[0].decision
            keyed = {"Idempotency-Key": "1"}
            response = await read(await client.post(server.url(), content=b"!", headers=keyed))
            assert len(response.attempts) == 4

    play(moody, main)
    assert len(moody.asked) == 5


def test_the_last_error_is_raised_and_knows_its_attempts() -> None:
    moody = Moody(b"")

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(retry=POLICY) as client:
            with pytest.raises(hyperhttp.TransportError) as caught:
                await client.get(server.url())
            assert caught.value.attempt == 4
            assert [one.number for one in caught.value.attempts] == [1, 2, 3, 4]
            assert "all 3 retries are used up" in caught.value.attempts[-1].decision

    play(moody, main)
    assert len(moody.asked) == 4


def test_a_refused_connection_is_tried_again_whatever_the_method() -> None:
    async def main(loop: TurnedLoop) -> None:
        async with Client(retry=POLICY) as client:
            with pytest.raises(hyperhttp.ConnectError) as caught:
                await client.post("http://127.0.0.1:9/", content=b"!")
            assert len(caught.value.attempts) == 4

    run_quietly(main)


def test_retry_after_is_waited_for_in_the_time_of_the_loop() -> None:
    moody = Moody(reply(429, "Retry-After: 30"), reply(200))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(retry=POLICY) as client:
            asking = asyncio.ensure_future(client.get(server.url()))
            await until(lambda: len(moody.asked) == 1)
            for _ in range(50):
                await asyncio.sleep(0)
            assert not asking.done()
            loop.turn(30.1)
            response = await read(await asking)
            assert response.attempts[0].delay_s >= 30

    play(moody, main)


def test_a_wait_that_would_outlast_the_deadline_is_not_begun() -> None:
    moody = Moody(reply(503, "Retry-After: 30"))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(retry=POLICY, timeout=Timeout(total=20.0)) as client:
            response = await read(await client.get(server.url()))
            assert (response.status_code, len(response.attempts)) == (503, 1)
            assert "deadline" in response.attempts[0].decision

    play(moody, main)


def test_a_wait_after_an_error_that_would_outlast_the_deadline_is_not_begun() -> None:
    moody = Moody(b"")
    policy = RetryPolicy(backoff=Backoff(initial=30.0, maximum=30.0))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(retry=policy, timeout=Timeout(total=20.0)) as client:
            with pytest.raises(hyperhttp.TransportError) as caught:
                await client.get(server.url())
            assert "deadline" in caught.value.attempts[-1].decision
        assert len(moody.asked) == len(caught.value.attempts) == 1

    play(moody, main)


def test_without_a_total_deadline_a_wait_may_be_as_long_as_it_is() -> None:
    moody = Moody(reply(503, "Retry-After: 3000"), reply(200))
    policy = RetryPolicy(backoff=AT_ONCE, retry_after_max=3600.0)

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(retry=policy, timeout=Timeout(total=None)) as client:
            asking = asyncio.ensure_future(client.get(server.url()))
            await until(lambda: len(moody.asked) == 1)
            for _ in range(50):
                await asyncio.sleep(0)
            loop.turn(3001.0)
            response = await read(await asking)
            assert (response.status_code, len(response.attempts)) == (200, 2)

    play(moody, main)


def test_a_cancelled_wait_leaves_nothing_behind() -> None:
    moody = Moody(reply(503, "Retry-After: 30"))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(retry=POLICY) as client:
            asking = asyncio.ensure_future(client.get(server.url()))
            await until(lambda: len(moody.asked) == 1)
            for _ in range(50):
                await asyncio.sleep(0)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            await until(lambda: unused(client))

    play(moody, main)


def test_a_storm_costs_hardly_more_traffic_than_there_are_requests() -> None:
    moody = Moody(reply(503))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(retry=POLICY) as client:
            for _ in range(10):
                replies = await asyncio.gather(*(client.get(server.url()) for _ in range(100)))
                for one in replies:
                    await one.aread()
                assert {one.status_code for one in replies} == {503}

    play(moody, main)
    assert 1_000 < len(moody.asked) < 1_200


# --- circuit breaker ---

BREAKER = CircuitBreakerPolicy(failure_threshold=3, recovery_timeout=30.0, success_threshold=2)


def test_a_breaker_opens_lets_one_probe_through_and_closes_again() -> None:
    moody = Moody(reply(500), reply(500), reply(500), reply(500), reply(200))
    changes: list[tuple[str, str]] = []

    def note(change: BreakerChange) -> None:
        changes.append((change.before, change.after))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        origin = server.url().removesuffix("/")
        async with Client(circuit_breaker=BREAKER, event_hooks={"breaker": [note]}) as client:
            for _ in range(3):
                await read(await client.get(server.url()))
            with pytest.raises(hyperhttp.CircuitBreakerOpen) as caught:
                await client.get(server.url())
            assert 0 < caught.value.remaining <= 30
            assert client.stats().breakers == {origin: "open"}
            loop.turn(30.1)
            await read(await client.get(server.url()))  # the probe fails
            with pytest.raises(hyperhttp.CircuitBreakerOpen):
                await client.get(server.url())
            loop.turn(30.1)
            for _ in range(2):
                await read(await client.get(server.url()))
            assert client.stats().breakers == {origin: "closed"}

    play(moody, main)
    assert len(moody.asked) == 6
    assert changes == [
        ("closed", "open"),
        ("open", "half_open"),
        ("half_open", "open"),
        ("open", "half_open"),
        ("half_open", "closed"),
    ]


def test_a_cancelled_probe_frees_its_place() -> None:
    moody = Moody(reply(500), reply(500), reply(500), b"HTTP/1.1 ", reply(200))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(circuit_breaker=BREAKER) as client:
            for _ in range(3):
                await read(await client.get(server.url()))
            loop.turn(30.1)
            probe = asyncio.ensure_future(client.get(server.url()))
            await until(lambda: len(moody.asked) == 4)
            with pytest.raises(hyperhttp.CircuitBreakerOpen):
                await client.get(server.url())
            probe.cancel()
            with pytest.raises(asyncio.CancelledError):
                await probe
            assert (await read(await client.get(server.url()))).status_code == 200

    play(moody, main)


def test_retries_stop_at_an_open_breaker() -> None:
    moody = Moody(reply(500))

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(
            circuit_breaker=BREAKER, retry=RetryPolicy(max_retries=10, backoff=AT_ONCE)
        ) as client:
            with pytest.raises(hyperhttp.CircuitBreakerOpen) as caught:
                await client.get(server.url())
            assert [one.status_code for one in caught.value.attempts] == [500, 500, 500, None]

    play(moody, main)
    assert len(moody.asked) == 3


class Elsewhere(Moody):
    """Sends all on to another server, and notes who asked."""

    def __init__(self, target: str) -> None:
        super().__init__(
            f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()
        )


def test_a_retry_after_a_redirect_elsewhere_has_its_credentials_again() -> None:
    there = Moody(reply(503), reply(200))

    async def main(loop: TurnedLoop) -> None:
        async with RawServer(there) as far:
            here = Elsewhere(far.url())
            async with (
                RawServer(here) as near,
                Client(retry=POLICY, follow_redirects=True, auth=("alice", "sesame")) as client,
            ):
                response = await read(await client.get(near.url()))
                assert response.status_code == 200
            assert ["Authorization" in raw.decode() for raw in here.asked] == [True, True]
            assert ["Authorization" in raw.decode() for raw in there.asked] == [False, False]

    run_quietly(main)


def test_a_breaker_counts_for_the_origin_that_fails_not_for_the_one_that_led_there() -> None:
    there = Moody(reply(503))

    async def main(loop: TurnedLoop) -> None:
        async with RawServer(there) as far:
            here = Elsewhere(far.url())
            async with (
                RawServer(here) as near,
                Client(circuit_breaker=BREAKER, follow_redirects=True) as client,
            ):
                for _ in range(3):
                    await read(await client.get(near.url()))
                with pytest.raises(hyperhttp.CircuitBreakerOpen):
                    await client.get(near.url())
                breakers = client.stats().breakers
                assert breakers[near.url().removesuffix("/")] == "closed"
                assert breakers[far.url().removesuffix("/")] == "open"

    run_quietly(main)


def test_a_hook_of_the_breaker_that_raises_leaks_nothing() -> None:
    long = b"HTTP/1.1 500 X\r\nContent-Length: 99999\r\n\r\nnot all"

    def fail(_: BreakerChange) -> None:
        raise ZeroDivisionError

    async def main(loop: TurnedLoop, server: RawServer) -> None:
        async with Client(circuit_breaker=BREAKER, event_hooks={"breaker": [fail]}) as client:
            for _ in range(2):
                await (await client.get(server.url())).aclose()
            with pytest.raises(ZeroDivisionError):
                await client.get(server.url())
            assert unused(client)

    play(Moody(long), main)


async def test_a_status_error_has_the_attempts_that_led_to_its_response() -> None:
    policy = RetryPolicy(max_retries=2, backoff=Backoff(initial=0.001, maximum=0.001))
    async with Client(transport=MockTransport(503), retry=policy) as client:
        response = await client.get("https://example.com/")
    with pytest.raises(hyperhttp.HTTPStatusError) as caught:
        response.raise_for_status()
    assert caught.value.attempts == response.attempts
    assert [attempt.status_code for attempt in caught.value.attempts] == [503, 503, 503]


@pytest.mark.parametrize("http2", [False, True])
async def test_a_status_error_of_a_hook_and_its_response_have_all_attempts(http2: bool) -> None:
    def refuse(response: hyperhttp.Response) -> None:
        response.raise_for_status()

    policy = RetryPolicy(max_retries=2, backoff=Backoff(initial=0.001, maximum=0.001))
    transport = MockTransport(503, http2=http2)
    async with Client(
        transport=transport, retry=policy, event_hooks={"response": [refuse]}
    ) as client:
        with pytest.raises(hyperhttp.HTTPStatusError) as caught:
            await client.get("https://example.com/")
    assert [attempt.number for attempt in caught.value.attempts] == [1, 2, 3]
    assert caught.value.response.attempts == caught.value.attempts


async def test_an_open_breaker_is_named_by_its_origin_with_the_port() -> None:
    policy = CircuitBreakerPolicy(failure_threshold=1)
    async with Client(transport=MockTransport(503), circuit_breaker=policy) as client:
        await client.get("https://example.com:8443/")
        with pytest.raises(
            hyperhttp.CircuitBreakerOpen, match=r"of https://example\.com:8443 is open"
        ):
            await client.get("https://example.com:8443/")


def test_each_attempt_shows_its_own_number_and_time() -> None:
    numbers: list[int] = []

    async def main() -> None:
        waits = iter([2.0, 3.0, 60.0, 4.0])
        statuses = iter([503, 503, 503, 200])

        async def handler(request: MockRequest) -> MockResponse:
            await later(next(waits))
            return MockResponse(next(statuses))

        async def note(request: hyperhttp.Request) -> None:
            numbers.append(request.attempt)

        async with Client(
            transport=MockTransport(handler),
            retry=RetryPolicy(backoff=AT_ONCE, max_retries=3),
            timeout=Timeout(10.0),
            event_hooks={"request": [note]},
        ) as client:
            response = await client.get("https://example.com/")
        taken = [one.elapsed_s for one in response.attempts]
        assert taken == pytest.approx([2.0, 3.0, 10.0, 4.0], abs=0.9)
        assert numbers == [1, 2, 3, 4]

    run_virtual_time(main())


@pytest.mark.parametrize(("total_s", "statuses"), [(30.0, [503, 200]), (4.0, [503])])
def test_a_wait_within_the_total_limit_is_begun(total_s: float, statuses: list[int]) -> None:
    policy = RetryPolicy(backoff=Backoff(initial=10.0, maximum=10.0))

    async def main() -> None:
        replies = iter([MockResponse(503), MockResponse(200)])
        async with Client(transport=MockTransport(lambda _: next(replies))) as client:
            response = await client.get(
                "https://example.com/", retry=policy, timeout=Timeout(total=total_s)
            )
        assert [one.status_code for one in response.attempts] == statuses

    run_virtual_time(main())
