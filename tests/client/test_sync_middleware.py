"""Middleware and hooks of a synchronous client."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import (
    ConfigError,
    MockResponse,
    MockTransport,
    Request,
    SyncClient,
    SyncResponse,
    SyncSend,
)

if TYPE_CHECKING:
    from hyperhttp import SyncMiddleware

URL = "https://example.com/"


def test_middleware_wraps_each_attempt_and_call_middleware_the_call() -> None:
    seen: list[str] = []

    def attempt(request: Request, send: SyncSend) -> SyncResponse:
        seen.append(f"attempt {request.attempt}")
        return send(request)

    def call(request: Request, send: SyncSend) -> SyncResponse:
        seen.append("call")
        response = send(request)
        seen.append(f"{response.status_code} {response.text}")
        return response

    transport = MockTransport([MockResponse(503), "good"])
    policy = hyperhttp.RetryPolicy(backoff=hyperhttp.Backoff(initial=0.001))
    with SyncClient(
        transport=transport, middleware=[attempt], call_middleware=[call], retry=policy
    ) as client:
        assert client.get(URL).text == "good"
    assert seen == ["call", "attempt 1", "attempt 2", "200 good"]


def test_middleware_may_respond_itself_and_send_more_requests() -> None:
    def cached(request: Request, send: SyncSend) -> SyncResponse:
        if request.url.path == "/cached":
            return SyncResponse.create(request, json={"from": "cache"})
        first = send(request)
        second = send(request)
        assert first.text == "body"
        return second

    transport = MockTransport("body")
    with SyncClient(transport=transport, middleware=[cached]) as client:
        assert client.get("https://example.com/cached").json() == {"from": "cache"}
        assert client.get(URL).text == "body"
        assert client.stats().active == 0
    assert len(transport.requests) == 2


@pytest.mark.parametrize("returned", [None, "text"])
def test_another_result_is_refused(returned: object) -> None:
    def wrong(_: Request, send: SyncSend) -> SyncResponse:
        return returned  # type: ignore[return-value]  # pyright: ignore[reportReturnType]

    with SyncClient(transport=MockTransport("x"), middleware=[wrong]) as client:
        with pytest.raises(ConfigError, match="middleware"):
            client.get(URL)


def test_an_error_of_middleware_is_raised_as_it_is() -> None:
    def failing(_: Request, send: SyncSend) -> SyncResponse:
        raise KeyError("mine")

    middleware: list[SyncMiddleware] = [failing]
    with SyncClient(transport=MockTransport("x"), middleware=middleware) as client:
        with pytest.raises(KeyError, match="mine"):
            client.get(URL)
        assert client.stats().active == 0


def test_hooks_run_in_the_thread_of_the_call_and_may_use_the_client() -> None:
    seen: list[tuple[str, int]] = []

    def on_request(request: Request) -> None:
        seen.append((request.url.path, threading.get_ident()))
        request.headers["X-Hook"] = "1"
        if request.url.path == "/":
            client.get("https://example.com/nested")

    def on_response(response: SyncResponse) -> None:
        seen.append((f"{response.request.url.path} {response.text}", threading.get_ident()))

    transport = MockTransport(lambda request: request.headers.get("x-hook", "none"))
    hooks: hyperhttp.SyncEventHooks = {"request": [on_request], "response": [on_response]}
    with SyncClient(transport=transport, event_hooks=hooks) as client:
        assert client.get(URL).text == "1"
    here = threading.get_ident()
    assert seen == [(name, here) for name in ("/", "/nested", "/nested 1", "/ 1")]


def test_an_unknown_event_is_named() -> None:
    with pytest.raises(ConfigError, match="requests"):
        SyncClient(event_hooks={"requests": []})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
