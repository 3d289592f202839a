"""Options of one request: what is taken, and how what is not is told."""

from __future__ import annotations

import pytest

from hyperhttp import Client, ConfigError, MockResponse, MockTransport, Request, Response, Send
from hyperhttp._base.option_checks import checked_count, checked_extensions, checked_flag


def test_what_is_right_is_given_back() -> None:
    assert checked_flag(True, option="x") is True
    assert checked_count(0, option="x") == 0
    assert checked_extensions({"a": object}) == {"a": object}


@pytest.mark.parametrize("given", [0, 1, None, "yes", []])
def test_a_flag_is_true_or_false(given: object) -> None:
    with pytest.raises(ConfigError, match=r"x: .* True or False"):
        checked_flag(given, option="x")


@pytest.mark.parametrize("given", [-1, 1.0, True, None, "1"])
def test_a_count_is_a_whole_number(given: object) -> None:
    with pytest.raises(ConfigError, match=r"x: .* a whole number >= 0"):
        checked_count(given, option="x")


@pytest.mark.parametrize("given", [None, "a", [("a", 1)], {1: 2}, 5])
def test_extensions_have_names(given: object) -> None:
    with pytest.raises(ConfigError, match=r"extensions: .* a mapping of names"):
        checked_extensions(given)


async def test_extensions_reach_middleware_on_every_hop_and_are_not_sent() -> None:
    seen: list[object] = []

    async def traced(request: Request, send: Send) -> Response:
        seen.append(request.extensions["trace"])
        response = await send(request)
        response.extensions["traced"] = True
        return response

    transport = MockTransport(
        {"GET */old": MockResponse(302, headers={"Location": "/new"}), "GET */new": 200}
    )
    given = {"trace": 7}
    async with Client(transport=transport, middleware=[traced], follow_redirects=True) as client:
        response = await client.get("https://example.com/old", extensions=given)
    assert seen == [7, 7]
    assert response.extensions == {"traced": True}
    assert response.request.extensions == given
    assert response.request.extensions is not given
    assert all("trace" not in request.headers for request in transport.requests)


def test_without_any_there_is_an_empty_dict_to_fill() -> None:
    request = Request("GET", "https://example.com/")
    assert request.extensions == {}
    request.extensions["a"] = 1
    assert request.extensions == {"a": 1}
    assert Response.create(request).extensions == {}
