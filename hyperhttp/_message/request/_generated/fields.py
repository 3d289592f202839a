# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/response.toml and run the command again.
"""The fields of a `Request`; the class that adds behavior derives from this one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyperhttp._base.option_checks import Extensions
    from hyperhttp._message.headers.headers import Headers
    from hyperhttp._message.url.url import URL

__all__ = ["RequestFields"]


class RequestFields(ABC):
    """What is asked: a method, a URL, headers and perhaps a body."""

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
        """The method, such as GET; registered methods are in upper case, others as they were
        given.
        """
        return self._method

    @property
    def url(self) -> URL:
        """Where the request goes, without a password."""
        return self._url

    @property
    @abstractmethod
    def headers(self) -> Headers:
        """The header fields that are sent."""

    @property
    @abstractmethod
    def extensions(self) -> Extensions:
        """What hooks, middleware and transports of the caller's own know of it; nothing of it is
        sent.
        """

    @property
    def attempt(self) -> int:
        """The number of the attempt, from 1; a retry has the next one."""
        return self._attempt

    @property
    def hop(self) -> int:
        """How many redirects have led to the request; 0 for the one of the call."""
        return self._hop
