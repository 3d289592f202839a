"""Authentication flows: which credentials a request carries, and how a 401 is handled.

Contains the base of all schemes, and Basic and Bearer, which need no challenge. The pipeline
decides which origin an `Auth` belongs to.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncGenerator, Callable, Generator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias, TypeGuard, cast, final

from hyperhttp._base._generated.errors import BodyNotReplayable, ConfigError, LocalProtocolError
from hyperhttp._base.caller_thread import CALLER, GuardedGenerator, in_caller
from hyperhttp._base.input_pairs import shown
from hyperhttp._message.headers.basic_auth import basic_credentials
from hyperhttp._message.headers.headers import MASK
from hyperhttp._message.request._generated.fields import RequestFields
from hyperhttp._message.request._generated.options import OptionAttributes
from hyperhttp._message.request.auth import RequestAuth
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import free_connection
from hyperhttp._policy.token import AccessToken, TokenCache, TokenProvider, checked_token

if TYPE_CHECKING:
    from hyperhttp._message.response.response import Response

__all__ = [
    "Auth",
    "AuthInput",
    "BasicAuth",
    "BearerAuth",
    "auth_of",
    "check_synchronous",
    "own_copy",
]


_ALLOWED: Final = "an Auth, a tuple of user and password, or a function from Request to Request"
# RFC 7617 2 and RFC 7616 4 (by way of RFC 8265): no controls. A lone surrogate has no UTF-8.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SLOTS: Final = (*RequestFields.__slots__, *OptionAttributes.__slots__, *Request.__slots__)


class Auth(RequestAuth):
    """The base of credentials; override `auth_flow` to create your own.

        class KeyAuth(hyperhttp.Auth):
            def auth_flow(self, request):
                request.headers["X-Key"] = self.key
                yield request

    The request is a copy that the flow may change. The caller's request, and those of redirects,
    don't get what the flow adds.
    """

    __slots__ = ()

    _knows_origins: ClassVar[bool] = False
    """True if it selects the origins itself; otherwise it applies to one origin."""
    _never_blocks: ClassVar[bool] = False
    """True if a synchronous client may run the flow in its event loop."""

    def auth_flow(self, request: Request) -> Generator[Request, Response, None]:  # noqa: ARG002
        """Yield a request to send it, and receive its response, whose body isn't read.

        The response to the last request is the result. Override this, or `async_auth_flow` if the
        flow has to await something.
        """
        raise _without_flow(self)

    async def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]:
        """Run `auth_flow`; override it for an asynchronous flow."""
        flow = self.auth_flow(own_copy(request))
        caller = None if self._never_blocks else CALLER.get()
        guarded = None if caller is None else GuardedGenerator(caller, flow)
        try:
            step = partial(next, flow, None)
            following = step() if guarded is None else await guarded.run(step)
            if following is None:
                raise without_request(self)
            while following is not None:
                response = yield following
                step = partial(_sent, flow, response)
                following = step() if guarded is None else await guarded.run(step)
        finally:
            (guarded or flow).close()

    def _check_synchronous(self) -> Auth:
        """Return this `Auth`. Raises `ConfigError` if its flow awaits code of the user."""
        kind = type(self)
        if not self._never_blocks and kind.async_auth_flow is not Auth.async_auth_flow:
            raise _refused(f"a {kind.__name__} with an async_auth_flow", "one with an auth_flow")
        return self

    def __repr__(self) -> str:
        # Attributes of subclasses may be secrets.
        return f"{type(self).__name__}({MASK})"


def check_synchronous(auth: Auth) -> Auth:
    """Return `auth`. Raises `ConfigError` if its flow awaits code of the user."""
    return auth._check_synchronous()  # pyright: ignore[reportPrivateUsage]


AuthInput: TypeAlias = Auth | tuple[str, str] | Callable[[Request], Request]
"""The type of `auth=`: an `Auth`, user and password for Basic, or a function of a request."""


@final
class BasicAuth(Auth):
    """Basic credentials (RFC 7617): user and password with every request, as UTF-8.

        client = hyperhttp.Client(auth=hyperhttp.BasicAuth("ann", "open sesame"))

    The tuple `("ann", "open sesame")` is equivalent. Raises `ConfigError`, which contains neither
    value, for a user with a colon and for control characters.
    """

    __slots__ = ("_credentials",)

    _never_blocks = True

    def __init__(self, username: str, password: str) -> None:
        checked_user(username, password)
        try:
            self._credentials = basic_credentials(username, password)
        except LocalProtocolError as error:
            raise _refused(
                "a user name with a colon", "for Basic a user name without ':'"
            ) from error

    def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
        """Yield one request, with Authorization."""
        request = own_copy(request)
        request.headers["Authorization"] = self._credentials
        yield request


@final
class BearerAuth(Auth):
    """A bearer token (RFC 6750) with every request, fixed or from a provider.

        async def token(refused: str | None) -> str: ...
        client = hyperhttp.Client(auth=hyperhttp.BearerAuth(token))

    The provider is called with None for the first token, which is cached. After a 401 it is called
    again with the refused token, and the request is retried unless the new token is the same. It
    runs once for all requests that wait for it. Its exceptions are raised unchanged.

    The provider can use the same client: its own requests are sent without a token. `Timeout.total`
    of the request includes the time of the provider.

    If it returns an `AccessToken` with a lifetime, it is called with None again shortly before the
    token expires. Meanwhile, other requests use the current token.

    Raises `ConfigError` for a token that isn't visible ASCII, and for a provider that doesn't take
    one argument. Raises `BodyNotReplayable` if a retry after a 401 needs a body that can be sent
    once.
    """

    __slots__ = ("_cache", "_provider", "_token")

    def __init__(self, token: str | TokenProvider) -> None:
        self._cache: Final = TokenCache()
        self._provider: TokenProvider | None = None
        self._token: str | None = None
        if callable(token):
            self._provider = _checked_provider(token)
        else:
            self._token = checked_token(token)

    def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
        """Yield one request with a fixed token. Raises `ConfigError` if there is a provider."""
        if self._token is None or self._provider is not None:
            given = "auth_flow of a BearerAuth with a token provider"
            raise _refused(given, "async_auth_flow, which can await it")
        request = own_copy(request)
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request

    async def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]:
        """Yield one request, and a second one if the token is refused and there is a new one."""
        request = own_copy(request)
        if self._cache.is_fetched_here():
            yield request  # The provider's own request, which can't have the token.
            return
        token = self._token or await self._provided(None)
        request.headers["Authorization"] = f"Bearer {token}"
        response = yield request
        if response.status_code != 401 or self._provider is None:
            return
        await free_connection(response)  # The provider may need it, if it uses the same client.
        fresh = await self._provided(token)
        if fresh == token:
            return
        check_replayable(request, "a new token after a 401")
        request.headers["Authorization"] = f"Bearer {fresh}"
        yield request

    def _check_synchronous(self) -> Auth:
        """Return this `Auth`. Raises `ConfigError` if its token provider is asynchronous."""
        provider = self._provider
        # An object may have an asynchronous `__call__`.
        if any(map(inspect.iscoroutinefunction, (provider, getattr(provider, "__call__", None)))):  # noqa: B004
            raise _refused("an async token provider", "one that isn't async")
        return self

    async def _provided(self, refused: str | None) -> str:
        """Return a token from the cache or the provider, if possible not the refused one."""
        assert self._provider is not None
        found = await self._cache.get(refused)
        if isinstance(found, str):
            return found
        with found:
            given = await in_caller(partial(self._provider, refused))
            token: str | AccessToken = await given if inspect.isawaitable(given) else given
            return found.store(token)


@final
class _FunctionAuth(Auth):
    """Credentials by a function that returns the request with what it needs."""

    __slots__ = ("_function",)

    def __init__(self, function: Callable[[Request], object]) -> None:
        self._function = function

    def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
        made = self._function(own_copy(request))
        if not isinstance(made, Request):
            raise _refused(f"a function that returned {shown(made)}", "one that returns a Request")
        yield made


@final
class _OwnRequest(Request):
    """The copy of a request that a flow may change; its pickle is that of the caller's request."""

    __slots__ = ("_given",)

    def __init__(self, given: Request) -> None:
        for name in _SLOTS:
            setattr(self, name, getattr(given, name))
        self._given = given
        if self._headers is not None:
            self._headers = self._headers.copy()
        # An Auth replaces the user in the URL.
        self._url = given.url.without_userinfo()

    def __reduce__(self) -> tuple[object, ...]:
        return self._given.__reduce__()


def auth_of(given: AuthInput) -> Auth:
    """Return the `Auth` for what `auth=` takes.

    Raises `ConfigError`, which never contains the value, for anything else.

        auth_of(("ann", "open sesame"))    # BasicAuth
    """
    value: object = given
    if isinstance(value, Auth):
        if _has_no_flow(value):
            raise _without_flow(value)
        return value
    if _is_pair(value):
        return BasicAuth(*value)
    if isinstance(value, type):
        raise _refused(f"the class {value.__name__}", "an instance of an Auth")
    if inspect.iscoroutinefunction(value):
        raise _refused("a coroutine function", "an Auth that overrides async_auth_flow")
    if callable(value):
        return _FunctionAuth(value)
    raise _refused(shown(value), _ALLOWED)


def own_copy(request: Request) -> Request:
    """Return a copy that a flow may change; such a copy is returned as it is.

    User and password of the URL are left out. A pickle of it, or of an error that has it, is one
    of the request that was given.
    """
    return request if isinstance(request, _OwnRequest) else _OwnRequest(request)


def without_request(auth: object) -> ConfigError:
    """Return the error for a flow that yields no request."""
    return _refused(
        f"{type(auth).__name__} with a flow that sends nothing",
        "a flow that yields at least one request",
    )


def check_replayable(request: Request, what: str) -> None:
    """Raise `BodyNotReplayable` if the body can't be replayed, which `what` needs."""
    if not request.is_replayable:
        raise BodyNotReplayable(
            detail=f"{what} asks for the body again, and it can be read only once"
        )


def checked_user(username: object, password: object) -> None:
    """Raise `ConfigError`, which contains neither, for values that no scheme supports."""
    for name, value in (("user name", username), ("password", password)):
        if not isinstance(value, str):
            raise _refused(f"a {name} that is {shown(value)}", f"a {name} that is str")
        if _CONTROL.search(value):
            raise _refused(f"a {name} with a control character", f"a {name} of printable text")


def _checked_provider(provider: TokenProvider) -> TokenProvider:
    try:
        signature = inspect.signature(provider)
    except ValueError:  # some builtins have no signature
        return provider
    try:
        signature.bind(None)
    except TypeError as error:
        given = "a token provider that cannot be called with one argument"
        raise _refused(given, "a function of the refused token, which is None at first") from error
    return provider


def _sent(flow: Generator[Request, Response, None], response: Response) -> Request | None:
    try:
        return flow.send(response)
    except StopIteration:
        return None


def _is_pair(value: object) -> TypeGuard[tuple[str, str]]:
    """Return whether it is a pair; its values are checked later."""
    return isinstance(value, tuple) and len(cast("tuple[object, ...]", value)) == 2


def _has_no_flow(auth: Auth) -> bool:
    kind = type(auth)
    return kind.auth_flow is Auth.auth_flow and kind.async_auth_flow is Auth.async_auth_flow


def _without_flow(auth: Auth) -> ConfigError:
    return _refused(
        f"{type(auth).__name__} without a flow",
        "a subclass of Auth that overrides auth_flow or async_auth_flow",
    )


def _refused(given: str, allowed: str) -> ConfigError:
    return ConfigError(option="auth", given=given, allowed=allowed)
