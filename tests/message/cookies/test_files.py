"""Cookies in files: JSON and Netscape's format, ours and those of others, good and bad."""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from http.cookiejar import Cookie as StandardCookie
from http.cookiejar import MozillaCookieJar
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.cookies.cookie import Cookie
from hyperhttp._message.cookies.files import read_cookies, replace_file, write_json, write_netscape
from hyperhttp._message.cookies.jar import Cookies
from hyperhttp._message.url.url import URL

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_000_000_000.0
HOME = URL("https://www.example.com/a/b")
MAGIC = b"# Netscape HTTP Cookie File\n"

# What 6265bis lets a server set, as Latin-1; a name has no "=" and no tab comes where one divides.
CHARACTERS = st.characters(codec="latin-1", exclude_categories=["Cc"], exclude_characters=";")
TEXTS = st.text(CHARACTERS | st.sampled_from("\x80\x85\x9f"), max_size=20)
NAMES = TEXTS.filter(lambda name: "=" not in name)
HOSTS = st.from_regex(r"[a-z0-9_-]{1,8}(\.[a-z][a-z0-9]{0,5}){1,3}\.?", fullmatch=True)
DOMAINS = HOSTS | st.sampled_from(["127.0.0.1", "::1", "localhost"])
WHOLE = st.integers(min_value=-(10**12), max_value=10**12).filter(bool)


def _is_address(host: str) -> bool:
    return host in {"127.0.0.1", "::1"}


@st.composite
def cookies(draw: st.DrawFn, *, files_of_others: bool) -> Cookie:
    domain = draw(DOMAINS if files_of_others else DOMAINS | st.none())
    name, value, path = draw(NAMES), draw(TEXTS), f"/{draw(TEXTS)}"
    if not files_of_others:
        value += draw(st.sampled_from(["", "\t", "a\tb"]))
    if not name and not value:
        value = "x"
    alone = domain is None or _is_address(domain) or draw(st.booleans())
    moments = WHOLE.map(float) if files_of_others else st.floats(-1e12, 1e12)
    expires = draw(st.none() | moments)
    return Cookie(name, value, domain, path, alone, draw(st.booleans()), expires)


@given(st.lists(cookies(files_of_others=False)))
def test_json_gives_back_what_was_written(saved: list[Cookie]) -> None:
    assert read_cookies(write_json(saved)) == saved


@given(st.lists(cookies(files_of_others=True)))
def test_netscapes_format_gives_back_what_was_written(saved: list[Cookie]) -> None:
    assert read_cookies(write_netscape(saved)) == saved


@given(st.lists(cookies(files_of_others=True)))
def test_line_ends_of_another_system_change_nothing(saved: list[Cookie]) -> None:
    written = write_netscape(saved).replace(b"\n", b"\r\n")
    assert read_cookies(b"\xef\xbb\xbf" + written) == saved


@given(st.binary())
def test_no_bytes_make_the_reader_fail_otherwise(data: bytes) -> None:
    for text in (data, b"[" + data, MAGIC + data.replace(b" ", b"\t")):
        with suppress(ConfigError):
            read_cookies(text)


@given(st.lists(st.sampled_from([b"a", b"TRUE", b"FALSE", b"/", b"0", b"-1", b"", b"x=y"])))
def test_no_columns_make_the_reader_fail_otherwise(columns: list[bytes]) -> None:
    with suppress(ConfigError):
        assert all(cookie.path == "/" for cookie in read_cookies(b"\t".join(columns)))


def test_a_time_between_two_seconds_is_cut_and_never_becomes_none() -> None:
    times = [0.0, 0.5, -0.5, 5.7]
    saved = [Cookie("a", "1", "example.com", expires=expires) for expires in times]
    read = read_cookies(write_netscape(saved))
    assert [cookie.expires for cookie in read] == [1.0, 1.0, 1.0, 5.0]


@pytest.mark.parametrize("expires", [1e20, 1e300, -1e20, -1e300])
def test_a_moment_of_many_digits_is_one_that_can_be_read(expires: float) -> None:
    saved = [Cookie("a", "1", "example.com", expires=expires)]
    read = read_cookies(write_netscape(saved))
    assert [cookie.expires for cookie in read] == [1e19 if expires > 0 else -1e19]
    assert read_cookies(write_netscape(read)) == read


def test_what_netscapes_format_cannot_hold_is_left_out() -> None:
    saved = [
        Cookie("unbound", "1", None),
        Cookie("tab", "a\tb", "example.com"),
        Cookie("ta\tb", "1", "example.com"),
        Cookie("path", "1", "example.com", "/a\tb"),
        Cookie("kept", "1", "example.com"),
    ]
    assert read_cookies(write_netscape(saved)) == saved[-1:]


def test_a_line_is_that_of_the_format() -> None:
    cookie = Cookie("a", "1", "example.com", "/x", host_only=False, secure=True, expires=5.0)
    assert write_netscape([cookie]) == MAGIC + b"\n.example.com\tTRUE\t/x\tTRUE\t5\ta\t1\n"
    assert write_netscape([]) == MAGIC + b"\n"


@pytest.mark.parametrize(
    ("line", "cookie"),
    [
        (
            b"example.com\tFALSE\t/\tFALSE\t0\ta\t1",
            Cookie("a", "1", "example.com"),
        ),
        (
            b".example.com\tTRUE\t/x\tTRUE\t1700000000\ta\t1",
            Cookie("a", "1", "example.com", "/x", False, True, 1.7e9),
        ),
        (  # a flag without the dot, as browsers' tools write it; case does not count
            b"Example.COM\ttrue\t/\tfalse\t1700000000.25\ta\t1",
            Cookie("a", "1", "example.com", host_only=False, expires=1700000000.25),
        ),
        (
            b"#HttpOnly_.example.com\tTRUE\t/\tFALSE\t0\ta\t1",
            Cookie("a", "1", "example.com", host_only=False),
        ),
        (  # http.cookiejar: no time, no name
            b"example.com\tFALSE\t/\tFALSE\t\t\talone",
            Cookie("", "alone", "example.com"),
        ),
        (
            b"example.com\tFALSE\t/\tFALSE\t0\tempty\t",
            Cookie("empty", "", "example.com"),
        ),
        (
            b"example.com\tFALSE\t/\tFALSE\t0\tcut",
            Cookie("cut", "", "example.com"),
        ),
        (  # bytes go back to the server as they came from it
            b"example.com\tFALSE\t/\tFALSE\t0\ta\tcaf\xc3\xa9 \x85",
            Cookie("a", "caf\xc3\xa9 \x85", "example.com"),
        ),
        (b"127.0.0.1\tTRUE\t/\tFALSE\t0\ta\t1", Cookie("a", "1", "127.0.0.1")),
        (b"::1\tFALSE\t/\tFALSE\t0\ta\t1", Cookie("a", "1", "::1")),
    ],
)
def test_lines_of_curl_and_others_are_read(line: bytes, cookie: Cookie) -> None:
    assert read_cookies(MAGIC + b"# a comment\n\n \t\n" + line + b"\n") == [cookie]
    assert read_cookies(line) == [cookie]


# What `curl -c` wrote after five Set-Cookie fields.
OF_CURL = (
    b"# Netscape HTTP Cookie File\n"
    b"# A comment about the format.\n"
    b"# This file was generated by libcurl! Edit at your own risk.\n"
    b"\n"
    b"#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\th\t1\n"
    b"127.0.0.1\tFALSE\t/\tFALSE\t0\tempty\t\n"
    b"127.0.0.1\tFALSE\t/x\tFALSE\t0\tcaf\xe9\t\xe9\n"
    b"127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tx y\n"
    b"127.0.0.1\tFALSE\t/\tFALSE\t1795401338\ta\t1\n"
)


def test_a_file_of_curl_comes_back_as_curl_would_write_it() -> None:
    saved = read_cookies(OF_CURL)
    assert [(cookie.name, cookie.value, cookie.expires) for cookie in saved] == [
        ("h", "1", None),
        ("empty", "", None),
        ("caf\xe9", "\xe9", None),
        ("session", "x y", None),
        ("a", "1", 1795401338.0),
    ]
    lines = [line.removeprefix(b"#HttpOnly_") for line in OF_CURL.split(b"\n")]
    assert write_netscape(saved).split(b"\n") == [lines[0], *lines[3:]]


@pytest.mark.parametrize(
    "line",
    [
        b"hunter2",
        b"{}",
        b"example.com FALSE / FALSE 0 a hunter2",
        b"example.com\tFALSE\t/\tFALSE\t0",
        b"example.com\tFALSE\t/\tFALSE\t0\ta\thunter2\tmore",
        b"example.com\tYES\t/\tFALSE\t0\ta\thunter2",
        b"example.com\tFALSE\t/\t1\t0\ta\thunter2",
        b"example.com\tFALSE\t/\tFALSE\tsoon\ta\thunter2",
        b"example.com\tFALSE\t/\tFALSE\t\xb2\ta\thunter2",
        b"example.com\tFALSE\t/\tFALSE\t--5\ta\thunter2",
        b"example.com\tFALSE\t/\tFALSE\tnan\ta\thunter2",
        b"example.com\tFALSE\t/\tFALSE\t1e400\ta\thunter2",
        b"example.com\tFALSE\t/\tFALSE\t" + b"9" * 400 + b"\ta\thunter2",
        b"\tFALSE\t/\tFALSE\t0\ta\thunter2",
        b".\tTRUE\t/\tFALSE\t0\ta\thunter2",
        b"exa mple.com\tFALSE\t/\tFALSE\t0\ta\thunter2",
        b"example.com\tFALSE\tx\tFALSE\t0\ta\thunter2",
        b"example.com\tFALSE\t\tFALSE\t0\ta\thunter2",
        b"example.com\tFALSE\t/\tFALSE\t0\ta=b\thunter2",
        b"example.com\tFALSE\t/\tFALSE\t0\ta\thunter2;",
        b"example.com\tFALSE\t/\tFALSE\t0\ta\thunter2\x00",
        b"example.com\tFALSE\t/\tFALSE\t0\ta\thunter2\r\r",
        b"example.com\tFALSE\t/\tFALSE\t0\t\t",
        b"example.com\tFALSE\t/\tFALSE\t0\ta\t" + b"x" * 4096,
        b"SQLite format 3\x00\x10\x00",
    ],
)
def test_a_line_that_is_none_is_refused_and_not_shown(line: bytes) -> None:
    with pytest.raises(ConfigError) as caught:
        read_cookies(MAGIC + line + b"\n")
    assert caught.value.option == "cookies"
    assert "hunter2" not in f"{caught.value} {caught.value!r}"


def test_the_line_is_named() -> None:
    with pytest.raises(ConfigError, match="line 3"):
        read_cookies(MAGIC + b"\nbad\n")


ENTRY = {
    "name": "a",
    "value": "1",
    "domain": "example.com",
    "path": "/",
    "host_only": True,
    "secure": False,
    "expires": None,
}


@pytest.mark.parametrize(
    "changed",
    [
        {"name": None},
        {"name": ["a"]},
        {"name": "a=b"},
        {"value": 5},
        {"value": "hunter2\n"},
        {"value": "hunter2\u20ac"},
        {"value": "\ud800"},
        {"domain": ""},
        {"domain": 5},
        {"domain": "exa mple.com"},
        {"path": ""},
        {"path": None},
        {"host_only": 1},
        {"host_only": None},
        {"secure": "TRUE"},
        {"expires": "5"},
        {"expires": True},
        {"expires": float("nan")},
        {"expires": float("inf")},
        {"expires": 10**400},
        {"more": 1},
    ],
    ids=lambda changed: "-".join(f"{name}-{str(value)[:8]!a}" for name, value in changed.items()),
)
def test_an_entry_that_is_none_is_refused_and_not_shown(changed: dict[str, object]) -> None:
    with pytest.raises(ConfigError) as caught:
        read_cookies(json.dumps([ENTRY, {**ENTRY, **changed}]).encode())
    assert caught.value.option == "cookies"
    assert "hunter2" not in f"{caught.value} {caught.value!r}"


@pytest.mark.parametrize("name", ENTRY)
def test_an_entry_lacks_nothing(name: str) -> None:
    with pytest.raises(ConfigError, match="an entry without exactly"):
        read_cookies(json.dumps([{n: v for n, v in ENTRY.items() if n != name}]).encode())


@pytest.mark.parametrize(
    "text",
    [
        b"[",
        b"[1]",
        b"[null]",
        b"[[]]",
        b'["hunter2"]',
        b"[]x",
        b"[\xff]",
        b"[" * 100_000,
        b"[" + b"1" * 5000 + b"]",
    ],
    ids=range(9),
)
def test_json_that_holds_no_cookies_is_refused(text: bytes) -> None:
    with pytest.raises(ConfigError) as caught:
        read_cookies(text)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("text", [b"", b"\n", b"[]", b" \n[ ]\n", MAGIC])
def test_no_cookies_are_fine(text: bytes) -> None:
    assert read_cookies(text) == []


# The jar: save and load.


def full_jar() -> Cookies:
    jar = Cookies()
    lines = ["a=1; Path=/; Max-Age=60", "b=2; Secure; Domain=example.com", "caf\xe9"]
    jar._store(HOME, lines, NOW)
    jar.set("theme", "dark", domain="example.org")
    return jar


@pytest.mark.parametrize("netscape", [False, True])
def test_a_jar_comes_back_as_it_was(tmp_path: Path, netscape: bool) -> None:
    jar, path = full_jar(), tmp_path / "cookies"
    jar.save(path, netscape=netscape)
    again = Cookies.load(str(path))
    assert again.entries() == jar.entries()
    for url in (HOME, URL("http://example.com/"), URL("https://x.example.org/")):
        assert again._header_for(url, NOW) == jar._header_for(url, NOW)


def test_cookies_that_belong_to_no_host_yet_come_back_as_such(tmp_path: Path) -> None:
    Cookies({"a": "1"}).save(tmp_path / "cookies.json")
    jar = Cookies.load(tmp_path / "cookies.json")
    jar._bind("example.com", secure=True)
    assert jar._header_for(URL("https://example.com/"), NOW) == "a=1"
    assert jar._header_for(URL("http://example.com/"), NOW) is None


def test_a_secure_cookie_that_belongs_to_no_host_yet_stays_secure(tmp_path: Path) -> None:
    path = tmp_path / "cookies.json"
    path.write_bytes(write_json([Cookie("a", "1", None, secure=True)]))
    jar = Cookies.load(path)
    jar._bind("example.com", secure=False)
    assert jar._header_for(URL("https://example.com/"), NOW) == "a=1"
    assert jar._header_for(URL("http://example.com/"), NOW) is None


@pytest.mark.parametrize("netscape", [False, True])
def test_only_the_owner_may_read_the_file(tmp_path: Path, netscape: bool) -> None:
    path = tmp_path / "cookies"
    path.write_text("old")
    path.chmod(0o644)
    full_jar().save(path, netscape=netscape)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_replaced_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cookies.json"
    full_jar().save(path)
    before = path.read_bytes()

    def refuse(_: object, __: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        Cookies({"b": "2"}).save(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["cookies.json"]


def test_an_interrupt_leaves_no_half_written_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: object, __: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(tmp_path / "cookies.json", b"[]")
    assert os.listdir(tmp_path) == []


def test_a_directory_that_is_not_there_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        full_jar().save(tmp_path / "missing" / "cookies.json")
    with pytest.raises(FileNotFoundError):
        Cookies.load(tmp_path / "cookies.json")
    with pytest.raises(IsADirectoryError):
        full_jar().save(tmp_path)


# The judge: the standard library's own reader and writer of the format.


def test_http_cookiejar_reads_what_we_write(tmp_path: Path) -> None:
    path = tmp_path / "cookies.txt"
    jar = Cookies()
    jar._store(HOME, ["a=1; Path=/; Max-Age=60", "b=2; Secure; Domain=example.com; Path=/"], NOW)
    jar.save(path, netscape=True)
    standard = MozillaCookieJar(path)
    standard.load(ignore_discard=True, ignore_expires=True)
    # Newer Pythons read the end of a session cookie as None, and earlier versions as 0.
    found = {
        (one.name, one.value, one.domain, one.path, one.secure, one.expires or None)
        for one in standard
    }
    assert found == {
        ("a", "1", "www.example.com", "/", False, int(NOW) + 60),
        ("b", "2", ".example.com", "/", True, None),
    }


def standard_cookie(
    name: str, value: str | None, domain: str, *, secure: bool, expires: int | None
) -> StandardCookie:
    return StandardCookie(
        0,
        name,
        value,
        None,
        port_specified=False,
        domain=domain,
        domain_specified=domain.startswith("."),
        domain_initial_dot=domain.startswith("."),
        path="/",
        path_specified=True,
        secure=secure,
        expires=expires,
        discard=expires is None,
        comment=None,
        comment_url=None,
        rest={"HttpOnly": ""} if secure else {},
    )


def test_we_read_what_http_cookiejar_writes(tmp_path: Path) -> None:
    standard = MozillaCookieJar(tmp_path / "cookies.txt")
    standard.set_cookie(standard_cookie("a", "1", "www.example.com", secure=False, expires=None))
    standard.set_cookie(standard_cookie("b", "2", ".example.com", secure=True, expires=2**31))
    standard.set_cookie(standard_cookie("alone", None, "example.com", secure=False, expires=5))
    standard.save(ignore_discard=True, ignore_expires=True)
    found = Cookies.load(tmp_path / "cookies.txt").entries()
    assert sorted(found, key=lambda cookie: cookie.name) == [
        Cookie("", "alone", "example.com", expires=5.0),
        Cookie("a", "1", "www.example.com"),
        Cookie("b", "2", "example.com", host_only=False, secure=True, expires=2.0**31),
    ]
