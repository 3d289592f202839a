"""The attributes of a response that need no I/O: the base of `Response` and of status errors."""

from __future__ import annotations

import time
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, TypeVar, overload

from hyperhttp._base._generated.errors import HyperHTTPError, in_context
from hyperhttp._message.content.json_text import decode_json
from hyperhttp._message.content.json_typed import validate_json
from hyperhttp._message.content.text import choose_charset, decode_text
from hyperhttp._message.cookies.jar import Cookies, store_cookies
from hyperhttp._message.headers.headers import Headers, headers_from_wire
from hyperhttp._message.response.properties import ParsedFields

if TYPE_CHECKING:
    from typing_extensions import TypeForm

    from hyperhttp._base._generated.errors import Attempt
    from hyperhttp._base.option_checks import Extensions
    from hyperhttp._message.content.charset import EncodingInput
    from hyperhttp._message.headers.response_head import ResponseHead

__all__ = ["BaseResponse"]

T = TypeVar("T")


class BaseResponse(ParsedFields):
    """A response whose body may have been read: its status, headers and content.

    `HTTPStatusError.response` is one; a `Response` adds the methods that read the body.
    """

    __slots__ = ("_attempts", "_default_encoding", "_extensions", "_head", "_text")

    # The class that adds I/O fills these.
    _attempts: tuple[Attempt, ...]
    _default_encoding: EncodingInput
    _extensions: Extensions | None
    _head: ResponseHead
    _headers: Headers | None
    _text: str | None

    @property
    def headers(self) -> Headers:
        """The response headers, with case-insensitive names."""
        if self._headers is None:
            self._headers = headers_from_wire(self._head.fields)
        return self._headers

    @property
    def extensions(self) -> Extensions:
        """Values that your hooks, middleware and transports attach to the response."""
        if self._extensions is None:
            self._extensions = {}
        return self._extensions

    @property
    def cookies(self) -> Cookies:
        """The cookies that this response sets; those of the client are in `client.cookies`."""
        cookies = Cookies()
        store_cookies(cookies, self._url, self.headers.get_list("set-cookie"), time.time())
        return cookies

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """All attempts, this response last, if retries were enabled; otherwise empty."""
        return self._attempts

    @property
    def encoding(self) -> str:
        """The encoding that `text` is decoded from, such as "utf-8".

        It is the charset of the Content-Type if Python supports it. Otherwise it is that of a byte
        order mark in a body that has been read, or the client's `default_encoding`.
        """
        content_type, kept = self.headers.get("content-type"), self._kept_body() or b""
        return choose_charset(content_type, kept, self._default_encoding)

    @property
    @abstractmethod
    def content(self) -> bytes:
        """The decoded body.

        Raises ResponseNotRead if it hasn't been read, StreamConsumed if it was iterated, and
        ResponseClosed if the response was closed before.
        """

    @abstractmethod
    def _kept_body(self) -> bytes | None:
        """Return the decoded body if it has been read."""

    @property
    def text(self) -> str:
        """The body as text: by its charset, its byte order mark, or `default_encoding`.

        Raises as `content` does. Invalid bytes become U+FFFD.
        """
        if self._text is None:
            content_type = self.headers.get("content-type")
            self._text = decode_text(self.content, content_type, self._default_encoding)
        return self._text

    @overload
    def json(self, model: None = None) -> Any: ...
    @overload
    def json(self, model: type[T]) -> T: ...
    @overload
    def json(self, model: TypeForm[T]) -> T: ...
    def json(self, model: TypeForm[T] | None = None) -> object:
        """Return the body as plain Python values, or as a `model`: any type that pydantic supports.

        Raises DecodeError, which is also a ValueError, if the body isn't JSON or doesn't match
        `model`; its attributes include the JSON path. ConfigError if pydantic doesn't support
        `model`. Otherwise as `content`.

            numbers = response.json(dict[str, int])
            anything = response.json()
        """
        content = self.content
        try:
            return decode_json(content) if model is None else validate_json(content, model)
        except HyperHTTPError as error:
            in_context(error, request=self._request, origin=self._request.url.origin)
            raise

    def __repr__(self) -> str:
        status = f"{self._status_code} {self._reason_phrase}".rstrip()
        return f"<{type(self).__name__} [{status}]>"
