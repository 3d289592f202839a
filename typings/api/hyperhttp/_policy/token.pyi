# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_policy/token.py and run the command again.

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias, final

@final
class AccessToken:
    value: Final[str]
    expires_in: Final[float | None]

    def __init__(self, value: str, *, expires_in: float | None = None) -> None: ...
    def __repr__(self) -> str: ...

TokenProvider: TypeAlias = (
    "Callable[[str | None], str | AccessToken | Awaitable[str | AccessToken]]"
)
