"""What happens to an error on its way from a body to the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from hyperhttp._generated.exceptions import HyperHTTPError

if TYPE_CHECKING:
    from types import TracebackType

    from hyperhttp._message.request import Request
    from hyperhttp._message.source import BodySource


@final
class InContext:
    """Tells errors which request they belong to, and gives up the body of one that failed."""

    __slots__ = ("_request", "_source")

    def __init__(self, request: Request, source: BodySource | None) -> None:
        self._request = request
        self._source = source

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if exc is None:
            return
        if isinstance(exc, HyperHTTPError):
            exc.in_context(request=self._request, origin=self._request.url.origin)
        if self._source is not None:
            self._source.abandon()
