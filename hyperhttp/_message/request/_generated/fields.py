# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/response.toml and run the command again.
"""The attributes of a `Request`, as the base of the class that adds its methods."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyperhttp._base.option_checks import Extensions
    from hyperhttp._message.headers.headers import Headers
    from hyperhttp._message.url.url import URL

__all__ = ["RequestFields"]


class RequestFields(ABC):
    """An HTTP request: a method, a URL, headers and an optional body."""

    __slots__ = (
        "_attempt",
        "_extensions",
        "_headers",
        "_hop",
        "_method",
        "_url",
    )

    _method: str
    _url: URL
    _attempt: int
    _hop: int

    @property
    def method(self) -> str:
        """The method, such as GET. Registered methods are in upper case, and others are unchanged."""
        return self._method

    @property
    def url(self) -> URL:
        """The URL of the request, without a password."""
        return self._url

    @property
    @abstractmethod
    def headers(self) -> Headers:
        """The request headers."""

    @property
    @abstractmethod
    def extensions(self) -> Extensions:
        """Data for your own hooks, middleware and transports. It isn't sent."""

    @property
    def attempt(self) -> int:
        """The number of the attempt, from 1. Each retry increases it."""
        return self._attempt

    @property
    def hop(self) -> int:
        """The number of redirects that led to the request; 0 for the original request."""
        return self._hop
