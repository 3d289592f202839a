"""RFC 6265bis parsing: Set-Cookie lines, cookie dates, and domain matching.

The functions are pure. A line that the RFC ignores returns None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from hyperhttp._base._generated.bounds import COOKIE_ATTRIBUTE_BYTES_MAX, COOKIE_BYTES_MAX
from hyperhttp._message.headers.grammar import CONTROL, MONTHS

__all__ = [
    "SetCookie",
    "default_path",
    "domain_matches",
    "is_address",
    "parse_cookie_date",
    "parse_set_cookie",
    "path_matches",
]


_MAX_AGE: Final = re.compile(r"-?[0-9]+")
_IPV4: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")

# 6265bis 5.1.1: a date is parsed token by token, and other tokens are skipped.
_DELIMITERS: Final = re.compile(r"[\x09\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[^0-9].*)?", re.DOTALL)
_DAY: Final = re.compile(r"([0-9]{1,2})(?:[^0-9].*)?", re.DOTALL)
_YEAR: Final = re.compile(r"([0-9]{2,4})(?:[^0-9].*)?", re.DOTALL)
_MONTHS: Final = tuple(name.lower() for name in MONTHS)


@dataclass(frozen=True, slots=True)
class SetCookie:
    """A parsed Set-Cookie line, before the check if the server may set it.

    `expires` is in seconds since 1970 and `max_age` in seconds; None if the line has none. `domain`
    is in lower case without its leading dot. `path` is None unless it starts with "/".
    """

    name: str
    value: str
    domain: str | None
    path: str | None
    secure: bool
    max_age: int | None
    expires: float | None


def parse_set_cookie(line: str) -> SetCookie | None:
    """Parse a Set-Cookie line (6265bis 5.6). Return None if it must be ignored."""
    if CONTROL.search(line):
        return None
    pair, _, rest = line.partition(";")
    name, equals, value = pair.partition("=")
    if not equals:
        name, value = "", pair
    name, value = name.strip(" \t"), value.strip(" \t")
    if not (name or value) or len(name) + len(value) > COOKIE_BYTES_MAX:
        return None
    attributes = _attributes(rest)
    path = attributes.get("path", "")
    max_age = attributes.get("max-age", "")
    return SetCookie(
        name=name,
        value=value,
        domain=attributes.get("domain", "").removeprefix(".").lower() or None,
        path=path if path.startswith("/") else None,
        secure="secure" in attributes,
        max_age=int(max_age) if max_age else None,
        expires=parse_cookie_date(attributes["expires"]) if "expires" in attributes else None,
    )


def parse_cookie_date(text: str) -> float | None:
    """Parse a cookie date in any of its forms to seconds since 1970 (6265bis 5.1.1)."""
    time: re.Match[str] | None = None
    day = month = year = None
    for token in _DELIMITERS.split(text):
        if time is None and (match := _TIME.fullmatch(token)):
            time = match
        elif day is None and (match := _DAY.fullmatch(token)):
            day = int(match[1])
        elif month is None and token[:3].lower() in _MONTHS:
            month = _MONTHS.index(token[:3].lower()) + 1
        elif year is None and (match := _YEAR.fullmatch(token)):
            year = _full_year(int(match[1]))
    if time is None or day is None or month is None or year is None or year < 1601:
        return None
    try:
        moment = datetime(year, month, day, int(time[1]), int(time[2]), int(time[3]), tzinfo=UTC)
    except ValueError:
        return None
    return moment.timestamp()


def default_path(path: str) -> str:
    """Return the default path of a cookie: the request's up to its last slash (5.1.4)."""
    return path[: path.rfind("/")] or "/"


def path_matches(path: str, cookie_path: str) -> bool:
    """Return whether a request for `path` may have a cookie for `cookie_path` (5.1.4)."""
    if not path.startswith(cookie_path):
        return False
    return (
        len(path) == len(cookie_path) or cookie_path.endswith("/") or path[len(cookie_path)] == "/"
    )


def domain_matches(host: str, domain: str) -> bool:
    """Return True if `host` is `domain` or a subdomain; an address matches only itself (5.1.3)."""
    if host == domain:
        return True
    return host.endswith(f".{domain}") and not is_address(host)


def is_address(host: str) -> bool:
    """Return whether a host, as a URL has it, is an IP address."""
    return ":" in host or _IPV4.fullmatch(host) is not None


def _attributes(text: str) -> dict[str, str]:
    """Return attributes by lower-case name; the last of equal names is used."""
    attributes: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        name, value = name.strip(" \t").lower(), value.strip(" \t")
        if len(value) <= COOKIE_ATTRIBUTE_BYTES_MAX and _counts(name, value):
            attributes[name] = value
    return attributes


def _counts(name: str, value: str) -> bool:
    # A malformed lifetime does not undo a good one before it; any other attribute would.
    if name == "max-age":
        return _MAX_AGE.fullmatch(value) is not None
    return name != "expires" or parse_cookie_date(value) is not None


def _full_year(year: int) -> int:
    if 70 <= year <= 99:
        return year + 1900
    return year + 2000 if year <= 69 else year
