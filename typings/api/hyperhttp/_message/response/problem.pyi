# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/response/problem.py and run the command again.

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

@final
@dataclass(frozen=True, slots=True)
class Problem:
    type: str = "about:blank"
    title: str | None = None
    status: int | None = None
    detail: str | None = None
    instance: str | None = None
    extensions: Mapping[str, object] = ...

    def __str__(self) -> str: ...
