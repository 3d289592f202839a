"""RFC 6265bis as a table: what servers set, one after the other, and what a request takes along.

Each row is a story: Set-Cookie lines with the URL that they came from, the URL of a request, and
its Cookie field, as section 5 of the RFC has it; written down from the RFC, not from the code.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import pytest

from hyperhttp._base._generated.bounds import COOKIES_MAX, COOKIES_PER_DOMAIN_MAX
from hyperhttp._message.cookies.jar import Cookies
from hyperhttp._message.url.url import URL

NOW: Final = 1_000_000_000.0  # Sun, 09 Sep 2001 01:46:40 GMT
WWW: Final = "https://www.example.com"
BARE: Final = "https://example.com"
API: Final = "https://api.example.com"
PLAIN: Final = "http://www.example.com"
EPOCH: Final = "Thu, 01 Jan 1970 00:00:00 GMT"

Story: TypeAlias = tuple[list[tuple[str, str]], str, str | None]

DOMAIN: Final[list[Story]] = [  # 5.1.3 and 5.7 steps 9 to 11
    ([(f"{WWW}/", "a=1")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1")], f"{BARE}/", None),
    ([(f"{BARE}/", "a=1")], f"{WWW}/", None),
    ([(f"{BARE}/", "a=1; Domain=example.com")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Domain=example.com")], f"{BARE}/", "a=1"),
    ([(f"{WWW}/", "a=1; Domain=.example.com")], f"{API}/", "a=1"),
    ([(f"{WWW}/", "a=1; Domain=..example.com")], f"{WWW}/", None),
    ([(f"{WWW}/", "a=1; Domain=EXAMPLE.com")], f"{API}/", "a=1"),
    ([(f"{WWW}/", "a=1; DOMAIN=example.com")], f"{API}/", "a=1"),
    ([(f"{WWW}/", "a=1; Domain=")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Domain=")], f"{API}/", None),
    ([(f"{WWW}/", "a=1; Domain")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Domain=api.example.com")], f"{API}/", None),
    ([(f"{WWW}/", "a=1; Domain=ample.com")], f"{WWW}/", None),
    ([(f"{WWW}/", "a=1; Domain=example.com; Domain=api.example.com")], f"{API}/", None),
    ([(f"{WWW}/", "a=1; Domain=api.example.com; Domain=example.com")], f"{API}/", "a=1"),
    ([(f"{WWW}/", "a=1; Domain=example.com; Domain=")], f"{API}/", None),
    ([(f"{WWW}:8443/", "a=1")], f"{WWW}/", "a=1"),  # 8.5: ports do not keep cookies apart
    ([("https://127.0.0.1/", "a=1; Domain=127.0.0.1")], "https://127.0.0.1/", "a=1"),
    ([("https://127.0.0.1/", "a=1; Domain=0.0.1")], "https://127.0.0.1/", None),
    ([("https://[::1]/", "a=1; Domain=::1")], "https://[::1]/", "a=1"),
]

PATH: Final[list[Story]] = [  # 5.1.4
    ([(f"{WWW}/a/b", "a=1")], f"{WWW}/a", "a=1"),
    ([(f"{WWW}/a/b", "a=1")], f"{WWW}/a/", "a=1"),
    ([(f"{WWW}/a/b", "a=1")], f"{WWW}/a/b/c", "a=1"),
    ([(f"{WWW}/a/b", "a=1")], f"{WWW}/", None),
    ([(f"{WWW}/a/b", "a=1")], f"{WWW}/ab", None),
    ([(f"{WWW}/a/", "a=1")], f"{WWW}/a", "a=1"),
    ([(f"{WWW}/a", "a=1")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/a/b?x=/y/z", "a=1")], f"{WWW}/a/c", "a=1"),
    ([(f"{WWW}/", "a=1; Path=/x")], f"{WWW}/x", "a=1"),
    ([(f"{WWW}/", "a=1; Path=/x")], f"{WWW}/x?y", "a=1"),
    ([(f"{WWW}/", "a=1; Path=/x/")], f"{WWW}/x", None),
    ([(f"{WWW}/", "a=1; Path=/x/")], f"{WWW}/x/", "a=1"),
    ([(f"{WWW}/", "a=1; Path=/x")], f"{WWW}/xy", None),
    ([(f"{WWW}/", "a=1; Path=/x")], f"{WWW}/X", None),
    ([(f"{WWW}/a/b", "a=1; Path=x")], f"{WWW}/a", "a=1"),
    ([(f"{WWW}/a/b", "a=1; Path=x")], f"{WWW}/x", None),
    ([(f"{WWW}/a/b", "a=1; Path=")], f"{WWW}/a", "a=1"),
    ([(f"{WWW}/", "a=1; Path=/x; Path=/y")], f"{WWW}/y", "a=1"),
    ([(f"{WWW}/", "a=1; Path=/x; Path=/y")], f"{WWW}/x", None),
    ([(f"{WWW}/a", "a=1; Path=/elsewhere")], f"{WWW}/elsewhere", "a=1"),
]

SECURE: Final[list[Story]] = [  # 5.7 steps 8, 12 and 16
    ([(f"{WWW}/", "a=1; Secure")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; secure=whatever")], f"{PLAIN}/", None),
    ([(f"{WWW}/", "a=1; Secure")], f"{PLAIN}/", None),
    ([(f"{PLAIN}/", "a=1; Secure")], f"{WWW}/", None),
    ([(f"{PLAIN}/", "a=1")], f"{WWW}/", "a=1"),
    # What came without TLS does not stand before, or instead of, what came with it.
    ([(f"{WWW}/", "a=1; Secure"), (f"{PLAIN}/", "a=2")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Secure"), (f"{PLAIN}/", "a=2")], f"{PLAIN}/", None),
    ([(f"{WWW}/", "a=1; Secure"), (f"{PLAIN}/", "a=; Max-Age=0")], f"{WWW}/", "a=1"),
    (
        [(f"{WWW}/", "a=1; Secure"), (f"{PLAIN}/", "a=2; Domain=example.com")],
        f"{WWW}/",
        "a=1",
    ),
    (
        [(f"{WWW}/", "a=1; Secure; Domain=example.com"), (f"{PLAIN}/", "a=2")],
        f"{WWW}/",
        "a=1",
    ),
    ([(f"{WWW}/", "a=1; Secure; Path=/x"), (f"{PLAIN}/", "a=2; Path=/x/y")], f"{WWW}/x/y", "a=1"),
    (  # its path is above: it comes after the other in the field, and hides nothing
        [(f"{WWW}/", "a=1; Secure; Path=/x"), (f"{PLAIN}/", "a=2; Path=/")],
        f"{WWW}/x",
        "a=1; a=2",
    ),
    ([(f"{WWW}/", "a=1; Secure"), (f"{PLAIN}/", "b=2")], f"{WWW}/", "a=1; b=2"),
    ([(f"{API}/", "a=1; Secure"), (f"{PLAIN}/", "a=2")], f"{WWW}/", "a=2"),
    ([(f"{WWW}/", "a=1; Secure"), (f"{WWW}/", "a=2")], f"{PLAIN}/", "a=2"),
    ([(f"{WWW}/", "a=1"), (f"{PLAIN}/", "a=2")], f"{WWW}/", "a=2"),
]

PREFIXES: Final[list[Story]] = [  # 4.1.3 and 5.7 steps 20 to 22
    ([(f"{WWW}/", "__Secure-a=1; Secure")], f"{WWW}/", "__Secure-a=1"),
    ([(f"{WWW}/", "__Secure-a=1; Secure; Domain=example.com")], f"{API}/", "__Secure-a=1"),
    ([(f"{WWW}/", "__Secure-a=1")], f"{WWW}/", None),
    ([(f"{WWW}/", "__sEcUrE-a=1")], f"{WWW}/", None),
    ([(f"{PLAIN}/", "__Secure-a=1; Secure")], f"{WWW}/", None),
    ([(f"{WWW}/", "__Host-a=1; Secure; Path=/")], f"{WWW}/", "__Host-a=1"),
    ([(f"{WWW}/", "__Host-a=1; Secure; Path=/; Domain=")], f"{WWW}/", "__Host-a=1"),
    ([(f"{WWW}/", "__Host-a=1; Secure")], f"{WWW}/", None),
    ([(f"{WWW}/", "__Host-a=1; Path=/")], f"{WWW}/", None),
    ([(f"{WWW}/", "__Host-a=1; Secure; Path=/x")], f"{WWW}/x", None),
    ([(f"{WWW}/", "__Host-a=1; Secure; Path=/; Domain=www.example.com")], f"{WWW}/", None),
    ([(f"{WWW}/", "__HOST-a=1; Secure; Path=/; Domain=example.com")], f"{WWW}/", None),
    ([(f"{WWW}/", "=__Host-a=1; Secure; Path=/")], f"{WWW}/", None),
    ([(f"{WWW}/", "__Secure-a; Secure")], f"{WWW}/", None),
    ([(f"{WWW}/", "__Secure=1")], f"{WWW}/", "__Secure=1"),
    ([(f"{WWW}/", "a__Host-=1")], f"{WWW}/", "a__Host-=1"),
]

EXPIRY: Final[list[Story]] = [  # 5.6.1, 5.6.2 and 5.7 step 24
    ([(f"{WWW}/", "a=1; Max-Age=1")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Max-Age=0")], f"{WWW}/", None),
    ([(f"{WWW}/", "a=1; Max-Age=-1")], f"{WWW}/", None),
    ([(f"{WWW}/", "a=1; Max-Age=+5")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Max-Age=soon")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Max-Age=")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Max-Age=0; Max-Age=5")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Max-Age=5; Max-Age=0")], f"{WWW}/", None),
    ([(f"{WWW}/", f"a=1; Max-Age=5; Expires={EPOCH}")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Max-Age=0; Expires=Sun, 09 Sep 2029 01:46:40 GMT")], f"{WWW}/", None),
    ([(f"{WWW}/", f"a=1; Expires={EPOCH}")], f"{WWW}/", None),
    ([(f"{WWW}/", "a=1; Expires=Sun, 09 Sep 2001 01:46:41 GMT")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Expires=Sun, 09 Sep 2001 01:46:40 GMT")], f"{WWW}/", None),
    ([(f"{WWW}/", "a=1; Expires=Sunday, 09-Sep-01 01:46:41 GMT")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Expires=Sun Sep  9 01:46:41 2001")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Expires=whenever")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1; Expires=0")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1"), (f"{WWW}/", "a=; Max-Age=0")], f"{WWW}/", None),
    ([(f"{WWW}/", "a=1"), (f"{WWW}/", "a=; Max-Age=0; Path=/x")], f"{WWW}/", "a=1"),
    (
        [(f"{WWW}/", "a=1"), (f"{WWW}/", "a=; Max-Age=0; Domain=example.com")],
        f"{WWW}/",
        "a=1",
    ),
]

ORDER: Final[list[Story]] = [  # 5.7 step 23 and 5.8.3
    ([(f"{WWW}/", "a=1"), (f"{WWW}/", "b=2")], f"{WWW}/", "a=1; b=2"),
    ([(f"{WWW}/", "a=1"), (f"{WWW}/", "b=2; Path=/x")], f"{WWW}/x", "b=2; a=1"),
    ([(f"{WWW}/", "a=1"), (f"{WWW}/", "b=2"), (f"{WWW}/", "a=3")], f"{WWW}/", "a=3; b=2"),
    ([(f"{WWW}/", "a=1"), (f"{WWW}/", "a=2; Domain=example.com")], f"{WWW}/", "a=1; a=2"),
    ([(f"{WWW}/", "a=1"), (f"{WWW}/", "A=2")], f"{WWW}/", "a=1; A=2"),
    ([(f"{WWW}/", "a=1"), (f"{WWW}/", "=1")], f"{WWW}/", "a=1; 1"),
    ([(f"{WWW}/", "a"), (f"{WWW}/", "b")], f"{WWW}/", "b"),
]

PARSING: Final[list[Story]] = [  # 5.6
    ([(f"{WWW}/", "a=b=c")], f"{WWW}/", "a=b=c"),
    ([(f"{WWW}/", ' a = "b c" ;Path=/')], f"{WWW}/", 'a="b c"'),
    ([(f"{WWW}/", "a=")], f"{WWW}/", "a="),
    ([(f"{WWW}/", "a=1;;; ; =; Unknown=2")], f"{WWW}/", "a=1"),
    ([(f"{WWW}/", "a=1, b=2")], f"{WWW}/", "a=1, b=2"),
    ([(f"{WWW}/", "a=1\tx")], f"{WWW}/", "a=1\tx"),
    ([(f"{WWW}/", "a=1\x7f")], f"{WWW}/", None),
    ([(f"{WWW}/", "a=1\x00")], f"{WWW}/", None),
    ([(f"{WWW}/", "")], f"{WWW}/", None),
    ([(f"{WWW}/", "=")], f"{WWW}/", None),
    ([(f"{WWW}/", "; Path=/")], f"{WWW}/", None),
    ([(f"{WWW}/", f"a={'x' * 4095}")], f"{WWW}/", f"a={'x' * 4095}"),
    ([(f"{WWW}/", f"a={'x' * 4096}")], f"{WWW}/", None),
    ([(f"{WWW}/", f"a=1; Path=/{'x' * 1023}")], f"{WWW}/", None),
    ([(f"{WWW}/", f"a=1; Path=/{'x' * 1024}")], f"{WWW}/", "a=1"),
]

STORIES: Final = {
    "domain": DOMAIN,
    "path": PATH,
    "secure": SECURE,
    "prefix": PREFIXES,
    "expiry": EXPIRY,
    "order": ORDER,
    "parsing": PARSING,
}


@pytest.mark.parametrize(
    ("story", "url", "cookie"),
    [
        pytest.param(*story, id=f"{kind}-{number}")
        for kind, stories in STORIES.items()
        for number, story in enumerate(stories)
    ],
)
def test_what_a_request_takes_along(
    story: list[tuple[str, str]], url: str, cookie: str | None
) -> None:
    jar = Cookies()
    for source, line in story:
        jar._store(URL(source), [line], NOW)
    assert jar._header_for(URL(url), NOW) == cookie


# Eviction (5.7): what has expired goes first, then what is not secure, then the oldest.


def full(jar: Cookies, host: str, count: int, attributes: str = "") -> None:
    jar._store(URL(f"https://{host}/"), [f"n{n}=x{attributes}" for n in range(count)], NOW)


def test_the_expired_go_first() -> None:
    jar = Cookies()
    jar._store(URL(f"{WWW}/"), ["oldest=1"], NOW)
    jar._store(URL(f"{WWW}/"), ["secure=1; Secure; Max-Age=5"], NOW)
    full(jar, "www.example.com", COOKIES_PER_DOMAIN_MAX - 2)
    jar._store(URL(f"{WWW}/"), ["new=1"], NOW + 5)
    assert "secure" not in jar
    assert {"oldest", "new"} <= set(jar)
    assert len(jar) == COOKIES_PER_DOMAIN_MAX


def test_those_without_secure_go_next_and_of_these_the_oldest() -> None:
    jar = Cookies()
    jar._store(URL(f"{WWW}/"), ["secure=1; Secure", "older=1", "old=1"], NOW)
    full(jar, "www.example.com", COOKIES_PER_DOMAIN_MAX - 3)
    jar._store(URL(f"{WWW}/"), ["new=1"], NOW)
    assert "older" not in jar
    assert {"secure", "old", "new"} <= set(jar)


def test_a_domain_full_of_secure_ones_loses_its_oldest() -> None:
    jar = Cookies()
    full(jar, "www.example.com", COOKIES_PER_DOMAIN_MAX, "; Secure")
    jar._store(URL(f"{WWW}/"), ["new=1; Secure"], NOW)
    assert "n0" not in jar
    assert {"n1", "new"} <= set(jar)


def test_one_domain_takes_nothing_from_another() -> None:
    jar = Cookies()
    jar._store(URL(f"{API}/"), ["kept=1"], NOW)
    full(jar, "www.example.com", 2 * COOKIES_PER_DOMAIN_MAX)
    assert jar["kept"] == "1"
    assert len(jar) == COOKIES_PER_DOMAIN_MAX + 1


def test_a_full_jar_loses_its_oldest_wherever_that_is() -> None:
    jar = Cookies()
    hosts = range(-(-COOKIES_MAX // COOKIES_PER_DOMAIN_MAX) + 1)
    for host in hosts:
        full(jar, f"h{host}.example.com", COOKIES_PER_DOMAIN_MAX)
    assert len(jar.entries()) == COOKIES_MAX
    assert jar._header_for(URL("https://h0.example.com/"), NOW) is None
    newest = jar._header_for(URL(f"https://h{hosts[-1]}.example.com/"), NOW)
    assert newest is not None
    assert newest.count(";") == COOKIES_PER_DOMAIN_MAX - 1
