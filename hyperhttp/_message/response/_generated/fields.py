# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/response.toml and run the command again.
"""The fields of a `Response`; the class that adds behavior derives from this one."""

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
    """What the server answered: the head at once, the body when it is asked for."""

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
        """The words after the status code, such as OK; empty when there are none, as in HTTP/2.
        RFC 9112 4.
        """
        return self._reason_phrase

    @property
    def http_version(self) -> Literal["HTTP/1.0", "HTTP/1.1", "HTTP/2"]:
        """The version of HTTP that the server answered in."""
        return self._http_version

    @property
    def url(self) -> URL:
        """The URL that answered: the last one, when redirects were followed."""
        return self._url

    @property
    @abstractmethod
    def headers(self) -> Headers:
        """The header fields of the response; names in any case."""

    @property
    def request(self) -> Request:
        """The request that this answers: the last one, when redirects were followed."""
        return self._request

    @property
    def history(self) -> tuple[Self, ...]:
        """The redirects that led here, the first one first; empty when there were none."""
        return self._history

    @property
    def elapsed(self) -> float:
        """Seconds from the request to the end of the response head."""
        return self._elapsed

    @property
    @abstractmethod
    def extensions(self) -> Extensions:
        """What hooks, middleware and transports of the caller's own say of it; empty otherwise."""

    @property
    def is_informational(self) -> bool:
        """The status is 1xx: the final response is still to come."""
        return 100 <= self._status_code <= 199

    @property
    def is_success(self) -> bool:
        """The status is 2xx: the request was done."""
        return 200 <= self._status_code <= 299

    @property
    def is_redirect(self) -> bool:
        """The status is 3xx: the answer is elsewhere, or already known."""
        return 300 <= self._status_code <= 399

    @property
    def is_client_error(self) -> bool:
        """The status is 4xx: the request is at fault."""
        return 400 <= self._status_code <= 499

    @property
    def is_server_error(self) -> bool:
        """The status is 5xx: the server failed."""
        return 500 <= self._status_code <= 599

    @property
    def is_error(self) -> bool:
        """The status is 4xx or 5xx: `raise_for_status()` would raise."""
        return 400 <= self._status_code <= 599

    @property
    def content_type(self) -> str | None:
        """The media type without its parameters, in lower case, such as text/html. From
        `Content-Type`; None when that is absent or malformed. RFC 9110 8.3.
        """
        try:
            return self._content_type
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._content_type = self._parse_content_type()
        return self._content_type

    @property
    def content_length(self) -> int | None:
        """The length of the body as the server announced it, before decoding. From
        `Content-Length`; None when that is absent or malformed. RFC 9110 8.6.
        """
        try:
            return self._content_length
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._content_length = self._parse_content_length()
        return self._content_length

    @property
    def etag(self) -> str | None:
        """The version tag of the content with its quotes, and `W/` when it is a weak one. From
        `ETag`; None when that is absent or malformed. RFC 9110 8.8.3.
        """
        try:
            return self._etag
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._etag = self._parse_etag()
        return self._etag

    @property
    def last_modified(self) -> datetime | None:
        """When the content last changed, in UTC. From `Last-Modified`; None when that is absent or
        malformed. RFC 9110 8.8.2.
        """
        try:
            return self._last_modified
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._last_modified = self._parse_last_modified()
        return self._last_modified

    @property
    def date(self) -> datetime | None:
        """When the server made the answer, in UTC. From `Date`; None when that is absent or
        malformed. RFC 9110 6.6.1.
        """
        try:
            return self._date
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._date = self._parse_date()
        return self._date

    @property
    def age(self) -> float | None:
        """How many seconds ago the origin made or confirmed it, as a cache on the way says. From
        `Age`; None when that is absent or malformed. RFC 9111 5.1.
        """
        try:
            return self._age
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._age = self._parse_age()
        return self._age

    @property
    def expires(self) -> datetime | None:
        """When it becomes stale, in UTC; what is no date means the past, and is 1970. From
        `Expires`; None when that is absent or malformed. RFC 9111 5.3.
        """
        try:
            return self._expires
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._expires = self._parse_expires()
        return self._expires

    @property
    def cache_control(self) -> CacheControl | None:
        """How long it may be kept, and by whom. From `Cache-Control`; None when that is absent or
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
        """The request fields that the answer depends on, in lower case; `*` for whatever else.
        From `Vary`; no names when that is absent or malformed. RFC 9110 12.5.5.
        """
        try:
            return self._vary
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._vary = self._parse_vary()
        return self._vary

    @property
    def allow(self) -> tuple[str, ...]:
        """The methods that may be used, as after a 405. From `Allow`; no names when that is absent
        or malformed. RFC 9110 10.2.1.
        """
        try:
            return self._allow
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._allow = self._parse_allow()
        return self._allow

    @property
    def location(self) -> URL | None:
        """Where a redirect leads, or what was made (201); resolved against the URL of the
        response. From `Location`; None when that is absent or malformed. RFC 9110 10.2.2.
        """
        try:
            return self._location
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._location = self._parse_location()
        return self._location

    @property
    def links(self) -> Links:
        """The links, by relation type; their targets resolved against the URL of the response.
        From `Link`; no links when that is absent or malformed. RFC 8288.
        """
        try:
            return self._links
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._links = self._parse_links()
        return self._links

    @property
    def content_disposition(self) -> ContentDisposition | None:
        """Whether the body is to be saved, and under which name. From `Content-Disposition`; None
        when that is absent or malformed. RFC 6266.
        """
        try:
            return self._content_disposition
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._content_disposition = self._parse_content_disposition()
        return self._content_disposition

    @property
    def content_range(self) -> ContentRange | None:
        """Which part of the content a 206 carries, or how much a 416 could have had. From
        `Content-Range`; None when that is absent or malformed. RFC 9110 14.4.
        """
        try:
            return self._content_range
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._content_range = self._parse_content_range()
        return self._content_range

    @property
    def server_timing(self) -> tuple[ServerTiming, ...]:
        """Where the server says its time went, in seconds. From `Server-Timing`; no metrics when
        that is absent or malformed.
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
        """What went wrong, where the body is an `application/problem+json` that says it. RFC 9457.
        There once the body was read.
        """

    @property
    def retry_after(self) -> float | None:
        """How many seconds the server asks to wait; it may give them, or a date. From
        `Retry-After`; None when that is absent or malformed. RFC 9110 10.2.3.
        """
        try:
            return self._retry_after
        except AttributeError:  # the slot is empty: this is the first use
            pass
        self._retry_after = self._parse_retry_after()
        return self._retry_after

    @abstractmethod
    def _parse_content_type(self) -> str | None:
        """Read `Content-Type`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_content_length(self) -> int | None:
        """Read `Content-Length`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_etag(self) -> str | None:
        """Read `ETag`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_last_modified(self) -> datetime | None:
        """Read `Last-Modified`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_date(self) -> datetime | None:
        """Read `Date`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_age(self) -> float | None:
        """Read `Age`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_expires(self) -> datetime | None:
        """Read `Expires`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_cache_control(self) -> CacheControl | None:
        """Read `Cache-Control`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_vary(self) -> tuple[str, ...]:
        """Read `Vary`; no names when it is absent or malformed."""

    @abstractmethod
    def _parse_allow(self) -> tuple[str, ...]:
        """Read `Allow`; no names when it is absent or malformed."""

    @abstractmethod
    def _parse_location(self) -> URL | None:
        """Read `Location`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_links(self) -> Links:
        """Read `Link`; no links when it is absent or malformed."""

    @abstractmethod
    def _parse_content_disposition(self) -> ContentDisposition | None:
        """Read `Content-Disposition`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_content_range(self) -> ContentRange | None:
        """Read `Content-Range`; None when it is absent or malformed."""

    @abstractmethod
    def _parse_server_timing(self) -> tuple[ServerTiming, ...]:
        """Read `Server-Timing`; no metrics when it is absent or malformed."""

    @abstractmethod
    def _parse_retry_after(self) -> float | None:
        """Read `Retry-After`; None when it is absent or malformed."""
