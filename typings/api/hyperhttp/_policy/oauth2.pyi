# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_policy/oauth2.py and run the command again.

from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from typing import Literal, TypeAlias, final

from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._message.url.url import URLInput
from hyperhttp._policy.auth import Auth

ClientAuthMethod: TypeAlias = Literal["client_secret_basic", "client_secret_post"]

@final
class OAuth2ClientCredentials(Auth):
    def __init__(
        self,
        token_url: URLInput,
        *,
        client_id: str,
        client_secret: str,
        scope: str | Sequence[str] | None = None,
        params: Mapping[str, str] | None = None,
        auth_method: ClientAuthMethod = "client_secret_basic",
    ) -> None: ...
    def auth_flow(self, request: Request) -> Generator[Request, Response, None]: ...
    def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]: ...
    def __repr__(self) -> str: ...
