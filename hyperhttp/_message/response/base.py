"""What a response offers without I/O: the base of `Response`, and what a status error carries."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, TypeVar, overload

from hyperhttp._message.response.properties import ParsedFields

if TYPE_CHECKING:
    from typing_extensions import TypeForm

__all__ = ["BaseResponse"]

T = TypeVar("T")


class BaseResponse(ParsedFields):
    """A response whose body may have been read: its status, headers and content.

    `HTTPStatusError.response` is one; a `Response` adds the ways to read the body.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def content(self) -> bytes:
        """The decoded body. Raises `ResponseNotRead` if it hasn't been read."""

    @property
    @abstractmethod
    def text(self) -> str:
        """The body as text. Raises `ResponseNotRead` if it hasn't been read."""

    @overload
    @abstractmethod
    def json(self, model: None = None) -> Any: ...
    @overload
    @abstractmethod
    def json(self, model: type[T]) -> T: ...
    @overload
    @abstractmethod
    def json(self, model: TypeForm[T]) -> T: ...
    @abstractmethod
    def json(self, model: TypeForm[T] | None = None) -> object:
        """The body as JSON, or as a `model`. Raises `DecodeError` if it is neither."""
