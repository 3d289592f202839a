# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/errors.toml and spec/vocabulary.toml and run the command again.
"""Every error but the status errors. All derive from one base; see `__all__`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias, final

from hyperhttp._base.error_support import explanation, rebuilt, text_or_hint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from hyperhttp._base.facts import RequestFacts, URLFacts

__all__ = [
    "AddressRefused",
    "Attempt",
    "AuthenticationError",
    "BadRedirect",
    "BodyNotReplayable",
    "CircuitBreakerOpen",
    "ClientClosed",
    "ConfigError",
    "ConnectError",
    "ConnectTimeout",
    "DNSError",
    "DecodeError",
    "DecompressionError",
    "DigestMismatch",
    "DownloadError",
    "ErrorName",
    "HyperHTTPError",
    "InvalidURL",
    "LocalProtocolError",
    "OAuth2Error",
    "PaginationError",
    "Phase",
    "PoolTimeout",
    "ProtocolError",
    "ProxyError",
    "ReadError",
    "ReadTimeout",
    "RemoteProtocolError",
    "ResponseClosed",
    "ResponseNotRead",
    "ResponseTooLarge",
    "Retryable",
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
"""The name of an error class, as `RetryPolicy.errors` takes it."""
Phase: TypeAlias = Literal[
    "build", "pool", "dns", "connect", "tls", "write", "read", "decode", "redirect", "total"
]
"""Where in a request an error arose."""
Retryable: TypeAlias = Literal["never", "if_unsent", "if_idempotent", "always"]
"""When sending the same request again is safe."""
_ADVICE: Final[Mapping[Retryable, str]] = {
    "never": "would fail in the same way",
    "if_unsent": "is safe if nothing of the request had gone out",
    "if_idempotent": "is safe if doing it twice does what doing it once does",
    "always": "is safe",
}


class HyperHTTPError(Exception):
    """The base of every error that hyperhttp raises.

    Raised when: Never by itself: catch it to catch them all.

    Catch it last, after the errors that you can do something about.

    Example:
        try:
            response = await client.get("https://example.com/")
        except hyperhttp.HyperHTTPError as error:
            print(f"{error} ({error.hint})")
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = None
    retryable: Retryable = "never"
    hint: ClassVar[str] = "Catch it last, after the errors that you can do something about."

    _request: RequestFacts | None = None
    origin: str | None = None
    """Scheme, host and port that were talked to."""
    elapsed: float | None = None
    """Seconds from the start of the request to the failure."""
    attempt: int = 1
    """Which attempt this was, from 1."""
    attempts: tuple[Attempt, ...] = ()
    """All attempts, this one last, where retries were on: what came of each, and why it was the last."""

    def __init__(self) -> None:
        """It has no facts but its context."""

    @property
    def request(self) -> RequestFacts | None:
        """The request that failed, once there is one."""
        return self._request

    @property
    def url(self) -> URLFacts | None:
        """The URL of the request, once there is one, for logs: without a password, and with the
        values of sensitive parameters masked. `request.url` has them.
        """
        return None if self.request is None else self.request.url.without_secrets()

    def explain(self) -> str:
        """What happened, in lines: the error, what to do about it, and what came of each attempt.

        Example:
            print(error.explain())
        """
        return explanation(self, self.hint, _ADVICE[self.retryable], self.attempts)

    def __str__(self) -> str:
        return text_or_hint(self, self._text, self.hint)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[object, ...]:
        # Not by `args`: facts are keywords, and OSError (the builtin TimeoutError) has rules of its own.
        return rebuilt, (type(self),), self.__dict__.copy()

    def in_context(
        self,
        *,
        request: RequestFacts | None = None,
        origin: str | None = None,
        elapsed: float | None = None,
        attempt: int = 1,
        attempts: tuple[Attempt, ...] = (),
    ) -> Self:
        """Add what the caller knows; what an inner layer has told already stays."""
        if self.request is None:
            self._request = request
        if self.origin is None:
            self.origin = origin
        if self.elapsed is None:
            self.elapsed = elapsed
        if self.attempt == 1:
            self.attempt = attempt
        if self.attempts == ():
            self.attempts = attempts
        return self

    def _text(self) -> str:
        text = "the request failed"
        if self.url:
            text += f": {self.url}"
        return text


class TransportError(HyperHTTPError):
    """Something went wrong between this program and the server, not in what the server said.

    Raised when: A connection cannot be made, breaks, falls silent, or carries what is not HTTP.

    The response, if any, is lost. Retry if the request is idempotent.
    """

    __module__ = "hyperhttp.exceptions"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "The response, if any, is lost. Retry if the request is idempotent."

    detail: str
    """What happened, in words."""

    def __init__(self, *, detail: str) -> None:
        self.detail = detail

    def _text(self) -> str:
        text = "the transport failed"
        if self.origin:
            text += f" with {self.origin}"
        return text + f": {self.detail}"


class ConnectError(TransportError):
    """No connection to the server could be opened, so nothing was sent.

    Raised when: Every address of the host refused, or could not be reached.

    Check the host and the port, and that the server is running and reachable from here.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "connect"
    retryable: Retryable = "always"
    hint: ClassVar[str] = (
        "Check the host and the port, and that the server is running and reachable from here."
    )

    host: str
    """The host that was dialled."""
    port: int
    """The port that was dialled; 0 when it is not known."""

    def __init__(self, *, detail: str, host: str = "", port: int = 0) -> None:
        self.detail = detail
        self.host = host
        self.port = port

    def _text(self) -> str:
        text = "cannot connect to "
        if self.origin:
            text += f"{self.origin}"
        elif self.host:
            text += f"{self.host}"
            if self.port:
                text += f":{self.port}"
        else:
            text += "the server"
        return text + f": {self.detail}"


class ProxyError(ConnectError):
    """A proxy could not be reached, or did not let the connection through; nothing was sent to the
    server.

    Raised when: The proxy is down, refuses the tunnel (CONNECT answered by another status than 2xx,
    or a reply of SOCKS5), or does not answer as a proxy does.

    `status_code` 407 asks for user and password: give them in `proxy=`. Others tell what the proxy
    thinks of the server.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = (
        "`status_code` 407 asks for user and password: give them in `proxy=`. Others tell what the proxy thinks of the server."
    )

    proxy: str
    """The address of the proxy, without user and password."""
    status_code: int | None
    """What an HTTP proxy answered; None when it did not answer, and for SOCKS5."""
    excerpt: str
    """The beginning of what the proxy said of it, at most 200 characters."""

    def __init__(
        self,
        *,
        detail: str,
        host: str = "",
        port: int = 0,
        proxy: str = "",
        status_code: int | None = None,
        excerpt: str = "",
    ) -> None:
        self.detail = detail
        self.host = host
        self.port = port
        self.proxy = proxy
        self.status_code = status_code
        self.excerpt = excerpt

    def _text(self) -> str:
        text = "no connection to "
        if self.origin:
            text += f"{self.origin}"
        elif self.host:
            text += f"{self.host}"
            if self.port:
                text += f":{self.port}"
        else:
            text += "the server"
        text += f" through the proxy {self.proxy}: {self.detail}"
        if self.excerpt:
            text += f": {self.excerpt}"
        return text


class DNSError(ConnectError):
    """The name of the host could not be turned into an address.

    Raised when: The name does not exist, or the name server did not answer.

    Check the spelling of the host name, and that the resolver works.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "dns"
    hint: ClassVar[str] = "Check the spelling of the host name, and that the resolver works."

    def _text(self) -> str:
        text = "cannot find the address of "
        if self.host:
            text += f"{self.host}"
        else:
            text += "the host"
        if self.origin:
            text += f" for {self.origin}"
        return text + f": {self.detail}"


class TLSError(ConnectError):
    """The TLS handshake failed: the server could not prove who it is, or the two did not agree.

    Raised when: The certificate is expired, self-signed, for another name or from an unknown
    authority, no common protocol version was found, or the server ended the handshake, such as for
    want of a client certificate.

    Trust a private authority with `verify="/path/to/ca.pem"`. Do not switch verification off.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "tls"
    retryable: Retryable = "never"
    hint: ClassVar[str] = (
        'Trust a private authority with `verify="/path/to/ca.pem"`. Do not switch verification off.'
    )

    is_connection_lost: bool
    """Whether the connection was lost during the handshake without an alert, which another attempt
    may not meet.
    """

    def __init__(
        self, *, detail: str, host: str = "", port: int = 0, is_connection_lost: bool = False
    ) -> None:
        self.detail = detail
        self.host = host
        self.port = port
        self.is_connection_lost = is_connection_lost
        if is_connection_lost:
            self.retryable = "always"

    def _text(self) -> str:
        text = "no secure connection to "
        if self.origin:
            text += f"{self.origin}"
        elif self.host:
            text += f"{self.host}"
            if self.port:
                text += f":{self.port}"
        else:
            text += "the server"
        return text + f": {self.detail}"


class ReadError(TransportError):
    """The connection broke while the response was on its way.

    Raised when: The server reset the connection, or it was lost.

    The server may have done what it was asked. Retry the request only if it is idempotent.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = (
        "The server may have done what it was asked. Retry the request only if it is idempotent."
    )

    received_bytes: int
    """How much of the response had come by then (bytes)."""
    is_unprocessed: bool
    """Whether the HTTP/2 server reported that it didn't process the request (RFC 9113 8.7): it
    refused the stream, or ended the connection before it. Sending the request again is safe then,
    whatever its method.
    """

    def __init__(
        self, *, detail: str, received_bytes: int = 0, is_unprocessed: bool = False
    ) -> None:
        self.detail = detail
        self.received_bytes = received_bytes
        self.is_unprocessed = is_unprocessed
        if is_unprocessed:
            self.retryable = "always"

    def _text(self) -> str:
        text = "the connection"
        if self.origin:
            text += f" to {self.origin}"
        text += f" broke while reading: {self.detail}"
        if self.received_bytes:
            text += f" ({self.received_bytes} bytes had come)"
        return text


class StreamReset(ReadError):
    """The server gave up this one request of an HTTP/2 connection; the others go on.

    Raised when: The server sent RST_STREAM before its response was complete (RFC 9113 6.4).

    Unless `is_unprocessed`, the server may have processed the request. Repeat it only if that is
    safe.
    """

    __module__ = "hyperhttp.exceptions"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = (
        "Unless `is_unprocessed`, the server may have processed the request. Repeat it only if that is safe."
    )

    error_code: int
    """The server's reason, an error code of RFC 9113 7, such as 2 for INTERNAL_ERROR."""

    def __init__(
        self, *, detail: str, error_code: int, received_bytes: int = 0, is_unprocessed: bool = False
    ) -> None:
        self.detail = detail
        self.received_bytes = received_bytes
        self.is_unprocessed = is_unprocessed
        self.error_code = error_code
        if is_unprocessed:
            self.retryable = "always"

    def _text(self) -> str:
        text = "the server"
        if self.origin:
            text += f" {self.origin}"
        text += f" reset the stream: {self.detail}"
        if self.received_bytes:
            text += f" ({self.received_bytes} bytes had come)"
        return text


class WriteError(TransportError):
    """The connection broke while the request was being sent.

    Raised when: The server closed or reset the connection before it had read the whole request.

    The server may have refused a large body; look at its limits.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "write"
    hint: ClassVar[str] = "The server may have refused a large body; look at its limits."

    sent_bytes: int
    """How much of the request had gone out by then (bytes)."""

    def __init__(self, *, detail: str, sent_bytes: int = 0) -> None:
        self.detail = detail
        self.sent_bytes = sent_bytes

    def _text(self) -> str:
        text = "the connection"
        if self.origin:
            text += f" to {self.origin}"
        text += f" broke while sending: {self.detail}"
        if self.sent_bytes:
            text += f" ({self.sent_bytes} bytes had gone out)"
        return text


class ProtocolError(TransportError):
    """One side broke the rules of HTTP.

    Raised when: Never by itself: see LocalProtocolError and RemoteProtocolError.

    The subclass tells which side it was.
    """

    __module__ = "hyperhttp.exceptions"
    retryable: Retryable = "never"
    hint: ClassVar[str] = "The subclass tells which side it was."

    def _text(self) -> str:
        text = "HTTP was broken"
        if self.origin:
            text += f" with {self.origin}"
        return text + f": {self.detail}"


class LocalProtocolError(ProtocolError):
    """The request would not be valid HTTP, so nothing of it was sent.

    Raised when: A method, a header or a body has what HTTP does not allow, such as a line break in
    a header.

    Mend the part of the request that `field` names.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "Mend the part of the request that `field` names."

    field: str | None
    """The header or the part of the request at fault, when it is known."""

    def __init__(self, *, detail: str, field: str | None = None) -> None:
        self.detail = detail
        self.field = field

    def _text(self) -> str:
        text = "the request"
        if self.origin:
            text += f" to {self.origin}"
        text += " is not valid HTTP: "
        if self.field:
            text += f"{self.field}: "
        return text + f"{self.detail}"


class RemoteProtocolError(ProtocolError):
    """The server sent what is not valid HTTP, or less than it had announced.

    Raised when: A response is malformed, cut short, or larger in its head than `Limits` allows.

    Check that the port is one of HTTP, and that no proxy cuts responses.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Check that the port is one of HTTP, and that no proxy cuts responses."

    def _text(self) -> str:
        text = ""
        if self.origin:
            text += f"{self.origin}"
        else:
            text += "the server"
        return text + f" did not answer with valid HTTP: {self.detail}"


class TimeoutException(HyperHTTPError, TimeoutError):
    """A limit of `Timeout` was reached. Every timeout is also the builtin TimeoutError.

    Raised when: Never by itself: each phase has its own class.

    Raise the limit of the phase that the class names, or set it to None.

    Example:
        try:
            response = await client.get("https://example.com/", timeout=5.0)
        except hyperhttp.TimeoutException as error:
            print(error.phase, error.timeout_s)
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "Raise the limit of the phase that the class names, or set it to None."

    timeout_s: float
    """The limit that was reached (seconds)."""
    elapsed_s: float | None
    """How long the phase had lasted, when it was measured (seconds)."""

    def __init__(self, *, timeout_s: float, elapsed_s: float | None = None) -> None:
        self.timeout_s = timeout_s
        self.elapsed_s = elapsed_s

    def _text(self) -> str:
        text = "timeout"
        if self.origin:
            text += f" with {self.origin}"
        text += f": {self.timeout_s:g} s were not enough"
        if self.elapsed_s:
            text += f" ({self.elapsed_s:.3g} s passed)"
        return text


class ConnectTimeout(TimeoutException, ConnectError):
    """No connection stood within `Timeout.connect`: DNS, TCP and TLS together.

    Raised when: The host does not answer, its name server is slow, or the TLS handshake stalls.

    Check that the host is reachable, or raise `Timeout.connect`.
    """

    __module__ = "hyperhttp.exceptions"
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
    ) -> None:
        self.timeout_s = timeout_s
        self.elapsed_s = elapsed_s
        self.detail = detail
        self.host = host
        self.port = port

    def _text(self) -> str:
        text = "no connection to "
        if self.origin:
            text += f"{self.origin}"
        elif self.host:
            text += f"{self.host}"
            if self.port:
                text += f":{self.port}"
        else:
            text += "the server"
        text += f" within {self.timeout_s:g} s (connect timeout"
        if self.elapsed_s:
            text += f", {self.elapsed_s:.3g} s passed"
        text += ")"
        if self.detail:
            text += f": {self.detail}"
        return text


class ReadTimeout(TimeoutException, ReadError):
    """The server was silent for longer than `Timeout.read`.

    Raised when: The connection stands, and nothing arrives. The length of the body does not matter,
    only silence does.

    Raise `Timeout.read`, or set it to None for long polling.
    """

    __module__ = "hyperhttp.exceptions"
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
    ) -> None:
        self.timeout_s = timeout_s
        self.elapsed_s = elapsed_s
        self.detail = detail
        self.received_bytes = received_bytes
        self.is_unprocessed = is_unprocessed
        if is_unprocessed:
            self.retryable = "always"

    def _text(self) -> str:
        text = "no byte from "
        if self.origin:
            text += f"{self.origin}"
        else:
            text += "the server"
        text += f" for {self.timeout_s:g} s (read timeout"
        if self.elapsed_s:
            text += f", {self.elapsed_s:.3g} s passed"
        if self.received_bytes:
            text += f", {self.received_bytes} bytes had come"
        text += ")"
        if self.detail:
            text += f": {self.detail}"
        return text


class WriteTimeout(TimeoutException, WriteError):
    """The server did not read what was sent for longer than `Timeout.write`.

    Raised when: The request is larger than the buffers on the way, and the server stopped reading
    it.

    Raise `Timeout.write`, or send smaller bodies.
    """

    __module__ = "hyperhttp.exceptions"
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
    ) -> None:
        self.timeout_s = timeout_s
        self.elapsed_s = elapsed_s
        self.detail = detail
        self.sent_bytes = sent_bytes

    def _text(self) -> str:
        text = ""
        if self.origin:
            text += f"{self.origin}"
        else:
            text += "the server"
        text += f" took no more bytes for {self.timeout_s:g} s (write timeout"
        if self.elapsed_s:
            text += f", {self.elapsed_s:.3g} s passed"
        if self.sent_bytes:
            text += f", {self.sent_bytes} bytes had gone out"
        text += ")"
        if self.detail:
            text += f": {self.detail}"
        return text


class PoolTimeout(TimeoutException):
    """No connection became free within `Timeout.pool`, so nothing was sent.

    Raised when: As many requests are running as the pool allows, and none of them ended in time.

    Read or close every response, raise `max_connections`, or start fewer requests at once.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "pool"
    retryable: Retryable = "always"
    hint: ClassVar[str] = (
        "Read or close every response, raise `max_connections`, or start fewer requests at once."
    )

    max_connections: int
    """How many connections the pool allows."""
    waiting: int
    """How many requests were waiting for one."""

    def __init__(
        self,
        *,
        timeout_s: float,
        max_connections: int,
        waiting: int,
        elapsed_s: float | None = None,
    ) -> None:
        self.timeout_s = timeout_s
        self.elapsed_s = elapsed_s
        self.max_connections = max_connections
        self.waiting = waiting

    def _text(self) -> str:
        text = "no free connection"
        if self.origin:
            text += f" for {self.origin}"
        text += f" within {self.timeout_s:g} s (pool timeout"
        if self.elapsed_s:
            text += f", {self.elapsed_s:.3g} s passed"
        return text + f"); at most {self.max_connections} at once, {self.waiting} requests waiting"


class TotalTimeout(TimeoutException):
    """The whole request, with redirects and retries, took longer than `Timeout.total`.

    Raised when: The one deadline over all phases passed.

    `during` is the phase that took the time, or None for your own code. Raise `Timeout.total`, or
    limit that phase instead.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "total"
    hint: ClassVar[str] = (
        "`during` is the phase that took the time, or None for your own code. Raise `Timeout.total`, or limit that phase instead."
    )

    during: Phase | None
    """The phase that the request was in; None while a token provider, an auth flow, a hook or
    middleware ran.
    """

    def __init__(
        self, *, timeout_s: float, elapsed_s: float | None = None, during: Phase | None = None
    ) -> None:
        self.timeout_s = timeout_s
        self.elapsed_s = elapsed_s
        self.during = during

    def _text(self) -> str:
        text = "the request"
        if self.origin:
            text += f" to {self.origin}"
        text += f" was not done within {self.timeout_s:g} s (total timeout"
        if self.elapsed_s:
            text += f", {self.elapsed_s:.3g} s passed"
        if self.during:
            text += f", during {self.during}"
        return text + ")"


class InvalidURL(HyperHTTPError, ValueError):
    """A text is not a URL that can be requested.

    Raised when: The scheme is not http or https, the host is missing or malformed, or a character
    is not allowed.

    Give an absolute http or https URL, or a path together with `base_url`.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "Give an absolute http or https URL, or a path together with `base_url`."

    given: str
    """The text as it was given, without its password."""
    detail: str
    """What is wrong with it, in words."""

    def __init__(self, *, given: str, detail: str) -> None:
        self.given = given
        self.detail = detail

    def _text(self) -> str:
        return f"invalid URL {self.given!r}: {self.detail}"


class ConfigError(HyperHTTPError, ValueError):
    """An option has a value that is not allowed.

    Raised when: A client, a config model or a call is given such a value. Nothing was sent.

    `allowed` tells what may be given.

    Example:
        try:
            client = hyperhttp.Client(timeout=-1)
        except hyperhttp.ConfigError as error:
            print(error.option, error.allowed)
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "`allowed` tells what may be given."

    option: str
    """The name of the option."""
    given: str
    """What was given, cut to 80 characters; empty for a name that is not known."""
    allowed: str
    """What may be given, in words."""
    suggestion: str | None
    """The nearest name that exists, when there is one."""

    def __init__(
        self, *, option: str, given: str, allowed: str, suggestion: str | None = None
    ) -> None:
        self.option = option
        self.given = given
        self.allowed = allowed
        self.suggestion = suggestion

    def _text(self) -> str:
        text = f"{self.option}: {self.given} is not allowed; give {self.allowed}"
        if self.suggestion:
            text += f". Did you mean {self.suggestion!r}?"
        return text


class UnknownOption(ConfigError, TypeError):
    """A call, a client or a config model was given a name that it does not know.

    Raised when: A keyword is misspelt, or belongs to another call. Nothing was sent.

    `suggestion` is the nearest name that exists, `allowed` names them all.

    Example:
        try:
            client = hyperhttp.Client(timout=5.0)
        except hyperhttp.UnknownOption as error:
            print(error.option, error.suggestion)
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "`suggestion` is the nearest name that exists, `allowed` names them all."

    def _text(self) -> str:
        text = f"{self.option} is not an option here; give {self.allowed}"
        if self.suggestion:
            text += f". Did you mean {self.suggestion!r}?"
        return text


class TooManyRedirects(HyperHTTPError):
    """The server kept sending the request elsewhere.

    Raised when: One redirect more than `max_redirects` was answered.

    The addresses may form a circle: `request.url` is the last one. Often a cookie is missing.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = (
        "The addresses may form a circle: `request.url` is the last one. Often a cookie is missing."
    )

    max_redirects: int
    """How many redirects were allowed."""

    def __init__(self, *, max_redirects: int) -> None:
        self.max_redirects = max_redirects

    def _text(self) -> str:
        text = f"more than {self.max_redirects} redirects"
        if self.url:
            text += f", the last one from {self.url}"
        return text


class BadRedirect(HyperHTTPError):
    """The server named an address that cannot be requested.

    Raised when: A `Location` is malformed, or names a scheme other than http and https.

    Turn `follow_redirects` off to see the response itself.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = "Turn `follow_redirects` off to see the response itself."

    location: str
    """The address as the server gave it, without its password."""
    detail: str
    """What is wrong with it, in words."""

    def __init__(self, *, location: str, detail: str) -> None:
        self.location = location
        self.detail = detail

    def _text(self) -> str:
        text = f"cannot follow the redirect to {self.location!r}"
        if self.url:
            text += f" from {self.url}"
        return text + f": {self.detail}"


class PaginationError(HyperHTTPError):
    """The next page of a list isn't requested, because of where it is.

    Raised when: `client.paginate` meets a page that it has requested, or on another origin.

    Check the `Link` header or the cursor, or set `allow_other_origins`.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = "Check the `Link` header or the cursor, or set `allow_other_origins`."

    next_url: str
    """The URL of the next page, with its secrets masked."""
    detail: str
    """Why it isn't requested."""

    def __init__(self, *, next_url: str, detail: str) -> None:
        self.next_url = next_url
        self.detail = detail

    def _text(self) -> str:
        return f"cannot go to the next page {self.next_url}: {self.detail}"


class AuthenticationError(HyperHTTPError):
    """The server failed to prove that it has the password of the request.

    Raised when: The `rspauth` that a server sends with Digest (RFC 7616 3.5) is wrong.

    Another server may have sent the response. Check the URL, and TLS.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Another server may have sent the response. Check the URL, and TLS."

    detail: str
    """What is wrong, in words."""

    def __init__(self, *, detail: str) -> None:
        self.detail = detail

    def _text(self) -> str:
        text = ""
        if self.origin:
            text += f"{self.origin}"
        else:
            text += "the server"
        return text + f" failed to authenticate itself: {self.detail}"


class OAuth2Error(HyperHTTPError):
    """The token endpoint issued no usable token (RFC 6749 5.2).

    Raised when: `OAuth2ClientCredentials` gets an error from the token endpoint.

    Look at `code`: `invalid_client` means a wrong id or secret.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Look at `code`: `invalid_client` means a wrong id or secret."

    code: str
    """The error code of RFC 6749 5.2, or `invalid_response` for other responses."""
    status_code: int
    """The status of the response."""

    def __init__(self, *, code: str, status_code: int) -> None:
        self.code = code
        self.status_code = status_code

    def _text(self) -> str:
        return f"the token endpoint issued no access token: {self.code} (status {self.status_code})"


class CircuitBreakerOpen(HyperHTTPError):
    """The server has failed too often lately, so nothing was sent to it.

    Raised when: The breaker of the origin is open, or a probe is finding out whether the server is
    well again.

    Wait for `remaining` seconds, or ask another server; `CircuitBreakerPolicy` says when a breaker
    opens.

    Example:
        try:
            response = await client.get("https://example.com/")
        except hyperhttp.CircuitBreakerOpen as error:
            print(error.host, error.port, error.remaining)
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = (
        "Wait for `remaining` seconds, or ask another server; `CircuitBreakerPolicy` says when a breaker opens."
    )

    host: str
    """The host whose breaker is open."""
    port: int
    """The port of the server whose breaker is open; 0 if it isn't known."""
    remaining: float
    """How long until a probe is let through; 0 while one is under way (seconds)."""

    def __init__(self, *, host: str, remaining: float, port: int = 0) -> None:
        self.host = host
        self.port = port
        self.remaining = remaining

    def _text(self) -> str:
        text = "the circuit breaker of "
        if self.origin:
            text += f"{self.origin}"
        elif self.host:
            text += f"{self.host}"
            if self.port:
                text += f":{self.port}"
        text += " is open after too many failures"
        if self.remaining:
            text += f"; ask again in {self.remaining:.3g} s"
        return text


class AddressRefused(HyperHTTPError):
    """The address policy of the client doesn't allow the connection, so nothing was sent.

    Raised when: A host is, or resolves to, an address that the policy refuses, or a proxy would
    resolve it.

    If the address is one of yours, add it to `AddressPolicy.allow`.

    Example:
        try:
            response = await client.get("https://example.com/")
        except hyperhttp.AddressRefused as error:
            print(error.host, error.address, error.rule)
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "connect"
    hint: ClassVar[str] = "If the address is one of yours, add it to `AddressPolicy.allow`."

    host: str
    """The host of the URL."""
    address: str
    """The refused address or Unix socket; empty if the host was refused without a lookup."""
    rule: str
    """The rule that refuses it, such as "loopback (127.0.0.0/8, loopback)"."""

    def __init__(self, *, host: str, rule: str, address: str = "") -> None:
        self.host = host
        self.address = address
        self.rule = rule

    def _text(self) -> str:
        text = f"refused to connect to {self.host}"
        if self.address:
            text += f" at {self.address}"
        return text + f": {self.rule}"


class ClientClosed(HyperHTTPError):
    """The client was closed, and a closed client sends nothing.

    Raised when: A request is made after `aclose()`, or after the `async with` block has ended.

    Make the request inside the `async with` block, or make a new client.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = "Make the request inside the `async with` block, or make a new client."

    def _text(self) -> str:
        text = "the client is closed"
        if self.url:
            text += f"; it cannot request {self.url}"
        return text


class WrongEventLoop(HyperHTTPError):
    """The client was used from another event loop than the one it began in.

    Raised when: A client that has made a request is used under a second `asyncio.run`, or in
    another thread.

    Make one client for each event loop.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = "Make one client for each event loop."

    detail: str
    """Where the other event loop is, if it isn't in this process."""

    def __init__(self, *, detail: str = "") -> None:
        self.detail = detail

    def _text(self) -> str:
        text = "the client belongs to another event loop"
        if self.detail:
            text += f", {self.detail}"
        if self.url:
            text += f"; it cannot request {self.url} from this one"
        return text


class StreamError(HyperHTTPError):
    """A body was used in a way that it does not allow.

    Raised when: Never by itself: the subclasses tell which way.

    `await response.aread()` keeps the body for use as often as you like.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "`await response.aread()` keeps the body for use as often as you like."

    def _text(self) -> str:
        text = "the body cannot be used in this way"
        if self.url:
            text += f": {self.url}"
        return text


class StreamConsumed(StreamError):
    """The body was read as a stream before, and it comes only once.

    Raised when: A response is iterated or read after it was iterated.

    Call `await response.aread()` first, to read it any number of times.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Call `await response.aread()` first, to read it any number of times."

    def _text(self) -> str:
        text = "the body was already read as a stream, and it comes only once"
        if self.url:
            text += f": {self.url}"
        return text


class ResponseClosed(StreamError):
    """The response was closed before its body was read, so the rest of it is gone.

    Raised when: A body is read after `aclose()`, or after the `async with` block of the response.

    Read the body before the response is closed.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Read the body before the response is closed."

    def _text(self) -> str:
        text = "the response was closed before its body was read"
        if self.url:
            text += f": {self.url}"
        return text


class ResponseNotRead(StreamError):
    """The body is wanted at once, but it has not been read yet.

    Raised when: `content`, `text` or `json()` is used before `aread()`.

    Call `await response.aread()` once; then they work.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Call `await response.aread()` once; then they work."

    def _text(self) -> str:
        text = "the body has not been read yet: call `await response.aread()` first"
        if self.url:
            text += f" ({self.url})"
        return text


class BodyNotReplayable(StreamError):
    """A body that can be sent only once would have had to be sent a second time.

    Raised when: A redirect that keeps the body, or a retry, meets a body from a generator.

    Give the body as bytes, or as something that can be iterated again.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "write"
    hint: ClassVar[str] = "Give the body as bytes, or as something that can be iterated again."

    detail: str
    """Why it would have been sent again, in words."""

    def __init__(self, *, detail: str) -> None:
        self.detail = detail

    def _text(self) -> str:
        text = "the request body can be sent only once, and it is needed again"
        if self.url:
            text += f" for {self.url}"
        return text + f": {self.detail}"


class DownloadError(HyperHTTPError):
    """There was no file to be had, or it could not be written.

    Raised when: The server answers with something that is no content, such as a redirect that is
    not followed, or the disk refuses.

    Look at the response, at `follow_redirects`, and at the folder that the file is to lie in.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = (
        "Look at the response, at `follow_redirects`, and at the folder that the file is to lie in."
    )

    detail: str
    """What happened, in words."""
    path: str
    """Where the file was to lie."""

    def __init__(self, *, detail: str, path: str) -> None:
        self.detail = detail
        self.path = path

    def _text(self) -> str:
        text = "cannot download"
        if self.url:
            text += f" {self.url}"
        return text + f" to {self.path}: {self.detail}"


class DigestMismatch(DownloadError):
    """The file came whole, and is not the one that was wanted; nothing of it is left.

    Raised when: The digest of the file differs from the one that was given.

    Check the digest. If it is right, do not trust the file.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "Check the digest. If it is right, do not trust the file."

    algorithm: str
    """How it was computed, such as sha256."""
    expected: str
    """What was wanted, in hexadecimal."""
    actual: str
    """What the file gives, in hexadecimal."""

    def __init__(
        self, *, detail: str, path: str, algorithm: str, expected: str, actual: str
    ) -> None:
        self.detail = detail
        self.path = path
        self.algorithm = algorithm
        self.expected = expected
        self.actual = actual

    def _text(self) -> str:
        text = "what was downloaded"
        if self.url:
            text += f" from {self.url}"
        return text + f" to {self.path} is not what it should be: {self.detail}"


class DecodeError(HyperHTTPError, ValueError):
    """The body came whole, but it is not what it should be.

    Raised when: `json()` or `aiter_json()` meets what is not JSON, or not what the wanted type
    says; `aiter_sse()` meets what is no event stream.

    Look at `response.headers["content-type"]` and at `response.text`.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "decode"
    hint: ClassVar[str] = 'Look at `response.headers["content-type"]` and at `response.text`.'

    detail: str
    """What is wrong with it, and where, in words."""
    json_path: str
    """The place of the first value that is not as wanted, such as `$.items[3].id`; empty for what
    is not JSON.
    """
    line: int | None
    """The line of the body, counted from 1, where JSON is wrong, or a record of JSON lines."""
    excerpt: str
    """What stands there, at most 80 characters; kept out of the text of the error, for it may be
    private.
    """

    def __init__(
        self, *, detail: str, json_path: str = "", line: int | None = None, excerpt: str = ""
    ) -> None:
        self.detail = detail
        self.json_path = json_path
        self.line = line
        self.excerpt = excerpt

    def _text(self) -> str:
        text = "cannot decode the body"
        if self.url:
            text += f" of {self.url}"
        return text + f": {self.detail}"


class DecompressionError(DecodeError):
    """The compressed body is damaged, cut short, or a bomb.

    Raised when: The bytes do not follow their `Content-Encoding`, or grow more than
    `Limits.max_decode_ratio` allows.

    `aiter_raw()` gives the bytes as they came.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "`aiter_raw()` gives the bytes as they came."

    coding: str
    """The content coding, such as gzip."""

    def __init__(
        self,
        *,
        detail: str,
        coding: str,
        json_path: str = "",
        line: int | None = None,
        excerpt: str = "",
    ) -> None:
        self.detail = detail
        self.json_path = json_path
        self.line = line
        self.excerpt = excerpt
        self.coding = coding

    def _text(self) -> str:
        text = "cannot decompress the body"
        if self.url:
            text += f" of {self.url}"
        return text + f" ({self.coding}): {self.detail}"


class ResponseTooLarge(HyperHTTPError):
    """The response is larger than a limit allows; the rest of it was not read.

    Raised when: A body grows over `Limits.max_body_bytes`, or decoded over
    `Limits.max_decoded_bytes`; a line, a record or an event is longer than `Limits.max_line_bytes`.

    Raise the limit that `limit` names, or read the body in pieces with `aiter_bytes()`.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = (
        "Raise the limit that `limit` names, or read the body in pieces with `aiter_bytes()`."
    )

    limit: Literal["max_body_bytes", "max_decoded_bytes", "max_line_bytes"]
    """The name of the field of `Limits`."""
    limit_bytes: int
    """The limit itself (bytes)."""

    def __init__(
        self,
        *,
        limit: Literal["max_body_bytes", "max_decoded_bytes", "max_line_bytes"],
        limit_bytes: int,
    ) -> None:
        self.limit = limit
        self.limit_bytes = limit_bytes

    def _text(self) -> str:
        text = "the response"
        if self.url:
            text += f" from {self.url}"
        return text + f" is larger than Limits.{self.limit} allows ({self.limit_bytes} bytes)"


@final
@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a request, as `Response.attempts` and `error.attempts` list it.

    Example:
        for attempt in response.attempts:
            print(attempt.number, attempt.status_code or attempt.error, attempt.decision)
    """

    number: int
    """Its number, from 1."""
    status_code: int | None
    """The status code of its response; None if it ended with an error."""
    error: HyperHTTPError | None
    """The error it ended with, without a traceback; None if there was a response."""
    elapsed_s: float
    """How long it took (seconds)."""
    delay_s: float
    """How long the client waited after it before the next attempt; 0.0 for the last (seconds)."""
    decision: str
    """Why it was, or wasn't, followed by another attempt, in words."""
