# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/errors.toml and run the command again.
"""The errors of a response whose status is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from hyperhttp._base._generated.errors import HyperHTTPError

if TYPE_CHECKING:
    from hyperhttp._base._generated.errors import Retryable
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.base import BaseResponse
    from hyperhttp._message.url.url import URL

__all__ = [
    "ClientStatusError",
    "HTTPStatusError",
    "ServerStatusError",
]


class HTTPStatusError(HyperHTTPError):
    """The server answered with an error status, 400 or above.

    Raised when: `raise_for_status` is called on such a response.

    `response` is the answer itself; `excerpt` shows how its body begins.

    Example:
        try:
            response.raise_for_status()
        except hyperhttp.HTTPStatusError as error:
            print(error.response.status_code, error.excerpt)
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "`response` is the answer itself; `excerpt` shows how its body begins."

    response: BaseResponse
    """The answer itself."""
    excerpt: str
    """The beginning of the body as text, at most 400 characters, if it was received; of a problem
    (RFC 9457), its title and detail. It isn't part of the error's text, because a body may contain
    secrets.
    """

    def __init__(self, *, response: BaseResponse, excerpt: str = "") -> None:
        self.response = response
        self.excerpt = excerpt
        self.in_context(elapsed=response.elapsed, attempts=response.attempts)

    @property
    def request(self) -> Request:
        """The request whose response has an error status."""
        return self.response.request

    @property
    def url(self) -> URL:
        """The URL of the request for logs: without a password, and with the values of sensitive
        parameters masked.
        """
        return self.request.url.without_secrets()

    def _text(self) -> str:
        text = f"{self.response.status_code}"
        if self.response.reason_phrase:
            text += f" {self.response.reason_phrase}"
        return text + f" for {self.response.request.method} {self.response.url}"


class ClientStatusError(HTTPStatusError):
    """The server says that the request is at fault: a status from 400 to 499.

    Raised when: `raise_for_status` is called on such a response.

    Asking again in the same way gives the same answer; change the request.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "Asking again in the same way gives the same answer; change the request."

    def _text(self) -> str:
        text = f"{self.response.status_code}"
        if self.response.reason_phrase:
            text += f" {self.response.reason_phrase}"
        return text + f" for {self.response.request.method} {self.response.url}"


class ServerStatusError(HTTPStatusError):
    """The server says that it failed itself: a status from 500 to 599.

    Raised when: `raise_for_status` is called on such a response.

    Asking again later may help; `response.retry_after` tells when, if the server said so.
    """

    __module__ = "hyperhttp.exceptions"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = (
        "Asking again later may help; `response.retry_after` tells when, if the server said so."
    )

    def _text(self) -> str:
        text = f"{self.response.status_code}"
        if self.response.reason_phrase:
            text += f" {self.response.reason_phrase}"
        return text + f" for {self.response.request.method} {self.response.url}"
