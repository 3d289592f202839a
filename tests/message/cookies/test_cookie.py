"""One cookie: where it goes, when it ends, and what cannot be one."""

from __future__ import annotations

import math

import pytest

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.cookies.cookie import Cookie, checked_cookie, goes_to, is_expired
from hyperhttp._message.url.url import URL

NOW = 1_000_000_000.0
HERE = "www.example.com"


@pytest.mark.parametrize(
    ("cookie", "url", "goes"),
    [
        (Cookie("a", "1", HERE), f"http://{HERE}/", True),
        (Cookie("a", "1", HERE), f"https://{HERE}:8443/x/y", True),
        (Cookie("a", "1", HERE), "http://example.com/", False),
        (Cookie("a", "1", HERE), f"http://x.{HERE}/", False),
        (Cookie("a", "1", HERE), f"http://{HERE}./", False),
        (Cookie("a", "1", None), f"http://{HERE}/", False),
        (Cookie("a", "1", "example.com", host_only=False), f"http://{HERE}/", True),
        (Cookie("a", "1", "example.com", host_only=False), "http://example.com/", True),
        (Cookie("a", "1", "example.com", host_only=False), "http://notexample.com/", False),
        (Cookie("a", "1", "0.0.1", host_only=False), "http://127.0.0.1/", False),
        (Cookie("a", "1", "::1"), "http://[::1]:8080/", True),
        (Cookie("a", "1", HERE, secure=True), f"https://{HERE}/", True),
        (Cookie("a", "1", HERE, secure=True), f"http://{HERE}/", False),
        (Cookie("a", "1", HERE, "/x"), f"http://{HERE}/x", True),
        (Cookie("a", "1", HERE, "/x"), f"http://{HERE}/x/y?z", True),
        (Cookie("a", "1", HERE, "/x/"), f"http://{HERE}/x", False),
        (Cookie("a", "1", HERE, "/x"), f"http://{HERE}/xy", False),
        (Cookie("a", "1", HERE, "/x"), f"http://{HERE}/X", False),
        (Cookie("a", "1", HERE, expires=NOW + 1), f"http://{HERE}/", True),
        (Cookie("a", "1", HERE, expires=NOW), f"http://{HERE}/", False),
        (Cookie("a", "1", HERE, expires=0.0), f"http://{HERE}/", False),
    ],
    ids=repr,
)
def test_a_cookie_goes_to_its_host_path_and_time(cookie: Cookie, url: str, goes: bool) -> None:
    assert goes_to(cookie, URL(url), NOW) == goes


def test_a_cookie_without_a_time_does_not_expire() -> None:
    assert not is_expired(Cookie("a", "1", HERE), math.inf)


def test_the_repr_does_not_show_the_value() -> None:
    assert repr(Cookie("a", "hunter2", HERE, "/x")) == "Cookie('a' for www.example.com/x)"
    assert repr(Cookie("a", "hunter2", None)) == "Cookie('a' for the first host/)"


def checked(**changed: object) -> Cookie:
    given: dict[str, object] = {"name": "a", "value": "1", "domain": HERE, "path": "/", **changed}
    expires = given.pop("expires", None)
    assert expires is None or isinstance(expires, float)
    return checked_cookie(
        given["name"],
        given["value"],
        given["domain"],
        given["path"],
        host_only=given.get("host_only", True) is True,
        secure=given.get("secure", False) is True,
        expires=expires,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a b"),
        ("name", "\xe9\x85"),
        ("value", ""),
        ("value", "a=b, c\td"),
        ("value", "x" * 4095),
        ("path", "/a b"),
        ("expires", -5.0),
        ("expires", 1e15),
        ("secure", True),
        ("host_only", False),
        *(("domain", domain) for domain in (None, "a_b", "example.com.", "127.0.0.1", "::1")),
    ],
)
def test_what_a_server_may_have_set_can_be_saved(field: str, value: object) -> None:
    assert getattr(checked(**{field: value}), field) == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("name", name) for name in (None, 5, b"a", "a=b", "a;b", "a\n", "\x00", "\u0100")),
        *(("value", value) for value in (None, 5, "hunter2;", "hunter2\r\n", "\ud800", "\u20ac")),
        ("value", "x" * 4096),
        *(("path", path) for path in (None, "", "x", "/;", "/\n", "/\u0100")),
        *(("domain", domain) for domain in (5, "", ".", "a b", "é", "A.com", "a/", "a..b", "#a")),
        *(("expires", expires) for expires in (math.nan, math.inf, -math.inf)),
    ],
)
def test_what_is_no_cookie_is_refused_and_not_shown(field: str, value: object) -> None:
    with pytest.raises(ConfigError) as caught:
        checked(**{field: value})
    assert caught.value.option == "cookies"
    assert "hunter2" not in str(caught.value)


def test_a_cookie_without_name_and_value_is_none() -> None:
    with pytest.raises(ConfigError):
        checked(name="", value="")


@pytest.mark.parametrize("domain", [None, "127.0.0.1", "::1"])
def test_what_has_no_hosts_below_it_is_host_only(domain: str | None) -> None:
    assert checked(domain=domain, host_only=False).host_only
