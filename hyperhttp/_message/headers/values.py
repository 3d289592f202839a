"""Strict parsers of response headers: lengths, dates, entity tags, Retry-After and others.

Each returns None for a value that its RFC doesn't allow, because a malformed header never fails a
response. The current time is an argument.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.bounds import RETRY_AFTER_MAX_S
from hyperhttp._base._generated.errors import InvalidURL
from hyperhttp._message.headers.grammar import MONTHS, TOKEN, TOKEN_ONLY, digits, elements
from hyperhttp._message.url.url import reference_from_wire

if TYPE_CHECKING:
    from hyperhttp._message.url.url import URL

__all__ = [
    "parse_age",
    "parse_content_length",
    "parse_content_type",
    "parse_etag",
    "parse_expires",
    "parse_http_date",
    "parse_location",
    "parse_names",
    "parse_retry_after",
]

_MEDIA_TYPE: Final = re.compile(rf"({TOKEN}/{TOKEN})[ \t]*+(?:;.*+)?+", re.DOTALL)
_ETAG: Final = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_DELAY: Final = re.compile(r"([0-9]++)(?:\.([0-9]++))?")
_MONTH: Final = f"(?P<month>{'|'.join(MONTHS)})"
_TIME: Final = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
# RFC 9110 5.6.7: the one form to write and the two old ones to read. The day of the week adds
# nothing, and some servers have it wrong.
_DATES: Final = (
    re.compile(rf"[A-Z][a-z]{{2}}, (?P<day>[0-9]{{2}}) {_MONTH} (?P<year>[0-9]{{4}}) {_TIME} GMT"),
    re.compile(
        rf"[A-Z][a-z]{{5,8}}, (?P<day>[0-9]{{2}})-{_MONTH}-(?P<year>[0-9]{{2}}) {_TIME} GMT"
    ),
    re.compile(rf"[A-Z][a-z]{{2}} {_MONTH} (?P<day>[ 0-9][0-9]) {_TIME} (?P<year>[0-9]{{4}})"),
)


def parse_content_length(value: str) -> int | None:
    """Return the bytes; a list of equal numbers counts as one (RFC 9110 8.6)."""
    numbers = {part.strip(" \t") for part in value.split(",")}
    number = numbers.pop()
    return None if numbers else digits(number)


def parse_content_type(value: str) -> str | None:
    """Return the media type in lower case, without parameters (RFC 9110 8.3.1)."""
    match = _MEDIA_TYPE.fullmatch(value.strip())
    return None if match is None else match.group(1).lower()


def parse_etag(value: str) -> str | None:
    """Return the tag with its quotes, and `W/` if it is weak (RFC 9110 8.8.3)."""
    tag = value.strip()
    return tag if _ETAG.fullmatch(tag) else None


def parse_http_date(value: str, now: datetime | None = None) -> datetime | None:
    """Return the time in UTC, from any of the three formats of RFC 9110 5.6.7.

    `now` determines the century of a two-digit year: at most 50 years ahead. Without it, the year
    is between 1970 and 2069.
    """
    text = value.strip()
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            return _moment(match, now)
    return None


def parse_age(value: str) -> float | None:
    """Return the seconds; of several values the first (RFC 9111 5.1)."""
    age = digits(value.partition(",")[0].strip(" \t"))
    return None if age is None else float(age)


def parse_expires(value: str, now: datetime | None = None) -> datetime:
    """Return the time in UTC; 1970 for an invalid date, which means the past (RFC 9111 5.3)."""
    return parse_http_date(value, now) or datetime(1970, 1, 1, tzinfo=UTC)


def parse_names(value: str) -> tuple[str, ...]:
    """Return the tokens of a list, each once, without invalid ones."""
    return tuple(dict.fromkeys(name for name in elements(value) if TOKEN_ONLY.fullmatch(name)))


def parse_location(value: str, base: URL) -> URL | None:
    """Return the URL relative to `base`, whose fragment it inherits (RFC 9110 10.2.2)."""
    try:
        url = base.join(reference_from_wire(value))
    except InvalidURL:
        return None
    return url if url.fragment or not base.fragment else url.copy_with(fragment=base.fragment)


def parse_retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds to wait from `now`, from seconds or a date; 0 for a past date.

    A fraction, which RFC 9110 10.2.3 doesn't allow, is rounded up.
    """
    if match := _DELAY.fullmatch(value.strip()):
        whole, fraction = match.groups("")
        seconds = digits(whole.lstrip("0") or "0")
        if seconds is None:
            return RETRY_AFTER_MAX_S
        return min(float(seconds + bool(fraction.strip("0"))), RETRY_AFTER_MAX_S)
    date = parse_http_date(value, now)
    if date is None:
        return None
    return min(max(0.0, (date - now).total_seconds()), RETRY_AFTER_MAX_S)


def _moment(match: re.Match[str], now: datetime | None) -> datetime | None:
    year = int(match["year"])
    if len(match["year"]) == 2:
        year = _full_year(year, now)
    second = int(match["second"])
    try:
        moment = datetime(
            year,
            MONTHS.index(match["month"]) + 1,
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"]),
            min(second, 59),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    # 60 is a leap second, which datetime does not know; 61 is nothing.
    if second <= 59:
        return moment
    return moment + timedelta(seconds=1) if second == 60 and moment.year < 9999 else None


def _full_year(year: int, now: datetime | None) -> int:
    if now is None:
        return year + (1900 if year >= 70 else 2000)
    # RFC 9110 5.6.7: more than 50 years ahead means the past.
    full = now.year - now.year % 100 + year
    return full - 100 if full > now.year + 50 else full
