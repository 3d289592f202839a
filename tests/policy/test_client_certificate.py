"""Whom the client certificate is offered to."""

from __future__ import annotations

import pytest

from hyperhttp import URL, Headers, Request
from hyperhttp._message.request.request import left_origin, request_of_redirect
from hyperhttp._policy.client_certificate import (
    key_offers_certificate,
    key_without_certificate,
    offers_certificate,
)
from hyperhttp._policy.redirects import redirected

HOME = URL("https://home.example/api/")


@pytest.mark.parametrize(
    ("url", "home", "offers"),
    [
        ("https://other.example/", None, True),
        ("https://home.example/x", HOME, True),
        ("https://home.example:443/x", HOME, True),
        ("https://home.example:8443/x", HOME, False),
        ("https://other.example/", HOME, False),
        ("https://sub.home.example/", HOME, False),
        ("http://other.example/", HOME, True),
    ],
)
def test_a_request_of_the_caller(url: str, home: URL | None, offers: bool) -> None:
    assert offers_certificate(Request("GET", url), home) is offers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("home", [None, HOME])
def test_a_redirect_to_another_origin_and_what_follows_it(status: int, home: URL | None) -> None:
    first = Request("GET", "https://home.example/a")
    same = redirected(first, status, "/b")
    assert offers_certificate(same, home)
    other = redirected(same, status, "https://other.example/")
    assert not offers_certificate(other, home)
    assert not offers_certificate(redirected(other, status, "/c"), home)
    assert not offers_certificate(redirected(other, status, "https://home.example/d"), home)


def test_headers_of_a_request_do_not_change_its_origin() -> None:
    first = Request("GET", "https://home.example/a", headers={"Host": "other.example"})
    assert not left_origin(first)
    assert not left_origin(request_of_redirect(first, "GET", first.url, Headers(), None))


def test_the_key_holds_which_of_the_two_it_is() -> None:
    key = "https://home.example"
    assert key_offers_certificate(key)
    assert not key_offers_certificate(key_without_certificate(key))
    assert key_without_certificate(key) != key
