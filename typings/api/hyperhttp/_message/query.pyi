# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/query.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Iterable

from hyperhttp._message.inputs import ParamsInput

__all__ = ["encode_params", "join_form", "join_query", "text_pairs"]

def encode_params(params: ParamsInput) -> list[tuple[str, str]]: ...
def text_pairs(given: object, *, option: str) -> list[tuple[str, str]]: ...
def join_query(pairs: Iterable[tuple[str, str]]) -> str: ...
def join_form(pairs: Iterable[tuple[str, str]]) -> str: ...
