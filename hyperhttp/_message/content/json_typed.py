"""JSON that is validated as any type that pydantic supports.

Apart from the generated models, only this module needs pydantic. `json_text` reports invalid JSON,
so that the message is the same with and without a type.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypeVar, cast

from pydantic import PydanticUndefinedAnnotation, PydanticUserError, TypeAdapter, ValidationError

from hyperhttp._base._generated.bounds import JSON_EXCERPT_CHARS_MAX
from hyperhttp._base._generated.errors import ConfigError, DecodeError
from hyperhttp._base.input_pairs import is_mapping, is_sequence
from hyperhttp._message.content.excerpt import on_one_line
from hyperhttp._message.content.json_text import decode_json

if TYPE_CHECKING:
    from collections.abc import Hashable

    from pydantic_core import ErrorDetails
    from typing_extensions import TypeForm

__all__ = ["adapter_of", "validate_json"]

T = TypeVar("T")


def validate_json(content: bytes, model: TypeForm[T], *, line: int | None = None) -> T:
    """Return `content` as a `model`, validated by pydantic's rules for JSON.

    Raises `DecodeError` for invalid JSON, and for JSON that doesn't match `model`, with the path of
    the first mismatch. Raises `ConfigError` if pydantic doesn't support `model`. The error contains
    `line` if the content is one of several records.

        validate_json(b'{"id": "x"}', User)    # DecodeError: ... doesn't match User: $.id: ...
    """
    adapter = adapter_of(model)
    encoding = json.detect_encoding(content)
    # pydantic itself reads UTF-8 without a byte order mark, and nothing else.
    text = content if encoding == "utf-8" else content.decode(encoding, "replace")
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        raise _misfit(error, decode_json(content, line=line or 1), model, line) from error


# Making an adapter costs a hundred times more than using it.
@lru_cache(maxsize=256)
def _kept(model: Hashable) -> TypeAdapter[object]:
    return TypeAdapter[object](cast("type[object]", model))


def adapter_of(model: TypeForm[T]) -> TypeAdapter[T]:
    """Return the cached validator. Raises `ConfigError` if pydantic doesn't support `model`."""
    try:
        adapter = _kept(cast("Hashable", model))
        if not adapter.pydantic_complete:  # a name in it was not defined yet when it was made
            adapter.rebuild()
    except (PydanticUserError, PydanticUndefinedAnnotation, TypeError) as error:
        why = str(error).partition("\n")[0]
        raise ConfigError(
            option="model", given=_name(model), allowed=f"a type that pydantic supports ({why})"
        ) from error
    return cast("TypeAdapter[T]", adapter)


def _misfit(error: ValidationError, value: object, model: object, line: int | None) -> DecodeError:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    first, more = problems[0], len(problems) - 1
    rest = f" (and {more} more)" if more else ""
    path, found = _place(first, value)
    where = path if line is None else f"line {line}: {path}"
    return DecodeError(
        detail=f"the JSON doesn't match {_name(model)}: {where}: {first['msg']}{rest}",
        json_path=path,
        line=line,
        excerpt=_excerpt(found),
    )


def _excerpt(value: object) -> str:
    # The encoder gives pieces, so that no more of a large value is written than is shown.
    pieces = json.JSONEncoder(ensure_ascii=False).iterencode(value)
    return on_one_line("".join(islice(pieces, JSON_EXCERPT_CHARS_MAX)), JSON_EXCERPT_CHARS_MAX)


def _place(problem: ErrorDetails, value: object) -> tuple[str, object]:
    """Return the JSON path and the value at it.

    pydantic's own path also names branches of a union, which are not in the body.
    """
    path, steps = "$", problem["loc"]
    for step in steps:
        if is_mapping(value) and step in value:
            path, value = path + _key(str(step)), value[step]
        elif is_sequence(value) and isinstance(step, int) and step < len(value):
            path, value = f"{path}[{step}]", value[step]
    return (path + _key(str(steps[-1])) if problem["type"] == "missing" else path), value


def _key(name: str) -> str:
    return f".{name}" if name.isidentifier() and len(name) <= 40 else f"[{name[:40]!a}]"


def _name(model: object) -> str:
    # The __name__ of list[int] is "list".
    name = repr(model) if hasattr(model, "__origin__") else getattr(model, "__name__", repr(model))
    return str(name)[:80]
