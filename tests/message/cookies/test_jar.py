"""The cookie jar: who may set what, what goes where, and for how long."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.bounds import COOKIES_MAX, COOKIES_PER_DOMAIN_MAX
from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.cookies.jar import Cookies, CookiesInput
from hyperhttp._message.url.url import URL

NOW = 1_000_000_000.0
HOME = URL("https://www.example.com/a/b")
DAY = 24 * 3600


def jar_of(*lines: str, url: URL = HOME) -> Cookies:
    jar = Cookies()
    jar._store(url, lines, NOW)
    return jar


def sent(jar: Cookies, url: str, now: float = NOW) -> str | None:
    return jar._header_for(URL(url), now)


@pytest.mark.parametrize(
    ("line", "urls"),
    [
        ("a=1", ["https://www.example.com/a/b", "https://www.example.com/a/x/y"]),
        ("a=1; Path=/", ["https://www.example.com/", "http://www.example.com:81/x"]),
        ("a=1; Path=/x", ["https://www.example.com/x", "https://www.example.com/x/y"]),
        (
            "a=1; Path=/; Domain=example.com",
            ["https://example.com/", "https://www.example.com/", "https://b.a.example.com/"],
        ),
        ("a=1; Path=/; Domain=.EXAMPLE.com", ["https://example.com/"]),
        ("a=1; Path=/; Domain=www.example.com", ["https://a.www.example.com/"]),
        ("a=1; Path=/; Secure", ["https://www.example.com/"]),
        ("__Secure-a=1; Path=/; Secure", ["https://www.example.com/"]),
        ("__Host-a=1; Path=/; Secure", ["https://www.example.com/"]),
        ("__host-a=1; Path=/; Secure", ["https://www.example.com/"]),
    ],
)
def test_a_cookie_goes_where_it_belongs(line: str, urls: list[str]) -> None:
    jar = jar_of(line)
    for url in urls:
        assert sent(jar, url) == line.partition(";")[0]


@pytest.mark.parametrize(
    ("line", "urls"),
    [
        ("a=1", ["https://www.example.com/", "https://www.example.com/ab"]),
        ("a=1; Path=/", ["https://example.com/", "https://x.www.example.com/"]),
        ("a=1; Path=/x", ["https://www.example.com/xy", "https://www.example.com/"]),
        (
            "a=1; Path=/; Domain=example.com",
            ["https://notexample.com/", "https://example.com.example.test/"],
        ),
        ("a=1; Path=/; Secure", ["http://www.example.com/"]),
        ("a=1; Path=/; Max-Age=10", []),
    ],
)
def test_a_cookie_goes_nowhere_else(line: str, urls: list[str]) -> None:
    jar = jar_of(line)
    assert jar
    for url in urls:
        assert sent(jar, url) is None


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://www.example.com/", "a=1; Domain=api.example.com"),
        ("https://www.example.com/", "a=1; Domain=x.www.example.com"),
        ("https://www.example.com/", "a=1; Domain=com"),
        ("https://www.example.com/", "a=1; Domain=xample.com"),
        ("https://www.example.com/", "a=1; Domain=example.com."),
        ("https://www.example.com/", "a=1; Domain=example.com/"),
        ("https://www.example.com/", "a=1; Domain=éxample.com"),
        ("https://127.0.0.1/", "a=1; Domain=0.0.1"),
        ("https://127.0.0.1/", "a=1; Domain=1"),
        ("http://www.example.com/", "a=1; Secure"),
        ("http://localhost/", "a=1; Secure"),
        ("https://www.example.com/", "__Secure-a=1"),
        ("http://www.example.com/", "__Secure-a=1; Secure"),
        ("https://www.example.com/", "__SECURE-a=1"),
        ("https://www.example.com/", "__Host-a=1; Secure"),
        ("https://www.example.com/", "__Host-a=1; Path=/"),
        ("https://www.example.com/", "__Host-a=1; Secure; Path=/x"),
        ("https://www.example.com/", "__Host-a=1; Secure; Path=/; Domain=www.example.com"),
        ("https://www.example.com/", "=__Host-a; Secure; Path=/"),
        ("https://www.example.com/", "__Secure-a"),
        ("https://www.example.com/", "a=1; Max-Age=0"),
        ("https://www.example.com/", "a=1; Max-Age=-5"),
        ("https://www.example.com/", "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
        ("https://www.example.com/", "a=\x00"),
        ("https://www.example.com/", ""),
    ],
)
def test_a_cookie_that_the_server_may_not_set_is_ignored(url: str, line: str) -> None:
    jar = jar_of(line, url=URL(url))
    assert not jar
    assert len(jar) == 0


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/"])
def test_a_host_may_name_itself_as_its_domain(url: str) -> None:
    host = URL(url).host
    jar = jar_of(f"a=1; Domain={host}", url=URL(url))
    assert sent(jar, url) == "a=1"
    assert sent(jar, "http://x.localhost/") is None


@pytest.mark.parametrize(
    ("attributes", "lives_s"),
    [
        ("Max-Age=10", 10),
        ("Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 10),
        ("Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=10", 10),
        ("Expires=Sun, 09 Sep 2001 01:47:00 GMT", 20),
        ("Max-Age=99999999999", 400 * DAY),
        ("Expires=Fri, 31 Dec 9999 23:59:59 GMT", 400 * DAY),
    ],
)
def test_a_cookie_lives_as_long_as_it_says(attributes: str, lives_s: int) -> None:
    jar = jar_of(f"a=1; Path=/; {attributes}")
    assert sent(jar, "https://www.example.com/", NOW + lives_s - 1) == "a=1"
    assert sent(jar, "https://www.example.com/", NOW + lives_s) is None


def test_a_cookie_without_a_time_lives_as_long_as_the_jar() -> None:
    assert sent(jar_of("a=1; Path=/"), "https://www.example.com/", NOW + 1e9) == "a=1"


def test_the_past_deletes_a_cookie() -> None:
    jar = jar_of("a=1; Path=/", "b=2; Path=/", "c=3; Path=/")
    jar._store(
        HOME, ["a=; Path=/; Max-Age=0", "b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], NOW
    )
    assert dict(jar) == {"c": "3"}
    jar._store(HOME, ["c=; Max-Age=0"], NOW)  # another path: another cookie
    assert dict(jar) == {"c": "3"}


def test_the_same_name_domain_and_path_replaces() -> None:
    jar = jar_of("a=1; Path=/", "b=2; Path=/", "a=3; Path=/; Secure")
    assert sent(jar, "https://www.example.com/") == "a=3; b=2"
    assert sent(jar, "http://www.example.com/") == "b=2"


def test_other_domains_and_paths_are_other_cookies() -> None:
    jar = jar_of("a=1; Path=/", "a=2; Path=/a", "a=3; Path=/; Domain=example.com")
    assert sent(jar, "https://www.example.com/a") == "a=2; a=1; a=3"
    assert len(jar) == 1
    assert jar["a"] == "3"


def test_the_longest_path_comes_first_and_then_the_oldest() -> None:
    jar = jar_of("a=1; Path=/", "b=2; Path=/x/y", "c=3; Path=/x", "d=4; Path=/x", "a=5; Path=/")
    assert sent(jar, "https://www.example.com/x/y") == "b=2; c=3; d=4; a=5"


def test_what_came_without_tls_does_not_hide_what_came_with_it() -> None:
    jar = jar_of("a=1; Path=/; Secure; Domain=example.com", "p=1; Path=/p; Secure")
    plain = URL("http://www.example.com/")
    jar._store(plain, ["a=2; Path=/", "a=2; Path=/x", "a=2; Path=/; Domain=example.com"], NOW)
    jar._store(plain, ["p=2; Path=/p/q", "a=; Path=/; Domain=example.com; Max-Age=0"], NOW)
    assert sent(jar, "https://www.example.com/x") == "a=1"
    jar._store(plain, ["p=3; Path=/", "b=2; Path=/"], NOW)
    assert sent(jar, "http://www.example.com/") == "p=3; b=2"


def test_a_cookie_without_a_name_is_sent_as_its_value() -> None:
    assert sent(jar_of("=v; Path=/", "a=; Path=/"), "https://www.example.com/") == "v; a="


def test_obs_text_goes_back_as_it_came() -> None:
    assert (
        sent(jar_of("a=caf\u00c3\u00a9; Path=/"), "https://www.example.com/") == "a=caf\u00c3\u00a9"
    )


def test_one_domain_may_not_fill_the_jar() -> None:
    jar = jar_of("keep=1; Path=/; Secure", "old=1; Path=/; Max-Age=1")
    later = NOW + 2
    jar._store(HOME, [f"c{n}=1; Path=/" for n in range(COOKIES_PER_DOMAIN_MAX)], later)
    assert len(jar) == COOKIES_PER_DOMAIN_MAX
    assert "keep" in jar
    assert "old" not in jar
    assert "c0" not in jar
    assert f"c{COOKIES_PER_DOMAIN_MAX - 1}" in jar


def test_all_domains_together_may_not_either() -> None:
    jar = Cookies()
    for number in range(COOKIES_MAX // 100 + 1):
        url = URL(f"https://h{number}.example.com/")
        jar._store(url, [f"c{number}-{n}=1" for n in range(100)], NOW)
    assert len(jar) == len(jar.entries()) == COOKIES_MAX
    assert "c0-99" not in jar
    assert "c1-0" in jar


@given(st.lists(st.text(max_size=40), max_size=4))
def test_no_line_at_all_makes_the_jar_fail(lines: list[str]) -> None:
    jar = jar_of(*lines)
    header = sent(jar, "https://www.example.com/a/b")
    assert header is None or "\n" not in header


# --- what callers set ---


@pytest.mark.parametrize("given", [{"a": "1"}, [("a", "1")], (("a", "1"),), Cookies({"a": "1"})])
def test_cookies_are_given_by_name(given: CookiesInput) -> None:
    jar = Cookies(given)
    assert dict(jar) == {"a": "1"}
    assert jar.get("b") is None


@pytest.mark.parametrize(
    "given",
    [
        "a=1",
        5,
        ["a"],
        {"a": 1},
        {"a": None},
        {"a": b"1"},
        {b"a": "1"},
        {"": "1"},
        {"a b": "1"},
        {"a=b": "1"},
        {"a;b": "1"},
        {"é": "1"},
        {"a\r\n": "1"},
        {"a": "1;2"},
        {"a": "1\r\nX: y"},
        {"a": "\x00"},
        {"a": "é"},
        {"a": "x" * 4096},
    ],
)
def test_what_no_cookie_field_could_carry_is_refused(given: CookiesInput) -> None:
    with pytest.raises(ConfigError) as caught:
        Cookies(given)
    assert caught.value.option == "cookies"


@pytest.mark.parametrize(
    ("domain", "path"),
    [
        *(("", "/"), ("a b", "/"), ("é.example.com", "/"), ("a;b", "/"), ("a/b", "/"), (".", "/")),
        *(("example.com", path) for path in ("", "a", "/;", "/\n")),
    ],
)
def test_a_wrong_domain_or_path_is_refused(domain: str, path: str) -> None:
    with pytest.raises(ConfigError):
        Cookies().set("a", "1", domain=domain, path=path)


def test_an_error_does_not_repeat_the_value() -> None:
    with pytest.raises(ConfigError) as caught:
        Cookies({"a": "hunter2\n"})
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(Cookies({"a": "hunter2"}))


def test_a_cookie_without_a_domain_goes_to_the_first_host_only() -> None:
    jar = Cookies({"a": "1"})
    assert sent(jar, "https://example.com/") is None
    jar._bind("example.com")
    jar._bind("api.example.com")
    jar["b"] = "2"
    assert sent(jar, "https://example.com/") == sent(jar, "http://example.com/x") == "a=1; b=2"
    assert sent(jar, "https://www.example.com/") is None
    assert sent(jar, "https://api.example.com/") is None


def test_a_cookie_bound_to_a_secure_host_goes_over_tls_only() -> None:
    jar = Cookies({"a": "1"})
    jar._bind("example.com", secure=True)
    assert sent(jar, "https://example.com/") == "a=1"
    assert sent(jar, "http://example.com/") is None


def test_a_server_replaces_what_the_caller_set_for_it() -> None:
    jar = Cookies({"session": "old"})
    jar._bind("www.example.com")
    jar._store(HOME, ["session=new; Path=/"], NOW)
    assert dict(jar) == {"session": "new"}
    assert sent(jar, "https://www.example.com/") == "session=new"


def test_a_cookie_with_a_domain_goes_to_the_hosts_below_it_too() -> None:
    jar = Cookies()
    jar.set("a", "1", domain=".Example.com", path="/x")
    jar.set("i", "2", domain="127.0.0.1")
    assert sent(jar, "https://example.com/x") == sent(jar, "http://a.example.com/x/y") == "a=1"
    assert sent(jar, "https://example.com/") is None
    assert sent(jar, "https://127.0.0.1/") == "i=2"


def test_cookies_of_one_request_come_last_and_win() -> None:
    jar = jar_of("a=1; Path=/", "b=2; Path=/")
    url = URL("https://www.example.com/")
    assert jar._header_for(url, NOW, extra={"a": "9", "c": "3"}) == "b=2; a=9; c=3"
    assert Cookies()._header_for(url, NOW, extra={"a": "9"}) == "a=9"
    assert Cookies()._header_for(url, NOW) is None


def test_cookies_can_be_deleted() -> None:
    jar = jar_of("a=1; Path=/", "a=2; Path=/x", "a=3; Path=/; Domain=example.com", "b=4; Path=/")
    jar.delete("a", path="/x")
    jar.delete("a", domain=".example.com")
    jar.delete("missing")
    assert [(cookie.name, cookie.value) for cookie in jar.entries()] == [("a", "1"), ("b", "4")]
    del jar["a"]
    with pytest.raises(KeyError):
        del jar["a"]
    with pytest.raises(KeyError):
        jar["a"]
    jar.clear()
    assert not jar
    assert (len(jar), list(jar)) == (0, [])


def test_an_empty_jar_is_false_and_sends_nothing() -> None:
    jar = jar_of("a=1; Path=/")
    jar.delete("a")
    assert not jar
    assert sent(jar, "https://www.example.com/") is None


def test_a_copy_is_a_jar_of_its_own() -> None:
    jar = Cookies({"a": "1"})
    jar._bind("example.com")
    for other in (jar.copy(), Cookies(jar), pickle.loads(pickle.dumps(jar))):
        other["b"] = "2"
        assert sent(other, "https://example.com/") == "a=1; b=2"
    assert dict(jar) == {"a": "1"}


def test_an_entry_tells_where_it_belongs() -> None:
    (cookie,) = jar_of("a=1; Domain=example.com; Secure; Max-Age=5").entries()
    assert (cookie.name, cookie.value, cookie.domain, cookie.path) == (
        "a",
        "1",
        "example.com",
        "/a",
    )
    assert (cookie.host_only, cookie.secure, cookie.expires) == (False, True, NOW + 5)
    assert repr(cookie) == "Cookie('a' for example.com/a)"
