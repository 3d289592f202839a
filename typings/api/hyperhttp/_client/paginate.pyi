# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/paginate.py and run the command again.

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar, final, overload

from typing_extensions import TypeForm

from hyperhttp._client.credential_scope import CredentialScope
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.base import BaseResponse
from hyperhttp._message.response.response import Response
from hyperhttp._message.url.query import ParamsInput
from hyperhttp._message.url.url import URL

T = TypeVar("T")

R = TypeVar("R", bound=BaseResponse)

Cursor: TypeAlias = "Callable[[Response], str | URL | ParamsInput | None]"

@final
@dataclass(frozen=True, slots=True)
class PageRules(Generic[R]):
    cursor: Callable[[R], str | URL | ParamsInput | None] | None
    allow_other_origins: bool
    scope: CredentialScope | None

@final
class Pages:
    def __init__(
        self,
        send: Callable[[Request], Awaitable[Response]],
        request: Request,
        rules: PageRules[Response],
    ) -> None: ...
    def __aiter__(self) -> AsyncIterator[Response]: ...
    @overload
    def into(self, model: type[T]) -> AsyncGenerator[T, None]: ...
    @overload
    def into(self, model: TypeForm[T]) -> AsyncGenerator[T, None]: ...
