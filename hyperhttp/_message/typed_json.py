"""JSON validated as any type that pydantic knows; the one place outside the models that needs it."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from hyperhttp._generated.exceptions import DecodeError
from hyperhttp._message.text import decode_json

T = TypeVar("T")


@lru_cache(maxsize=256)
def _adapter(model: type[T]) -> TypeAdapter[T]:
    return TypeAdapter(model)


def validate_json(content: bytes, model: type[T]) -> T:
    """`content` as a `model`. Raises DecodeError that names the JSON path of the first misfit."""
    value = decode_json(content)
    try:
        return _adapter(model).validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = "".join(
            f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"]
        )
        raise DecodeError(
            detail=f"${path} is no {getattr(model, '__name__', model)}: {first['msg']}"
        ) from error
