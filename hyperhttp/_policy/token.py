"""Bearer tokens that are fetched: the cached one, its lifetime, and one call for all who wait.

Decides when a token is fetched again. `auth` decides what a 401 means, and providers where tokens
come from.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextvars import ContextVar, Token
from typing import TYPE_CHECKING, Final, TypeAlias, final

from hyperhttp._base._generated.bounds import TOKEN_REFRESH_AHEAD_S
from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import shown
from hyperhttp._message.headers.headers import MASK

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["AccessToken", "TokenCache", "TokenFetch", "TokenProvider", "checked_token"]

# RFC 6750 2.1 allows less, but tokens with "|" or ":" in them occur.
_BEARER_TOKEN: Final = re.compile(r"[\x21-\x7e]+")


@final
class AccessToken:
    """A token and its lifetime, for token providers to return.

        return hyperhttp.AccessToken(data["access_token"], expires_in=data["expires_in"])

    Args:
        value: The token.
        expires_in: The seconds that it is valid for, from now on; None if that isn't known.

    Raises:
        ConfigError: The token isn't visible ASCII, or `expires_in` isn't a number >= 0.
    """

    __slots__ = ("expires_in", "value")

    value: Final[str]
    """The token."""
    expires_in: Final[float | None]
    """The seconds that it is valid for; None if that isn't known."""

    def __init__(self, value: str, *, expires_in: float | None = None) -> None:
        self.value = checked_token(value)
        self.expires_in = None if expires_in is None else _checked_lifetime(expires_in)

    def __repr__(self) -> str:
        return f"AccessToken({MASK}, expires_in={self.expires_in})"


TokenProvider: TypeAlias = (
    "Callable[[str | None], str | AccessToken | Awaitable[str | AccessToken]]"
)
"""Returns a token, or an awaitable of one. Called with the refused token, otherwise with None."""


@final
class TokenFetch:
    """A fetch of a token, for all requests that wait for it. Use it with `with`."""

    __slots__ = ("_cache", "_error", "_mark", "_over", "_traceback", "loop", "value")

    def __init__(self, cache: TokenCache, loop: asyncio.AbstractEventLoop) -> None:
        self._cache = cache
        self.loop: Final = loop
        self._over: Final = asyncio.Event()
        self._mark: Token[tuple[TokenFetch, ...]] | None = None
        self.value: str | None = None
        self._error: Exception | None = None
        self._traceback: TracebackType | None = None

    def store(self, token: str | AccessToken) -> str:
        """Cache the token that was fetched, and return its text. Raises ConfigError."""
        token = token if isinstance(token, AccessToken) else AccessToken(token)
        self.value = token.value
        self._cache.set(token, self.loop.time())
        return token.value

    async def wait(self) -> str | None:
        """Return the token; None if the fetching task was canceled, so that another must fetch."""
        await self._over.wait()
        if self._error is not None:
            # Otherwise each of the waiting tasks would lengthen the traceback of the next.
            raise self._error.with_traceback(self._traceback)
        return self.value

    def is_run_here(self) -> bool:
        """Return whether the calling code runs within this fetch, or in a task that it started."""
        return self in _RUNNING.get() and not self._over.is_set()

    def __enter__(self) -> TokenFetch:
        self._mark = _RUNNING.set((*_RUNNING.get(), self))
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._mark is not None:
            _RUNNING.reset(self._mark)
        # All waiting tasks get a failure, but not a cancellation.
        if isinstance(exc, Exception):
            self._error, self._traceback = exc, traceback
        self._over.set()
        self._cache.end(self)


_RUNNING: Final[ContextVar[tuple[TokenFetch, ...]]] = ContextVar("_RUNNING", default=())
"""The fetches that the running code is a part of."""


@final
class TokenCache:
    """The current token, and the fetch of the next one while it runs."""

    __slots__ = ("_expires_at", "_refresh_at", "_running", "_token")

    def __init__(self) -> None:
        self._token: str | None = None
        self._refresh_at: float | None = None
        self._expires_at: float | None = None
        self._running: TokenFetch | None = None

    async def get(self, refused: str | None) -> str | TokenFetch:
        """Return a token that isn't the refused one, or the fetch that the caller must run.

        While another task fetches one ahead of time, the current token is returned.
        """
        loop = asyncio.get_running_loop()
        while True:
            running, now = self._running, loop.time()
            if running is not None and running.loop is not loop:
                running = None
            token = None if self._token == refused else self._token
            if token is not None and self._expires_at is not None and now >= self._expires_at:
                token = None
            is_due = self._refresh_at is not None and now >= self._refresh_at
            if token is not None and (running is not None or not is_due):
                return token
            if running is None:
                self._running = TokenFetch(self, loop)
                return self._running
            fetched = await running.wait()
            if fetched is not None:
                return fetched

    def is_fetched_here(self) -> bool:
        """Return whether the calling code runs within the fetch of this cache's next token."""
        return self._running is not None and self._running.is_run_here()

    def set(self, token: AccessToken, now: float) -> None:
        """Store a token."""
        self._token, lifetime = token.value, token.expires_in
        self._refresh_at = self._expires_at = None
        if lifetime is not None:
            ahead = min(TOKEN_REFRESH_AHEAD_S, lifetime / 5)
            self._expires_at, self._refresh_at = now + lifetime, now + lifetime - ahead

    def end(self, fetch: TokenFetch) -> None:
        """Forget a fetch that is over."""
        if self._running is fetch:
            self._running = None


def checked_token(token: object) -> str:
    """Return a token unchanged. Raises ConfigError, which doesn't contain it."""
    if not isinstance(token, str):
        allowed = "a str, an AccessToken, or a function that returns one"
        raise _refused(f"a token that is {shown(token)}", allowed)
    if _BEARER_TOKEN.fullmatch(token) is None:
        what = "a token with spaces, controls or non-ASCII" if token else "an empty token"
        raise _refused(what, "a token of visible ASCII characters")
    return str.__str__(token)


def _checked_lifetime(seconds: object) -> float:
    if isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and seconds >= 0:
        return float(seconds)
    raise _refused(f"an expires_in of {shown(seconds)}", "seconds >= 0, or None")


def _refused(given: str, allowed: str) -> ConfigError:
    return ConfigError(option="auth", given=given, allowed=allowed)
