"""Set-Cookie lines, cookie dates, and who matches whom, by the tables of RFC 6265bis."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.bounds import COOKIE_BYTES_MAX
from hyperhttp._message.cookies.parsing import (
    SetCookie,
    default_path,
    domain_matches,
    is_address,
    parse_cookie_date,
    parse_set_cookie,
    path_matches,
)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("a=b", "a", "b"),
        ("a=b; Path=/", "a", "b"),
        (" a = b ;x", "a", "b"),
        ("a=", "a", ""),
        ("a", "", "a"),
        ("=a", "", "a"),
        ("a=b=c", "a", "b=c"),
        ('a="b c"', "a", '"b c"'),
        ("a=b,c", "a", "b,c"),
        ("a=\tb", "a", "b"),
        ("a=caf\u00c3\u00a9", "a", "caf\u00c3\u00a9"),
        ("a=" + "b" * (COOKIE_BYTES_MAX - 1), "a", "b" * (COOKIE_BYTES_MAX - 1)),
    ],
)
def test_the_pair_comes_first(line: str, name: str, value: str) -> None:
    cookie = parse_set_cookie(line)
    assert cookie is not None
    assert (cookie.name, cookie.value) == (name, value)


@pytest.mark.parametrize(
    "line",
    [
        "",
        ";",
        "=",
        " = ; Path=/",
        "a=b\x00",
        "a=b; Path=/\r\n",
        "a\x7f=b",
        "a=b\x01c",
        "a=" + "b" * COOKIE_BYTES_MAX,
        "a" * (COOKIE_BYTES_MAX + 1),
    ],
)
def test_a_line_without_a_usable_pair_is_ignored(line: str) -> None:
    assert parse_set_cookie(line) is None


NOTHING = SetCookie("a", "b", None, None, False, None, None)
EPOCH_DAY = "Thu, 01 Jan 1970 00:00:10 GMT"


@pytest.mark.parametrize(
    ("attributes", "name", "value"),
    [
        ("Domain=Example.COM", "domain", "example.com"),
        ("Domain=.example.com", "domain", "example.com"),
        ("domain = example.com ", "domain", "example.com"),
        ("Domain=a.example.com; Domain=example.com", "domain", "example.com"),
        ("Domain=example.com; Domain=", "domain", None),
        ("Domain=", "domain", None),
        ("Path=/a", "path", "/a"),
        ("Path=/a; Path=/b", "path", "/b"),
        ("Path=a", "path", None),
        ("Path=/a; Path", "path", None),
        ("Path=/" + "a" * 1024, "path", None),
        ("Secure", "secure", True),
        ("SECURE=no", "secure", True),
        ("Secured", "secure", False),
        ("HttpOnly; SameSite=Lax; Priority=High; ;; =", "path", None),
        ("Max-Age=10", "max_age", 10),
        ("Max-Age=0", "max_age", 0),
        ("Max-Age=-1", "max_age", -1),
        ("Max-Age=10; Max-Age=x", "max_age", 10),
        ("Max-Age=", "max_age", None),
        ("Max-Age=+1", "max_age", None),
        ("Max-Age=1.5", "max_age", None),
        ("Max-Age=٣", "max_age", None),
        ("Max-Age=" + "9" * 1000, "max_age", int("9" * 1000)),
        ("Max-Age=" + "9" * 2000, "max_age", None),
        (f"Expires={EPOCH_DAY}", "expires", 10.0),
        (f"Expires={EPOCH_DAY}; Expires=never", "expires", 10.0),
        ("Expires=never", "expires", None),
    ],
)
def test_attributes_are_read_or_ignored_one_by_one(
    attributes: str, name: str, value: object
) -> None:
    cookie = parse_set_cookie(f"a=b; {attributes}")
    assert cookie is not None
    assert getattr(cookie, name) == value


def test_without_attributes_nothing_is_set() -> None:
    assert parse_set_cookie("a=b") == NOTHING


@given(st.text(max_size=60))
def test_no_text_makes_the_parser_fail(line: str) -> None:
    parse_set_cookie(line)
    parse_set_cookie(f"a=b; Expires={line}; Max-Age={line}")
    parse_cookie_date(line)


@pytest.mark.parametrize(
    "text",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 6 november 94 8:49:37",
        "08:49:37 6 NOV 1994",
        "6-Nov-1994 08:49:37 PST",
        "1994 about 6 Nov 08:49:37",
        "Sun, 06 Nov 1994 08:49:37.123 GMT",
    ],
)
def test_a_cookie_date_comes_in_many_forms(text: str) -> None:
    moment = datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)
    assert parse_cookie_date(text) == moment.timestamp()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "never",
        "06 Nov 1994",
        "Nov 1994 08:49:37",
        "06 1994 08:49:37",
        "06 Nov 08:49:37",
        "32 Nov 1994 08:49:37",
        "31 Feb 1994 08:49:37",
        "06 Nov 1600 08:49:37",
        "06 Nov 1994 24:49:37",
        "06 Nov 1994 08:60:37",
        "06 Nov 1994 08:49:60",
        "06 Nov 1994 08:49",
        "06 Nov 19940 08:49:37",
        "1994-11-06T08:49:37Z",
    ],
)
def test_what_is_no_cookie_date_is_none(text: str) -> None:
    assert parse_cookie_date(text) is None


@pytest.mark.parametrize(("year", "full"), [("70", 1970), ("99", 1999), ("00", 2000), ("69", 2069)])
def test_a_year_of_two_digits_lies_between_1970_and_2069(year: str, full: int) -> None:
    moment = datetime(full, 11, 6, 8, 49, 37, tzinfo=UTC)
    assert parse_cookie_date(f"06 Nov {year} 08:49:37") == moment.timestamp()


@pytest.mark.parametrize(
    ("path", "default"),
    [("/", "/"), ("/a", "/"), ("/a/", "/a"), ("/a/b", "/a"), ("/a/b/c", "/a/b"), ("//", "/")],
)
def test_the_default_path_goes_up_to_the_last_slash(path: str, default: str) -> None:
    assert default_path(path) == default


@pytest.mark.parametrize(
    ("path", "cookie_path"),
    [("/", "/"), ("/a", "/"), ("/a", "/a"), ("/a/", "/a"), ("/a/b", "/a"), ("/a/b", "/a/")],
)
def test_a_path_matches_itself_and_what_lies_below(path: str, cookie_path: str) -> None:
    assert path_matches(path, cookie_path)


@pytest.mark.parametrize(
    ("path", "cookie_path"),
    [("/", "/a"), ("/ab", "/a"), ("/a", "/a/"), ("/A", "/a"), ("/b/a", "/a"), ("/a", "/a/b")],
)
def test_a_path_matches_nothing_else(path: str, cookie_path: str) -> None:
    assert not path_matches(path, cookie_path)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("example.com", "example.com"),
        ("a.example.com", "example.com"),
        ("b.a.example.com", "example.com"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
    ],
)
def test_a_host_matches_its_domain_and_those_above(host: str, domain: str) -> None:
    assert domain_matches(host, domain)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("example.com", "a.example.com"),
        ("badexample.com", "example.com"),
        ("example.com.", "example.com"),
        ("127.0.0.1", "0.0.1"),
        ("127.0.0.1", "1"),
        ("example.com", ""),
    ],
)
def test_a_host_matches_no_other_domain(host: str, domain: str) -> None:
    assert not domain_matches(host, domain)


@pytest.mark.parametrize(
    ("host", "reply"),
    [("127.0.0.1", True), ("::1", True), ("example.com", False), ("1.2.3", False)],
)
def test_addresses_are_told_from_names(host: str, reply: bool) -> None:
    assert is_address(host) is reply
