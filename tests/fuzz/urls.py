"""URLs: absolute, as references, under a base URL, and with a password that is never shown."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from hyperhttp._base._generated.errors import InvalidURL
from hyperhttp._message.url.grammar import read_fast, read_slow
from hyperhttp._message.url.url import URL, base_join
from tests.message.url.test_grammar import facts

BASE: Final = URL("https://example.com/a/b?q=1")
PASSWORD: Final = "hunter2"
# A character is percent-encoded as up to four bytes; a host has at most 253 characters.
CHARS_PER_CHAR: Final = 12
HOST_CHARS: Final = 300


def check(data: bytes) -> None:
    """Use the text as a URL, and as the rest of several."""
    text = data.decode("utf-8", "surrogateescape")
    for whole in (text, f"http://{text}", f"http://example.com/{text}"):
        examine(parsed(whole), whole)
    reference(text)
    under_base(text)
    if PASSWORD not in text:
        with_password(f"https://user:{PASSWORD}@{text}")


def parsed(text: str) -> URL | None:
    """The URL, or None for text that is refused, with a message that can be shown."""
    try:
        return URL(text)
    except InvalidURL as error:
        assert str(error).isprintable()
        return None


def examine(url: URL | None, text: str) -> None:
    """Fail unless the URL is a fixed point, and other parsers find the same parts in it."""
    if url is None:
        return
    shown = str(url)
    assert all("!" <= character <= "~" for character in shown)
    assert len(shown) <= CHARS_PER_CHAR * len(text) + HOST_CHARS
    assert URL(shown) == url.without_userinfo()
    assert str(URL(shown)) == shown
    fast = read_fast(shown)
    assert fast is None or facts(fast) == facts(read_slow(shown))
    other = urlsplit(shown)
    assert (other.scheme, other.port) == (url.scheme, url.port)
    assert (other.hostname or "").partition("%")[0] == url.host.partition("%")[0]
    assert (other.path, other.query, other.fragment) == (url.path, url.query, url.fragment)
    assert url.join(shown) == url.without_userinfo()
    assert url.copy_with() == url


def reference(text: str) -> None:
    """Resolve the text as a link of a page."""
    try:
        url = BASE.join(text)
    except InvalidURL:
        return
    examine(url, f"{BASE}{text}")


def under_base(text: str) -> None:
    """Join the text to a base URL: only an absolute URL leads to another origin."""
    try:
        url = base_join(BASE, text)
    except InvalidURL:
        return
    examine(url, f"{BASE}{text}")
    if not text.lower().startswith(("http:", "https:")):
        assert url.origin == BASE.origin
        assert url.userinfo == ""


def with_password(text: str) -> None:
    """Fail if the password is in a repr or in an error."""
    try:
        url = URL(text)
    except InvalidURL as error:
        assert PASSWORD not in str(error)
        assert PASSWORD not in repr(error)
        return
    assert PASSWORD not in str(url)
    assert PASSWORD not in repr(url)
    assert url.credentials == ("user", PASSWORD)
    assert URL(text) == url
