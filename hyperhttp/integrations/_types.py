"""The parts of httpx and httpx2 that the transports use, as protocols.

Both libraries match them, and type checkers need neither.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    import ssl

__all__ = [
    "AnyHeaders",
    "AnyLimits",
    "AnyProxy",
    "AnyRequest",
    "AnyURL",
    "CertTypes",
    "ProxyTypes",
    "VerifyTypes",
]


class AnyHeaders(Protocol):
    """`httpx.Headers`."""

    @property
    def raw(self) -> list[tuple[bytes, bytes]]:
        """Names and values, in order and as they were given."""
        ...


@runtime_checkable
class AnyURL(Protocol):
    """`httpx.URL`."""

    @property
    def raw_scheme(self) -> bytes:
        """The scheme, in lower case."""
        ...

    @property
    def raw_host(self) -> bytes:
        """The host as it is sent, without brackets."""
        ...

    @property
    def port(self) -> int | None:
        """The port; None for the default port of the scheme."""
        ...

    @property
    def raw_path(self) -> bytes:
        """Path and query, as they are sent."""
        ...


class AnyRequest(Protocol):
    """`httpx.Request`."""

    @property
    def method(self) -> str:
        """The method."""
        ...

    @property
    def url(self) -> AnyURL:
        """The URL."""
        ...

    @property
    def headers(self) -> AnyHeaders:
        """The headers, all of which are sent."""
        ...

    @property
    def stream(self) -> Iterable[bytes] | AsyncIterable[bytes]:
        """The body."""
        ...

    @property
    def extensions(self) -> Mapping[str, object]:
        """`timeout`, `target` and others."""
        ...


class AnyLimits(Protocol):
    """`httpx.Limits`."""

    @property
    def max_connections(self) -> int | None:
        """Number of connections."""
        ...

    @property
    def max_keepalive_connections(self) -> int | None:
        """Number of idle connections."""
        ...

    @property
    def keepalive_expiry(self) -> float | None:
        """How long an idle connection stays in the pool, in seconds."""
        ...


@runtime_checkable
class AnyProxy(Protocol):
    """`httpx.Proxy`."""

    @property
    def url(self) -> AnyURL:
        """Its address, without user and password."""
        ...

    @property
    def auth(self) -> tuple[str, str] | None:
        """User and password."""
        ...

    @property
    def headers(self) -> AnyHeaders:
        """Headers for the proxy."""
        ...

    @property
    def ssl_context(self) -> ssl.SSLContext | None:
        """For TLS with the proxy."""
        ...


VerifyTypes: TypeAlias = "ssl.SSLContext | str | bool"
"""The CAs to trust: True for the usual ones, False for none, a file or directory, or a context."""

CertTypes: TypeAlias = str | tuple[str, str] | tuple[str, str, str]
"""A client certificate: a PEM file; it and the file of its key; both and the key's password."""

ProxyTypes: TypeAlias = str | AnyURL | AnyProxy
"""A proxy: a URL, or an `httpx.Proxy`."""
