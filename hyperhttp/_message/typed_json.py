"""JSON validated as any type that pydantic knows.

The one place outside the generated models that needs pydantic. What is JSON at all is decided in
`json_text`, so that a body which is none is told in the same words with a type and without.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

from pydantic import PydanticUndefinedAnnotation, PydanticUserError, TypeAdapter, ValidationError

from hyperhttp._generated.exceptions import ConfigError, DecodeError
from hyperhttp._message.json_text import decode_json
from hyperhttp._message.pairs import is_mapping, is_sequence

if TYPE_CHECKING:
    from collections.abc import Hashable

    from pydantic_core import ErrorDetails

__all__ = ["validate_json"]

T = TypeVar("T")


def validate_json(content: bytes, model: type[T]) -> T:
    """`content` as a `model`, by pydantic's rules for JSON.

    Raises `DecodeError` for what is not JSON, and with the JSON path of the first misfit for what
    is not a `model`; `ConfigError` for a `model` that is no type pydantic knows.

        validate_json(b'{"id": "x"}', User)    # DecodeError: ... it is no User: $.id: ...
    """
    adapter = _adapter(model)
    encoding = json.detect_encoding(content)
    # pydantic itself reads UTF-8 without a byte order mark, and nothing else.
    text = content if encoding == "utf-8" else content.decode(encoding, "replace")
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        raise DecodeError(detail=_misfit(error, decode_json(content), model)) from error


# Making an adapter costs a hundred times more than using it.
@lru_cache(maxsize=256)
def _kept(model: Hashable) -> TypeAdapter[object]:
    return TypeAdapter[object](cast("type[object]", model))


def _adapter(model: type[T]) -> TypeAdapter[T]:
    try:
        adapter = _kept(cast("Hashable", model))
        if not adapter.pydantic_complete:  # a name in it was not defined yet when it was made
            adapter.rebuild()
    except (PydanticUserError, PydanticUndefinedAnnotation, TypeError) as error:
        why = str(error).partition("\n")[0]
        raise ConfigError(
            option="model", given=_name(model), allowed=f"a type that pydantic knows ({why})"
        ) from error
    return cast("TypeAdapter[T]", adapter)


def _misfit(error: ValidationError, value: object, model: object) -> str:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    first, more = problems[0], len(problems) - 1
    rest = f" (and {more} more)" if more else ""
    return f"it is no {_name(model)}: {_place(first, value)}: {first['msg']}{rest}"


def _place(problem: ErrorDetails, value: object) -> str:
    """The JSON path; pydantic's own also names branches of a union, which are not in the body."""
    path, steps = "$", problem["loc"]
    for step in steps:
        if is_mapping(value) and step in value:
            path, value = path + _key(str(step)), value[step]
        elif is_sequence(value) and isinstance(step, int) and step < len(value):
            path, value = f"{path}[{step}]", value[step]
    return path + _key(str(steps[-1])) if problem["type"] == "missing" else path


def _key(name: str) -> str:
    return f".{name}" if name.isidentifier() and len(name) <= 40 else f"[{name[:40]!a}]"


def _name(model: object) -> str:
    # The __name__ of list[int] is "list".
    name = repr(model) if hasattr(model, "__origin__") else getattr(model, "__name__", repr(model))
    return str(name)[:80]
