"""Public suffixes: with the list of the extra `cookies`, and without."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from hyperhttp._message.cookies import public_suffix
from hyperhttp._message.cookies.jar import Cookies
from hyperhttp._message.cookies.public_suffix import is_public_suffix, is_same_site
from hyperhttp._message.url.url import URL

if TYPE_CHECKING:
    from collections.abc import Generator

NOW = 1_000_000_000.0


def forget() -> None:
    is_public_suffix.cache_clear()
    public_suffix._judge.cache_clear()


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    forget()
    monkeypatch.setitem(sys.modules, "publicsuffixlist", None)
    yield
    forget()


@pytest.mark.parametrize(
    "domain",
    [
        "com",
        "com.",
        "localhost",
        "co.uk",
        "co.uk.",
        "github.io",  # of the private part of the list: anybody may have a name below it
        "anything.ck",  # by the rule "*.ck"
        "xn--p1ai",
        "xn--55qx5d.cn",  # listed in its own script
    ],
)
def test_below_a_public_suffix_anybody_may_have_a_name(domain: str) -> None:
    assert is_public_suffix(domain)


@pytest.mark.parametrize(
    "domain",
    [
        "example.com",
        "example.com.",
        "www.example.com",
        "example.co.uk",
        "user.github.io",
        "www.ck",  # by the exception "!www.ck"
        "intranet.corp-without-a-rule",
    ],
)
def test_a_name_that_was_registered_is_none(domain: str) -> None:
    assert not is_public_suffix(domain)


@pytest.mark.usefixtures("without_the_extra")
@pytest.mark.parametrize(
    ("domain", "is_public"),
    [("com", True), ("com.", True), ("localhost", True), ("co.uk", False), ("example.com", False)],
)
def test_without_the_extra_top_level_domains_are_known(domain: str, is_public: bool) -> None:
    assert is_public_suffix(domain) == is_public


SUPERCOOKIES = [
    ("shop.example.co.uk", "co.uk"),
    ("user.github.io", "github.io"),
    ("www.example.com", "com"),
    ("www.example.com.", "com."),
]


@pytest.mark.parametrize(("host", "domain"), SUPERCOOKIES)
def test_a_server_sets_no_cookie_for_its_neighbours(host: str, domain: str) -> None:
    jar = Cookies()
    jar._store(URL(f"https://{host}/"), [f"a=1; Domain={domain}; Path=/"], NOW)
    assert not jar


@pytest.mark.parametrize("host", ["co.uk", "github.io", "localhost"])
def test_a_public_suffix_that_is_a_host_sets_cookies_for_itself_alone(host: str) -> None:
    jar = Cookies()
    jar._store(URL(f"https://{host}/"), [f"a=1; Domain={host}; Path=/"], NOW)
    assert jar._header_for(URL(f"https://{host}/"), NOW) == "a=1"
    assert jar._header_for(URL(f"https://below.{host}/"), NOW) is None


@pytest.mark.parametrize("host", ["example.co.uk", "user.github.io", "www.ck"])
def test_a_name_below_one_shares_its_cookies_with_what_lies_below_it(host: str) -> None:
    jar = Cookies()
    jar._store(URL(f"https://below.{host}/"), [f"a=1; Domain={host}; Path=/"], NOW)
    assert jar._header_for(URL(f"https://other.{host}/"), NOW) == "a=1"


@pytest.mark.usefixtures("without_the_extra")
def test_without_the_extra_cookies_are_kept_apart_by_top_level_domain() -> None:
    jar = Cookies()
    jar._store(URL("https://www.example.com/"), ["a=1; Domain=com", "b=2; Domain=example.com"], NOW)
    assert dict(jar) == {"b": "2"}


def test_the_list_is_loaded_when_it_is_first_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    monkeypatch.setitem(sys.modules, "publicsuffixlist", None)
    assert is_public_suffix("com")
    assert public_suffix._judge.cache_info().currsize == 0
    forget()


ALWAYS_SAME = [
    ("example.com", "example.com"),
    ("example.com", "example.com."),
    ("example.com", "www.example.com"),
    ("a.b.example.com", "example.com"),
    ("127.0.0.1", "127.0.0.1"),
    ("localhost", "localhost"),
]
NEVER_SAME = [
    ("example.com", "example.org"),
    ("example.com", "notexample.com"),
    ("example.com", "com"),
    ("example.com", "example.com.evil.com"),
    ("127.0.0.1", "10.0.0.1"),
    ("1.0.0.1", "2.0.0.1"),
    ("::1", "::2"),
    ("localhost", "a.localhost"),
]


@pytest.mark.parametrize(("host", "other"), ALWAYS_SAME)
def test_hosts_of_one_site(host: str, other: str) -> None:
    assert is_same_site(host, other)
    assert is_same_site(other, host)


@pytest.mark.parametrize(("host", "other"), NEVER_SAME)
def test_hosts_of_two_sites(host: str, other: str) -> None:
    assert not is_same_site(host, other)
    assert not is_same_site(other, host)


def test_siblings_are_one_site_below_a_domain_that_somebody_owns() -> None:
    assert is_same_site("www.example.com", "api.example.com")
    assert not is_same_site("a.co.uk", "b.co.uk")
    assert is_same_site("x.a.co.uk", "y.a.co.uk")


@pytest.mark.usefixtures("without_the_extra")
def test_without_the_list_siblings_are_two_sites() -> None:
    assert not is_same_site("www.example.com", "api.example.com")
    assert not is_same_site("a.co.uk", "b.co.uk")
    for host, other in ALWAYS_SAME:
        assert is_same_site(host, other)
    for host, other in NEVER_SAME:
        assert not is_same_site(host, other)
