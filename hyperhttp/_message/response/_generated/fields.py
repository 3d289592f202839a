# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/response.toml and run the command again.
"""The attributes of a `Response`, as the base of the class that adds its methods."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from hyperhttp._base.option_checks import Extensions
    from hyperhttp._message.headers.cache_control import CacheControl
    from hyperhttp._message.headers.content_disposition import ContentDisposition
    from hyperhttp._message.headers.content_range import ContentRange
    from hyperhttp._message.headers.headers import Headers
    from hyperhttp._message.headers.links import Links
    from hyperhttp._message.headers.server_timing import ServerTiming
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.problem import Problem
    from hyperhttp._message.url.url import URL

__all__ = ["ResponseFields"]


class ResponseFields(ABC):
    """An HTTP response. Its headers are available at once, and its body after you read it."""

    __slots__ = (
        "_age",
        "_allow",
        "_cache_control",
        "_content_disposition",
        "_content_length",
        "_content_range",
        "_content_type",
        "_date",
        "_elapsed",
        "_etag",
        "_expires",
        "_extensions",
        "_headers",
        "_history",
        "_http_version",
        "_last_modified",
        "_links",
        "_location",
        "_problem",
        "_reason_phrase",
        "_request",
        "_retry_after",
        "_server_timing",
        "_status_code",
        "_url",
        "_vary",
    )

    _status_code: int
    _reason_phrase: str
    _http_version: Literal["HTTP/1.0", "HTTP/1.1", "HTTP/2"]
    _url: URL
    _request: Request
    _history: tuple[Self, ...]
    _elapsed: float
    _content_type: str | None
    _content_length: int | None
    _etag: str | None
    _last_modified: datetime | None
    _date: datetime | None
    _age: float | None
    _expires: datetime | None
    _cache_control: CacheControl | None
    _vary: tuple[str, ...]
    _allow: tuple[str, ...]
    _location: URL | None
    _links: Links
    _content_disposition: ContentDisposition | None
    _content_range: ContentRange | None
    _server_timing: tuple[ServerTiming, ...]
    _retry_after: float | None

    @property
    def status_code(self) -> int:
        """The status code, such as 200. RFC 9110 15."""
        return self._status_code

    @property
    def reason_phrase(self) -> str:
        """The reason phrase after the status code, such as OK. Empty if there is none, as in
        HTTP/2. RFC 9112 4.
        """
        return self._reason_phrase

    @property
    def http_version(self) -> Literal["HTTP/1.0", "HTTP/1.1", "HTTP/2"]:
        """The HTTP version of the response."""
        return self._http_version

    @property
    def url(self) -> URL:
        """The URL of the response. After redirects, the last URL."""
        return self._url

    @property
    @abstractmethod
    def headers(self) -> Headers:
        """The response headers. Their names are case-insensitive."""

    @property
    def request(self) -> Request:
        """The request of the response. After redirects, the last request."""
        return self._request

    @property
    def history(self) -> tuple[Self, ...]:
        """The redirect responses that led to this one, oldest first. Empty if there were none."""
        return self._history

    @property
    def elapsed(self) -> float:
        """Seconds from the start of the request until the response headers were received."""
        return self._elapsed

    @property
    @abstractmethod
    def extensions(self) -> Extensions:
        """Data from your own hooks, middleware and transports. Empty otherwise."""

    @property
    def is_informational(self) -> bool:
        """True if the status is 1xx: the final response follows."""
        return 100 <= self._status_code <= 199

    @property
    def is_success(self) -> bool:
        """True if the status is 2xx: the request succeeded."""
        return 200 <= self._status_code <= 299

    @property
    def is_redirect(self) -> bool:
        """True if the status is 3xx: the client must do something else, usually follow a redirect."""
        return 300 <= self._status_code <= 399

    @property
    def is_client_error(self) -> bool:
        """True if the status is 4xx: the request is at fault."""
        return 400 <= self._status_code <= 499

    @property
    def is_server_error(self) -> bool:
        """True if the status is 5xx: the server failed."""
        return 500 <= self._status_code <= 599

    @property
    def is_error(self) -> bool:
        """True if the status is 4xx or 5xx: `raise_for_status()` raises."""
        return 400 <= self._status_code <= 599

    @property
    def content_type(self) -> str | None:
        """The media type without its parameters, in lower case, such as text/html. Read from
        `Content-Type`. None if it is absent or malformed. RFC 9110 8.3.
        """
        try:
            return self._content_type
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._content_type = self._parse_content_type()
        return self._content_type

    @property
    def content_length(self) -> int | None:
        """The length of the body that the server declared, before decoding. Read from
        `Content-Length`. None if it is absent or malformed. RFC 9110 8.6.
        """
        try:
            return self._content_length
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._content_length = self._parse_content_length()
        return self._content_length

    @property
    def etag(self) -> str | None:
        """The entity tag of the content with its quotes, and with `W/` if it is weak. Read from
        `ETag`. None if it is absent or malformed. RFC 9110 8.8.3.
        """
        try:
            return self._etag
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._etag = self._parse_etag()
        return self._etag

    @property
    def last_modified(self) -> datetime | None:
        """The time of the content's last change, in UTC. Read from `Last-Modified`. None if it is
        absent or malformed. RFC 9110 8.8.2.
        """
        try:
            return self._last_modified
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._last_modified = self._parse_last_modified()
        return self._last_modified

    @property
    def date(self) -> datetime | None:
        """The time when the server created the response, in UTC. Read from `Date`. None if it is
        absent or malformed. RFC 9110 6.6.1.
        """
        try:
            return self._date
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._date = self._parse_date()
        return self._date

    @property
    def age(self) -> float | None:
        """The age of the response in a cache, in seconds. Read from `Age`. None if it is absent or
        malformed. RFC 9111 5.1.
        """
        try:
            return self._age
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._age = self._parse_age()
        return self._age

    @property
    def expires(self) -> datetime | None:
        """The time when the response becomes stale, in UTC. An invalid date means the past and
        returns 1970. Read from `Expires`. None if it is absent or malformed. RFC 9111 5.3.
        """
        try:
            return self._expires
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._expires = self._parse_expires()
        return self._expires

    @property
    def cache_control(self) -> CacheControl | None:
        """The caching rules of the response. Read from `Cache-Control`. None if it is absent or
        malformed. RFC 9111 5.2.2.
        """
        try:
            return self._cache_control
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._cache_control = self._parse_cache_control()
        return self._cache_control

    @property
    def vary(self) -> tuple[str, ...]:
        """The request headers that the response depends on, in lower case. `*` means anything.
        Read from `Vary`. No names if it is absent or malformed. RFC 9110 12.5.5.
        """
        try:
            return self._vary
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._vary = self._parse_vary()
        return self._vary

    @property
    def allow(self) -> tuple[str, ...]:
        """The methods that the resource supports, for example in a 405 response. Read from
        `Allow`. No names if it is absent or malformed. RFC 9110 10.2.1.
        """
        try:
            return self._allow
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._allow = self._parse_allow()
        return self._allow

    @property
    def location(self) -> URL | None:
        """The target of a redirect, or the created resource (201), resolved against the URL of the
        response. Read from `Location`. None if it is absent or malformed. RFC 9110 10.2.2.
        """
        try:
            return self._location
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._location = self._parse_location()
        return self._location

    @property
    def links(self) -> Links:
        """The links by relation type, with targets resolved against the URL of the response. Read
        from `Link`. No links if it is absent or malformed. RFC 8288.
        """
        try:
            return self._links
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._links = self._parse_links()
        return self._links

    @property
    def content_disposition(self) -> ContentDisposition | None:
        """The disposition of the body and its filename. Read from `Content-Disposition`. None if
        it is absent or malformed. RFC 6266.
        """
        try:
            return self._content_disposition
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._content_disposition = self._parse_content_disposition()
        return self._content_disposition

    @property
    def content_range(self) -> ContentRange | None:
        """The range in a 206 response, or the complete length in a 416 response. Read from
        `Content-Range`. None if it is absent or malformed. RFC 9110 14.4.
        """
        try:
            return self._content_range
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._content_range = self._parse_content_range()
        return self._content_range

    @property
    def server_timing(self) -> tuple[ServerTiming, ...]:
        """Server-side timing metrics, in seconds. Read from `Server-Timing`. No metrics if it is
        absent or malformed.
        """
        try:
            return self._server_timing
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._server_timing = self._parse_server_timing()
        return self._server_timing

    @property
    @abstractmethod
    def problem(self) -> Problem | None:
        """The problem details, if the body is `application/problem+json`. RFC 9457. Available
        after the body was read.
        """

    @property
    def retry_after(self) -> float | None:
        """The delay in seconds that the server requests. The header contains seconds or a date.
        Read from `Retry-After`. None if it is absent or malformed. RFC 9110 10.2.3.
        """
        try:
            return self._retry_after
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._retry_after = self._parse_retry_after()
        return self._retry_after

    @abstractmethod
    def _parse_content_type(self) -> str | None:
        """Read `Content-Type`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_content_length(self) -> int | None:
        """Read `Content-Length`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_etag(self) -> str | None:
        """Read `ETag`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_last_modified(self) -> datetime | None:
        """Read `Last-Modified`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_date(self) -> datetime | None:
        """Read `Date`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_age(self) -> float | None:
        """Read `Age`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_expires(self) -> datetime | None:
        """Read `Expires`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_cache_control(self) -> CacheControl | None:
        """Read `Cache-Control`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_vary(self) -> tuple[str, ...]:
        """Read `Vary`. Return no names if it is absent or malformed."""

    @abstractmethod
    def _parse_allow(self) -> tuple[str, ...]:
        """Read `Allow`. Return no names if it is absent or malformed."""

    @abstractmethod
    def _parse_location(self) -> URL | None:
        """Read `Location`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_links(self) -> Links:
        """Read `Link`. Return no links if it is absent or malformed."""

    @abstractmethod
    def _parse_content_disposition(self) -> ContentDisposition | None:
        """Read `Content-Disposition`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_content_range(self) -> ContentRange | None:
        """Read `Content-Range`. Return None if it is absent or malformed."""

    @abstractmethod
    def _parse_server_timing(self) -> tuple[ServerTiming, ...]:
        """Read `Server-Timing`. Return no metrics if it is absent or malformed."""

    @abstractmethod
    def _parse_retry_after(self) -> float | None:
        """Read `Retry-After`. Return None if it is absent or malformed."""
