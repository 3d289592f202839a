# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_policy/auth.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from typing import ClassVar, TypeAlias, final

from hyperhttp._message.request.auth import RequestAuth
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response

__all__ = ["Auth", "AuthInput", "BasicAuth", "BearerAuth", "TokenProvider", "auth_of", "own_copy"]

TokenProvider: TypeAlias = "Callable[[str | None], str | Awaitable[str]]"

AuthInput: TypeAlias = "Auth | tuple[str, str] | Callable[[Request], Request]"

class Auth(RequestAuth):
    knows_origins: ClassVar[bool] = False

    def auth_flow(self, request: Request) -> Generator[Request, Response, None]: ...
    def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]: ...
    def __repr__(self) -> str: ...

@final
class BasicAuth(Auth):
    def __init__(self, username: str, password: str) -> None: ...
    def auth_flow(self, request: Request) -> Generator[Request, Response, None]: ...

@final
class BearerAuth(Auth):
    def __init__(self, token: str | TokenProvider) -> None: ...
    def auth_flow(self, request: Request) -> Generator[Request, Response, None]: ...
    def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]: ...

def auth_of(given: AuthInput) -> Auth: ...
def own_copy(request: Request) -> Request: ...
