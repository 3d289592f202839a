"""Middleware of calls, around retries and redirects, and the numbers that middleware sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hyperhttp import (
    Backoff,
    CircuitBreakerOpen,
    CircuitBreakerPolicy,
    Client,
    HTTPStatusError,
    Request,
    Response,
    RetryPolicy,
    Send,
)
from hyperhttp.testing import MockRequest, MockResponse, MockTransport
from tests.client.quiet import unused

if TYPE_CHECKING:
    from collections.abc import Callable

URLS = pytest.mark.parametrize(
    "url", ["http://example.com", "https://example.com"], ids=["HTTP/1.1", "HTTP/2"]
)
RETRY = RetryPolicy(max_retries=2, backoff=Backoff(initial=0.001, maximum=0.001))


class Noting:
    """Middleware that notes which requests it is called with."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int, int]] = []

    async def __call__(self, request: Request, send: Send) -> Response:
        self.seen.append((request.url.path, request.attempt, request.hop))
        return await send(request)


def failing_behind_a_redirect() -> Callable[[MockRequest], MockResponse]:
    """A server that redirects to a page which fails once."""
    failures = iter([503])

    def respond(request: MockRequest) -> MockResponse:
        if request.url.path == "/old":
            return MockResponse(302, headers={"Location": "/new"})
        return MockResponse(next(failures, 200))

    return respond


@URLS
async def test_attempt_and_hop_are_numbered_and_a_call_is_wrapped_once(url: str) -> None:
    each, whole = Noting(), Noting()
    async with Client(
        transport=MockTransport(failing_behind_a_redirect()),
        middleware=[each],
        call_middleware=[whole],
        retry=RETRY,
        follow_redirects=True,
    ) as client:
        response = await client.get(f"{url}/old")
    assert each.seen == [("/old", 1, 0), ("/new", 1, 1), ("/old", 2, 0), ("/new", 2, 1)]
    assert whole.seen == [("/old", 1, 0)]
    assert (response.request.attempt, response.request.hop) == (2, 1)
    assert [earlier.request.hop for earlier in response.history] == [0]


async def test_a_request_of_its_own_is_the_first_attempt_at_no_hop() -> None:
    request = Request("GET", "https://example.com/")
    assert (request.attempt, request.hop) == (1, 0)
    async with Client(transport=MockTransport([503, 200, 200]), retry=RETRY) as client:
        assert (await client.send(request)).request.attempt == 2
        assert (await client.send(request)).request.attempt == 1


@URLS
async def test_middleware_of_a_call_sees_the_last_response_and_its_attempts(url: str) -> None:
    seen: list[int] = []

    async def count(request: Request, send: Send) -> Response:
        response = await send(request)
        seen.append(len(response.attempts))
        return await response.araise_for_status()

    transport = MockTransport(lambda _: MockResponse(503, content=[b"so", b"rry"]))
    async with Client(transport=transport, call_middleware=[count], retry=RETRY) as client:
        with pytest.raises(HTTPStatusError) as caught:
            await client.get(url)
    assert seen == [3]
    assert len(caught.value.attempts) == 3
    assert caught.value.excerpt == "sorry"


async def test_middleware_of_a_call_may_send_it_twice_and_each_has_its_retries() -> None:
    async def twice(request: Request, send: Send) -> Response:
        await send(request)
        return await send(request)

    transport = MockTransport(lambda _: 503)
    async with Client(transport=transport, call_middleware=[twice], retry=RETRY) as client:
        response = await client.get("http://example.com/")
        assert len(transport.requests) == 6
        assert len(response.attempts) == 3
        await response.aclose()
        assert unused(client)


async def test_middleware_of_a_call_may_respond_itself() -> None:
    async def cached(request: Request, send: Send) -> Response:
        return Response.create(request, 200, content=b"kept")

    transport = MockTransport()
    async with Client(transport=transport, call_middleware=[cached]) as client:
        assert await (await client.get("http://example.com/")).aread() == b"kept"
        async with client.stream("GET", "http://example.com/") as response:
            assert await response.aread() == b"kept"
    transport.assert_not_requested()


async def test_middleware_of_a_call_is_outside_of_the_breaker() -> None:
    caught: list[int | None] = []

    async def note(request: Request, send: Send) -> Response:
        try:
            return await send(request)
        except CircuitBreakerOpen as error:
            caught.append(error.port)
            raise

    policy = CircuitBreakerPolicy(failure_threshold=1)
    async with Client(
        transport=MockTransport(503), call_middleware=[note], circuit_breaker=policy
    ) as client:
        await (await client.get("http://example.com:8080/")).aclose()
        with pytest.raises(CircuitBreakerOpen):
            await client.get("http://example.com:8080/")
    assert caught == [8080]


async def test_the_first_middleware_of_a_call_is_outermost() -> None:
    order: list[str] = []

    def named(name: str) -> Callable[[Request, Send], object]:
        async def wrap(request: Request, send: Send) -> Response:
            order.append(name)
            return await send(request)

        return wrap

    wraps = [named("first"), named("second")]
    async with Client(transport=MockTransport(), call_middleware=wraps) as client:  # type: ignore[arg-type]  # by object
        await client.get("http://example.com/")
    assert order == ["first", "second"]
