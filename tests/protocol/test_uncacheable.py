"""Headers whose values are never kept in a cache."""

from __future__ import annotations

from hyperhttp._base._generated.headers import SENSITIVE
from hyperhttp._protocol.uncacheable import UNCACHEABLE


def test_every_sensitive_header_is_uncacheable() -> None:
    assert {name.encode() for name in SENSITIVE} < UNCACHEABLE


def test_challenges_and_urls_are_uncacheable() -> None:
    assert {b"www-authenticate", b"proxy-authenticate", b"location"} < UNCACHEABLE


def test_names_are_in_lower_case() -> None:
    assert all(name == name.lower() for name in UNCACHEABLE)
