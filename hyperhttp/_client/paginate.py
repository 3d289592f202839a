"""Pages of a list: which request follows a page, by its `Link` header or by a cursor function.

Refuses loops and other origins, because a server chooses the next URL. Reads each page, and parses
no bodies itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import (
    TYPE_CHECKING,
    Final,
    Generic,
    TypeAlias,
    TypeVar,
    cast,
    final,
    overload,
)

from hyperhttp._base._generated.errors import ConfigError, PaginationError
from hyperhttp._base.input_pairs import is_mapping, is_sequence, shown
from hyperhttp._base.sensitive import mask_parameters
from hyperhttp._message.request.request import Request, request_of_redirect
from hyperhttp._message.response.base import BaseResponse
from hyperhttp._message.response.response import Response
from hyperhttp._message.url.query import ParamsInput, encode_params
from hyperhttp._message.url.url import URL
from hyperhttp._policy.redirects import carried_headers

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from typing_extensions import TypeForm

    from hyperhttp._client.credential_scope import CredentialScope

__all__ = ["Cursor", "PageRequests", "PageRules", "Pages"]

T = TypeVar("T")
R = TypeVar("R", bound=BaseResponse)

Cursor: TypeAlias = "Callable[[Response], str | URL | ParamsInput | None]"
"""Returns the next page of a response: its URL, or the parameters that change; None at the end."""

_CURSOR: Final = "a function that returns a URL, parameters or None"


@final
@dataclass(frozen=True, slots=True)
class PageRules(Generic[R]):
    """How the next page is found, and where it may be."""

    cursor: Callable[[R], str | URL | ParamsInput | None] | None
    allow_other_origins: bool
    scope: CredentialScope | None


@final
class PageRequests(Generic[R]):
    """The requests of the pages, each of which follows from the response before."""

    __slots__ = ("_first", "_rules", "_seen", "request")

    request: Request
    """The request of the current page."""

    def __init__(self, first: Request, rules: PageRules[R]) -> None:
        self.request = self._first = first
        self._rules = rules
        self._seen = {_key(first.url)}

    def advance(self, response: R) -> bool:
        """Set the request of the page that follows a response; return False after the last page.

        Raises PaginationError for a page that was requested before or is on another origin.
        """
        url = self._next_url(response)
        if url is None:
            return False
        if _key(url) in self._seen:
            raise _refused(url, "it was requested before")
        self._seen.add(_key(url))
        self.request = self._following(self.request, url)
        return True

    def _next_url(self, response: R) -> URL | None:
        cursor = self._rules.cursor
        if cursor is None:
            link = response.links.get("next")
            return None if link is None else link.target
        found = cursor(response)
        if found is None:
            return None
        if isinstance(found, (str, URL)):
            return response.url.join(found)
        if is_mapping(found) or is_sequence(found):
            return _with_params(self._first.url, cast("ParamsInput", found))
        given = f"a function that returned {shown(found)}"
        raise ConfigError(option="cursor", given=given, allowed=_CURSOR)

    def _following(self, request: Request, url: URL) -> Request:
        """Return the request of the next page; on a foreign origin it has no credentials."""
        first, scope = self._first.url, self._rules.scope
        is_trusted = url.origin == first.origin or (scope is not None and scope.trusts(url, first))
        if not is_trusted and not self._rules.allow_other_origins:
            raise _refused(url, f"its origin isn't {first.origin}")
        same_origin = url.origin == request.url.origin
        headers = carried_headers(request, same_origin=same_origin, is_trusted=is_trusted)
        if url.userinfo != request.url.userinfo or not same_origin:
            url = url.without_userinfo()
        following = request_of_redirect(request, request.method, url, headers, None)
        following.retry = request.retry
        following.auth = request.auth if is_trusted else None
        if is_trusted:
            following.sent_cookies = request.sent_cookies
        return following


@final
class Pages:
    """The pages of a list, from `client.paginate`.

        async for page in client.paginate("https://example.com/users"):
            print(page.json())

    Iteration requests one page after the other, and yields each response with its body read. Use
    `into` to get validated values instead. Each `async for` starts with the first page.

    Iteration raises HTTPStatusError for an error status. It raises PaginationError for a next page
    that was requested before or is on another origin. It also raises the errors of the client.
    """

    __slots__ = ("_request", "_rules", "_send")

    def __init__(
        self,
        send: Callable[[Request], Awaitable[Response]],
        request: Request,
        rules: PageRules[Response],
    ) -> None:
        self._send = send
        self._request = request
        self._rules = rules

    def __aiter__(self) -> AsyncIterator[Response]:
        return self._each()

    @overload
    def into(self, model: type[T]) -> AsyncGenerator[T, None]: ...
    @overload
    def into(self, model: TypeForm[T]) -> AsyncGenerator[T, None]: ...
    async def into(self, model: TypeForm[T]) -> AsyncGenerator[T, None]:
        """Iterate over the JSON of each page, validated as `Response.json` does.

        async for users in client.paginate("https://example.com/users").into(list[User]):
            print(len(users))
        """
        async for response in self._each():
            yield response.json(model)

    async def _each(self) -> AsyncGenerator[Response, None]:
        pages = PageRequests(self._request, self._rules)
        while True:
            async with await self._send(pages.request) as response:
                await response.aread()
            yield response.raise_for_status()
            if not pages.advance(response):
                return


def _with_params(url: URL, params: ParamsInput) -> URL:
    """Return the URL with some parameters replaced."""
    pairs = encode_params(params)
    names = {name for name, _ in pairs}
    kept = [pair for pair in url.params if pair[0] not in names]
    return url.copy_with(query=None).with_params([*kept, *pairs])


def _key(url: URL) -> str:
    return url.origin + url.target


def _refused(url: URL, detail: str) -> PaginationError:
    return PaginationError(next_url=mask_parameters(_key(url)), detail=detail)
