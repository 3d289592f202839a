"""`Timeout.total` holds for the code of the caller, too: nothing that it awaits outlasts it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from hyperhttp import (
    Auth,
    BearerAuth,
    Client,
    PoolTimeout,
    Request,
    Response,
    Send,
    Timeout,
    TotalTimeout,
)
from hyperhttp._client.total_limit import within_total
from hyperhttp._transport.deadline import Deadline
from hyperhttp.testing import Hang, MockRequest, MockResponse, MockTransport, run_virtual_time
from tests.client.quiet import unused
from tests.clock import later

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

URLS = pytest.mark.parametrize(
    "url", ["http://example.com/", "https://example.com/"], ids=["HTTP/1.1", "HTTP/2"]
)


async def slow_token(refused: str | None) -> str:
    await later(60.0)
    return "token"


async def slow_before(request: Request, send: Send) -> Response:
    await later(60.0)
    return await send(request)


async def slow_after(request: Request, send: Send) -> Response:
    response = await send(request)
    await later(60.0)
    return response


async def slow_hook(_: Request | Response) -> None:
    await later(60.0)


class SlowAuth(Auth):
    async def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]:
        yield request
        await later(60.0)


OPTIONS: dict[str, dict[str, object]] = {
    "token provider": {"auth": BearerAuth(slow_token)},
    "auth flow": {"auth": SlowAuth()},
    "middleware before": {"middleware": [slow_before]},
    "middleware after": {"middleware": [slow_after]},
    "call middleware before": {"call_middleware": [slow_before]},
    "call middleware after": {"call_middleware": [slow_after]},
    "request hook": {"event_hooks": {"request": [slow_hook]}},
    "response hook": {"event_hooks": {"response": [slow_hook]}},
}


@URLS
@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("retry", [False, True], ids=["plain", "retries"])
def test_the_total_timeout_includes_the_code_of_the_caller(
    url: str, options: dict[str, object], retry: bool
) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        async with Client(
            transport=MockTransport("ok"),
            timeout=Timeout(total=2.0),
            retry=retry,
            **options,  # type: ignore[arg-type]  # by the case
        ) as client:
            with pytest.raises(TotalTimeout) as caught:
                await client.get(url)
            assert 2.0 <= loop.time() - started < 2.5
            error = caught.value
            assert (error.timeout_s, error.during, error.origin) == (2.0, None, url[:-1])
            assert unused(client)

    run_virtual_time(main())


@URLS
@pytest.mark.parametrize("retry", [False, True], ids=["plain", "retries"])
def test_the_phase_of_the_transport_is_named_where_there_is_one(url: str, retry: bool) -> None:
    async def through(request: Request, send: Send) -> Response:
        return await send(request)

    async def main() -> None:
        async with Client(
            transport=MockTransport(Hang()),
            timeout=Timeout(total=2.0),
            middleware=[through],
            retry=retry,
        ) as client:
            with pytest.raises(TotalTimeout) as caught:
                await client.get(url)
            assert caught.value.during == "read"

    run_virtual_time(main())


def test_the_callers_own_timeout_stays_what_it_is() -> None:
    async def impatient(request: Request, send: Send) -> Response:
        async with asyncio.timeout(1.0):
            await later(60.0)
        return await send(request)

    async def main() -> None:
        limits = Timeout(total=2.0)
        async with Client(
            transport=MockTransport(), timeout=limits, middleware=[impatient]
        ) as client:
            with pytest.raises(TimeoutError) as caught:
                await client.get("http://example.com/")
            assert type(caught.value) is TimeoutError

    run_virtual_time(main())


def test_a_cancellation_from_outside_is_not_a_timeout() -> None:
    async def main() -> None:
        limits = Timeout(total=9.0)
        async with Client(
            transport=MockTransport(), timeout=limits, middleware=[slow_before]
        ) as client:
            task = asyncio.ensure_future(client.get("http://example.com/"))
            await later(1.0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert unused(client)

    run_virtual_time(main())


def test_a_call_that_is_done_in_time_leaves_no_timer() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        deadline = Deadline(Timeout(total=2.0), loop.time())

        async def done() -> str:
            return "done"

        assert await within_total(deadline, loop, done()) == "done"
        await later(5.0)

    run_virtual_time(main())


# --- a token provider that uses the same client ---


def guarded(request: MockRequest) -> MockResponse:
    said = request.headers.get("authorization")
    if request.url.path == "/token":
        return MockResponse(json={"token": "fresh"} if said is None else {"token": said})
    return MockResponse(200 if said == "Bearer fresh" else 401, content=(said or "").encode())


def own_client(first: str = "") -> tuple[Client, list[str | None]]:
    """A client whose token provider uses it."""
    refusals: list[str | None] = []

    async def token(refused: str | None) -> str:
        refusals.append(refused)
        if refused is None and first:
            return first
        return (await client.fetch(f"{home}/token", into=dict[str, str]))["token"]

    home = "https://example.com"
    client = Client(
        base_url=home,
        transport=MockTransport(guarded),
        auth=BearerAuth(token),
        max_connections=1,
        http2=False,
        timeout=Timeout(total=30.0),
    )
    return client, refusals


@pytest.mark.parametrize("first", ["", "stale"], ids=["first token", "after a 401"])
def test_a_token_provider_may_use_the_same_client(first: str) -> None:
    async def main() -> None:
        client, refusals = own_client(first)
        async with client:
            responses = await asyncio.gather(*[client.get("/data") for _ in range(3)])
            assert [response.status_code for response in responses] == [200] * 3
            assert refusals == ([None, "stale"] if first else [None])

    run_virtual_time(main())


def test_a_task_that_the_provider_starts_is_authenticated_once_there_is_a_token() -> None:
    async def main() -> None:
        tasks: list[asyncio.Task[Response]] = []

        async def background() -> Response:
            await later(1.0)
            return await client.get("/data")

        async def token(refused: str | None) -> str:
            tasks.append(asyncio.ensure_future(background()))
            return "fresh"

        client = Client(
            base_url="https://example.com", transport=MockTransport(guarded), auth=BearerAuth(token)
        )
        async with client:
            assert (await client.get("/data")).status_code == 200
            assert (await tasks[0]).status_code == 200

    run_virtual_time(main())


def test_a_refusal_without_an_end_does_not_keep_the_only_connection_from_the_provider() -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b"no"
        await later(1000.0)

    def server(request: MockRequest) -> MockResponse:
        response = guarded(request)
        return MockResponse(401, content=endless()) if response.status_code == 401 else response

    async def main() -> None:
        async def token(refused: str | None) -> str:
            if refused is None:
                return "stale"
            return (await client.fetch("/token", into=dict[str, str]))["token"]

        client = Client(
            base_url="http://example.com",
            transport=MockTransport(server),
            auth=BearerAuth(token),
            max_connections=1,
            timeout=None,
        )
        async with client, client.stream("GET", "/data") as response:
            assert response.status_code == 200

    run_virtual_time(main())


def test_a_flow_that_holds_the_only_connection_gets_a_typed_error() -> None:
    class Asking(Auth):
        async def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]:
            yield request
            await client.get("http://example.com/other", auth=None)

    async def endless() -> AsyncIterator[bytes]:
        yield b"no"
        await later(1000.0)

    async def main() -> None:
        async with client:
            with pytest.raises(PoolTimeout):
                await client.get("http://example.com/data")

    transport = MockTransport(lambda _: MockResponse(content=endless()))
    client = Client(
        transport=transport, auth=Asking(), max_connections=1, timeout=Timeout(pool=1.0)
    )
    run_virtual_time(main())
