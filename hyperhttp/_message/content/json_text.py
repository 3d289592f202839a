"""JSON: values to compact UTF-8, and bytes to values.

This module determines the types that `json=` accepts, reports the position of other values, and
decodes JSON bodies.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, Protocol, TypeAlias, cast
from uuid import UUID

from pydantic_core import to_jsonable_python
from typing_extensions import TypeAliasType

from hyperhttp._base._generated.bounds import JSON_EXCERPT_CHARS_MAX
from hyperhttp._base._generated.errors import ConfigError, DecodeError
from hyperhttp._base.input_pairs import is_mapping, is_sequence, shown
from hyperhttp._base.input_types import ObjectDict, ObjectList
from hyperhttp._base.optional_modules import optional_module
from hyperhttp._message.content.excerpt import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyperhttp._base._generated.config import JSONConfig

__all__ = [
    "DataclassLike",
    "JSONInput",
    "ModelLike",
    "TypedDictLike",
    "decode_json",
    "encode_json",
]


class TypedDictLike(Protocol):
    """An instance of a TypedDict: its keys are declared, so a checker has seen its values."""

    __required_keys__: ClassVar[frozenset[str]]
    __optional_keys__: ClassVar[frozenset[str]]


class DataclassLike(Protocol):
    """An instance of a dataclass; its fields become the members of a JSON object."""

    # `Any`, because typeshed and other stubs disagree on the type of a field's description.
    __dataclass_fields__: ClassVar[dict[str, Any]]


class ModelLike(Protocol):
    """A pydantic model, or another object that dumps itself in the same way."""

    def model_dump(self, *, mode: str = "python") -> dict[str, Any]:
        """Return the fields as plain values; with `mode="json"`, only those that JSON has."""
        ...


class _Serializer(Protocol):
    """The serializer that pydantic compiles for its models and dataclasses."""

    def to_python(self, value: object, /, **options: object) -> object: ...


_Leaf: TypeAlias = (
    ObjectDict
    | ObjectList
    | str
    | int
    | float
    | bool
    | TypedDictLike
    | DataclassLike
    | ModelLike
    | Enum
    | UUID
    | None
)
# In quotes as a whole: mypy resolves a name within its own definition only there.
JSONInput = TypeAliasType("JSONInput", "Mapping[str, JSONInput] | Sequence[JSONInput] | _Leaf")
"""The values that `json=` accepts. A set or a datetime inside is a type error."""


# orjson reads an integer beyond 64 bits as a float. One that could be is found by its digits, in a
# tenth of the time that reading takes: none of 18 digits is, some of 19 are.
_DIGITS: Final = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x20 for byte in range(256))
_LONG_NUMBER: Final = b"0" * 19

_Problem: TypeAlias = tuple[str, str]

_ALLOWED: Final = (
    "dict, list, str, int, finite float, bool, None, Enum, UUID, TypedDict, dataclass or pydantic "
    "model"
)


def encode_json(value: JSONInput, config: JSONConfig | None = None) -> bytes:
    """Return the value as compact JSON in UTF-8.

    Dataclasses and pydantic models, at any depth, become objects, members of an Enum their values,
    UUIDs text. Dates, Decimals, bytes and sets inside of dataclasses and models are written as
    pydantic writes them. `config` sets how models are serialized; by default by alias, as they are
    read.
    Raises `ConfigError`, naming the place, for NaN and infinity, lone surrogates, and every other
    type. The result has the same meaning with orjson or without.

        encode_json({"name": "Zoë", "tags": ["a"]})    # b'{"name":"Zo\\xc3\\xab","tags":["a"]}'
    """
    plain: _Plain = _plain if config is None else partial(_plain, config=config)
    if _FAST is not None:
        try:
            text = _FAST.write(value, plain)
        except (TypeError, ValueError, RecursionError):  # what it refuses, the other may know
            pass
        else:
            # It writes NaN and infinity as null, too.
            if b"null" not in text:
                return text
    try:
        return _encoder(plain).encode(value).encode()
    except RecursionError:
        raise _refused("nested too deeply", "json") from None
    except (TypeError, ValueError) as error:
        what, place = _find(value, type(error).__name__, plain)
        raise _refused(what, place) from error


def decode_json(data: bytes, *, line: int = 1) -> object:
    """Decode JSON in UTF-8, UTF-16 or UTF-32, with or without a byte order mark.

    Raises `DecodeError` with the place of the mistake; `line` is the number of the first one.
    `NaN` and `Infinity`, which some servers send, are read as floats. With orjson or without, the
    values are the same.
    """
    if _FAST is not None and _LONG_NUMBER not in data.translate(_DIGITS):
        try:
            return _FAST.read(data)
        except (
            ValueError
        ):  # it doesn't support other encodings, NaN, lone surrogates and deep nesting
            pass
    try:
        return cast("object", json.loads(data))
    except json.JSONDecodeError as error:
        at = error.lineno + line - 1
        detail = f"the body is not JSON: {error.msg} at line {at} column {error.colno}"
        raise DecodeError(detail=detail, line=at, excerpt=_near(error.doc, error.pos)) from error
    except UnicodeDecodeError as error:
        detail = f"the body is not JSON: no valid {error.encoding} at byte {error.start}"
        text = error.object[: error.start].decode(error.encoding, "replace")
        at = text.count("\n") + line
        raise DecodeError(detail=detail, line=at, excerpt=_near(text, len(text))) from error
    except ValueError as error:  # an integer of more digits than Python converts
        raise DecodeError(
            detail=f"the body holds a number that is too long: {error}", line=line
        ) from error
    except RecursionError:
        detail = "the body is JSON that is nested too deeply"
        raise DecodeError(detail=detail, line=line) from None


def _near(text: str, place: int) -> str:
    return on_one_line(text[max(0, place - JSON_EXCERPT_CHARS_MAX // 2) :], JSON_EXCERPT_CHARS_MAX)


def _refused(what: str, place: str) -> ConfigError:
    given = what if place == "json" else f"{what} at {place}"
    return ConfigError(option="json", given=given, allowed=_ALLOWED)


def _plain(value: object, config: JSONConfig | None = None) -> object:
    """Return what an encoder of dicts and lists can encode; `TypeError` if there is nothing."""
    if isinstance(value, type):
        raise TypeError
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if hasattr(value, "__pydantic_serializer__") or hasattr(value, "model_dump"):
        return _dumped(value, config)
    if dataclasses.is_dataclass(value):
        return {f.name: _in_dataclass(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if is_mapping(value):
        return dict(value)
    if is_sequence(value):
        return list(value)
    raise TypeError


# pydantic serializes these within models; outside, JSON has no one form for them.
_OF_PYDANTIC: Final = (date, time, timedelta, Decimal, bytes, set, frozenset)


def _in_dataclass(value: object) -> object:
    """Return the value of a dataclass's field, in which dates and such are as in a model."""
    if isinstance(value, Enum):
        return value
    if issubclass(type(value), _OF_PYDANTIC):
        try:
            return cast("object", to_jsonable_python(value))
        except ValueError:  # bytes that aren't UTF-8, or a member of a set without a JSON form
            return value
    if is_mapping(value):
        return {key: _in_dataclass(item) for key, item in value.items()}
    if is_sequence(value):
        return [_in_dataclass(item) for item in value]
    return value


def _dumped(value: object, config: JSONConfig | None) -> object:
    """Return a pydantic model, a pydantic dataclass or another object with `model_dump` as data."""
    options: dict[str, object] = {}
    if config is not None:
        chosen = {"exclude_unset": config.exclude_unset, "exclude_none": config.exclude_none}
        options = {name: True for name, is_chosen in chosen.items() if is_chosen}
    by_alias = None if config is None else config.by_alias
    serializer: _Serializer | None = getattr(value, "__pydantic_serializer__", None)
    if serializer is not None:
        options["by_alias"] = _is_read_by_alias(value) if by_alias is None else by_alias
    elif by_alias is not None:
        options["by_alias"] = by_alias
    if serializer is not None and not hasattr(value, "model_dump"):
        return serializer.to_python(value, mode="json", **options)
    # Objects of other kinds may not take the options, so they only get those that were chosen.
    dump = cast("Callable[..., object]", cast("ModelLike", value).model_dump)
    return dump(mode="json", **options)


def _is_read_by_alias(value: object) -> bool:
    """Return whether a model is written by alias: by its configuration, or else as it is read."""
    for name in ("model_config", "__pydantic_config__"):
        config: object = getattr(value, name, None)
        if is_mapping(config):
            written, read = config.get("serialize_by_alias"), config.get("validate_by_alias")
            return (read is not False) if written is None else bool(written)
    return True


_Plain: TypeAlias = Callable[[object], object]


def _encoder(plain: _Plain) -> json.JSONEncoder:
    return json.JSONEncoder(
        ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=plain
    )


class _Fast(NamedTuple):
    """orjson, where it is installed."""

    read: Callable[[bytes], object]
    write: Callable[[object, _Plain], bytes]


def _fast() -> _Fast | None:
    orjson = optional_module("orjson")
    if orjson is None:
        return None
    # `_plain` writes what orjson would write by itself, so that the result is the same without it.
    options: int = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
    return _Fast(orjson.loads, partial(orjson.dumps, option=options))


_FAST: Final = _fast()


def _find(value: object, error: str, plain: _Plain) -> _Problem:
    """Return what was refused and where. Only runs after the encoder has failed."""
    try:
        found = next(_problems(value, "json", (), plain), None)
    except RecursionError:
        return "nested too deeply", "json"
    return found or (f"{shown(value)} that raised {error}", "json")


def _problems(
    value: object, place: str, parents: tuple[int, ...], plain: _Plain
) -> Iterator[_Problem]:
    if id(value) in parents:
        yield "a value that holds itself", place
        return
    if value is None or isinstance(value, (str, int, float)):
        if what := _scalar_problem(value):
            yield what, place
        return
    try:
        inner = value if is_mapping(value) or is_sequence(value) else plain(value)
    except TypeError:
        yield shown(value), place
        return
    except ValueError as error:  # pydantic's own refusal
        yield f"{shown(value)} that raised {type(error).__name__}", place
        return
    yield from _problems_within(inner, place, (*parents, id(value)), plain)


def _problems_within(
    inner: object, place: str, parents: tuple[int, ...], plain: _Plain
) -> Iterator[_Problem]:
    if is_mapping(inner):
        for key, item in inner.items():
            if what := _key_problem(key):
                yield f"a key that is {what}", place
            yield from _problems(item, f"{place}[{ascii(key)[:40]}]", parents, plain)
    elif is_sequence(inner):
        for at, item in enumerate(inner):
            yield from _problems(item, f"{place}[{at}]", parents, plain)
    else:  # a model may dump itself as one value
        yield from _problems(inner, place, parents, plain)


def _key_problem(key: object) -> str | None:
    if key is None or isinstance(key, (str, int, float)):
        return _scalar_problem(key)
    return shown(key)


def _scalar_problem(value: str | int | float | None) -> str | None:
    if isinstance(value, float):
        return None if math.isfinite(value) else repr(value)
    if value is None:
        return None
    try:
        if isinstance(value, str):
            value.encode()
        else:
            int.__repr__(value)
    except UnicodeEncodeError:
        return "text with a lone surrogate"
    except ValueError:  # more digits than Python converts
        return "an int of too many digits"
    return None
