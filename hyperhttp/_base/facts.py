"""The attributes that errors and events use: small protocols, without an import cycle.

Messages raise errors, and errors refer to messages. So errors are typed over these protocols, which
`URL`, `Request` and `Response` satisfy. Events are views of calls and attempts in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

__all__ = [
    "AttemptFacts",
    "BodyFacts",
    "CallFacts",
    "HeadFacts",
    "RequestFacts",
    "URLFacts",
]


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
    def http_version(self) -> str:
        """The version of HTTP, such as "HTTP/1.1"."""
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


class CallFacts(Protocol):
    """The record of a call that its events show."""

    @property
    def call_id(self) -> int:
        """The number of the call."""
        ...

    @property
    def request(self) -> RequestFacts:
        """The request of the call."""
        ...

    @property
    def first_hop(self) -> int:
        """The hop of that request."""
        ...

    @property
    def first_origin(self) -> str:
        """The origin of that request."""
        ...

    @property
    def call_started_at(self) -> float:
        """When it started, by the loop's clock."""
        ...

    @property
    def tried(self) -> int:
        """How many attempts it has started."""
        ...

    @property
    def hop(self) -> int:
        """The hop of the last attempt."""
        ...

    @property
    def origin(self) -> str:
        """The origin of the last attempt."""
        ...

    @property
    def call_ended_at(self) -> float:
        """When it ended."""
        ...

    @property
    def status_code(self) -> int | None:
        """The status code of the response; None without one."""
        ...


class AttemptFacts(Protocol):
    """The record of an attempt that its events show."""

    @property
    def call_id(self) -> int:
        """The number of the call."""
        ...

    @property
    def number(self) -> int:
        """The number of the attempt in its call, from 1."""
        ...

    @property
    def hop(self) -> int:
        """How many redirects led to the request."""
        ...

    @property
    def origin(self) -> str:
        """Scheme, host and port of the request."""
        ...

    @property
    def request(self) -> RequestFacts:
        """The request."""
        ...

    @property
    def started_at(self) -> float:
        """When it started, by the loop's clock, as all times."""
        ...

    @property
    def opened_at(self) -> float:
        """When a connection was available, or opening one started."""
        ...

    @property
    def reused(self) -> bool:
        """True if the connection had served another request."""
        ...

    @property
    def connection_id(self) -> int | None:
        """The number of the connection; None if opening it failed."""
        ...

    @property
    def leased_at(self) -> float:
        """When it got its connection."""
        ...

    @property
    def sent_at(self) -> float:
        """When the request was sent."""
        ...

    @property
    def sent_bytes(self) -> int:
        """How many bytes were sent."""
        ...

    @property
    def waited_from(self) -> float:
        """When waiting for the response started."""
        ...

    @property
    def head_at(self) -> float:
        """When the response headers came."""
        ...

    @property
    def head(self) -> HeadFacts:
        """The response headers."""
        ...

    @property
    def peer(self) -> str | None:
        """The address at the other end."""
        ...

    @property
    def ended_at(self) -> float:
        """When the response ended."""
        ...

    @property
    def received_bytes(self) -> int:
        """How many bytes were received."""
        ...

    @property
    def body_bytes(self) -> int:
        """How many of them were the body."""
        ...

    @property
    def is_complete(self) -> bool:
        """True if the whole body was received."""
        ...

    @property
    def encoded_body(self) -> BodyFacts | None:
        """Reports the decoded size of the body."""
        ...
