"""A request as the client sees it: method, URL, fields and body, checked before a byte is sent.

The fields that every request of a client carries are kept apart, encoded once; a request that adds
nothing to them is written without building a mapping. How it is framed on a connection is decided
in `_protocol`.
"""

from __future__ import annotations

import re
import shlex
from functools import lru_cache
from typing import TYPE_CHECKING, Final, final

from hyperhttp._generated.exceptions import ConfigError, LocalProtocolError
from hyperhttp._generated.response import RequestFields
from hyperhttp._generated.unset import UNSET, Unset
from hyperhttp._message.basic import basic_credentials
from hyperhttp._message.body import AsyncBody, BytesBody, IterableBody, RequestBody, prepare_body
from hyperhttp._message.headers import MASK, SENSITIVE, Headers
from hyperhttp._message.pairs import shown
from hyperhttp._message.url import URL

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._generated.config import Timeout
    from hyperhttp._message.inputs import ContentInput, DataInput, HeadersInput, JSONInput, URLInput

# RFC 9110 9.1: a method is a token, and its case matters.
_METHOD: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}")
# RFC 9110 9.2.2, and 9.3 for the body that these methods announce even when it is empty.
IDEMPOTENT_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
BODY_METHODS: Final = frozenset({"POST", "PUT", "PATCH"})
# Fields that the framing of a request, or its address, decides about.
_FRAMING_FIELDS: Final = (
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "host",
    "transfer-encoding",
)


@final
class DefaultHeaders:
    """The fields of a client, and the block of bytes they make while nobody changes them."""

    __slots__ = ("_block", "_is_plain", "headers")

    def __init__(self, headers: Headers) -> None:
        self.headers = headers
        self._block = b""
        self._is_plain = not headers

    def plain_block(self) -> bytes | None:
        """The fields as bytes, unless one of them has a say in how a request is framed."""
        block = self.headers.encode()
        if block is not self._block:
            self._block = block
            self._is_plain = not any(name in self.headers for name in _FRAMING_FIELDS)
        return block if self._is_plain else None


def _checked_method(method: object) -> str:
    if not isinstance(method, str):
        raise ConfigError(option="method", given=shown(method), allowed="a str such as 'GET'")
    return _checked_token(method)


@lru_cache(maxsize=64)
def _checked_token(method: str) -> str:
    if _METHOD.fullmatch(method) is None:
        raise LocalProtocolError(
            detail=f"method {method[:80]!a} is not a token of at most 64 characters",
            field="method",
        )
    if method == "CONNECT":
        raise LocalProtocolError(
            detail="CONNECT opens a tunnel through a proxy and is no request of its own",
            field="method",
        )
    return method


class Request(RequestFields):
    """What is asked of a server.

        request = hyperhttp.Request("POST", "https://example.com/users", json={"name": "Ann"})
        response = await client.send(request)

    Raises InvalidURL, ConfigError or LocalProtocolError for what could not be sent. The client's
    own headers, cookies and `base_url` are added by `client.build_request`, not here.
    """

    __slots__ = (
        "_cookie",
        "_defaults",
        "_extra",
        "body",
        "follow_redirects",
        "max_redirects",
        "sent_cookies",
        "timeout",
    )

    body: RequestBody | None
    """The body as it will be sent, or None."""
    timeout: Timeout | None
    """The limits of this request; None for those of the client that sends it."""
    follow_redirects: bool | None
    """Whether redirects are followed; None for what the client that sends it does."""
    max_redirects: int | None
    """How many redirects are followed; None for what the client that sends it allows."""
    sent_cookies: dict[str, str] | None
    """Cookies of this request alone; they go to its own host only."""

    def __init__(
        self,
        method: str,
        url: URLInput,
        *,
        headers: HeadersInput | None = None,
        json: JSONInput | Unset = UNSET,
        data: DataInput | Unset = UNSET,
        content: ContentInput | Unset = UNSET,
    ) -> None:
        self._fill(
            method,
            URL(url),
            DefaultHeaders(Headers()),
            None if headers is None else Headers(headers),
            prepare_body(json=json, data=data, content=content),
        )

    @classmethod
    def of_client(
        cls,
        method: str,
        url: URL,
        defaults: DefaultHeaders,
        extra: Headers | None,
        body: RequestBody | None,
    ) -> Request:
        """A request with a client's fields under its own."""
        request = cls.__new__(cls)
        request._fill(method, url, defaults, extra, body)
        return request

    def _fill(
        self,
        method: str,
        url: URL,
        defaults: DefaultHeaders,
        extra: Headers | None,
        body: RequestBody | None,
    ) -> None:
        self._method = _checked_method(method)
        self._url = url
        self._defaults = defaults
        self._extra = extra
        self._headers: Headers | None = None
        self._cookie: str | None = None
        self.body = body
        self.timeout = None
        self.follow_redirects = None
        self.max_redirects = None
        self.sent_cookies = None

    @property
    def headers(self) -> Headers:
        """The fields that are sent; they may be changed until the request is sent."""
        if self._headers is None:
            self._headers = self._all_headers()
        return self._headers

    @property
    def content(self) -> bytes | None:
        """The body if it is there as bytes; None for no body and for one that comes in pieces."""
        return self.body.data if isinstance(self.body, BytesBody) else None

    @property
    def is_idempotent(self) -> bool:
        """Whether sending it twice does what sending it once does (RFC 9110 9.2.2)."""
        return self._method in IDEMPOTENT_METHODS

    @property
    def is_replayable(self) -> bool:
        """Whether its body, if any, can be sent a second time."""
        return self.body is None or self.body.replayable

    def plain_block(self) -> bytes | None:
        """The client's block of fields, if nothing was added to it and it frames nothing."""
        if self._extra is not None or self._headers is not None or self._url.userinfo:
            return None
        return self._defaults.plain_block()

    @property
    def cookie(self) -> str | None:
        """The Cookie field that the client's jar gave, beside `headers`."""
        return self._cookie

    @cookie.setter
    def cookie(self, cookie: str | None) -> None:
        if self._headers is not None:
            if cookie is None:
                self._headers.pop("Cookie", None)
            elif self._cookie is not None or "cookie" not in self._headers:
                self._headers["Cookie"] = cookie
        self._cookie = cookie

    def with_headers(
        self, method: str, url: URL, headers: Headers, body: RequestBody | None
    ) -> Request:
        """A request like this one (time, redirects) that goes elsewhere with just these fields."""
        request = Request.of_client(method, url, DefaultHeaders(Headers()), headers, body)
        request.timeout = self.timeout
        request.follow_redirects = self.follow_redirects
        request.max_redirects = self.max_redirects
        return request

    def to_curl(self) -> str:
        """The same request as a curl command, with secrets masked."""
        parts = ["curl", "-X", self._method, str(self._url)]
        for name, value in self.headers.multi_items():
            if name not in ("host", "content-length", "transfer-encoding"):
                parts += ["-H", f"{name}: {MASK if name in SENSITIVE else value}"]
        match self.body:
            case None:
                pass
            case BytesBody():
                parts += ["--data-binary", self.body.data.decode("utf-8", "backslashreplace")]
            case IterableBody() | AsyncBody():
                parts += ["--data-binary", "@-"]
        return shlex.join(parts)

    def _all_headers(self) -> Headers:
        """Host first (RFC 9110 7.2), then the client's fields with the request's own on top."""
        given = self._defaults.headers
        if self._extra is not None:
            given = given.merged(self._extra)
        headers = Headers()
        headers.add("Host", given.get("host") or self._url.authority)
        for name, value in given.raw_text():
            if name.lower() != "host":
                headers.add(name, value)
        if self._url.credentials is not None and "authorization" not in headers:
            headers.add("Authorization", basic_credentials(*self._url.credentials))
        if self._cookie is not None and "cookie" not in headers:
            headers.add("Cookie", self._cookie)
        self._add_body_fields(headers)
        return headers

    def _add_body_fields(self, headers: Headers) -> None:
        body = self.body
        if body is None:
            if self._method in BODY_METHODS and "content-length" not in headers:
                headers.add("Content-Length", "0")
            return
        if body.content_type is not None and "content-type" not in headers:
            headers.add("Content-Type", body.content_type)
        if "content-length" not in headers and "transfer-encoding" not in headers:
            if body.length is None:
                headers.add("Transfer-Encoding", "chunked")
            else:
                headers.add("Content-Length", str(body.length))

    def __repr__(self) -> str:
        return f"<Request({self._method!r}, {str(self._url)!r})>"

    def __reduce__(self) -> tuple[Callable[..., Request], tuple[object, ...]]:
        # A body that comes in pieces cannot travel; the rest of the request can.
        body = self.body if isinstance(self.body, BytesBody) else None
        headers = self.headers.multi_items()
        return _unpickled, (self._method, self._url.without_userinfo(), headers, body)


def _unpickled(
    method: str, url: URL, headers: list[tuple[str, str]], body: BytesBody | None
) -> Request:
    return Request.of_client(method, url, DefaultHeaders(Headers()), Headers(headers), body)
