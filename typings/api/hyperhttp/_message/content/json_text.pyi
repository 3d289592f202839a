# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/content/json_text.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, ClassVar, Protocol, TypeAlias
from uuid import UUID

__all__ = ["DataclassLike", "JSONInput", "ModelLike", "TypedDictLike", "decode_json", "encode_json"]

class TypedDictLike(Protocol):
    __required_keys__: ClassVar[frozenset[str]]
    __optional_keys__: ClassVar[frozenset[str]]

class DataclassLike(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]

class ModelLike(Protocol):
    def model_dump(self, *, mode: str = "python") -> dict[str, Any]: ...

JSONInput: TypeAlias = (
    Mapping[str, "JSONInput"]
    | Sequence["JSONInput"]
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

def encode_json(value: JSONInput) -> bytes: ...
def decode_json(data: bytes, *, line: int = 1) -> object: ...
