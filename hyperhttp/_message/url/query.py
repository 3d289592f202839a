"""Query parameters and form fields: from values to encoded text.

This module determines how each type of value is written, and the meaning of None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote, quote_plus
from uuid import UUID

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import is_sequence, pairs_of, shown
from hyperhttp._base.input_types import ObjectDict, PairList

if TYPE_CHECKING:
    from collections.abc import Iterable


__all__ = [
    "DataInput",
    "ParamsInput",
    "PrimitiveInput",
    "encode_params",
    "join_form",
    "join_query",
    "text_pairs",
]

PrimitiveInput: TypeAlias = str | int | float | bool | UUID | date | Decimal | Enum | None
"""A value of a query parameter or form field; None leaves the key out. A datetime is a date."""

ParamsInput: TypeAlias = (
    Mapping[str, PrimitiveInput | Sequence[PrimitiveInput]]
    | Sequence[tuple[str, PrimitiveInput | Sequence[PrimitiveInput]]]
    | ObjectDict
    | PairList
)
"""Query parameters, by name or as pairs; a sequence of values repeats its key."""

DataInput: TypeAlias = ParamsInput
"""Form fields: the same shapes and rules as `ParamsInput`."""


_ALLOWED: Final = (
    "values that are str, int, float, bool, UUID, date, datetime, Decimal, Enum, None or a"
    " sequence of them"
)


def encode_params(params: ParamsInput) -> list[tuple[str, str]]:
    """Return parameters as pairs of text, not yet percent-encoded.

    True and False become `true` and `false`, numbers their shortest form, dates and datetimes ISO
    8601, and members of an Enum their values. A sequence repeats its key, and None leaves the key
    (or that one item) out. Raises `ConfigError` for anything else.

        encode_params({"q": "a b", "page": 2, "tag": ["x", "y"], "sort": None})
        # [("q", "a b"), ("page", "2"), ("tag", "x"), ("tag", "y")]
    """
    return text_pairs(params, option="params")


def text_pairs(given: object, *, option: str) -> list[tuple[str, str]]:
    """Return pairs of text for any option with these rules, named in the errors."""
    pairs: list[tuple[str, str]] = []
    for name, value in pairs_of(given, option=option):
        if not isinstance(name, str):
            what = f"a name that is {shown(name)}"
            raise ConfigError(option=option, given=what, allowed="names that are str")
        key = _text(name, name, option)
        if is_sequence(value):
            pairs.extend((key, _text(item, key, option)) for item in value if item is not None)
        elif value is not None:
            pairs.append((key, _text(value, key, option)))
    return pairs


def join_query(pairs: Iterable[tuple[str, str]]) -> str:
    """Join pairs as a query; a space becomes %20, which form parsers accept too."""
    return "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in pairs])


def join_form(pairs: Iterable[tuple[str, str]]) -> str:
    """Join pairs as application/x-www-form-urlencoded; a space becomes "+"."""
    return "&".join([f"{_plussed(name)}={_plussed(value)}" for name, value in pairs])


def _quoted(text: str) -> str:
    return text if text.isascii() and text.isalnum() else quote(text, safe="")


def _plussed(text: str) -> str:
    return text if text.isascii() and text.isalnum() else quote_plus(text)


def _text(value: object, name: str, option: str) -> str:
    """Return one value as text; a member of an Enum is written as its value."""
    if isinstance(value, str):
        if not value.isascii():
            _check_surrogates(value, name, option)
        return str.__str__(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return float.__repr__(value)
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return _text(value.value, name, option)
    raise ConfigError(option=option, given=f"{name[:80]!r}: {shown(value)}", allowed=_ALLOWED)


def _check_surrogates(value: str, name: str, option: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        given = f"{name[:80]!a} with a lone surrogate"
        raise ConfigError(option=option, given=given, allowed="valid Unicode text") from None
