# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_lifespan.py and run the command again.

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

ASGIMessage: TypeAlias = MutableMapping[str, Any]

ASGIReceive: TypeAlias = Callable[[], Awaitable[ASGIMessage]]

ASGISend: TypeAlias = Callable[[ASGIMessage], Awaitable[None]]

ASGIApp: TypeAlias = Callable[[ASGIMessage, ASGIReceive, ASGISend], Awaitable[None]]

class LifespanError(RuntimeError): ...
