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
        "_extensions",
        "_headers",
        "_method",
        "_url",
    )

    _method: str
    _url: URL

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
