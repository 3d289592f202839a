# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_lifespan.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias, final

ASGIMessage: TypeAlias = MutableMapping[str, Any]

ASGIReceive: TypeAlias = Callable[[], Awaitable[ASGIMessage]]

ASGISend: TypeAlias = Callable[[ASGIMessage], Awaitable[None]]

ASGIApp: TypeAlias = Callable[[ASGIMessage, ASGIReceive, ASGISend], Awaitable[None]]

class LifespanError(RuntimeError): ...

@final
class Lifespan:
    state: dict[str, Any]

    def __init__(self, app: ASGIApp, *, is_needed: bool) -> None: ...
    async def begin(self) -> None: ...
    async def end(self) -> None: ...
