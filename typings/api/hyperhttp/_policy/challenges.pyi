# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_policy/challenges.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Challenge", "parse_auth_params", "parse_challenges"]

@dataclass(frozen=True, slots=True)
class Challenge:
    scheme: str
    params: Mapping[str, str] = ...
    token68: str | None = None

def parse_challenges(values: Iterable[str]) -> list[Challenge]: ...
def parse_auth_params(value: str) -> dict[str, str]: ...
