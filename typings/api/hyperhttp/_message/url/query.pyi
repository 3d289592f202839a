# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/url/query.py and run the command again.

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeAlias
from uuid import UUID

from hyperhttp._base.input_types import ObjectDict, PairList

PrimitiveInput: TypeAlias = str | int | float | bool | UUID | date | Decimal | Enum | None

ParamsInput: TypeAlias = (
    Mapping[str, PrimitiveInput | Sequence[PrimitiveInput]]
    | Sequence[tuple[str, PrimitiveInput | Sequence[PrimitiveInput]]]
    | ObjectDict
    | PairList
)

DataInput: TypeAlias = ParamsInput
