"""Access tokens by the client credentials grant of OAuth 2.0 (RFC 6749 4.4).

Contains the token request, the reading of its response, and the flow. `token` decides when a token
is fetched again.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, final
from urllib.parse import quote_plus

from hyperhttp._base._generated.errors import ConfigError, DecodeError, OAuth2Error, in_context
from hyperhttp._base.input_pairs import is_mapping, shown
from hyperhttp._message.content.json_text import decode_json
from hyperhttp._message.headers.basic_auth import basic_credentials
from hyperhttp._message.headers.headers import MASK
from hyperhttp._message.request.request import Request
from hyperhttp._message.url.url import URL
from hyperhttp._policy.auth import Auth, check_replayable, own_copy
from hyperhttp._policy.token import AccessToken, TokenCache

if TYPE_CHECKING:
    from hyperhttp._message.response.response import Response
    from hyperhttp._message.url.url import URLInput

__all__ = ["ClientAuthMethod", "OAuth2ClientCredentials"]

ClientAuthMethod: TypeAlias = Literal["client_secret_basic", "client_secret_post"]
"""How the client authenticates to the token endpoint: in a header, or in the form."""

_METHODS: Final = ("client_secret_basic", "client_secret_post")
# RFC 6749 5.2. Other codes aren't repeated: a message must not contain what a server has written.
_CODES: Final = frozenset(
    {
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "unauthorized_client",
        "unsupported_grant_type",
    }
)
_INVALID: Final = "invalid_response"


@final
class OAuth2ClientCredentials(Auth):
    """Bearer tokens from a token endpoint, by client id and secret (RFC 6749 4.4).

        auth = hyperhttp.OAuth2ClientCredentials(
            "https://example.com/token", client_id="app", client_secret=secret, scope="read"
        )
        client = hyperhttp.Client(auth=auth)

    The client that uses it sends the token request too. The token is cached, and fetched again
    shortly before it expires, and after a 401. A single request fetches it for all that wait.

    Args:
        token_url: The token endpoint. Use https: the request contains the secret.
        client_id: The id of the client.
        client_secret: Its secret.
        scope: The scopes to request; None for the default of the server.
        params: Further parameters of the token request, such as `audience`.
        auth_method: "client_secret_basic" sends id and secret in the Authorization header,
            "client_secret_post" in the form.

    Raises:
        ConfigError: An argument is of a wrong type.
        OAuth2Error: While sending, the token endpoint issues no token.
        BodyNotReplayable: While sending, a retry after a 401 needs a body that can be sent once.
    """

    __slots__ = ("_cache", "_client_id", "_form", "_headers", "_url")

    _never_blocks = True

    def __init__(
        self,
        token_url: URLInput,
        *,
        client_id: str,
        client_secret: str,
        scope: str | Sequence[str] | None = None,
        params: Mapping[str, str] | None = None,
        auth_method: ClientAuthMethod = "client_secret_basic",
    ) -> None:
        if auth_method not in _METHODS:
            raise _refused(f"auth_method={shown(auth_method)}", " or ".join(_METHODS))
        client_id, client_secret = _text(client_id, "client_id"), _text(client_secret, "secret")
        self._cache: Final = TokenCache()
        self._url: Final = URL(token_url)
        self._client_id = client_id
        self._headers = {"Accept": "application/json"}
        self._form: dict[str, str] = {**(params or {}), "grant_type": "client_credentials"}
        if scope is not None:
            self._form["scope"] = scope if isinstance(scope, str) else " ".join(scope)
        if auth_method == "client_secret_post":
            self._form.update(client_id=client_id, client_secret=client_secret)
        else:
            # RFC 6749 2.3.1: both are encoded as form values first.
            pair = quote_plus(client_id), quote_plus(client_secret)
            self._headers["Authorization"] = basic_credentials(*pair)

    def auth_flow(self, request: Request) -> Generator[Request, Response, None]:  # noqa: ARG002
        """Raise `ConfigError`: a token is awaited, which only `async_auth_flow` can do."""
        raise _refused("auth_flow of OAuth2ClientCredentials", "async_auth_flow")

    async def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]:
        """Yield the token request if one is due, and the request with the token.

        After a 401, once more with a new token.
        """
        request = own_copy(request)
        refused: str | None = None
        while True:
            token = await self._cache.get(refused)
            if not isinstance(token, str):
                with token as fetch:
                    response = yield self._token_request()
                    token = fetch.store(await _token_of(response))
            if token == refused:
                return
            if refused is not None:
                check_replayable(request, "a new token after a 401")
            request.headers["Authorization"] = f"Bearer {token}"
            response = yield request
            if response.status_code != 401 or refused is not None:
                return
            refused = token

    def _token_request(self) -> Request:
        return Request("POST", self._url, headers=self._headers, data=self._form)

    def __repr__(self) -> str:
        url, client_id = self._url.display, self._client_id
        return f"OAuth2ClientCredentials({url!r}, client_id={client_id!r}, client_secret={MASK})"


async def _token_of(response: Response) -> AccessToken:
    """Return the token of a response (RFC 6749 5.1). Raises OAuth2Error."""
    content = await response.aread()
    try:
        data = decode_json(content)
    except DecodeError:
        data = None
    members: Mapping[object, object] = data if is_mapping(data) else {}
    if not response.is_success or "error" in members:
        raise _error_of(response, members)
    kind = members.get("token_type")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise _error_of(response, {})
    try:
        lifetime = _lifetime(members.get("expires_in"))
        return AccessToken(_string(members.get("access_token")), expires_in=lifetime)
    except (ConfigError, ValueError):
        raise _error_of(response, {}) from None


def _error_of(response: Response, members: Mapping[object, object]) -> OAuth2Error:
    code = members.get("error")
    error = OAuth2Error(
        code=code if isinstance(code, str) and code in _CODES else _INVALID,
        status_code=response.status_code,
    )
    in_context(error, request=response.request, origin=response.request.url.origin)
    return error


def _lifetime(value: object) -> float | None:
    """Some servers write the seconds as a string."""
    if value is None or value == "":
        return None
    if isinstance(value, (int, float, str)) and not isinstance(value, bool):
        return float(value)
    raise ValueError


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _text(given: object, name: str) -> str:
    if isinstance(given, str) and given:
        return given
    raise _refused(f"a {name} that is {shown(given) if given else 'empty'}", "text")


def _refused(given: str, allowed: str) -> ConfigError:
    return ConfigError(option="auth", given=given, allowed=allowed)
