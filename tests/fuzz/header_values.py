"""Values of response headers: no parser fails, and what each returns keeps its promises.

The lines of an input are the values of one header each. Every parser reads every value.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from hyperhttp._base._generated.bounds import CHALLENGES_MAX, RETRY_AFTER_MAX_S
from hyperhttp._message.content.charset import charset_of
from hyperhttp._message.content.text import decode_text
from hyperhttp._message.headers import values
from hyperhttp._message.headers.cache_control import parse_cache_control
from hyperhttp._message.headers.content_disposition import parse_content_disposition, safe_name
from hyperhttp._message.headers.content_range import parse_content_range
from hyperhttp._message.headers.grammar import TOKEN_ONLY, elements
from hyperhttp._message.headers.links import parse_links
from hyperhttp._message.headers.server_timing import parse_server_timing
from hyperhttp._message.url.url import URL
from hyperhttp._policy.challenges import parse_auth_params, parse_challenges

NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
BASE: Final = URL("https://example.com/a/b")
NAME_BYTES_MAX: Final = 255
SECONDS_MAX: Final = 2**31


def check(data: bytes) -> None:
    """Parse each line with every parser, and all lines as the challenges of one response."""
    lines = data.decode("latin-1").split("\n")
    for value in lines:
        numbers(value)
        dates(value)
        names(value)
        disposition(value)
        addresses(value)
        cache(value)
        challenges([value])
    challenges(lines)


def numbers(value: str) -> None:
    """Lengths, ages, ranges and delays are finite, and not negative."""
    length = values.parse_content_length(value)
    assert length is None or values.parse_content_length(str(length)) == length >= 0
    age = values.parse_age(value)
    assert age is None or (math.isfinite(age) and age >= 0)
    found = parse_content_range(value)
    if found is not None and found.start is not None and found.end is not None:
        assert 0 <= found.start < found.end <= (found.size or math.inf)
    delay = values.parse_retry_after(value, NOW)
    assert delay is None or 0 <= delay <= RETRY_AFTER_MAX_S
    for metric in parse_server_timing(value):
        assert TOKEN_ONLY.fullmatch(metric.name)
        assert metric.duration_s is None or (math.isfinite(metric.duration_s))
        assert metric.duration_s is None or metric.duration_s >= 0


def dates(value: str) -> None:
    """A date that is written again in the preferred format is the same date."""
    date = values.parse_http_date(value, NOW)
    if date is not None:
        assert date.tzinfo is UTC
        assert values.parse_http_date(format_datetime(date, usegmt=True)) == date
        assert values.parse_expires(value, NOW) == date


def names(value: str) -> None:
    """Media types, tags and lists are normalized: parsed again they are the same."""
    media_type = values.parse_content_type(value)
    if media_type is not None:
        assert values.parse_content_type(media_type) == media_type == media_type.lower()
    tag = values.parse_etag(value)
    assert tag is None or values.parse_etag(tag) == tag
    tokens = values.parse_names(value)
    assert values.parse_names(", ".join(tokens)) == tokens
    assert all(map(TOKEN_ONLY.fullmatch, tokens))
    found = list(elements(value))
    assert sum(map(len, found)) <= len(value)
    assert decode_text(b"text", value) or charset_of(value)


def disposition(value: str) -> None:
    """A safe file name is one name in a directory, and is safe again."""
    found = parse_content_disposition(value)
    candidates = [value, None if found is None else found.filename]
    for candidate in candidates:
        safe = None if candidate is None else safe_name(candidate)
        if safe is None:
            continue
        assert not set(safe) & set('/\\<>:"|?*\0')
        assert safe.strip(". ") == safe
        assert safe.isprintable() or not safe.isascii()
        assert len(safe.encode()) <= NAME_BYTES_MAX
        assert safe_name(safe) == safe


def addresses(value: str) -> None:
    """Links and redirects lead to http or https URLs, or nowhere."""
    location = values.parse_location(value, BASE)
    assert location is None or location.scheme in {"http", "https"}
    for link in parse_links(value, BASE):
        assert link.target.scheme in {"http", "https"}
        assert all(rel == rel.lower() and rel for rel in link.rel)


def cache(value: str) -> None:
    """Lifetimes are bounded; a freshness that can't be read is 0."""
    found = parse_cache_control(value)
    if found is None:
        return
    for seconds in (found.max_age, found.s_maxage, found.stale_if_error):
        assert seconds is None or 0 <= seconds <= SECONDS_MAX
    assert all(TOKEN_ONLY.fullmatch(name) and name == name.lower() for name in found.extensions)


def challenges(lines: list[str]) -> None:
    """Challenges that are written again, with quotes, are the same challenges."""
    found = parse_challenges(lines)
    assert len(found) <= CHALLENGES_MAX
    for one in found:
        assert TOKEN_ONLY.fullmatch(one.scheme)
        assert not (one.params and one.token68)
        pairs = ", ".join(f"{name}={quoted(text)}" for name, text in one.params.items())
        if pairs or not one.token68:
            assert parse_challenges([f"{one.scheme} {pairs}"]) == [one]
            assert parse_auth_params(pairs) == one.params


def quoted(text: str) -> str:
    """A quoted string (RFC 9110 5.6.4)."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
