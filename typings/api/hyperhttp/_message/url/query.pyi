# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/url/query.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

__all__ = [
    "DataInput",
    "ParamsInput",
    "PrimitiveInput",
    "encode_params",
    "join_form",
    "join_query",
    "text_pairs",
]

PrimitiveInput: TypeAlias = str | int | float | bool | None

ParamsInput: TypeAlias = (
    Mapping[str, PrimitiveInput | Sequence[PrimitiveInput]]
    | Sequence[tuple[str, PrimitiveInput | Sequence[PrimitiveInput]]]
)

DataInput: TypeAlias = ParamsInput

def encode_params(params: ParamsInput) -> list[tuple[str, str]]: ...
def text_pairs(given: object, *, option: str) -> list[tuple[str, str]]: ...
def join_query(pairs: Iterable[tuple[str, str]]) -> str: ...
def join_form(pairs: Iterable[tuple[str, str]]) -> str: ...
