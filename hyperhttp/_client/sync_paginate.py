"""Pages of a list in a synchronous client."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar, final, overload

from hyperhttp._client.paginate import PageRequests, PageRules
from hyperhttp._client.sync_response import SyncResponse
from hyperhttp._message.url.query import ParamsInput
from hyperhttp._message.url.url import URL

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from typing_extensions import TypeForm

    from hyperhttp._message.request.request import Request

__all__ = ["SyncCursor", "SyncPages"]

T = TypeVar("T")

SyncCursor: TypeAlias = Callable[[SyncResponse], str | URL | ParamsInput | None]
"""Returns the next page of a response: its URL, or the parameters that change; None at the end."""


@final
class SyncPages:
    """The pages of a list, from `client.paginate`.

        for page in client.paginate("https://example.com/users"):
            print(page.json())

    Iteration requests one page after the other, and yields each response with its body read. Use
    `into` to get validated values instead. Each `for` starts with the first page.

    Iteration raises HTTPStatusError for an error status. It raises PaginationError for a next page
    that was requested before or is on another origin. It also raises the errors of the client.
    """

    __slots__ = ("_request", "_rules", "_send")

    def __init__(
        self,
        send: Callable[[Request], SyncResponse],
        request: Request,
        rules: PageRules[SyncResponse],
    ) -> None:
        self._send = send
        self._request = request
        self._rules = rules

    def __iter__(self) -> Iterator[SyncResponse]:
        return self._each()

    @overload
    def into(self, model: type[T]) -> Generator[T, None, None]: ...
    @overload
    def into(self, model: TypeForm[T]) -> Generator[T, None, None]: ...
    def into(self, model: TypeForm[T]) -> Generator[T, None, None]:
        """Iterate over the JSON of each page, validated as `SyncResponse.json` does.

        Example:
            for users in client.paginate("https://example.com/users").into(list[dict[str, object]]):
                print(len(users))
        """
        for response in self._each():
            yield response.json(model)

    def _each(self) -> Generator[SyncResponse, None, None]:
        pages = PageRequests(self._request, self._rules)
        while True:
            with self._send(pages.request) as response:
                response.read()
            yield response.raise_for_status()
            if not pages.advance(response):
                return
