# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from dataclasses import dataclass
from typing import ClassVar, Literal, Self, TypeAlias, final

from hyperhttp._base.facts import RequestFacts, URLFacts

ErrorName: TypeAlias = Literal[
    "AddressRefused",
    "AuthenticationError",
    "BadRedirect",
    "BodyNotReplayable",
    "CircuitBreakerOpen",
    "ClientClosed",
    "ClientStatusError",
    "ConfigError",
    "ConnectError",
    "ConnectTimeout",
    "DNSError",
    "DecodeError",
    "DecompressionError",
    "DigestMismatch",
    "DownloadError",
    "HTTPStatusError",
    "HyperHTTPError",
    "InvalidURL",
    "LocalProtocolError",
    "OAuth2Error",
    "PaginationError",
    "PoolTimeout",
    "ProtocolError",
    "ProxyError",
    "ReadError",
    "ReadTimeout",
    "RemoteProtocolError",
    "ResponseClosed",
    "ResponseNotRead",
    "ResponseTooLarge",
    "ServerStatusError",
    "StreamConsumed",
    "StreamError",
    "StreamReset",
    "TLSError",
    "TimeoutException",
    "TooManyRedirects",
    "TotalTimeout",
    "TransportError",
    "UnknownOption",
    "WriteError",
    "WriteTimeout",
    "WrongEventLoop",
]

Phase: TypeAlias = Literal[
    "build", "pool", "dns", "connect", "tls", "write", "read", "decode", "redirect", "total"
]

Retryable: TypeAlias = Literal["never", "if_unsent", "if_idempotent", "always"]

class HyperHTTPError(Exception):
    phase: ClassVar[Phase | None] = None
    retryable: Retryable = "never"
    hint: ClassVar[str] = "Catch it last, after the errors that you can do something about."
    origin: str | None = None
    elapsed: float | None = None
    attempt: int = 1
    attempts: tuple[Attempt, ...] = ()

    def __init__(self) -> None: ...
    @property
    def request(self) -> RequestFacts | None: ...
    @property
    def url(self) -> URLFacts | None: ...
    def explain(self) -> str: ...
    def __str__(self) -> str: ...
    def __repr__(self) -> str: ...
    def __reduce__(self) -> tuple[object, ...]: ...
    def in_context(
        self,
        *,
        request: RequestFacts | None = None,
        origin: str | None = None,
        elapsed: float | None = None,
        attempt: int = 1,
        attempts: tuple[Attempt, ...] = (),
    ) -> Self: ...

class TransportError(HyperHTTPError):
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "The response, if any, is lost. Retry if the request is idempotent."
    detail: str

    def __init__(self, *, detail: str) -> None: ...

class ConnectError(TransportError):
    phase: ClassVar[Phase | None] = "connect"
    retryable: Retryable = "always"
    hint: ClassVar[str] = (
        "Check the host and the port, and that the server is running and reachable from here."
    )
    host: str
    port: int

    def __init__(self, *, detail: str, host: str = "", port: int = 0) -> None: ...

class ProxyError(ConnectError):
    hint: ClassVar[str] = (
        "`status_code` 407 asks for user and password: give them in `proxy=`. Others tell what the proxy thinks of the server."
    )
    proxy: str
    status_code: int | None
    excerpt: str

    def __init__(
        self,
        *,
        detail: str,
        host: str = "",
        port: int = 0,
        proxy: str = "",
        status_code: int | None = None,
        excerpt: str = "",
    ) -> None: ...

class DNSError(ConnectError):
    phase: ClassVar[Phase | None] = "dns"
    hint: ClassVar[str] = "Check the spelling of the host name, and that the resolver works."

class TLSError(ConnectError):
    phase: ClassVar[Phase | None] = "tls"
    retryable: Retryable = "never"
    hint: ClassVar[str] = (
        'Trust a private authority with `verify="/path/to/ca.pem"`. Do not switch verification off.'
    )
    is_connection_lost: bool

    def __init__(
        self, *, detail: str, host: str = "", port: int = 0, is_connection_lost: bool = False
    ) -> None: ...

class ReadError(TransportError):
    phase: ClassVar[Phase | None] = "read"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = (
        "The server may have done what it was asked. Retry the request only if it is idempotent."
    )
    received_bytes: int
    is_unprocessed: bool

    def __init__(
        self, *, detail: str, received_bytes: int = 0, is_unprocessed: bool = False
    ) -> None: ...

class StreamReset(ReadError):
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = (
        "Unless `is_unprocessed`, the server may have processed the request. Repeat it only if that is safe."
    )
    error_code: int

    def __init__(
        self, *, detail: str, error_code: int, received_bytes: int = 0, is_unprocessed: bool = False
    ) -> None: ...

class WriteError(TransportError):
    phase: ClassVar[Phase | None] = "write"
    hint: ClassVar[str] = "The server may have refused a large body; look at its limits."
    sent_bytes: int

    def __init__(self, *, detail: str, sent_bytes: int = 0) -> None: ...

class ProtocolError(TransportError):
    retryable: Retryable = "never"
    hint: ClassVar[str] = "The subclass tells which side it was."

class LocalProtocolError(ProtocolError):
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "Mend the part of the request that `field` names."
    field: str | None

    def __init__(self, *, detail: str, field: str | None = None) -> None: ...

class RemoteProtocolError(ProtocolError):
    phase: ClassVar[Phase | None] = "read"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Check that the port is one of HTTP, and that no proxy cuts responses."

class TimeoutException(HyperHTTPError, TimeoutError):
    hint: ClassVar[str] = "Raise the limit of the phase that the class names, or set it to None."
    timeout_s: float
    elapsed_s: float | None

    def __init__(self, *, timeout_s: float, elapsed_s: float | None = None) -> None: ...

class ConnectTimeout(TimeoutException, ConnectError):
    phase: ClassVar[Phase | None] = "connect"
    retryable: Retryable = "always"
    hint: ClassVar[str] = "Check that the host is reachable, or raise `Timeout.connect`."

    def __init__(
        self,
        *,
        timeout_s: float,
        elapsed_s: float | None = None,
        detail: str = "",
        host: str = "",
        port: int = 0,
    ) -> None: ...

class ReadTimeout(TimeoutException, ReadError):
    phase: ClassVar[Phase | None] = "read"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Raise `Timeout.read`, or set it to None for long polling."

    def __init__(
        self,
        *,
        timeout_s: float,
        elapsed_s: float | None = None,
        detail: str = "",
        received_bytes: int = 0,
        is_unprocessed: bool = False,
    ) -> None: ...

class WriteTimeout(TimeoutException, WriteError):
    phase: ClassVar[Phase | None] = "write"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Raise `Timeout.write`, or send smaller bodies."

    def __init__(
        self,
        *,
        timeout_s: float,
        elapsed_s: float | None = None,
        detail: str = "",
        sent_bytes: int = 0,
    ) -> None: ...

class PoolTimeout(TimeoutException):
    phase: ClassVar[Phase | None] = "pool"
    retryable: Retryable = "always"
    hint: ClassVar[str] = (
        "Read or close every response, raise `max_connections`, or start fewer requests at once."
    )
    max_connections: int
    waiting: int

    def __init__(
        self,
        *,
        timeout_s: float,
        max_connections: int,
        waiting: int,
        elapsed_s: float | None = None,
    ) -> None: ...

class TotalTimeout(TimeoutException):
    phase: ClassVar[Phase | None] = "total"
    hint: ClassVar[str] = (
        "`during` is the phase that took the time, or None for your own code. Raise `Timeout.total`, or limit that phase instead."
    )
    during: Phase | None

    def __init__(
        self, *, timeout_s: float, elapsed_s: float | None = None, during: Phase | None = None
    ) -> None: ...

class InvalidURL(HyperHTTPError, ValueError):
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "Give an absolute http or https URL, or a path together with `base_url`."
    given: str
    detail: str

    def __init__(self, *, given: str, detail: str) -> None: ...

class ConfigError(HyperHTTPError, ValueError):
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "`allowed` tells what may be given."
    option: str
    given: str
    allowed: str
    suggestion: str | None

    def __init__(
        self, *, option: str, given: str, allowed: str, suggestion: str | None = None
    ) -> None: ...

class UnknownOption(ConfigError, TypeError):
    hint: ClassVar[str] = "`suggestion` is the nearest name that exists, `allowed` names them all."

class TooManyRedirects(HyperHTTPError):
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = (
        "The addresses may form a circle: `request.url` is the last one. Often a cookie is missing."
    )
    max_redirects: int

    def __init__(self, *, max_redirects: int) -> None: ...

class BadRedirect(HyperHTTPError):
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = "Turn `follow_redirects` off to see the response itself."
    location: str
    detail: str

    def __init__(self, *, location: str, detail: str) -> None: ...

class PaginationError(HyperHTTPError):
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = "Check the `Link` header or the cursor, or set `allow_other_origins`."
    next_url: str
    detail: str

    def __init__(self, *, next_url: str, detail: str) -> None: ...

class AuthenticationError(HyperHTTPError):
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Another server may have sent the response. Check the URL, and TLS."
    detail: str

    def __init__(self, *, detail: str) -> None: ...

class OAuth2Error(HyperHTTPError):
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Look at `code`: `invalid_client` means a wrong id or secret."
    code: str
    status_code: int

    def __init__(self, *, code: str, status_code: int) -> None: ...

class CircuitBreakerOpen(HyperHTTPError):
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = (
        "Wait for `remaining` seconds, or ask another server; `CircuitBreakerPolicy` says when a breaker opens."
    )
    host: str
    port: int
    remaining: float

    def __init__(self, *, host: str, remaining: float, port: int = 0) -> None: ...

class AddressRefused(HyperHTTPError):
    phase: ClassVar[Phase | None] = "connect"
    hint: ClassVar[str] = "If the address is one of yours, add it to `AddressPolicy.allow`."
    host: str
    address: str
    rule: str

    def __init__(self, *, host: str, rule: str, address: str = "") -> None: ...

class ClientClosed(HyperHTTPError):
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = "Make the request inside the `async with` block, or make a new client."

class WrongEventLoop(HyperHTTPError):
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = "Make one client for each event loop."
    detail: str

    def __init__(self, *, detail: str = "") -> None: ...

class StreamError(HyperHTTPError):
    hint: ClassVar[str] = "`await response.aread()` keeps the body for use as often as you like."

class StreamConsumed(StreamError):
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Call `await response.aread()` first, to read it any number of times."

class ResponseClosed(StreamError):
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Read the body before the response is closed."

class ResponseNotRead(StreamError):
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Call `await response.aread()` once; then they work."

class BodyNotReplayable(StreamError):
    phase: ClassVar[Phase | None] = "write"
    hint: ClassVar[str] = "Give the body as bytes, or as something that can be iterated again."
    detail: str

    def __init__(self, *, detail: str) -> None: ...

class DownloadError(HyperHTTPError):
    hint: ClassVar[str] = (
        "Look at the response, at `follow_redirects`, and at the folder that the file is to lie in."
    )
    detail: str
    path: str

    def __init__(self, *, detail: str, path: str) -> None: ...

class DigestMismatch(DownloadError):
    hint: ClassVar[str] = "Check the digest. If it is right, do not trust the file."
    algorithm: str
    expected: str
    actual: str

    def __init__(
        self, *, detail: str, path: str, algorithm: str, expected: str, actual: str
    ) -> None: ...

class DecodeError(HyperHTTPError, ValueError):
    phase: ClassVar[Phase | None] = "decode"
    hint: ClassVar[str] = 'Look at `response.headers["content-type"]` and at `response.text`.'
    detail: str
    json_path: str
    line: int | None
    excerpt: str

    def __init__(
        self, *, detail: str, json_path: str = "", line: int | None = None, excerpt: str = ""
    ) -> None: ...

class DecompressionError(DecodeError):
    hint: ClassVar[str] = "`aiter_raw()` gives the bytes as they came."
    coding: str

    def __init__(
        self,
        *,
        detail: str,
        coding: str,
        json_path: str = "",
        line: int | None = None,
        excerpt: str = "",
    ) -> None: ...

class ResponseTooLarge(HyperHTTPError):
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = (
        "Raise the limit that `limit` names, or read the body in pieces with `aiter_bytes()`."
    )
    limit: Literal["max_body_bytes", "max_decoded_bytes", "max_line_bytes"]
    limit_bytes: int

    def __init__(
        self,
        *,
        limit: Literal["max_body_bytes", "max_decoded_bytes", "max_line_bytes"],
        limit_bytes: int,
    ) -> None: ...

@final
@dataclass(frozen=True, slots=True)
class Attempt:
    number: int
    status_code: int | None
    error: HyperHTTPError | None
    elapsed_s: float
    delay_s: float
    decision: str
