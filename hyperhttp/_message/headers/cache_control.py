"""Cache-Control of a response (RFC 9111 5.2.2): how long it may be kept, and by whom.

Decides what directives mean when they are doubled or damaged; keeps nothing and has no clock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, final

from hyperhttp._message.headers.grammar import QUOTED_STRING, TOKEN, digits, elements, unquoted

__all__ = ["CacheControl", "parse_cache_control"]

_DIRECTIVE: Final = re.compile(rf'({TOKEN})[ \t]*+(?:=[ \t]*+({QUOTED_STRING}|[^\s",]*+))?+')
# RFC 9111 1.2.2: more than a cache can count is as good as this, about 68 years.
_SECONDS_MAX: Final = 2**31
_FLAGS: Final = frozenset(
    {
        "immutable",
        "must-revalidate",
        "must-understand",
        "no-store",
        "no-transform",
        "proxy-revalidate",
        "public",
    }
)
_FRESH: Final = frozenset({"max-age", "s-maxage"})
_STALE: Final = frozenset({"stale-while-revalidate", "stale-if-error"})
_FIELDS: Final = frozenset({"no-cache", "private"})


@final
@dataclass(frozen=True, slots=True)
class CacheControl:
    """The directives of a response. Absent ones are False or None."""

    max_age: int | None = None
    """The seconds for which the response is fresh; 0 for an invalid number, so that it is stale."""
    s_maxage: int | None = None
    """The same for shared caches, in place of `max_age`."""
    no_store: bool = False
    """It may not be kept at all."""
    no_cache: bool = False
    """It may not be used again without asking the server; see `no_cache_fields`."""
    no_cache_fields: tuple[str, ...] = ()
    """The fields, in lower case, that `no_cache` is about; empty when it is about all."""
    private: bool = False
    """Shared caches may not keep it; see `private_fields`."""
    private_fields: tuple[str, ...] = ()
    """The fields, in lower case, that `private` is about; empty when it is about all."""
    public: bool = False
    """Any cache may keep it, even where it could not otherwise."""
    must_revalidate: bool = False
    """Once stale, it may not be used without asking the server."""
    proxy_revalidate: bool = False
    """The same for shared caches."""
    must_understand: bool = False
    """Only caches that support the status code may store the response."""
    no_transform: bool = False
    """Intermediaries must not transform the content."""
    immutable: bool = False
    """It will not change while it is fresh (RFC 8246)."""
    stale_while_revalidate: int | None = None
    """Seconds for which it may be used, stale, while a new one is asked for (RFC 5861)."""
    stale_if_error: int | None = None
    """Seconds for which it may be used, stale, when asking fails (RFC 5861)."""
    extensions: Mapping[str, str | None] = field(default_factory=dict[str, str | None], hash=False)
    """Other directives by name in lower case; None for one without a value."""


def parse_cache_control(value: str) -> CacheControl | None:
    """Parse the directives, the first of equal names; None if there are none."""
    given: dict[str, str | None] = {}
    for element in elements(value):
        if match := _DIRECTIVE.fullmatch(element):
            name, argument = match.groups()
            given.setdefault(name.lower(), None if argument is None else unquoted(argument))
    return _cache_control(given) if given else None


def _cache_control(given: Mapping[str, str | None]) -> CacheControl:
    known = _FLAGS | _FRESH | _STALE | _FIELDS
    return CacheControl(
        max_age=_fresh(given, "max-age"),
        s_maxage=_fresh(given, "s-maxage"),
        no_store="no-store" in given,
        no_cache="no-cache" in given,
        no_cache_fields=_names(given.get("no-cache")),
        private="private" in given,
        private_fields=_names(given.get("private")),
        public="public" in given,
        must_revalidate="must-revalidate" in given,
        proxy_revalidate="proxy-revalidate" in given,
        must_understand="must-understand" in given,
        no_transform="no-transform" in given,
        immutable="immutable" in given,
        stale_while_revalidate=_seconds(given.get("stale-while-revalidate")),
        stale_if_error=_seconds(given.get("stale-if-error")),
        extensions={name: text for name, text in given.items() if name not in known},
    )


def _fresh(given: Mapping[str, str | None], name: str) -> int | None:
    # RFC 9111 4.2.1: who gives a freshness that cannot be read had better be taken for stale.
    return (_seconds(given[name]) or 0) if name in given else None


def _seconds(argument: str | None) -> int | None:
    if argument is None or not argument.isascii() or not argument.isdigit():
        return None
    number = digits(argument)
    return _SECONDS_MAX if number is None else min(number, _SECONDS_MAX)


def _names(argument: str | None) -> tuple[str, ...]:
    return tuple(name.lower() for name in elements(argument or ""))
