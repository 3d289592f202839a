"""Bodies of errors: how long they are waited for, by which calls, and what reads them for sure."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from hyperhttp import (
    Backoff,
    Client,
    HTTPStatusError,
    ReadTimeout,
    ResponseTooLarge,
    RetryPolicy,
    Timeout,
)
from hyperhttp._base._generated.bounds import (
    ERROR_BODY_BYTES_MAX,
    ERROR_BODY_WAIT_S,
    STATUS_ERROR_BYTES_MAX,
)
from hyperhttp.testing import MockResponse, MockTransport, run_virtual_time
from tests.clock import later

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from hyperhttp import Response

URLS = pytest.mark.parametrize(
    "url", ["http://example.com/", "https://example.com/"], ids=["HTTP/1.1", "HTTP/2"]
)


async def late(after_s: float, *pieces: bytes) -> AsyncIterator[bytes]:
    """Send the first piece at once, and each other one after so many seconds."""
    for number, piece in enumerate(pieces):
        if number:
            await later(after_s)
        yield piece


def failing(after_s: float, *pieces: bytes, status: int = 500) -> MockTransport:
    """A server that responds with an error whose chunked body comes late."""
    return MockTransport(lambda _: MockResponse(status, content=late(after_s, *pieces)))


def timed(main: Callable[[], Coroutine[None, None, None]]) -> float:
    """Run on a loop whose time is virtual, and return the seconds that passed there.

    The real clock stands still: on a busy machine, more time would pass than the limits allow.
    """

    async def measured() -> float:
        loop = asyncio.get_running_loop()
        started = loop.time()
        await main()
        return loop.time() - started

    with mock.patch("time.monotonic", return_value=time.monotonic()):
        return run_virtual_time(measured())


@URLS
def test_a_chunked_body_that_comes_soon_is_there_without_waiting_for_it(url: str) -> None:
    async def main() -> None:
        async with Client(transport=failing(0.1, b"no ", b"luck")) as client:
            response = await client.get(url)
            assert response.elapsed < 0.1
            with pytest.raises(HTTPStatusError) as caught:
                response.raise_for_status()
            assert caught.value.excerpt == "no luck"
            assert caught.value.response.text == "no luck"

    assert 0.1 <= timed(main) < 0.2


@URLS
def test_a_body_that_comes_late_delays_the_response_no_longer_than_the_bound(url: str) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        async with Client(transport=failing(3.0, b"no ", b"luck")) as client:
            response = await client.get(url)
            waited = loop.time() - started
            assert ERROR_BODY_WAIT_S <= waited < ERROR_BODY_WAIT_S + 0.1
            assert response.elapsed < 0.1
            assert await response.aread() == b"no luck"

    assert timed(main) >= 3.0


@URLS
def test_a_long_body_is_not_waited_for(url: str) -> None:
    pieces = (b"x" * (ERROR_BODY_BYTES_MAX + 1), b"y")

    async def main() -> None:
        async with Client(transport=failing(9.0, *pieces)) as client:
            response = await client.get(url)
            assert not response.is_success
            await response.aclose()

    assert timed(main) < 0.2


@URLS
@pytest.mark.parametrize("retry", [False, True], ids=["plain", "retries"])
@pytest.mark.parametrize("has_hook", [False, True], ids=["no hook", "hook"])
def test_a_stream_begins_at_the_headers(url: str, retry: bool, has_hook: bool) -> None:
    async def look(response: Response) -> None:
        assert response.status_code == 500

    async def main() -> None:
        client = Client(
            transport=failing(9.0, b"", b"luck"),
            retry=retry,
            event_hooks={"response": [look] if has_hook else []},
        )
        async with client, client.stream("POST", url) as response:
            assert response.status_code == 500

    assert timed(main) < 0.2


def test_a_retry_does_not_wait_for_a_body_that_is_dropped() -> None:
    policy = RetryPolicy(max_retries=2, backoff=Backoff(initial=0.001, maximum=0.001))

    async def main() -> None:
        async with Client(transport=failing(9.0, b"no", b"!"), retry=policy) as client:
            response = await client.get("http://example.com/")
            assert len(response.attempts) == 3
            await response.aclose()

    # Two are drained within the bound, and the last one is waited for.
    assert timed(main) < 3 * ERROR_BODY_WAIT_S + 0.2


def test_hooks_see_the_body_of_an_error() -> None:
    seen: list[str] = []

    def note(response: Response) -> None:
        try:
            response.raise_for_status()
        except HTTPStatusError as error:
            seen.append(error.excerpt)

    async def main() -> None:
        transport = failing(0.1, b"no ", b"luck")
        async with Client(transport=transport, event_hooks={"response": [note]}) as client:
            await client.get("http://example.com/", retry=True)

    timed(main)
    assert seen == ["no luck"] * 4


@URLS
def test_the_awaitable_form_reads_a_late_body(url: str) -> None:
    async def main() -> None:
        async with Client(transport=failing(3.0, b"no ", b"luck")) as client:
            response = await client.get(url)
            with pytest.raises(HTTPStatusError) as caught:
                await response.araise_for_status()
            assert caught.value.response is response
            assert caught.value.response.text == caught.value.excerpt == "no luck"

    assert timed(main) >= 3.0


@URLS
def test_the_awaitable_form_keeps_the_beginning_of_a_body_without_an_end(url: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"sorry " * 10_000

    async def main() -> None:
        transport = MockTransport(lambda _: MockResponse(503, content=endless()))
        async with Client(transport=transport) as client:
            response = await client.get(url)
            with pytest.raises(HTTPStatusError) as caught:
                await response.araise_for_status()
            assert caught.value.excerpt.startswith("sorry sorry")
            cause = caught.value.__cause__
            assert isinstance(cause, ResponseTooLarge)
            assert cause.limit_bytes == STATUS_ERROR_BYTES_MAX

    timed(main)


def test_the_awaitable_form_raises_the_status_if_the_body_never_comes() -> None:
    async def main() -> None:
        limits = Timeout(read=1.0)
        async with Client(transport=failing(9.0, b"no", b"!"), timeout=limits) as client:
            response = await client.get("http://example.com/")
            with pytest.raises(HTTPStatusError) as caught:
                await response.araise_for_status()
            assert isinstance(caught.value.__cause__, ReadTimeout)

    timed(main)


async def test_the_awaitable_form_returns_a_response_without_an_error_unread() -> None:
    async with Client(transport=MockTransport("fine")) as client:
        response = await client.get("http://example.com/")
        assert await response.araise_for_status() is response
        assert await response.aread() == b"fine"


def test_the_awaitable_form_can_be_cancelled() -> None:
    async def main() -> None:
        async with (
            Client(transport=failing(9.0, b"no", b"!")) as client,
            client.stream("GET", "http://example.com/") as response,
        ):
            task = asyncio.ensure_future(response.araise_for_status())
            await later(1.0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    timed(main)


async def test_an_error_shows_neither_the_body_nor_secrets_of_the_url() -> None:
    url = "https://example.com/?token=t0p&page=2"
    async with Client(transport=MockTransport(lambda _: MockResponse(500, content=b"t0p"))) as c:
        response = await c.get(url)
        with pytest.raises(HTTPStatusError) as caught:
            response.raise_for_status()
    error = caught.value
    shown = f"{error} {error!r} {error.explain()} {error.url} {error.url!r}"
    assert "t0p" not in shown
    assert "page=2" in shown
    assert error.excerpt == "t0p"
    assert error.request is not None
    assert str(error.request.url) == url
