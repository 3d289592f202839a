"""The attributes of messages that errors and events use: small protocols, without an import cycle.

Messages raise errors, and errors refer to messages. So errors are typed over these protocols, which
`URL`, `Request` and `Response` satisfy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

__all__ = ["BodyFacts", "HeadFacts", "RequestFacts", "URLFacts"]


class URLFacts(Protocol):
    """The parts of a `URL` that an error refers to; `str()` never contains a password."""

    @property
    def scheme(self) -> str:
        """The scheme in lower case, such as "https"."""
        ...

    @property
    def host(self) -> str:
        """The host, without brackets or port."""
        ...

    @property
    def port(self) -> int | None:
        """The port as the URL names it; None for the default port of the scheme."""
        ...

    @property
    def path(self) -> str:
        """The percent-encoded path."""
        ...

    @property
    def query(self) -> str:
        """The percent-encoded query, without "?"."""
        ...

    @property
    def origin(self) -> str:
        """Scheme, host and port, such as "https://example.com"."""
        ...

    def without_userinfo(self) -> URLFacts:
        """Return the same URL without user and password."""
        ...

    def without_secrets(self) -> URLFacts:
        """Return the same URL with the values of sensitive parameters masked."""
        ...

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...


class RequestFacts(Protocol):
    """The parts of a `Request` that an error refers to."""

    @property
    def method(self) -> str:
        """The method, such as GET."""
        ...

    @property
    def url(self) -> URLFacts:
        """The URL that the request was sent to."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The request headers."""
        ...

    @property
    def is_idempotent(self) -> bool:
        """True if repeating the request has the same effect as sending it once."""
        ...

    @property
    def is_replayable(self) -> bool:
        """True if the body, if any, can be sent a second time."""
        ...

    def to_curl(self) -> str:
        """Return the request as a curl command, with secrets masked."""
        ...


class HeadFacts(Protocol):
    """The parts of response headers that an event refers to."""

    @property
    def status_code(self) -> int:
        """The status code."""
        ...

    @property
    def reason_phrase(self) -> str:
        """The reason phrase; empty without one, as always in HTTP/2."""
        ...

    @property
    def fields(self) -> Sequence[tuple[bytes, bytes]]:
        """Name and value of each header, in the order in which they were received."""
        ...

    def values(self, name: bytes, /) -> list[bytes]:
        """Return every value of the header with this lower-case name."""
        ...


class BodyFacts(Protocol):
    """The parts of a response body that an event refers to."""

    @property
    def decoded_bytes(self) -> int | None:
        """The size of what was decoded so far; None if nothing was."""
        ...
