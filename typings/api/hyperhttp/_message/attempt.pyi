# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/attempt.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from dataclasses import dataclass
from typing import final

from hyperhttp._generated.exceptions import HyperHTTPError

@final
@dataclass(frozen=True, slots=True)
class Attempt:
    number: int
    status_code: int | None
    error: HyperHTTPError | None
    elapsed_s: float
    waited_s: float
    verdict: str
