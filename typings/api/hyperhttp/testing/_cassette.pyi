# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_cassette.py and run the command again.

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path
from types import CoroutineType
from typing import Any, Literal, TypeAlias, final, overload

from hyperhttp._client.middleware import Send
from hyperhttp._client.sync_middleware import SyncSend
from hyperhttp._client.sync_response import SyncResponse
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response

CassetteMode: TypeAlias = Literal["none", "once", "new", "all"]

MatchOn: TypeAlias = Literal["method", "url", "path", "query", "headers", "body"]

class UnrecordedRequest(AssertionError): ...

@final
class Cassette:
    path: Path
    mode: CassetteMode

    def __init__(
        self,
        path: str | PathLike[str],
        mode: CassetteMode = "none",
        *,
        match_on: Sequence[MatchOn] = ...,
        repeats: bool = False,
        redact_headers: Sequence[str] = (),
        redact_params: Sequence[str] = (),
        redact_body: Callable[[bytes], bytes] | None = None,
    ) -> None: ...
    @overload
    def __call__(self, request: Request, send: Send, /) -> CoroutineType[Any, Any, Response]: ...
    @overload
    def __call__(self, request: Request, send: SyncSend, /) -> SyncResponse: ...
    @property
    def unplayed(self) -> list[tuple[str, str]]: ...
