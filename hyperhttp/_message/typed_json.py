"""JSON validated as any type that pydantic knows.

The one place outside the generated models that needs pydantic.
"""

from __future__ import annotations

from typing import Final, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from hyperhttp._generated.exceptions import DecodeError
from hyperhttp._message.text import decode_json

T = TypeVar("T")


_ADAPTERS_MAX: Final = 256
_adapters: Final[dict[object, TypeAdapter[object]]] = {}


def _adapter(model: type[T]) -> TypeAdapter[T]:
    """Making an adapter costs a hundred times more than using it; they are kept, the oldest go."""
    adapter = _adapters.get(model)
    if adapter is None:
        while len(_adapters) >= _ADAPTERS_MAX:
            del _adapters[next(iter(_adapters))]
        adapter = _adapters[model] = TypeAdapter[object](model)
    return cast("TypeAdapter[T]", adapter)


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
