"""Files of cookies, in JSON or the Netscape format: what is read can be written and read again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.cookies.files import read_cookies, write_json, write_netscape
from hyperhttp._message.headers.grammar import CONTROL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._message.cookies.cookie import Cookie

SECONDS_MAX: Final = 10**19


def check(data: bytes) -> None:
    """Read the bytes as a file that a user gives."""
    try:
        cookies = read_cookies(data)
    except ConfigError as error:
        assert str(error).isprintable()
        return
    for cookie in cookies:
        line = f"{cookie.name}={cookie.value}"
        assert CONTROL.search(line) is None
        assert ";" not in line
        line.encode("latin-1")
    assert_kept(cookies)


def assert_kept(cookies: Sequence[Cookie]) -> None:
    """Fail if a file doesn't give back the cookies."""
    assert read_cookies(write_json(cookies)) == list(cookies)
    expected = [
        replace(cookie, expires=None if cookie.expires is None else whole(cookie.expires))
        for cookie in cookies
        if cookie.domain is not None and "\t" not in f"{cookie.name}{cookie.value}{cookie.path}"
    ]
    assert read_cookies(write_netscape(cookies)) == expected


def whole(expires: float) -> float:
    """The seconds that the Netscape format has: whole, at most 20 digits, and not 0."""
    return max(-SECONDS_MAX, min(int(expires), SECONDS_MAX)) or 1
