# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/vocabulary.toml and run the command again.
"""Request methods by property."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

__all__ = [
    "ANNOUNCING_METHODS",
    "IDEMPOTENT_METHODS",
    "METHODS",
    "MethodInput",
]

ANNOUNCING_METHODS: Final[frozenset[str]] = frozenset(
    (
        "PATCH",
        "POST",
        "PUT",
    )
)
"""They announce an empty body with `Content-Length: 0` (RFC 9110 8.6)."""
IDEMPOTENT_METHODS: Final[frozenset[str]] = frozenset(
    (
        "DELETE",
        "GET",
        "HEAD",
        "OPTIONS",
        "PUT",
        "TRACE",
    )
)
"""Sending such a request twice has the effect of sending it once (RFC 9110 9.2.2)."""
MethodInput: TypeAlias = (
    Literal["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"] | str
)
"""A method: a registered one, which editors complete, or any other."""
METHODS: Final[frozenset[str]] = frozenset(
    (
        "DELETE",
        "GET",
        "HEAD",
        "OPTIONS",
        "PATCH",
        "POST",
        "PUT",
        "TRACE",
    )
)
"""The registered methods; they are sent in upper case, however they are given."""
