"""Set-Cookie lines, divided by line feeds: who gets the cookies, and that files keep them."""

from __future__ import annotations

from typing import Final

from hyperhttp._base._generated.bounds import COOKIE_BYTES_MAX, COOKIE_LIFETIME_MAX_S
from hyperhttp._message.cookies.cookie import Cookie, is_expired
from hyperhttp._message.cookies.jar import Cookies, cookie_header, store_cookies
from hyperhttp._message.cookies.parsing import domain_matches
from hyperhttp._message.headers.grammar import CONTROL
from hyperhttp._message.url.url import URL
from tests.fuzz.cookie_files import assert_kept

NOW: Final = 1_000_000_000.0
SECURE: Final = URL("https://www.example.com/a/b")
PLAIN: Final = URL("http://www.example.com/a/b")
SERVERS: Final = (SECURE, PLAIN, URL("https://127.0.0.1/a/b"))
STRANGERS: Final = (
    "https://example.org/a/b",
    "https://notexample.com/a/b",
    "https://127.0.0.2/a/b",
)


def check(data: bytes) -> None:
    """Store the lines as those of one response, from each server."""
    lines = data.decode("latin-1").split("\n")
    for url in SERVERS:
        jar, one_by_one = Cookies(), Cookies()
        store_cookies(jar, url, lines, NOW)
        for line in lines:
            store_cookies(one_by_one, url, [line], NOW)
        assert one_by_one.entries() == jar.entries()
        for cookie in jar.entries():
            examine(cookie, url)
        header = cookie_header(jar, url, NOW) or ""
        assert CONTROL.search(header) is None
        header.encode("latin-1")
        assert_kept(jar.entries())
        strangers(jar)


def examine(cookie: Cookie, url: URL) -> None:
    """Fail if the server could not set this cookie."""
    assert cookie.domain is not None
    assert domain_matches(url.host, cookie.domain)
    assert "." in cookie.domain, "a cookie for a whole top-level domain"
    assert len(cookie.name) + len(cookie.value) <= COOKIE_BYTES_MAX
    assert not is_expired(cookie, NOW)
    assert cookie.expires is None or cookie.expires <= NOW + COOKIE_LIFETIME_MAX_S
    assert url.is_tls or not cookie.secure
    if cookie.name.lower().startswith("__host-"):
        assert cookie.secure
        assert cookie.host_only
        assert cookie.path == "/"


def strangers(jar: Cookies) -> None:
    """Fail if other servers get a cookie, or one without TLS a secure cookie."""
    for stranger in STRANGERS:
        assert cookie_header(jar, URL(stranger), NOW) is None
    if all(cookie.secure for cookie in jar.entries()):
        assert cookie_header(jar, PLAIN, NOW) is None
