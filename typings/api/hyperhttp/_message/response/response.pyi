# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/response/response.py and run the command again.

from collections.abc import AsyncGenerator, AsyncIterator
from types import TracebackType
from typing import Any, Never, Self, TypeVar, overload

from typing_extensions import TypeForm

from hyperhttp._base._generated.config import Limits
from hyperhttp._base.unset import UNSET, Inherit, NoOther
from hyperhttp._message.content.charset import EncodingInput
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.content.sse import EventStream
from hyperhttp._message.headers.headers import Headers, HeadersInput
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.base import BaseResponse
from hyperhttp._message.response.connection_info import ConnectionInfo
from hyperhttp._message.response.source import BodySource

T = TypeVar("T")

class Response(BaseResponse):
    def __init__(
        self,
        head: ResponseHead,
        request: Request,
        source: BodySource,
        *,
        elapsed: float,
        limits: Limits,
        default_encoding: EncodingInput,
    ) -> None: ...
    @overload
    @classmethod
    def create(
        cls,
        request: Request | NoOther[Never],
        status_code: int | NoOther[Never] = 200,
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        content: bytes | Inherit = UNSET,
    ) -> Response: ...
    @overload
    @classmethod
    def create(
        cls,
        request: Request | NoOther[Never],
        status_code: int | NoOther[Never] = 200,
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        json: JSONInput | Inherit,
        content: Inherit = UNSET,
    ) -> Response: ...
    @property
    def trailers(self) -> Headers: ...
    @property
    def num_bytes_downloaded(self) -> int: ...
    @property
    def connection(self) -> ConnectionInfo | None: ...
    def raise_for_status(self) -> Response: ...
    async def araise_for_status(self) -> Response: ...
    async def aread(self) -> bytes: ...
    @property
    def content(self) -> bytes: ...
    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def aiter_raw(self, chunk_size: int | None = None) -> AsyncGenerator[bytes, None]: ...
    def aiter_bytes(self, chunk_size: int | None = None) -> AsyncGenerator[bytes, None]: ...
    def aiter_text(self, chunk_size: int | None = None) -> AsyncGenerator[str, None]: ...
    def aiter_lines(self) -> AsyncGenerator[str, None]: ...
    @overload
    def aiter_json(self, model: None = None) -> AsyncGenerator[Any, None]: ...
    @overload
    def aiter_json(self, model: type[T]) -> AsyncGenerator[T, None]: ...
    @overload
    def aiter_json(self, model: TypeForm[T]) -> AsyncGenerator[T, None]: ...
    def aiter_sse(self, *, last_event_id: str = "") -> EventStream: ...
    async def aclose(self) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
    def __reduce__(self) -> tuple[object, ...]: ...
    def __setstate__(self, state: tuple[tuple[Self, ...], bytes | None, int]) -> None: ...
