# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/errors.toml and spec/vocabulary.toml and run the command again.
"""Every error but the status errors. All derive from one base; see `__all__`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias, TypeVar, final

from hyperhttp._base.error_support import explanation, rebuilt, text_or_hint

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    "in_context",
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
"""The name of an error class, for `RetryPolicy.errors`."""
Phase: TypeAlias = Literal[
    "build", "pool", "dns", "connect", "tls", "write", "read", "decode", "redirect", "total"
]
"""The phase of a request in which an error occurred."""
Retryable: TypeAlias = Literal["never", "if_unsent", "if_idempotent", "always"]
"""The condition under which a request is safe to retry."""
_ADVICE: Final[Mapping[Retryable, str]] = {
    "never": "no, because it would fail in the same way",
    "if_unsent": "only if nothing of the request was sent",
    "if_idempotent": "only if the request is idempotent",
    "always": "yes",
}


class HyperHTTPError(Exception):
    """The base class of all hyperhttp errors.

    Raised when: Never raised itself. Catch it to catch every hyperhttp error.

    Handle the specific subclasses first and catch this class last.

    Example:
        try:
            response = await client.get("https://example.com/")
        except hyperhttp.HyperHTTPError as error:
            print(f"{error} ({error.hint})")
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = None
    retryable: Retryable = "never"
    hint: ClassVar[str] = "Handle the specific subclasses first and catch this class last."

    _request: RequestFacts | None = None
    origin: str | None = None
    """The scheme, host and port of the server."""
    elapsed: float | None = None
    """Seconds from the start of the request to the error."""
    attempt: int = 1
    """The number of the attempt, from 1."""
    attempts: tuple[Attempt, ...] = ()
    """All attempts with their results, this one last, if retries are enabled."""

    def __init__(self) -> None:
        """It has no attributes except its context."""

    @property
    def request(self) -> RequestFacts | None:
        """The request that failed, if it was created."""
        return self._request

    @property
    def url(self) -> URLFacts | None:
        """The URL of the request for logs, or None: without a password, and with the values of
        sensitive parameters masked. `request.url` contains them.
        """
        return None if self.request is None else self.request.url.without_secrets()

    def explain(self) -> str:
        """Return a description of the error: its message, a hint, and the attempts.

        Example:
            print(error.explain())
        """
        return explanation(self, self.hint, _ADVICE[self.retryable], self.attempts)

    def __str__(self) -> str:
        return text_or_hint(self, self._text, self.hint)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[object, ...]:
        # Not by `args`: attributes are keywords, and OSError (the builtin TimeoutError) differs.
        return rebuilt, (type(self),), self.__dict__.copy()

    def _text(self) -> str:
        text = "request failed"
        if self.url:
            text += f": {self.url}"
        return text


class TransportError(HyperHTTPError):
    """The connection to the server failed, or the data on it isn't valid HTTP.

    Raised when: The client can't connect, the connection breaks or stays silent too long, or the
    data isn't valid HTTP.

    Retry if the request is idempotent. Any partial response is discarded.
    """

    __module__ = "hyperhttp.exceptions"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Retry if the request is idempotent. Any partial response is discarded."

    detail: str
    """A description of the failure."""

    def __init__(self, *, detail: str) -> None:
        self.detail = detail

    def _text(self) -> str:
        text = "the transport failed"
        if self.origin:
            text += f" with {self.origin}"
        return text + f": {self.detail}"


class ConnectError(TransportError):
    """The client couldn't open a connection to the server. Nothing was sent.

    Raised when: Every address of the host refuses the connection or is unreachable.

    Check the host and port, and that the server is running.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "connect"
    retryable: Retryable = "always"
    hint: ClassVar[str] = "Check the host and port, and that the server is running."

    host: str
    """The host that the client tried to connect to."""
    port: int
    """The port that the client tried to connect to, or 0 if it isn't known."""

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
    """The client couldn't connect through the proxy. Nothing was sent to the server.

    Raised when: The proxy is unreachable, rejects the tunnel (CONNECT or SOCKS5), or sends an
    invalid reply.

    If `status_code` is 407, set the user and password in `proxy=`. Other codes describe how the
    proxy failed to reach the server.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = (
        "If `status_code` is 407, set the user and password in `proxy=`. Other codes describe how the proxy failed to reach the server."
    )

    proxy: str
    """The address of the proxy, without user and password."""
    status_code: int | None
    """The status code from an HTTP proxy. None if the proxy didn't respond, and for SOCKS5."""
    excerpt: str
    """The beginning of the proxy's error body, at most 200 characters."""

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
        text = "cannot connect to "
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
    """The client couldn't resolve the host name to an address.

    Raised when: The name doesn't exist, or the name server doesn't respond.

    Check the spelling of the host name, and that DNS works on this machine.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "dns"
    hint: ClassVar[str] = "Check the spelling of the host name, and that DNS works on this machine."

    def _text(self) -> str:
        text = "cannot resolve "
        if self.host:
            text += f"{self.host}"
        else:
            text += "the host"
        if self.origin:
            text += f" for {self.origin}"
        return text + f": {self.detail}"


class TLSError(ConnectError):
    """The TLS handshake failed, so there is no secure connection. Nothing was sent.

    Raised when: The certificate isn't trusted, client and server share no TLS version, or the
    server ends the handshake, for example because it requires a client certificate.

    To trust a private CA, pass its file in `verify`. Don't disable it.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "tls"
    retryable: Retryable = "never"
    hint: ClassVar[str] = "To trust a private CA, pass its file in `verify`. Don't disable it."

    is_connection_lost: bool
    """True if the connection was lost during the handshake without a TLS alert. Another attempt
    may succeed.
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
        text = "TLS handshake with "
        if self.origin:
            text += f"{self.origin}"
        elif self.host:
            text += f"{self.host}"
            if self.port:
                text += f":{self.port}"
        else:
            text += "the server"
        return text + f" failed: {self.detail}"


class ReadError(TransportError):
    """The connection broke before the response was complete.

    Raised when: The server resets the connection, or the network fails.

    Retry only if the request is idempotent: it may have been processed.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Retry only if the request is idempotent: it may have been processed."

    received_bytes: int
    """The size of the response data received before the error (bytes)."""
    is_unprocessed: bool
    """True if the HTTP/2 server reported that it didn't process the request (RFC 9113 8.7). The
    request is then safe to retry with any method.
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
        text = "connection"
        if self.origin:
            text += f" to {self.origin}"
        text += f" lost while reading the response: {self.detail}"
        if self.received_bytes:
            text += f" ({self.received_bytes} bytes received)"
        return text


class StreamReset(ReadError):
    """The server ended this request's HTTP/2 stream. Other requests on the connection continue.

    Raised when: The server sends RST_STREAM before its response is complete (RFC 9113 6.4).

    If `is_unprocessed` is false, the server may have processed the request. Retry only if it is
    idempotent.
    """

    __module__ = "hyperhttp.exceptions"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = (
        "If `is_unprocessed` is false, the server may have processed the request. Retry only if it is idempotent."
    )

    error_code: int
    """The error code from RFC 9113 7, such as 2 for INTERNAL_ERROR."""

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
            text += f" ({self.received_bytes} bytes received)"
        return text


class WriteError(TransportError):
    """The connection broke before the request was sent completely.

    Raised when: The server closes or resets the connection before it has read the whole request.

    Check if the body exceeds a size limit of the server.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "write"
    hint: ClassVar[str] = "Check if the body exceeds a size limit of the server."

    sent_bytes: int
    """The size of the request data sent before the error (bytes)."""

    def __init__(self, *, detail: str, sent_bytes: int = 0) -> None:
        self.detail = detail
        self.sent_bytes = sent_bytes

    def _text(self) -> str:
        text = "connection"
        if self.origin:
            text += f" to {self.origin}"
        text += f" lost while sending the request: {self.detail}"
        if self.sent_bytes:
            text += f" ({self.sent_bytes} bytes sent)"
        return text


class ProtocolError(TransportError):
    """A message violates the HTTP specification.

    Raised when: Never raised itself. See `LocalProtocolError` and `RemoteProtocolError`.

    Look at the subclass: it shows if the client or the server is at fault.
    """

    __module__ = "hyperhttp.exceptions"
    retryable: Retryable = "never"
    hint: ClassVar[str] = "Look at the subclass: it shows if the client or the server is at fault."

    def _text(self) -> str:
        text = "HTTP protocol error"
        if self.origin:
            text += f" with {self.origin}"
        return text + f": {self.detail}"


class LocalProtocolError(ProtocolError):
    """The request isn't valid HTTP. Nothing was sent.

    Raised when: A method, header or body contains something that HTTP doesn't allow, such as a line
    break in a header.

    Correct the part of the request that `field` names.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "Correct the part of the request that `field` names."

    field: str | None
    """The header or the part of the request at fault, or an empty string if it isn't known."""

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
    """The server sent a response that isn't valid HTTP or is incomplete.

    Raised when: A response is malformed or cut short, or its headers exceed a limit in `Limits`.

    Check the port, and that no proxy cuts responses short.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Check the port, and that no proxy cuts responses short."

    def _text(self) -> str:
        text = "invalid response from "
        if self.origin:
            text += f"{self.origin}"
        else:
            text += "the server"
        return text + f": {self.detail}"


class TimeoutException(HyperHTTPError, TimeoutError):
    """A time limit of `Timeout` expired. Every timeout error is also a builtin `TimeoutError`.

    Raised when: Never raised itself. Each phase has its own subclass.

    Increase the timeout of the phase, or set it to None.

    Example:
        try:
            response = await client.get("https://example.com/", timeout=5.0)
        except hyperhttp.TimeoutException as error:
            print(error.phase, error.timeout_s)
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "Increase the timeout of the phase, or set it to None."

    timeout_s: float
    """The limit that expired (seconds)."""
    elapsed_s: float | None
    """The measured duration of the phase (seconds)."""

    def __init__(self, *, timeout_s: float, elapsed_s: float | None = None) -> None:
        self.timeout_s = timeout_s
        self.elapsed_s = elapsed_s

    def _text(self) -> str:
        text = f"timed out after {self.timeout_s:g} s"
        if self.origin:
            text += f" with {self.origin}"
        if self.elapsed_s:
            text += f" ({self.elapsed_s:.3g} s elapsed)"
        return text


class ConnectTimeout(TimeoutException, ConnectError):
    """The client couldn't connect within `Timeout.connect`, which covers DNS, TCP and TLS
    together.

    Raised when: The host doesn't respond, its name server is slow, or the TLS handshake stalls.

    Check that the host is reachable, or increase `Timeout.connect`.
    """

    __module__ = "hyperhttp.exceptions"
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
    ) -> None:
        self.timeout_s = timeout_s
        self.elapsed_s = elapsed_s
        self.detail = detail
        self.host = host
        self.port = port

    def _text(self) -> str:
        text = f"timed out after {self.timeout_s:g} s connecting to "
        if self.origin:
            text += f"{self.origin}"
        elif self.host:
            text += f"{self.host}"
            if self.port:
                text += f":{self.port}"
        else:
            text += "the server"
        text += " (connect timeout"
        if self.elapsed_s:
            text += f", {self.elapsed_s:.3g} s elapsed"
        text += ")"
        if self.detail:
            text += f": {self.detail}"
        return text


class ReadTimeout(TimeoutException, ReadError):
    """The server sent no data for longer than `Timeout.read`.

    Raised when: The connection is open, but no data arrives within the limit. The size of the body
    doesn't matter.

    Increase `Timeout.read`, or set it to None for long polling.
    """

    __module__ = "hyperhttp.exceptions"
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
    ) -> None:
        self.timeout_s = timeout_s
        self.elapsed_s = elapsed_s
        self.detail = detail
        self.received_bytes = received_bytes
        self.is_unprocessed = is_unprocessed
        if is_unprocessed:
            self.retryable = "always"

    def _text(self) -> str:
        text = f"timed out after {self.timeout_s:g} s waiting for data from "
        if self.origin:
            text += f"{self.origin}"
        else:
            text += "the server"
        text += " (read timeout"
        if self.elapsed_s:
            text += f", {self.elapsed_s:.3g} s elapsed"
        if self.received_bytes:
            text += f", {self.received_bytes} bytes received"
        text += ")"
        if self.detail:
            text += f": {self.detail}"
        return text


class WriteTimeout(TimeoutException, WriteError):
    """The server accepted no data for longer than `Timeout.write`.

    Raised when: The request is larger than the network buffers, and the server stops reading it.

    Increase `Timeout.write`, or send smaller bodies.
    """

    __module__ = "hyperhttp.exceptions"
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
    ) -> None:
        self.timeout_s = timeout_s
        self.elapsed_s = elapsed_s
        self.detail = detail
        self.sent_bytes = sent_bytes

    def _text(self) -> str:
        text = f"timed out after {self.timeout_s:g} s waiting for "
        if self.origin:
            text += f"{self.origin}"
        else:
            text += "the server"
        text += " to accept data (write timeout"
        if self.elapsed_s:
            text += f", {self.elapsed_s:.3g} s elapsed"
        if self.sent_bytes:
            text += f", {self.sent_bytes} bytes sent"
        text += ")"
        if self.detail:
            text += f": {self.detail}"
        return text


class PoolTimeout(TimeoutException):
    """No connection became available within `Timeout.pool`. Nothing was sent.

    Raised when: All connections of the pool are in use, and none is released in time.

    Read or close every response, increase `max_connections`, or start fewer requests at once.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "pool"
    retryable: Retryable = "always"
    hint: ClassVar[str] = (
        "Read or close every response, increase `max_connections`, or start fewer requests at once."
    )

    max_connections: int
    """The number of connections that the pool allows."""
    waiting: int
    """The number of queued requests."""

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
        text = f"timed out after {self.timeout_s:g} s waiting for a connection"
        if self.origin:
            text += f" to {self.origin}"
        text += " (pool timeout"
        if self.elapsed_s:
            text += f", {self.elapsed_s:.3g} s elapsed"
        return (
            text
            + f"); the pool allows {self.max_connections}, and {self.waiting} requests are queued"
        )


class TotalTimeout(TimeoutException):
    """The whole request, including redirects and retries, took longer than `Timeout.total`.

    Raised when: The deadline of the whole request passes.

    Look at `during`: it is the phase that was interrupted, or None for your own code. Increase
    `Timeout.total`, or limit that phase.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "total"
    hint: ClassVar[str] = (
        "Look at `during`: it is the phase that was interrupted, or None for your own code. Increase `Timeout.total`, or limit that phase."
    )

    during: Phase | None
    """The phase that the request was in, or None while a token provider, an auth flow, a hook or
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
        text += f" timed out after {self.timeout_s:g} s (total timeout"
        if self.elapsed_s:
            text += f", {self.elapsed_s:.3g} s elapsed"
        if self.during:
            text += f", during {self.during}"
        return text + ")"


class InvalidURL(HyperHTTPError, ValueError):
    """The text isn't a URL that the client can request.

    Raised when: The scheme isn't http or https, the host is missing or malformed, or a character
    isn't allowed.

    Pass an absolute http or https URL, or a path together with `base_url`.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "Pass an absolute http or https URL, or a path together with `base_url`."

    given: str
    """The text that you passed, without its password."""
    detail: str
    """A description of what is wrong."""

    def __init__(self, *, given: str, detail: str) -> None:
        self.given = given
        self.detail = detail

    def _text(self) -> str:
        return f"invalid URL {self.given!r}: {self.detail}"


class ConfigError(HyperHTTPError, ValueError):
    """An option has an invalid value.

    Raised when: A client, a config model or a call receives such a value. Nothing was sent.

    See `allowed` for the values that the option accepts.

    Example:
        try:
            client = hyperhttp.Client(timeout=-1)
        except hyperhttp.ConfigError as error:
            print(error.option, error.allowed)
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "build"
    hint: ClassVar[str] = "See `allowed` for the values that the option accepts."

    option: str
    """The name of the option."""
    given: str
    """The value, shortened to 80 characters, or an empty string for an unknown name."""
    allowed: str
    """A description of the allowed values."""
    suggestion: str | None
    """The most similar allowed value, or an empty string."""

    def __init__(
        self, *, option: str, given: str, allowed: str, suggestion: str | None = None
    ) -> None:
        self.option = option
        self.given = given
        self.allowed = allowed
        self.suggestion = suggestion

    def _text(self) -> str:
        text = f"invalid {self.option}: {self.given}"
        if self.suggestion:
            text += f"; did you mean {self.suggestion!r}? Expected"
        else:
            text += "; expected"
        return text + f" {self.allowed}"


class UnknownOption(ConfigError, TypeError):
    """A call, a client or a config model received an option that doesn't exist.

    Raised when: A keyword is misspelled, or belongs to another call. Nothing was sent.

    See `suggestion` for the most similar name, and `allowed` for all names.

    Example:
        try:
            client = hyperhttp.Client(timout=5.0)
        except hyperhttp.UnknownOption as error:
            print(error.option, error.suggestion)
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "See `suggestion` for the most similar name, and `allowed` for all names."

    def _text(self) -> str:
        text = f"unknown option {self.option!r}"
        if self.suggestion:
            text += f"; did you mean {self.suggestion!r}?"
        return text + " (the full list is in error.allowed)"


class TooManyRedirects(HyperHTTPError):
    """The server redirected the request more often than you allow.

    Raised when: A request exceeds `max_redirects`.

    Look at `request.url`, the last URL: the redirects may form a loop. A missing cookie is a common
    cause.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = (
        "Look at `request.url`, the last URL: the redirects may form a loop. A missing cookie is a common cause."
    )

    max_redirects: int
    """The number of allowed redirects."""

    def __init__(self, *, max_redirects: int) -> None:
        self.max_redirects = max_redirects

    def _text(self) -> str:
        text = f"too many redirects: more than {self.max_redirects}"
        if self.url:
            text += f", the last one from {self.url}"
        return text


class BadRedirect(HyperHTTPError):
    """The client can't follow the redirect, because its `Location` can't be requested.

    Raised when: `Location` is malformed, its scheme isn't http or https, or a redirect option
    refuses it.

    To get the redirect response itself, turn off `follow_redirects`.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = "To get the redirect response itself, turn off `follow_redirects`."

    location: str
    """The `Location` that the server sent, without its password."""
    detail: str
    """A description of what is wrong."""

    def __init__(self, *, location: str, detail: str) -> None:
        self.location = location
        self.detail = detail

    def _text(self) -> str:
        text = f"cannot follow the redirect to {self.location!r}"
        if self.url:
            text += f" from {self.url}"
        return text + f": {self.detail}"


class PaginationError(HyperHTTPError):
    """The client doesn't request the next page of a list, because of its URL.

    Raised when: The next page was requested before, or is on another origin.

    Check the `Link` header or the cursor, or set `allow_other_origins`.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "redirect"
    hint: ClassVar[str] = "Check the `Link` header or the cursor, or set `allow_other_origins`."

    next_url: str
    """The URL of the next page, with its secrets masked."""
    detail: str
    """The reason why the client doesn't request it."""

    def __init__(self, *, next_url: str, detail: str) -> None:
        self.next_url = next_url
        self.detail = detail

    def _text(self) -> str:
        return f"cannot request the next page {self.next_url}: {self.detail}"


class AuthenticationError(HyperHTTPError):
    """The server failed to prove that it has the password of the request.

    Raised when: The `rspauth` value that a server sends with Digest (RFC 7616 3.5) is wrong.

    Check the URL and TLS. Another server may have responded.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Check the URL and TLS. Another server may have responded."

    detail: str
    """A description of what is wrong."""

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

    Raised when: `OAuth2ClientCredentials` receives an error from the token endpoint.

    Look at `code`: `invalid_client` means that the id or secret is wrong.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Look at `code`: `invalid_client` means that the id or secret is wrong."

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
    """The circuit breaker blocked the request after too many failures. Nothing was sent.

    Raised when: The origin's breaker is open, or half-open while a probe request is running.

    Wait for `remaining` seconds, or use another server. `CircuitBreakerPolicy` defines when a
    breaker opens.

    Example:
        try:
            response = await client.get("https://example.com/")
        except hyperhttp.CircuitBreakerOpen as error:
            print(error.host, error.port, error.remaining)
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = (
        "Wait for `remaining` seconds, or use another server. `CircuitBreakerPolicy` defines when a breaker opens."
    )

    host: str
    """The host whose breaker is open."""
    port: int
    """The port whose breaker is open, or 0 if it isn't known."""
    remaining: float
    """The time until the breaker allows a probe, or 0 while a probe is running (seconds)."""

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
            text += f"; retry in {self.remaining:.3g} s"
        return text


class AddressRefused(HyperHTTPError):
    """The client's address policy doesn't allow the connection. Nothing was sent.

    Raised when: The host is or resolves to an address that the policy refuses, or a proxy would
    resolve it.

    If the address is yours, add it to `AddressPolicy.allow`.

    Example:
        try:
            response = await client.get("https://example.com/")
        except hyperhttp.AddressRefused as error:
            print(error.host, error.address, error.rule)
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "connect"
    hint: ClassVar[str] = "If the address is yours, add it to `AddressPolicy.allow`."

    host: str
    """The host of the URL."""
    address: str
    """The refused address or Unix socket. Empty if the host was refused without a lookup."""
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
    """The client is closed, and a closed client can't send requests.

    Raised when: You make a request after `aclose()`, or after the `async with` block.

    Make the request inside the `async with` block, or create a new client.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = "Make the request inside the `async with` block, or create a new client."

    def _text(self) -> str:
        text = "cannot send a request"
        if self.url:
            text += f" to {self.url}"
        return text + ": the client is closed"


class WrongEventLoop(HyperHTTPError):
    """The client is used from another event loop than the one it first ran in.

    Raised when: A client that has made a request is used in a second `asyncio.run` or in another
    thread.

    Create a client for each event loop.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "pool"
    hint: ClassVar[str] = "Create a client for each event loop."

    detail: str
    """The location of the other event loop, if it isn't in this process."""

    def __init__(self, *, detail: str = "") -> None:
        self.detail = detail

    def _text(self) -> str:
        text = "cannot send a request"
        if self.url:
            text += f" to {self.url}"
        text += ": the client belongs to another event loop"
        if self.detail:
            text += f", {self.detail}"
        return text


class StreamError(HyperHTTPError):
    """The body can't be used in this way.

    Raised when: Never raised itself. See the subclasses.

    Call `await response.aread()` to keep the body in memory. You can then use it as often as you
    like.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = (
        "Call `await response.aread()` to keep the body in memory. You can then use it as often as you like."
    )

    def _text(self) -> str:
        text = "cannot read the body"
        if self.url:
            text += f" of {self.url}"
        return text


class StreamConsumed(StreamError):
    """The body was already streamed, and a stream can only be read once.

    Raised when: You iterate or read a response after you have iterated it.

    Call `await response.aread()` first, to read the body repeatedly.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Call `await response.aread()` first, to read the body repeatedly."

    def _text(self) -> str:
        text = "cannot read the body"
        if self.url:
            text += f" of {self.url}"
        return text + " again: it was already streamed"


class ResponseClosed(StreamError):
    """The response was closed before its body was read, so the rest of the body is lost.

    Raised when: You read a body after `aclose()`, or after the `async with` block of the response.

    Read the body before you close the response.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Read the body before you close the response."

    def _text(self) -> str:
        text = "cannot read the body"
        if self.url:
            text += f" of {self.url}"
        return text + ": the response is closed"


class ResponseNotRead(StreamError):
    """The response body hasn't been read yet.

    Raised when: You use `content`, `text` or `json()` before `aread()`.

    Call `await response.aread()` once before you use them.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Call `await response.aread()` once before you use them."

    def _text(self) -> str:
        text = "the body"
        if self.url:
            text += f" of {self.url}"
        return text + " has not been read: call `await response.aread()` first"


class BodyNotReplayable(StreamError):
    """The request needs its body a second time, but the body can be read only once.

    Raised when: A retry, or a redirect that keeps the body, needs the body of a generator.

    Pass the body as bytes, or as an object that can be iterated again.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "write"
    hint: ClassVar[str] = "Pass the body as bytes, or as an object that can be iterated again."

    detail: str
    """The reason why the body is needed again."""

    def __init__(self, *, detail: str) -> None:
        self.detail = detail

    def _text(self) -> str:
        text = "cannot send the request body"
        if self.url:
            text += f" to {self.url}"
        return text + f" again: {self.detail}"


class DownloadError(HyperHTTPError):
    """The client can't download the file or can't write it.

    Raised when: The response has no file content, such as a redirect that isn't followed, or the
    file can't be written.

    Check the response, `follow_redirects`, and the directory of the file.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "Check the response, `follow_redirects`, and the directory of the file."

    detail: str
    """A description of the failure."""
    path: str
    """The path of the file."""

    def __init__(self, *, detail: str, path: str) -> None:
        self.detail = detail
        self.path = path

    def _text(self) -> str:
        text = "cannot download"
        if self.url:
            text += f" {self.url}"
        return text + f" to {self.path}: {self.detail}"


class DigestMismatch(DownloadError):
    """The downloaded file is complete but has the wrong digest. The file is deleted.

    Raised when: The digest of the file differs from the digest that you passed.

    Check the digest. If it is right, don't trust the file.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "Check the digest. If it is right, don't trust the file."

    algorithm: str
    """The hash algorithm, such as sha256."""
    expected: str
    """The expected digest, in hexadecimal."""
    actual: str
    """The digest of the downloaded file, in hexadecimal."""

    def __init__(
        self, *, detail: str, path: str, algorithm: str, expected: str, actual: str
    ) -> None:
        self.detail = detail
        self.path = path
        self.algorithm = algorithm
        self.expected = expected
        self.actual = actual

    def _text(self) -> str:
        text = f"digest mismatch for {self.path}"
        if self.url:
            text += f", downloaded from {self.url}"
        return text + f": {self.detail}"


class DecodeError(HyperHTTPError, ValueError):
    """The body is complete, but doesn't have the expected format.

    Raised when: `json()` or `aiter_json()` reads invalid JSON or JSON that doesn't match the type,
    or `aiter_sse()` reads something other than an event stream.

    Check `response.headers["content-type"]` and `response.text`.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "decode"
    hint: ClassVar[str] = 'Check `response.headers["content-type"]` and `response.text`.'

    detail: str
    """A description of what is wrong, with the position."""
    json_path: str
    """The path of the first value that doesn't match, such as `$.items[3].id`. Empty if the body
    isn't JSON.
    """
    line: int | None
    """The line with the invalid JSON or JSON Lines record, counted from 1."""
    excerpt: str
    """The text at that position, at most 80 characters. The error's text leaves it out, because it
    may be private.
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
    """The compressed body is damaged, incomplete, or a decompression bomb.

    Raised when: The data doesn't match its `Content-Encoding`, or expands more than
    `Limits.max_decode_ratio` allows.

    To read the body without decompression, use `aiter_raw()`.
    """

    __module__ = "hyperhttp.exceptions"
    hint: ClassVar[str] = "To read the body without decompression, use `aiter_raw()`."

    coding: str
    """The content encoding, such as gzip."""

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
    """The response exceeds a size limit. The rest of it isn't read.

    Raised when: A body exceeds `Limits.max_body_bytes` or `Limits.max_decoded_bytes`, or a line,
    record or event exceeds `Limits.max_line_bytes`.

    Increase the limit in `limit`, or stream the body with `aiter_bytes()`.
    """

    __module__ = "hyperhttp.exceptions"
    phase: ClassVar[Phase | None] = "read"
    hint: ClassVar[str] = "Increase the limit in `limit`, or stream the body with `aiter_bytes()`."

    limit: Literal["max_body_bytes", "max_decoded_bytes", "max_line_bytes"]
    """The name of the limit in `Limits`."""
    limit_bytes: int
    """The limit (bytes)."""

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
        return text + f" exceeds Limits.{self.limit} ({self.limit_bytes} bytes)"


@final
@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt of a request, as listed in `Response.attempts` and `error.attempts`.

    Example:
        for attempt in response.attempts:
            print(attempt.number, attempt.status_code or attempt.error, attempt.decision)
    """

    number: int
    """The number of the attempt, from 1."""
    status_code: int | None
    """The status code of its response; None if it ended with an error."""
    error: HyperHTTPError | None
    """The error, without a traceback; None if there was a response."""
    elapsed_s: float
    """The duration of the attempt (seconds)."""
    delay_s: float
    """The wait before the next attempt; 0.0 for the last attempt (seconds)."""
    decision: str
    """The reason why the client did or didn't retry."""


E = TypeVar("E", bound=HyperHTTPError)


def in_context(
    error: E,
    *,
    request: RequestFacts | None = None,
    origin: str | None = None,
    elapsed: float | None = None,
    attempt: int = 1,
    attempts: tuple[Attempt, ...] = (),
) -> E:
    """Add context to an error. Values that an inner layer has set are kept."""
    if error.request is None:
        error._request = request  # pyright: ignore[reportPrivateUsage]
    if error.origin is None:
        error.origin = origin
    if error.elapsed is None:
        error.elapsed = elapsed
    if error.attempt == 1:
        error.attempt = attempt
    if error.attempts == ():
        error.attempts = attempts
    return error
