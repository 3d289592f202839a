"""The Cookie header of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hyperhttp import URL, Cookies, Request
from hyperhttp._client.request_cookies import add_cookies
from hyperhttp._message.request.request import jar_cookie

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME = URL("https://example.com/")


def cookie_of(
    url: str, *, own: Mapping[str, str] | None = None, is_trusted: bool = True
) -> str | None:
    request = Request("GET", url)
    request.sent_cookies = None if own is None else dict(own)
    add_cookies(request, Cookies({"a": "1"}), HOME, is_trusted=is_trusted)
    return jar_cookie(request)


@pytest.mark.parametrize(
    ("url", "cookie"),
    [
        ("https://example.com/x", "a=1"),
        ("https://other.example/", None),
        ("http://example.com/", None),
    ],
)
def test_cookies_without_a_domain_belong_to_the_home_of_the_client(
    url: str, cookie: str | None
) -> None:
    assert cookie_of(url) == cookie


def test_those_of_the_request_are_added_and_replace_those_of_the_client() -> None:
    assert cookie_of("https://example.com/", own={"b": "2"}) == "a=1; b=2"
    assert cookie_of("https://example.com/", own={"a": "2"}) == "a=2"


def test_an_origin_that_is_not_trusted_gets_those_of_the_request_only() -> None:
    assert cookie_of("https://example.com/", is_trusted=False) is None
    assert cookie_of("https://example.com/", own={"b": "2"}, is_trusted=False) == "b=2"
