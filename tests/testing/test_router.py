"""Routes: which one responses, how often, and what a test is told when none does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, ConfigError
from hyperhttp.testing import MockRequest, MockTransport, Router, UnmatchedRequest
from tests.testing.peers import fetch

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "http://example.com/users"


def asked(
    method: str = "GET", url: str = URL, content: bytes = b"", a: str | None = None
) -> MockRequest:
    return MockRequest(method, url, headers={} if a is None else {"X-A": a}, content=content)


def reply_of(router: Router, request: MockRequest) -> object:
    return asyncio.run(router(request))


def test_a_decorated_function_responses_and_sees_its_parameters() -> None:
    router = Router()

    @router.get("/users/{id}")
    def user(request: MockRequest) -> dict[str, str]:
        return {"id": request.path_params["id"]}

    @router.get("/async")
    async def later(request: MockRequest) -> str:
        await asyncio.sleep(0)
        return request.method

    assert reply_of(router, asked(url=f"{URL}/7")) == {"id": "7"}
    assert reply_of(router, asked(url="http://example.com/async")) == "GET"
    assert (user.__name__, later.__name__) == ("user", "later")


@pytest.mark.parametrize("method", ["get", "head", "options", "delete", "post", "put", "patch"])
def test_each_method_has_its_routes(method: str) -> None:
    router = Router()
    add: Callable[[str], object] = getattr(router, method)
    add("/users")
    assert reply_of(router, asked(method.upper())) == 200
    with pytest.raises(UnmatchedRequest, match=f"method TRACE, not {method.upper()}"):
        reply_of(router, asked("TRACE"))


def test_the_first_route_that_fits_responses() -> None:
    router = Router()
    router.get("/users").respond("first")
    router.route("*", "*").respond("second")
    assert reply_of(router, asked()) == "first"
    assert reply_of(router, asked("POST")) == "second"


def test_responses_come_in_turn_and_the_last_one_stays() -> None:
    router = Router()
    route = router.get("/users").respond(500, 429, 200)
    assert [reply_of(router, asked()) for _ in range(4)] == [500, 429, 200, 200]
    assert route.call_count == len(route.requests) == 4


def test_a_route_that_is_used_up_leaves_the_rest_to_others() -> None:
    router = Router()
    once = router.get("/users", times=1).respond("once")
    assert reply_of(router, asked()) == "once"
    with pytest.raises(UnmatchedRequest, match=r"GET /users: it is used up after 1 request"):
        reply_of(router, asked())
    router.get("/users").respond("ever after")
    assert reply_of(router, asked()) == "ever after"
    assert once._is_used_up


FITS = [
    ({"params": {"page": 2}}, asked(url=f"{URL}?page=2&x=1"), asked(url=f"{URL}?page=3")),
    ({"headers": {"X-A": "1"}}, asked(a="1"), asked(a="2")),
    ({"headers": {"X-A": "*"}}, asked(a="any"), asked()),
    ({"json": {"a": [1], "b": None}}, asked(content=b'{"b": null, "a": [1]}'), asked(content=b"1")),
    ({"json": {"a": 1}}, asked(content=b'{"a":1}'), asked(content=b"{")),
    ({"data": {"a": "x y"}}, asked(content=b"b=1&a=x+y"), asked(content=b"a=x")),
    ({"content": b"abc"}, asked(content=b"abc"), asked(content=b"abcd")),
    ({"where": lambda r: r.method == "GET"}, asked("GET"), asked("POST")),
]


@pytest.mark.parametrize(("matchers", "fitting", "other"), FITS, ids=range(len(FITS)))
def test_a_matcher_lets_through_what_fits_and_names_what_does_not(
    matchers: dict[str, object], fitting: MockRequest, other: MockRequest
) -> None:
    router = Router()
    add: Callable[..., object] = router.route
    add("*", "/users", **matchers)
    assert reply_of(router, fitting) == 200
    with pytest.raises(UnmatchedRequest, match="no route matches") as caught:
        reply_of(router, other)
    assert "nearest route is * /users: " in str(caught.value)


def test_the_nearest_route_is_named_with_all_that_differs() -> None:
    router = Router()
    router.get("https://api.example.com/far")
    router.get("/users", headers={"Authorization": "x"}, params={"page": 2})
    with pytest.raises(UnmatchedRequest) as caught:
        reply_of(router, asked("POST"))
    asked_for, nearest = str(caught.value).splitlines()
    assert asked_for == "no route matches POST http://example.com/users"
    assert nearest == (
        "  the nearest route is GET /users: method POST, not GET; no page=2 in the query;"
        " header Authorization: missing, not x"
    )


def test_a_router_without_routes_says_so() -> None:
    with pytest.raises(UnmatchedRequest, match="the router has no routes"):
        reply_of(Router(), asked())


def test_routes_that_were_not_called_are_named() -> None:
    router = Router()
    called = router.get("/users", times=2)
    router.get("/never")
    reply_of(router, asked())
    with pytest.raises(AssertionError, match="these routes") as caught:
        router.assert_all_called()
    assert str(caught.value).splitlines()[1:] == [
        "  GET /users: 1 matched",
        "  GET /never: 0 matched",
    ]
    called.assert_called()
    called.assert_called(times=1)
    with pytest.raises(AssertionError, match=r"matched 1 request\(s\), not 3"):
        called.assert_called(times=3)
    with pytest.raises(AssertionError, match="not at least one"):
        router.routes[1].assert_called()
    reply_of(router, asked())
    reply_of(router, asked(url="http://example.com/never"))
    router.assert_all_called()


def test_a_route_without_responses_is_refused() -> None:
    with pytest.raises(ConfigError, match="responses"):
        Router().get("/").respond()


async def test_an_unmatched_request_fails_the_test_and_not_the_client() -> None:
    async with Client(transport=MockTransport(Router()), retry=True) as client:
        with pytest.raises(UnmatchedRequest):
            await fetch(client, URL)
        assert not issubclass(UnmatchedRequest, OSError)


def test_a_route_refuses_responses_that_are_none_by_name() -> None:
    respond: Callable[..., object] = Router().get("/a").respond
    for replies in ((), (0.5,), (200, None), (True,)):
        with pytest.raises(ConfigError) as caught:
            respond(*replies)
        assert caught.value.option == "responses"
    with pytest.raises(ConfigError) as caught:
        respond(200, delay_s=0.5)
    assert caught.value.option == "delay_s"
