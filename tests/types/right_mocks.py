"""What both checkers must accept of the test kit, with the types that they must see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, assert_type

import hyperhttp
from hyperhttp import Client, MockResponse, MockTransport, Router
from hyperhttp.testing import (
    ASGITransport,
    Cassette,
    FaultyTransport,
    Handler,
    MockRequest,
    Reset,
    ResponseInput,
    Route,
    Truncate,
    VirtualTimeLoop,
    run_virtual_time,
)


@dataclass
class User:
    name: str


class Point(TypedDict):
    x: int


def status(request: MockRequest) -> int:
    assert_type(request.method, str)
    assert_type(request.url, hyperhttp.URL)
    assert_type(request.headers, hyperhttp.Headers)
    assert_type(request.content, bytes)
    assert_type(request.form, tuple[tuple[str, str], ...])
    assert_type(request.path_params, Mapping[str, str])
    assert_type(request.json(), Any)
    assert_type(request.json(User), User)
    assert_type(request.json(list[User]), list[User])
    return 200


async def text(request: MockRequest) -> str:
    return request.url.path


def model(_: MockRequest) -> User:
    return User("Ann")


def mapping(_: MockRequest) -> dict[str, int]:
    return {"a": 1}


def typed(_: MockRequest) -> Point:
    return {"x": 1}


def several(request: MockRequest) -> MockResponse | Reset | list[str]:
    return [request.text] if request.content else Reset()


def anything(_: MockRequest) -> ResponseInput:
    return KeyError


async def pieces() -> AsyncIterator[bytes]:
    yield b"a"


def handlers_are_functions() -> list[Handler]:
    return [status, text, model, mapping, typed, several, anything, lambda _: 200]


def what_a_mock_takes() -> None:
    MockTransport()
    for handler in handlers_are_functions():
        MockTransport(handler, http2=False)
    MockTransport({"GET /a": 200, "/b": text, "POST /c": {"a": [1]}, "/d": Truncate(at=3)})
    MockTransport([200, "text", status, KeyError("x")])
    MockTransport(MockResponse(201, json={"a": 1}, delay_s=0.5))
    MockResponse(content=pieces(), trailers={"X-Sum": "1"})
    MockResponse(content=[b"a", b"b"])


def routes() -> Router:
    router = Router()

    @router.get("/users/{id}", params={"page": 1}, headers={"X-A": "*"}, times=2)
    def user(request: MockRequest) -> dict[str, str]:
        return dict(request.path_params)

    assert_type(user(MockRequest("GET", "https://example.com/")), dict[str, str])
    route = router.post("/users", json={"name": "Ann"}, where=lambda request: True)
    assert_type(route.respond(500, status, {"a": 1}), Route)
    assert_type(route.requests, list[MockRequest])
    return router


async def a_client_takes_them(asgi: ASGITransport) -> None:
    mock = MockTransport(routes())
    assert_type(mock.requests, list[MockRequest])
    assert_type(mock.assert_requested("GET /users").json(User), User)
    Client(transport=mock)
    Client(transport=asgi)
    Client(transport=FaultyTransport(asgi, [Reset("head"), None], probability=0.5, seed=7))
    Client(transport=FaultyTransport(mock, lambda method, path: None))
    Client(middleware=[Cassette("tape.json", "once", match_on=["method", "path"])])
    async with asgi as same:
        assert_type(same, ASGITransport)


def time_is_jumped_over(loop: VirtualTimeLoop) -> None:
    async def main() -> int:
        return 1

    assert_type(run_virtual_time(main()), int)
    assert_type(loop.time(), float)
