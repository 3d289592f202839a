"""The response attributes that are parsed from headers, each at its first use.

This module maps attributes to headers and their parsers. The parsers handle malformed values.
"""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from hyperhttp._message.headers import values
from hyperhttp._message.headers.cache_control import parse_cache_control
from hyperhttp._message.headers.content_disposition import parse_content_disposition
from hyperhttp._message.headers.content_range import parse_content_range
from hyperhttp._message.headers.links import Links, parse_links
from hyperhttp._message.headers.server_timing import parse_server_timing
from hyperhttp._message.response._generated.fields import ResponseFields
from hyperhttp._message.response.problem import PROBLEM_TYPE, parse_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._message.headers.cache_control import CacheControl
    from hyperhttp._message.headers.content_disposition import ContentDisposition
    from hyperhttp._message.headers.content_range import ContentRange
    from hyperhttp._message.headers.server_timing import ServerTiming
    from hyperhttp._message.response.problem import Problem
    from hyperhttp._message.url.url import URL

__all__ = ["ParsedFields"]

T = TypeVar("T")


class ParsedFields(ResponseFields, metaclass=ABCMeta):
    """The parsers behind the fields of a response."""

    __slots__ = ()

    _problem: Problem | None

    @abstractmethod
    def _whole_body(self) -> bytes:
        """Return the body if it is complete. Raises as `content`."""

    @property
    def problem(self) -> Problem | None:
        """The problem details of the body; None if it isn't `application/problem+json`.

        If such a body hasn't been read yet, it raises the errors of `content`. Call `aread()`
        first.
        """
        try:
            return self._problem
        except AttributeError:  # the slot is empty: this is the first use
            pass
        is_problem = self.content_type == PROBLEM_TYPE
        self._problem = parse_problem(self._whole_body()) if is_problem else None
        return self._problem

    def _parse_content_type(self) -> str | None:
        return self._parsed("content-type", values.parse_content_type)

    def _parse_content_length(self) -> int | None:
        return self._parsed("content-length", values.parse_content_length)

    def _parse_content_disposition(self) -> ContentDisposition | None:
        return self._parsed("content-disposition", parse_content_disposition)

    def _parse_content_range(self) -> ContentRange | None:
        return self._parsed("content-range", parse_content_range)

    def _parse_etag(self) -> str | None:
        return self._parsed("etag", values.parse_etag)

    def _parse_last_modified(self) -> datetime | None:
        return self._parsed("last-modified", values.parse_http_date)

    def _parse_date(self) -> datetime | None:
        return self._parsed("date", values.parse_http_date)

    def _parse_age(self) -> float | None:
        return self._parsed("age", values.parse_age)

    def _parse_expires(self) -> datetime | None:
        return self._parsed("expires", values.parse_expires)

    def _parse_cache_control(self) -> CacheControl | None:
        return self._parsed("cache-control", parse_cache_control)

    def _parse_vary(self) -> tuple[str, ...]:
        return values.parse_names(self.headers.get("vary", "").lower())

    def _parse_allow(self) -> tuple[str, ...]:
        return values.parse_names(self.headers.get("allow", ""))

    def _parse_links(self) -> Links:
        value = self.headers.get("link")
        return Links() if value is None else parse_links(value, self._url)

    def _parse_location(self) -> URL | None:
        # One value is allowed; of several the first is as good as any, as for redirects.
        given = self.headers.get_list("location")
        return values.parse_location(given[0], self._url) if given else None

    def _parse_server_timing(self) -> tuple[ServerTiming, ...]:
        return parse_server_timing(self.headers.get("server-timing", ""))

    def _parse_retry_after(self) -> float | None:
        now = datetime.now(UTC)
        return self._parsed("retry-after", lambda text: values.parse_retry_after(text, now))

    def _parsed(self, name: str, parse: Callable[[str], T | None]) -> T | None:
        value = self.headers.get(name)
        return None if value is None else parse(value)
