"""A request: method, URL, headers and body, checked before a byte is sent.

The headers that every request of a client has are encoded once; a request that adds none is written
without building a mapping. `_protocol` decides how a request is framed on a connection.
"""

from __future__ import annotations

import re
import shlex
from functools import lru_cache
from typing import TYPE_CHECKING, Final, overload

from hyperhttp._base._generated.errors import ConfigError, LocalProtocolError
from hyperhttp._base._generated.headers import FRAMING
from hyperhttp._base._generated.methods import ANNOUNCING_METHODS, IDEMPOTENT_METHODS, METHODS
from hyperhttp._base.checked import checked_overloads
from hyperhttp._base.input_pairs import shown
from hyperhttp._base.other_names import RequestNames
from hyperhttp._base.sensitive import is_sensitive_header, mask_parameters
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._message.content.redaction import mask_body
from hyperhttp._message.headers.basic_auth import basic_credentials
from hyperhttp._message.headers.grammar import TOKEN_CHAR
from hyperhttp._message.headers.headers import MASK, Headers, merged_headers, raw_text
from hyperhttp._message.request._generated.options import (
    NOT_GIVEN,
    OptionAttributes,
    OptionValues,
)
from hyperhttp._message.request.body import (
    BytesBody,
    RequestBody,
    prepare_body,
    without_content_type,
)
from hyperhttp._message.request.default_headers import DefaultHeaders
from hyperhttp._message.url.url import URL

if TYPE_CHECKING:
    from typing import Never

    from hyperhttp._base._generated.config import JSONConfig
    from hyperhttp._base._generated.methods import MethodInput
    from hyperhttp._base.option_checks import Extensions
    from hyperhttp._base.unset import Inherit, NoOther
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.headers.headers import HeadersInput
    from hyperhttp._message.request.multipart import FilesInput
    from hyperhttp._message.request.raw_body import ContentInput
    from hyperhttp._message.url.query import DataInput
    from hyperhttp._message.url.url import URLInput

# RFC 9110 9.1: a method is a token, and its case matters.
_METHOD: Final = re.compile(rf"{TOKEN_CHAR}{{1,64}}")
_CURL_GLOBS: Final = re.compile(r"[\[\]{}]")


def _method_text(method: object) -> str:
    """Return the method of what isn't a plain str. Raises ConfigError and LocalProtocolError."""
    if not isinstance(method, str):
        raise ConfigError(option="method", given=shown(method), allowed="a str such as 'GET'")
    # An Enum that is also a str is sent as its value, whatever its own __str__ returns.
    return _checked_token(str.__str__(method))


@lru_cache(maxsize=64)
def _checked_token(method: str) -> str:
    if _METHOD.fullmatch(method) is None:
        raise LocalProtocolError(
            detail=f"method {method[:80]!a} is not a token of at most 64 characters",
            field="method",
        )
    upper = method.upper()
    if upper == "CONNECT":
        raise LocalProtocolError(
            detail="CONNECT opens a tunnel through a proxy and can't be sent as a request",
            field="method",
        )
    return upper if upper in METHODS else method


class Request(OptionAttributes, RequestNames):
    """A request to a server.

        request = hyperhttp.Request("POST", "https://example.com/users", json={"name": "Ann"})
        response = await client.send(request)

    Pass at most one body: `json`, `data`, `files` or `content`. You can combine `files` and `data`.
    `client.build_request` adds the headers, parameters and `base_url` of a client, and this class
    doesn't. `client.send` applies its cookies, timeout and policies. User and password in the URL
    become Basic credentials.

    Raises InvalidURL for the URL, and ConfigError for values of a wrong type or two bodies. Raises
    LocalProtocolError for a method, header or password that HTTP can't represent. A pickled copy
    doesn't contain sensitive headers, cookies, the URL's password, or a streamed body. Sensitive
    parameters of its query are masked.
    """

    __slots__ = (
        "_cookie",
        "_defaults",
        "_extensions",
        "_extra",
        "_left_origin",
        "body",
    )

    body: RequestBody | None
    """The body as it will be sent, or None."""

    @overload
    def __init__(
        self,
        method: MethodInput | NoOther[Never],
        url: URLInput | NoOther[Never],
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        json: JSONInput | Inherit = UNSET,
        json_config: JSONConfig | NoOther[Never] | None = None,
    ) -> None: ...

    @overload
    def __init__(
        self,
        method: MethodInput | NoOther[Never],
        url: URLInput | NoOther[Never],
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        data: DataInput | Inherit | None,
        files: FilesInput | Inherit | None = UNSET,
        content: Inherit | None = UNSET,
        json: Inherit | None = UNSET,
    ) -> None: ...

    @overload
    def __init__(
        self,
        method: MethodInput | NoOther[Never],
        url: URLInput | NoOther[Never],
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        files: FilesInput | Inherit | None,
        content: Inherit | None = UNSET,
        json: Inherit | None = UNSET,
    ) -> None: ...

    @overload
    def __init__(
        self,
        method: MethodInput | NoOther[Never],
        url: URLInput | NoOther[Never],
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        content: ContentInput | Inherit | None,
        json: Inherit | None = UNSET,
    ) -> None: ...

    @checked_overloads
    def __init__(
        self,
        method: MethodInput,
        url: URLInput,
        *,
        headers: HeadersInput | None = None,
        json: JSONInput | Unset = UNSET,
        data: DataInput | Unset | None = UNSET,
        files: FilesInput | Unset | None = UNSET,
        content: ContentInput | Unset | None = UNSET,
        json_config: JSONConfig | None = None,
    ) -> None:
        own = None if headers is None else Headers(headers)
        kind = None if own is None else own.get("content-type")
        body = prepare_body(
            json=json,
            data=data,
            files=files,
            content=content,
            content_type=kind,
            json_config=json_config,
        )
        self._fill(method, URL(url), DefaultHeaders(Headers()), own, body, NOT_GIVEN)

    @classmethod
    def _of_client(
        cls,
        method: str,
        url: URL,
        defaults: DefaultHeaders,
        extra: Headers | None,
        body: RequestBody | None,
        options: OptionValues = NOT_GIVEN,
    ) -> Request:
        """Return a request with the client's headers under its own."""
        request = cls.__new__(cls)
        request._fill(method, url, defaults, extra, body, options)
        return request

    def _fill(
        self,
        method: str,
        url: URL,
        defaults: DefaultHeaders,
        extra: Headers | None,
        body: RequestBody | None,
        options: OptionValues,
    ) -> None:
        self._method = _checked_token(method) if type(method) is str else _method_text(method)
        self._url = url
        if url.userinfo:
            _url_credentials(url)  # Raises before anything is sent.
        self._defaults = defaults
        self._extra = extra
        self._headers: Headers | None = None
        self._cookie: str | None = None
        self._extensions: Extensions | None = None
        self._left_origin = False
        self._attempt = 1
        self._hop = 0
        self._options = options
        self.body = body
        if defaults.drops_content_type and body is not None:
            self.body = without_content_type(body)

    @property
    def headers(self) -> Headers:
        """The request headers; you can change them until the request is sent."""
        if self._headers is None:
            self._headers = self._current_headers()
        return self._headers

    @property
    def extensions(self) -> Extensions:
        """Values for your hooks, middleware and transports; they aren't sent."""
        if self._extensions is None:
            self._extensions = {}
        return self._extensions

    @property
    def content(self) -> bytes | None:
        """The body if it is bytes; None without a body and for a streamed one."""
        return self.body.data if isinstance(self.body, BytesBody) else None

    @property
    def is_idempotent(self) -> bool:
        """True if repeating the request has the same effect as sending it once (RFC 9110 9.2.2)."""
        return self._method in IDEMPOTENT_METHODS

    @property
    def is_replayable(self) -> bool:
        """True if the body, if any, can be sent a second time."""
        return self.body is None or self.body.replayable

    def _plain_parts(self) -> tuple[bytes, Headers | None] | None:
        """Return the client's encoded headers, and the headers that follow them.

        None if a header affects the framing of the request, or replaces another.
        """
        if self._headers is not None or self._url.userinfo:
            return None
        extra, block = self._extra, self._defaults.plain_block()
        if block is None or (extra is not None and not self._defaults.goes_with(extra)):
            return None
        return block, extra

    def _of_redirect(
        self, method: str, url: URL, headers: Headers, body: RequestBody | None
    ) -> Request:
        """Return the request that a redirect makes of this one, with exactly these headers."""
        defaults, options = DefaultHeaders(Headers()), self._options.for_redirect()
        request = Request._of_client(method, url, defaults, headers, body, options)
        request._extensions = self._extensions
        request._attempt = self._attempt
        request._hop = self._hop + 1
        request._left_origin = self._left_origin or url.origin != self._url.origin
        return request

    def _has_left_origin(self) -> bool:
        """Return whether a redirect has led here from another origin, at once or on the way."""
        return self._left_origin

    def _jar_cookie(self) -> str | None:
        """Return the Cookie header from the client's jar; None if you set the header yourself."""
        return self._cookie

    def _set_jar_cookie(self, cookie: str | None) -> None:
        if self._has_own_cookie():
            cookie = None
        elif self._headers is not None and cookie is not None:
            self._headers["Cookie"] = cookie
        elif self._headers is not None:
            self._headers.pop("Cookie", None)
        self._cookie = cookie

    def to_curl(self) -> str:
        """Return the request as a curl command, without its secrets.

        Sensitive headers and parameters are masked, and user and password of the URL are left out.
        A text body is included; in forms and JSON, the values of sensitive names are masked. A
        binary or streamed body is read from standard input.

            print(response.request.to_curl())  # curl -X GET https://example.com/ -H 'Accept: */*'
        """
        # With -X HEAD, curl would wait for a body.
        is_head = self._method == "HEAD" and self.body is None
        parts = ["curl", "--head"] if is_head else ["curl", "-X", self._method]
        url, headers = mask_parameters(str(self._url)), self._current_headers()
        parts += ["--globoff", url] if _CURL_GLOBS.search(url) else [url]
        for name, value in raw_text(headers):
            key = name.lower()
            if key not in FRAMING and (key, value) != ("host", self._url.authority):
                shown_value = MASK if is_sensitive_header(key) else mask_parameters(value)
                # "Name:" would remove the header.
                parts += ["-H", f"{name}: {shown_value}" if shown_value else f"{name};"]
        if self.body is not None:
            if "content-type" not in headers:
                parts += ["-H", "Content-Type:"]  # or else curl sends it as a form
            parts += _curl_body(self.body, headers.get("content-type", ""))
        return shlex.join(parts)

    def _has_own_cookie(self) -> bool:
        """Return whether the request, or the client, has a Cookie header."""
        if self._headers is not None:
            return self._headers.get("cookie") not in {None, self._cookie}
        if self._extra is not None and "cookie" in self._extra:
            return True
        return "cookie" in self._defaults.headers

    def _current_headers(self) -> Headers:
        """Return the headers as changed by the caller, or as they will be sent."""
        return self._all_headers() if self._headers is None else self._headers

    def _all_headers(self) -> Headers:
        """Return Host first (RFC 9110 7.2), then the client's headers under the request's."""
        given = self._defaults.headers
        if self._extra is not None:
            given = merged_headers(given, self._extra)
        headers = Headers()
        host = given.get("host") or self._url.authority
        # Each of several by itself, so that they are refused before they are sent.
        for each in (given.get_list("host") or [host]) if "," in host else (host,):
            headers.add("Host", each)
        for name, value in raw_text(given):
            if name.lower() != "host":
                headers.add(name, value)
        if self._url.userinfo and "authorization" not in headers:
            headers.add("Authorization", _url_credentials(self._url))
        if self._cookie is not None and "cookie" not in headers:
            headers.add("Cookie", self._cookie)
        self._add_body_fields(headers)
        return headers

    def _add_body_fields(self, headers: Headers) -> None:
        body = self.body
        if body is not None and body.content_type is not None and "content-type" not in headers:
            headers.add("Content-Type", body.content_type)
        if "content-length" in headers or "transfer-encoding" in headers:
            return
        if body is None:
            if self._method in ANNOUNCING_METHODS:
                headers.add("Content-Length", "0")
        elif body.length is None:
            headers.add("Transfer-Encoding", "chunked")
        else:
            headers.add("Content-Length", str(body.length))

    def __repr__(self) -> str:
        return f"<Request({self._method!r}, {mask_parameters(str(self._url))!r})>"

    def __copy__(self) -> Request:
        return _rebuilt(*self._parts(), self._options)

    def __deepcopy__(self, memo: object) -> Request:
        return self.__copy__()

    def __reduce__(self) -> tuple[object, ...]:
        # Pickles are stored and sent: secrets are left out, those in the query are masked.
        method, url, headers, body = self._parts()
        kept = [
            (name, mask_parameters(value))
            for name, value in headers
            if not is_sensitive_header(name.lower())
        ]
        return _rebuilt, (method, URL(mask_parameters(str(url))), kept, body, self._options)

    def _parts(self) -> tuple[str, URL, list[tuple[str, str]], BytesBody | None]:
        """Return what a copy is made of, without the jar's cookies and the URL's password."""
        left = {("cookie", self._cookie)}
        if self._url.userinfo:
            left.add(("authorization", _url_credentials(self._url)))
        headers = [
            (name, value)
            for name, value in raw_text(self._current_headers())
            if (name.lower(), value) not in left
        ]
        body = self.body if isinstance(self.body, BytesBody) else None
        return self._method, self._url.without_userinfo(), headers, body


# What the layers above use of a request. They aren't methods, so that editors don't show them.
request_of_client: Final = Request._of_client  # pyright: ignore[reportPrivateUsage]
plain_parts: Final = Request._plain_parts  # pyright: ignore[reportPrivateUsage]
request_of_redirect: Final = Request._of_redirect  # pyright: ignore[reportPrivateUsage]
left_origin: Final = Request._has_left_origin  # pyright: ignore[reportPrivateUsage]
jar_cookie: Final = Request._jar_cookie  # pyright: ignore[reportPrivateUsage]
set_jar_cookie: Final = Request._set_jar_cookie  # pyright: ignore[reportPrivateUsage]


def _rebuilt(
    method: str,
    url: URL,
    headers: list[tuple[str, str]],
    body: BytesBody | None,
    options: OptionValues,
) -> Request:
    defaults = DefaultHeaders(Headers())
    return request_of_client(method, url, defaults, Headers(headers), body, options)


def _url_credentials(url: URL) -> str:
    """Return the Authorization header for the user and password of a URL."""
    return "" if url.credentials is None else basic_credentials(*url.credentials)


def _curl_body(body: RequestBody, content_type: str) -> list[str]:
    if isinstance(body, BytesBody):
        try:
            text = mask_body(body.data, content_type).decode()
        except UnicodeDecodeError:
            text = "\0"
        if "\0" not in text:
            return ["--data-raw", text]  # "raw", because a text may begin with "@"
    return ["--data-binary", "@-"]
