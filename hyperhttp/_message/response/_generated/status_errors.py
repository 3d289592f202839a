# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/errors.toml and run the command again.
"""The errors of a response whose status is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from hyperhttp._base._generated.errors import HyperHTTPError, in_context

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
    """The response has an error status, 400 or above.

    Raised when: You call `raise_for_status` on a response with such a status.

    Look at `response` and `excerpt`, the beginning of its body.

    Example:
        try:
            response.raise_for_status()
        except hyperhttp.HTTPStatusError as error:
            print(error.response.status_code, error.excerpt)
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "Look at `response` and `excerpt`, the beginning of its body."

    response: BaseResponse
    """The response with the error status."""
    excerpt: str
    """The beginning of the body as text, at most 400 characters, if it was received. For a problem
    (RFC 9457), its title and detail. The error's text leaves it out, because a body may contain
    secrets.
    """

    def __init__(self, *, response: BaseResponse, excerpt: str = "") -> None:
        self.response = response
        self.excerpt = excerpt
        in_context(self, elapsed=response.elapsed, attempts=response.attempts)

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
    """The response has a status from 400 to 499: the server rejects the request.

    Raised when: You call `raise_for_status` on a response with such a status.

    Change the request, because the same request fails in the same way.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "Change the request, because the same request fails in the same way."

    def _text(self) -> str:
        text = f"{self.response.status_code}"
        if self.response.reason_phrase:
            text += f" {self.response.reason_phrase}"
        return text + f" for {self.response.request.method} {self.response.url}"


class ServerStatusError(HTTPStatusError):
    """The response has a status from 500 to 599: the server failed.

    Raised when: You call `raise_for_status` on a response with such a status.

    Retry later, for example after `response.retry_after`.
    """

    __module__ = "hyperhttp.exceptions"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Retry later, for example after `response.retry_after`."

    def _text(self) -> str:
        text = f"{self.response.status_code}"
        if self.response.reason_phrase:
            text += f" {self.response.reason_phrase}"
        return text + f" for {self.response.request.method} {self.response.url}"
