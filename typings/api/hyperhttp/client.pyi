# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/client.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from types import TracebackType
from typing import Final, Self, final

from hyperhttp._generated.calls import ClientOptionsBase
from hyperhttp._generated.config import ClientConfig, Timeout
from hyperhttp._message.cookies import Cookies
from hyperhttp._message.headers import Headers
from hyperhttp._message.inputs import CookiesInput, HeadersInput, TimeoutInput, URLInput
from hyperhttp._message.request import Request
from hyperhttp._message.response import Response
from hyperhttp._message.url import URL
from hyperhttp._transport.stats import PoolStats

ERROR_STATUS: Final = 400

ERROR_BODY_BYTES: Final = 1 << 16

@final
class Client(ClientOptionsBase):
    @property
    def config(self) -> ClientConfig: ...
    @property
    def headers(self) -> Headers: ...
    @headers.setter
    def headers(self, headers: HeadersInput) -> None: ...
    @property
    def cookies(self) -> Cookies: ...
    @cookies.setter
    def cookies(self, cookies: CookiesInput) -> None: ...
    @property
    def timeout(self) -> Timeout: ...
    @timeout.setter
    def timeout(self, timeout: TimeoutInput) -> None: ...
    @property
    def base_url(self) -> URL | None: ...
    @base_url.setter
    def base_url(self, base_url: URLInput) -> None: ...
    @property
    def is_closed(self) -> bool: ...
    def stats(self) -> PoolStats: ...
    async def send(self, request: Request) -> Response: ...
    async def aclose(self) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
    def __repr__(self) -> str: ...
