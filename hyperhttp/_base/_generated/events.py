# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/events.toml and run the command again.
"""The events of calls, attempts and connections (`on_event=`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, final

from hyperhttp._base.event_support import BaseEvent

if TYPE_CHECKING:
    from hyperhttp._base.facts import AttemptFacts, BodyFacts, CallFacts, HeadFacts, RequestFacts

__all__ = [
    "AttemptFailed",
    "AttemptStarted",
    "BodyEnded",
    "BreakerChanged",
    "CallEnded",
    "CallStarted",
    "Connected",
    "ConnectionClosed",
    "ConnectionOpened",
    "Event",
    "EventHandler",
    "NameResolved",
    "PoolWaited",
    "Redirected",
    "RequestSent",
    "ResponseStarted",
    "RetryScheduled",
    "TLSReady",
    "TunnelEstablished",
]


@final
class CallStarted(BaseEvent):
    """A call has started.

    Reported: before anything is sent.
    """

    __slots__ = ("_record",)
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["time"],
        Literal["request"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "time",
        "request",
    )

    _record: CallFacts

    @property
    def call_id(self) -> int:
        """The number of the call in its process, from 1."""
        return self._record.call_id

    @property
    def attempt(self) -> int:
        """How many requests the call had sent or tried to send so far."""
        return 0

    @property
    def hop(self) -> int:
        """How many redirects led to the current request; 0 for the request of the call."""
        return self._record.first_hop

    @property
    def origin(self) -> str:
        """The scheme, host and port of the current request, such as `https://example.com`."""
        return self._record.first_origin

    @property
    def time(self) -> float:
        """When it happened, in seconds of the event loop's clock."""
        return self._record.call_started_at

    @property
    def request(self) -> RequestFacts:
        """The request of the call, before redirects, authentication and middleware."""
        return self._record.request


@final
class AttemptStarted(BaseEvent):
    """A request is about to be sent.

    Reported: before it gets a connection.
    """

    __slots__ = ("_record",)
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["time"],
        Literal["request"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "time",
        "request",
    )

    _record: AttemptFacts

    @property
    def call_id(self) -> int:
        """The number of the call in its process, from 1."""
        return self._record.call_id

    @property
    def attempt(self) -> int:
        """The number of the attempt in its call, from 1. Retries, redirects, replays and
        authentication rounds each count.
        """
        return self._record.number

    @property
    def hop(self) -> int:
        """How many redirects led to the request; 0 for the request of the call."""
        return self._record.hop

    @property
    def origin(self) -> str:
        """The scheme, host and port of the request, such as `https://example.com`."""
        return self._record.origin

    @property
    def time(self) -> float:
        """When it happened, in seconds of the event loop's clock."""
        return self._record.started_at

    @property
    def request(self) -> RequestFacts:
        """The request as middleware and authentication left it."""
        return self._record.request


@final
class PoolWaited(BaseEvent):
    """The attempt has waited for the pool.

    Reported: once it has a connection, or fails while one is opened for it. The interval ends when
    the connection is available, or when opening one starts.
    """

    __slots__ = ("_record",)
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["reused"],
        Literal["connection_id"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "started",
        "ended",
        "reused",
        "connection_id",
    )

    _record: AttemptFacts

    @property
    def call_id(self) -> int:
        """The number of the call in its process, from 1."""
        return self._record.call_id

    @property
    def attempt(self) -> int:
        """The number of the attempt in its call, from 1. Retries, redirects, replays and
        authentication rounds each count.
        """
        return self._record.number

    @property
    def hop(self) -> int:
        """How many redirects led to the request; 0 for the request of the call."""
        return self._record.hop

    @property
    def origin(self) -> str:
        """The scheme, host and port of the request, such as `https://example.com`."""
        return self._record.origin

    @property
    def started(self) -> float:
        """When it started, in seconds of the event loop's clock."""
        return self._record.started_at

    @property
    def ended(self) -> float:
        """When it ended."""
        return self._record.opened_at

    @property
    def reused(self) -> bool:
        """True if the connection had been opened before, for another request."""
        return self._record.reused

    @property
    def connection_id(self) -> int | None:
        """The number of the connection, as in `ConnectionOpened`; None if opening it failed."""
        return self._record.connection_id

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class NameResolved(BaseEvent):
    """The host name of a new connection was resolved.

    Reported: together with the other steps of opening it, once it is open or has failed.
    """

    __slots__ = (
        "addresses",
        "attempt",
        "call_id",
        "ended",
        "hop",
        "origin",
        "started",
    )
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["addresses"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "started",
        "ended",
        "addresses",
    )

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        started: float,
        ended: float,
        addresses: tuple[str, ...],
    ) -> None:
        self.call_id: Final[int] = call_id
        """The number of the call in its process, from 1."""
        self.attempt: Final[int] = attempt
        """The number of the attempt in its call, from 1. Retries, redirects, replays and
        authentication rounds each count.
        """
        self.hop: Final[int] = hop
        """How many redirects led to the request; 0 for the request of the call."""
        self.origin: Final[str] = origin
        """The scheme, host and port of the request, such as `https://example.com`."""
        self.started: Final[float] = started
        """When it started, in seconds of the event loop's clock."""
        self.ended: Final[float] = ended
        """When it ended."""
        self.addresses: Final[tuple[str, ...]] = addresses
        """The addresses that may be connected to, in the order of the resolver."""

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class Connected(BaseEvent):
    """The socket of a new connection was connected.

    Reported: together with the other steps of opening it.
    """

    __slots__ = (
        "attempt",
        "call_id",
        "ended",
        "hop",
        "origin",
        "peer",
        "started",
    )
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["peer"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "started",
        "ended",
        "peer",
    )

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        started: float,
        ended: float,
        peer: str | None,
    ) -> None:
        self.call_id: Final[int] = call_id
        """The number of the call in its process, from 1."""
        self.attempt: Final[int] = attempt
        """The number of the attempt in its call, from 1. Retries, redirects, replays and
        authentication rounds each count.
        """
        self.hop: Final[int] = hop
        """How many redirects led to the request; 0 for the request of the call."""
        self.origin: Final[str] = origin
        """The scheme, host and port of the request, such as `https://example.com`."""
        self.started: Final[float] = started
        """When it started, in seconds of the event loop's clock."""
        self.ended: Final[float] = ended
        """When it ended."""
        self.peer: Final[str | None] = peer
        """The address at the other end, such as `192.0.2.1:443`; that of the proxy if there is
        one. None if opening the connection failed later.
        """

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class TunnelEstablished(BaseEvent):
    """The proxy has opened a tunnel for a new connection.

    Reported: together with the other steps of opening it.
    """

    __slots__ = (
        "attempt",
        "call_id",
        "ended",
        "hop",
        "origin",
        "proxy",
        "started",
    )
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["proxy"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "started",
        "ended",
        "proxy",
    )

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        started: float,
        ended: float,
        proxy: str,
    ) -> None:
        self.call_id: Final[int] = call_id
        """The number of the call in its process, from 1."""
        self.attempt: Final[int] = attempt
        """The number of the attempt in its call, from 1. Retries, redirects, replays and
        authentication rounds each count.
        """
        self.hop: Final[int] = hop
        """How many redirects led to the request; 0 for the request of the call."""
        self.origin: Final[str] = origin
        """The scheme, host and port of the request, such as `https://example.com`."""
        self.started: Final[float] = started
        """When it started, in seconds of the event loop's clock."""
        self.ended: Final[float] = ended
        """When it ended."""
        self.proxy: Final[str] = proxy
        """The URL of the proxy, without credentials."""

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class TLSReady(BaseEvent):
    """TLS was negotiated for a new connection.

    Reported: together with the other steps of opening it.
    """

    __slots__ = (
        "alpn",
        "attempt",
        "call_id",
        "cipher",
        "ended",
        "hop",
        "origin",
        "resumed",
        "started",
        "version",
    )
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["version"],
        Literal["cipher"],
        Literal["alpn"],
        Literal["resumed"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "started",
        "ended",
        "version",
        "cipher",
        "alpn",
        "resumed",
    )

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        started: float,
        ended: float,
        version: str,
        cipher: str,
        alpn: str | None,
        resumed: bool,
    ) -> None:
        self.call_id: Final[int] = call_id
        """The number of the call in its process, from 1."""
        self.attempt: Final[int] = attempt
        """The number of the attempt in its call, from 1. Retries, redirects, replays and
        authentication rounds each count.
        """
        self.hop: Final[int] = hop
        """How many redirects led to the request; 0 for the request of the call."""
        self.origin: Final[str] = origin
        """The scheme, host and port of the request, such as `https://example.com`."""
        self.started: Final[float] = started
        """When it started, in seconds of the event loop's clock."""
        self.ended: Final[float] = ended
        """When it ended."""
        self.version: Final[str] = version
        """The version, such as `TLSv1.3`."""
        self.cipher: Final[str] = cipher
        """The cipher, such as `TLS_AES_256_GCM_SHA384`."""
        self.alpn: Final[str | None] = alpn
        """The protocol that the server selected; None without one."""
        self.resumed: Final[bool] = resumed
        """True if a TLS session was resumed."""

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class RequestSent(BaseEvent):
    """The request was sent.

    Reported: once its last byte was given to the operating system or its buffer. The event is
    missing if the server responded or failed before that.
    """

    __slots__ = ("_record",)
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["wire_bytes"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "started",
        "ended",
        "wire_bytes",
    )

    _record: AttemptFacts

    @property
    def call_id(self) -> int:
        """The number of the call in its process, from 1."""
        return self._record.call_id

    @property
    def attempt(self) -> int:
        """The number of the attempt in its call, from 1. Retries, redirects, replays and
        authentication rounds each count.
        """
        return self._record.number

    @property
    def hop(self) -> int:
        """How many redirects led to the request; 0 for the request of the call."""
        return self._record.hop

    @property
    def origin(self) -> str:
        """The scheme, host and port of the request, such as `https://example.com`."""
        return self._record.origin

    @property
    def started(self) -> float:
        """When it started, in seconds of the event loop's clock."""
        return self._record.leased_at

    @property
    def ended(self) -> float:
        """When it ended."""
        return self._record.sent_at

    @property
    def wire_bytes(self) -> int:
        """How many bytes were sent, including headers."""
        return self._record.sent_bytes

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class ResponseStarted(BaseEvent):
    """The response headers have arrived.

    Reported: once the final response headers were received. The interval starts when the request
    was sent.
    """

    __slots__ = ("_record",)
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["status_code"],
        Literal["http_version"],
        Literal["peer"],
        Literal["head"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "started",
        "ended",
        "status_code",
        "http_version",
        "peer",
        "head",
    )

    _record: AttemptFacts

    @property
    def call_id(self) -> int:
        """The number of the call in its process, from 1."""
        return self._record.call_id

    @property
    def attempt(self) -> int:
        """The number of the attempt in its call, from 1. Retries, redirects, replays and
        authentication rounds each count.
        """
        return self._record.number

    @property
    def hop(self) -> int:
        """How many redirects led to the request; 0 for the request of the call."""
        return self._record.hop

    @property
    def origin(self) -> str:
        """The scheme, host and port of the request, such as `https://example.com`."""
        return self._record.origin

    @property
    def started(self) -> float:
        """When it started, in seconds of the event loop's clock."""
        return self._record.waited_from

    @property
    def ended(self) -> float:
        """When it ended."""
        return self._record.head_at

    @property
    def status_code(self) -> int:
        """The status code."""
        return self._record.head.status_code

    @property
    def http_version(self) -> str:
        """The version of HTTP: `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`."""
        return self._record.head.http_version

    @property
    def peer(self) -> str | None:
        """The address at the other end, such as `192.0.2.1:443`; None without a network."""
        return self._record.peer

    @property
    def head(self) -> HeadFacts:
        """The response headers, as they were received."""
        return self._record.head

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class BodyEnded(BaseEvent):
    """The response is over: its body was received or dropped.

    Reported: once the last byte was received, or the response was closed, dropped or broken. The
    attempt ends with it.
    """

    __slots__ = (
        "_error",
        "_record",
    )
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["wire_bytes"],
        Literal["request"],
        Literal["head"],
        Literal["complete"],
        Literal["error"],
        Literal["body_bytes"],
        Literal["encoded_body"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "started",
        "ended",
        "wire_bytes",
        "request",
        "head",
        "complete",
        "error",
        "body_bytes",
        "encoded_body",
    )

    _record: AttemptFacts
    _error: BaseException | None

    @property
    def call_id(self) -> int:
        """The number of the call in its process, from 1."""
        return self._record.call_id

    @property
    def attempt(self) -> int:
        """The number of the attempt in its call, from 1. Retries, redirects, replays and
        authentication rounds each count.
        """
        return self._record.number

    @property
    def hop(self) -> int:
        """How many redirects led to the request; 0 for the request of the call."""
        return self._record.hop

    @property
    def origin(self) -> str:
        """The scheme, host and port of the request, such as `https://example.com`."""
        return self._record.origin

    @property
    def started(self) -> float:
        """When it started, in seconds of the event loop's clock."""
        return self._record.head_at

    @property
    def ended(self) -> float:
        """When it ended."""
        return self._record.ended_at

    @property
    def wire_bytes(self) -> int:
        """How many bytes were received, including headers; without those of lower layers such as
        TLS.
        """
        return self._record.received_bytes

    @property
    def request(self) -> RequestFacts:
        """The request of the attempt."""
        return self._record.request

    @property
    def head(self) -> HeadFacts:
        """The response headers, as they were received."""
        return self._record.head

    @property
    def complete(self) -> bool:
        """True if the whole body was received."""
        return self._record.is_complete

    @property
    def error(self) -> BaseException | None:
        """The error of the body; None if it is complete, or was closed."""
        return self._error

    @property
    def body_bytes(self) -> int:
        """How many bytes of the body were received, before decoding: without headers and framing."""
        return self._record.body_bytes

    @property
    def encoded_body(self) -> BodyFacts | None:
        """Reports the decoded size of a body with a content encoding; None for other bodies."""
        return self._record.encoded_body

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started

    @property
    def decoded_bytes(self) -> int | None:
        """The size of the decoded body. If it has a content encoding and is being read, this is
        the size of what was decoded so far. None if nothing has decoded it, unless it is complete
        and has at most 64 KiB.
        """
        return self.body_bytes if self.encoded_body is None else self.encoded_body.decoded_bytes


@final
class AttemptFailed(BaseEvent):
    """The attempt has ended without a response.

    Reported: after an error or a cancellation. The interval is that of the attempt, which ends with
    it.
    """

    __slots__ = (
        "attempt",
        "call_id",
        "ended",
        "error",
        "hop",
        "origin",
        "started",
    )
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["error"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "started",
        "ended",
        "error",
    )

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        started: float,
        ended: float,
        error: BaseException,
    ) -> None:
        self.call_id: Final[int] = call_id
        """The number of the call in its process, from 1."""
        self.attempt: Final[int] = attempt
        """The number of the attempt in its call, from 1. Retries, redirects, replays and
        authentication rounds each count.
        """
        self.hop: Final[int] = hop
        """How many redirects led to the request; 0 for the request of the call."""
        self.origin: Final[str] = origin
        """The scheme, host and port of the request, such as `https://example.com`."""
        self.started: Final[float] = started
        """When it started, in seconds of the event loop's clock."""
        self.ended: Final[float] = ended
        """When it ended."""
        self.error: Final[BaseException] = error
        """The error, or `asyncio.CancelledError`."""

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class Redirected(BaseEvent):
    """A redirect is followed.

    Reported: after the response that redirects, before the next attempt.
    """

    __slots__ = (
        "attempt",
        "call_id",
        "hop",
        "origin",
        "status_code",
        "target_origin",
        "time",
    )
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["time"],
        Literal["status_code"],
        Literal["target_origin"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "time",
        "status_code",
        "target_origin",
    )

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        time: float,
        status_code: int | None,
        target_origin: str,
    ) -> None:
        self.call_id: Final[int] = call_id
        """The number of the call in its process, from 1."""
        self.attempt: Final[int] = attempt
        """How many requests the call had sent or tried to send so far."""
        self.hop: Final[int] = hop
        """How many redirects led to the current request; 0 for the request of the call."""
        self.origin: Final[str] = origin
        """The scheme, host and port of the current request, such as `https://example.com`."""
        self.time: Final[float] = time
        """When it happened, in seconds of the event loop's clock."""
        self.status_code: Final[int | None] = status_code
        """The status code of the response that redirects; None if middleware hides it."""
        self.target_origin: Final[str] = target_origin
        """The origin that the redirect leads to."""


@final
class RetryScheduled(BaseEvent):
    """The request will be retried.

    Reported: before the delay.
    """

    __slots__ = (
        "attempt",
        "call_id",
        "delay_s",
        "hop",
        "origin",
        "reason",
        "time",
    )
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["time"],
        Literal["delay_s"],
        Literal["reason"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "time",
        "delay_s",
        "reason",
    )

    def __init__(
        self,
        call_id: int,
        attempt: int,
        hop: int,
        origin: str,
        time: float,
        delay_s: float,
        reason: str,
    ) -> None:
        self.call_id: Final[int] = call_id
        """The number of the call in its process, from 1."""
        self.attempt: Final[int] = attempt
        """How many requests the call had sent or tried to send so far."""
        self.hop: Final[int] = hop
        """How many redirects led to the current request; 0 for the request of the call."""
        self.origin: Final[str] = origin
        """The scheme, host and port of the current request, such as `https://example.com`."""
        self.time: Final[float] = time
        """When it happened, in seconds of the event loop's clock."""
        self.delay_s: Final[float] = delay_s
        """The delay until the next attempt."""
        self.reason: Final[str] = reason
        """Why it is retried, in words."""


@final
class CallEnded(BaseEvent):
    """The call is over, and so are its attempts.

    Reported: once the call has returned or raised, and the body of each of its responses has ended.
    """

    __slots__ = (
        "_error",
        "_record",
    )
    __match_args__: tuple[
        Literal["call_id"],
        Literal["attempt"],
        Literal["hop"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["request"],
        Literal["status_code"],
        Literal["error"],
    ] = (
        "call_id",
        "attempt",
        "hop",
        "origin",
        "started",
        "ended",
        "request",
        "status_code",
        "error",
    )

    _record: CallFacts
    _error: BaseException | None

    @property
    def call_id(self) -> int:
        """The number of the call in its process, from 1."""
        return self._record.call_id

    @property
    def attempt(self) -> int:
        """How many requests the call had sent or tried to send so far."""
        return self._record.tried

    @property
    def hop(self) -> int:
        """How many redirects led to the current request; 0 for the request of the call."""
        return self._record.hop

    @property
    def origin(self) -> str:
        """The scheme, host and port of the current request, such as `https://example.com`."""
        return self._record.origin

    @property
    def started(self) -> float:
        """When it started, in seconds of the event loop's clock."""
        return self._record.call_started_at

    @property
    def ended(self) -> float:
        """When it ended."""
        return self._record.call_ended_at

    @property
    def request(self) -> RequestFacts:
        """The request of the call."""
        return self._record.request

    @property
    def status_code(self) -> int | None:
        """The status code of the response; None without one."""
        return self._record.status_code

    @property
    def error(self) -> BaseException | None:
        """The error that the call raised, or that of the body of its response; None if it
        succeeded.
        """
        return self._error

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class ConnectionOpened(BaseEvent):
    """A connection was opened.

    Reported: once it can be used. The interval starts when opening it started.
    """

    __slots__ = (
        "connection_id",
        "ended",
        "http_version",
        "origin",
        "peer",
        "started",
    )
    __match_args__: tuple[
        Literal["connection_id"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["http_version"],
        Literal["peer"],
    ] = (
        "connection_id",
        "origin",
        "started",
        "ended",
        "http_version",
        "peer",
    )

    def __init__(
        self,
        connection_id: int,
        origin: str,
        started: float,
        ended: float,
        http_version: str,
        peer: str | None,
    ) -> None:
        self.connection_id: Final[int] = connection_id
        """The number of the connection in its process, from 1."""
        self.origin: Final[str] = origin
        """The scheme, host and port that its requests go to."""
        self.started: Final[float] = started
        """When it started, in seconds of the event loop's clock."""
        self.ended: Final[float] = ended
        """When it ended."""
        self.http_version: Final[str] = http_version
        """The version of HTTP that it uses: `HTTP/1.1` or `HTTP/2`."""
        self.peer: Final[str | None] = peer
        """The address at the other end; None without a network."""

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class ConnectionClosed(BaseEvent):
    """A connection was closed. Its interval is the age of the connection.

    Reported: once its socket is closed.
    """

    __slots__ = (
        "connection_id",
        "ended",
        "origin",
        "reason",
        "requests",
        "started",
    )
    __match_args__: tuple[
        Literal["connection_id"],
        Literal["origin"],
        Literal["started"],
        Literal["ended"],
        Literal["reason"],
        Literal["requests"],
    ] = (
        "connection_id",
        "origin",
        "started",
        "ended",
        "reason",
        "requests",
    )

    def __init__(
        self,
        connection_id: int,
        origin: str,
        started: float,
        ended: float,
        reason: Literal[
            "abandoned",
            "client closed",
            "expired",
            "failed",
            "not reusable",
            "closed by the server",
        ],
        requests: int,
    ) -> None:
        self.connection_id: Final[int] = connection_id
        """The number of the connection in its process, from 1."""
        self.origin: Final[str] = origin
        """The scheme, host and port that its requests go to."""
        self.started: Final[float] = started
        """When it started, in seconds of the event loop's clock."""
        self.ended: Final[float] = ended
        """When it ended."""
        self.reason: Final[
            Literal[
                "abandoned",
                "client closed",
                "expired",
                "failed",
                "not reusable",
                "closed by the server",
            ]
        ] = reason
        """The reason. `abandoned`: a response was dropped. `expired`: it was idle for too long, or
        too old. `failed`: a request failed on it. `not reusable`: the server allows no further
        request.
        """
        self.requests: Final[int] = requests
        """How many requests it served."""

    @property
    def time(self) -> float:
        """When it was over: `ended`."""
        return self.ended

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.ended - self.started


@final
class BreakerChanged(BaseEvent):
    """A circuit breaker has changed its state.

    Reported: at once.
    """

    __slots__ = (
        "after",
        "before",
        "origin",
        "time",
    )
    __match_args__: tuple[
        Literal["origin"], Literal["time"], Literal["before"], Literal["after"]
    ] = (
        "origin",
        "time",
        "before",
        "after",
    )

    def __init__(
        self,
        origin: str,
        time: float,
        before: Literal["closed", "open", "half_open"],
        after: Literal["closed", "open", "half_open"],
    ) -> None:
        self.origin: Final[str] = origin
        """The scheme, host and port, such as `https://example.com`."""
        self.time: Final[float] = time
        """When it happened, in seconds of the event loop's clock."""
        self.before: Final[Literal["closed", "open", "half_open"]] = before
        """The previous state."""
        self.after: Final[Literal["closed", "open", "half_open"]] = after
        """The new state."""


Event: TypeAlias = (
    CallStarted
    | AttemptStarted
    | PoolWaited
    | NameResolved
    | Connected
    | TunnelEstablished
    | TLSReady
    | RequestSent
    | ResponseStarted
    | BodyEnded
    | AttemptFailed
    | Redirected
    | RetryScheduled
    | CallEnded
    | ConnectionOpened
    | ConnectionClosed
    | BreakerChanged
)
"""Every event: match on its class."""
EventHandler: TypeAlias = Callable[[Event], None]
"""A function that is called with each event; it must not block."""
