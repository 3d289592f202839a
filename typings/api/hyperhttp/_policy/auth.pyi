# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_policy/auth.py and run the command again.

from collections.abc import AsyncGenerator, Callable, Generator
from typing import TypeAlias, final

from hyperhttp._message.request.auth import RequestAuth
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._policy.token import TokenProvider

class Auth(RequestAuth):
    def auth_flow(self, request: Request) -> Generator[Request, Response, None]: ...
    def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]: ...
    def __repr__(self) -> str: ...

AuthInput: TypeAlias = Auth | tuple[str, str] | Callable[[Request], Request]

@final
class BasicAuth(Auth):
    def __init__(self, username: str, password: str) -> None: ...
    def auth_flow(self, request: Request) -> Generator[Request, Response, None]: ...

@final
class BearerAuth(Auth):
    def __init__(self, token: str | TokenProvider) -> None: ...
    def auth_flow(self, request: Request) -> Generator[Request, Response, None]: ...
    def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]: ...
