# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/content/json_text.py and run the command again.

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, ClassVar, Protocol, TypeAlias
from uuid import UUID

from typing_extensions import TypeAliasType

from hyperhttp._base.input_types import ObjectDict, ObjectList

class TypedDictLike(Protocol):
    __required_keys__: ClassVar[frozenset[str]]
    __optional_keys__: ClassVar[frozenset[str]]

class DataclassLike(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]

class ModelLike(Protocol):
    def model_dump(self, *, mode: str = "python") -> dict[str, Any]: ...

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

JSONInput = TypeAliasType("JSONInput", "Mapping[str, JSONInput] | Sequence[JSONInput] | _Leaf")
