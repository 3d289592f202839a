# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias, final

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
    hint: ClassVar[str] = "Handle the specific subclasses first and catch this class last."
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

class TransportError(HyperHTTPError):
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Retry if the request is idempotent. Any partial response is discarded."
    detail: str

    def __init__(self, *, detail: str) -> None: ...

class ConnectError(TransportError):
    phase: ClassVar[Phase | None] = "connect"
    retryable: Retryable = "always"
    hint: ClassVar[str] = "Check the host and port, and that the server is running."
    host: str
    port: int

    def __init__(self, *, detail: str, host: str = "", port: int = 0) -> None: ...

class ProxyError(ConnectError):
    hint: ClassVar[str] = (
        "If `status_code` is 407, set the user and password in `proxy=`. Other codes describe how the proxy failed to reach the server."
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
    hint: ClassVar[str] = "Check the spelling of the host name, and that DNS works on this machine."

class TLSError(ConnectError):
    phase: ClassVar[Phase | None] = "tls"
    retryable: Retryable = "never"
    hint: ClassVar[str] = "To trust a private CA, pass its file in `verify`. Don't disable it."
    is_connection_lost: bool

    def __init__(
        self, *, detail: str, host: str = "", port: int = 0, is_connection_lost: bool = False
    ) -> None: ...

class ReadError(TransportError):
    phase: ClassVar[Phase | None] = "read"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Retry only if the request is idempotent: it may have been processed."
    received_bytes: int
    is_unprocessed: bool

    def __init__(
        self, *, detail: str, received_bytes: int = 0, is_unprocessed: bool = False
    ) -> None: ...

class StreamReset(ReadError):
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = (
        "If `is_unprocessed` is false, the server may have processed the request. Retry only if it is idempotent."
    )
    error_code: int

    def __init__(
        self, *, detail: str, error_code: int, received_bytes: int = 0, is_unprocessed: bool = False
    ) -> None: ...

class WriteError(TransportError):
    phase: ClassVar[Phase | None] = "write"
    hint: ClassVar[str] = "Check if the body exceeds a size limit of the server."
    sent_bytes: int

    def __init__(self, *, detail: str, sent_bytes: int = 0) -> None: ...

class ProtocolError(TransportError):
    retryable: Retryable = "never"
    hint: ClassVar[str] = "Look at the subclass: it shows if the client or the server is at fault."

class LocalProtocolError(ProtocolError):
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "Correct the part of the request that `field` names."
    field: str | None

    def __init__(self, *, detail: str, field: str | None = None) -> None: ...

class RemoteProtocolError(ProtocolError):
    phase: ClassVar[Phase | None] = "read"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Check the port, and that no proxy cuts responses short."

class TimeoutException(HyperHTTPError, TimeoutError):
    hint: ClassVar[str] = "Increase the timeout of the phase, or set it to None."
    timeout_s: float
    elapsed_s: float | None

    def __init__(self, *, timeout_s: float, elapsed_s: float | None = None) -> None: ...

class ConnectTimeout(TimeoutException, ConnectError):
    phase: ClassVar[Phase | None] = "connect"
    retryable: Retryable = "always"
    hint: ClassVar[str] = "Check that the host is reachable, or increase `Timeout.connect`."

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
    hint: ClassVar[str] = "Increase `Timeout.read`, or set it to None for long polling."

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
    hint: ClassVar[str] = "Increase `Timeout.write`, or send smaller bodies."

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
        "Read or close every response, increase `max_connections`, or start fewer requests at once."
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
        "Look at `during`: it is the phase that was interrupted, or None for your own code. Increase `Timeout.total`, or limit that phase."
    )
    during: Phase | None

    def __init__(
        self, *, timeout_s: float, elapsed_s: float | None = None, during: Phase | None = None
    ) -> None: ...

class InvalidURL(HyperHTTPError, ValueError):
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "Pass an absolute http or https URL, or a path together with `base_url`."
    given: str
    detail: str

    def __init__(self, *, given: str, detail: str) -> None: ...

class ConfigError(HyperHTTPError, ValueError):
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "See `allowed` for the values that the option accepts."
    option: str
    given: str
    allowed: str
    suggestion: str | None

    def __init__(
        self, *, option: str, given: str, allowed: str, suggestion: str | None = None
    ) -> None: ...

class UnknownOption(ConfigError, TypeError):
    hint: ClassVar[str] = "See `suggestion` for the most similar name, and `allowed` for all names."

class TooManyRedirects(HyperHTTPError):
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = (
        "Look at `request.url`, the last URL: the redirects may form a loop. A missing cookie is a common cause."
    )
    max_redirects: int

    def __init__(self, *, max_redirects: int) -> None: ...

class BadRedirect(HyperHTTPError):
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = "To get the redirect response itself, turn off `follow_redirects`."
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
    hint: ClassVar[str] = "Check the URL and TLS. Another server may have responded."
    detail: str

    def __init__(self, *, detail: str) -> None: ...

class OAuth2Error(HyperHTTPError):
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Look at `code`: `invalid_client` means that the id or secret is wrong."
    code: str
    status_code: int

    def __init__(self, *, code: str, status_code: int) -> None: ...

class CircuitBreakerOpen(HyperHTTPError):
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = (
        "Wait for `remaining` seconds, or use another server. `CircuitBreakerPolicy` defines when a breaker opens."
    )
    host: str
    port: int
    remaining: float

    def __init__(self, *, host: str, remaining: float, port: int = 0) -> None: ...

class AddressRefused(HyperHTTPError):
    phase: ClassVar[Phase | None] = "connect"
    hint: ClassVar[str] = "If the address is yours, add it to `AddressPolicy.allow`."
    host: str
    address: str
    rule: str

    def __init__(self, *, host: str, rule: str, address: str = "") -> None: ...

class ClientClosed(HyperHTTPError):
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = "Make the request inside the `async with` block, or create a new client."

class WrongEventLoop(HyperHTTPError):
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = "Create a client for each event loop."
    detail: str

    def __init__(self, *, detail: str = "") -> None: ...

class StreamError(HyperHTTPError):
    hint: ClassVar[str] = (
        "Call `await response.aread()` to keep the body in memory. You can then use it as often as you like."
    )

class StreamConsumed(StreamError):
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Call `await response.aread()` first, to read the body repeatedly."

class ResponseClosed(StreamError):
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Read the body before you close the response."

class ResponseNotRead(StreamError):
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Call `await response.aread()` once before you use them."

class BodyNotReplayable(StreamError):
    phase: ClassVar[Phase | None] = "write"
    hint: ClassVar[str] = "Pass the body as bytes, or as an object that can be iterated again."
    detail: str

    def __init__(self, *, detail: str) -> None: ...

class DownloadError(HyperHTTPError):
    hint: ClassVar[str] = "Check the response, `follow_redirects`, and the directory of the file."
    detail: str
    path: str

    def __init__(self, *, detail: str, path: str) -> None: ...

class DigestMismatch(DownloadError):
    hint: ClassVar[str] = "Check the digest. If it is right, don't trust the file."
    algorithm: str
    expected: str
    actual: str

    def __init__(
        self, *, detail: str, path: str, algorithm: str, expected: str, actual: str
    ) -> None: ...

class DecodeError(HyperHTTPError, ValueError):
    phase: ClassVar[Phase | None] = "decode"
    hint: ClassVar[str] = 'Check `response.headers["content-type"]` and `response.text`.'
    detail: str
    json_path: str
    line: int | None
    excerpt: str

    def __init__(
        self, *, detail: str, json_path: str = "", line: int | None = None, excerpt: str = ""
    ) -> None: ...

class DecompressionError(DecodeError):
    hint: ClassVar[str] = "To read the body without decompression, use `aiter_raw()`."
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
    hint: ClassVar[str] = "Increase the limit in `limit`, or stream the body with `aiter_bytes()`."
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
