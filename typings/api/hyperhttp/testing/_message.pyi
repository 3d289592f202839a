# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_message.py and run the command again.

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Never, TypeAlias, TypeVar, final, overload

from typing_extensions import TypeForm

from hyperhttp._base.unset import NoOther
from hyperhttp._message.content.json_text import DataclassLike, JSONInput, ModelLike, TypedDictLike
from hyperhttp._message.headers.headers import Headers, HeadersInput
from hyperhttp._message.headers.response_head import HTTPVersion
from hyperhttp._message.url.url import URL
from hyperhttp.testing._faults import Fault

T = TypeVar("T")

@final
class MockRequest:
    method: Final[str]
    url: Final[URL]
    headers: Final[Headers]
    content: Final[bytes]
    http_version: Final[HTTPVersion]
    path_params: Mapping[str, str]

    def __init__(
        self,
        method: str,
        url: str | URL,
        *,
        headers: HeadersInput | None = None,
        content: bytes = b"",
        http_version: HTTPVersion = "HTTP/1.1",
    ) -> None: ...
    @property
    def text(self) -> str: ...
    @property
    def form(self) -> tuple[tuple[str, str], ...]: ...
    @overload
    def json(self, model: None = None) -> Any: ...
    @overload
    def json(self, model: type[T]) -> T: ...
    @overload
    def json(self, model: TypeForm[T]) -> T: ...
    def __repr__(self) -> str: ...

Chunks: TypeAlias = Iterable[bytes] | AsyncIterable[bytes]

@final
class MockResponse:
    status_code: Final[int]
    headers: Final[Headers]
    trailers: Final[Headers]
    delay_s: Final[float]
    content: Final[bytes | Chunks]

    @overload
    def __init__(
        self,
        status_code: int | NoOther[Never] = 200,
        *,
        json: JSONInput | NoOther[Never] | None = None,
        headers: HeadersInput | NoOther[Never] | None = None,
        trailers: HeadersInput | NoOther[Never] | None = None,
        delay_s: float | NoOther[Never] = 0.0,
    ) -> None: ...
    @overload
    def __init__(
        self,
        status_code: int | NoOther[Never] = 200,
        *,
        text: str | NoOther[Never] | None,
        html: NoOther[Never] | None = None,
        content: NoOther[Never] | None = None,
        json: NoOther[Never] | None = None,
        headers: HeadersInput | NoOther[Never] | None = None,
        trailers: HeadersInput | NoOther[Never] | None = None,
        delay_s: float | NoOther[Never] = 0.0,
    ) -> None: ...
    @overload
    def __init__(
        self,
        status_code: int | NoOther[Never] = 200,
        *,
        html: str | NoOther[Never] | None,
        content: NoOther[Never] | None = None,
        json: NoOther[Never] | None = None,
        headers: HeadersInput | NoOther[Never] | None = None,
        trailers: HeadersInput | NoOther[Never] | None = None,
        delay_s: float | NoOther[Never] = 0.0,
    ) -> None: ...
    @overload
    def __init__(
        self,
        status_code: int | NoOther[Never] = 200,
        *,
        content: bytes | Chunks | NoOther[Never] | None,
        json: NoOther[Never] | None = None,
        headers: HeadersInput | NoOther[Never] | None = None,
        trailers: HeadersInput | NoOther[Never] | None = None,
        delay_s: float | NoOther[Never] = 0.0,
    ) -> None: ...
    def __repr__(self) -> str: ...

ResponseInput: TypeAlias = (
    MockResponse
    | Fault
    | BaseException
    | type[BaseException]
    | int
    | str
    | bytes
    | Mapping[str, JSONInput]
    | Sequence[JSONInput]
    | DataclassLike
    | ModelLike
    | TypedDictLike
)

Handler: TypeAlias = Callable[[MockRequest], ResponseInput | Awaitable[ResponseInput]]
