"""The timings of a connection attempt, and the attributes of its transport.

Recording them reads the clock once per step of a connection, and costs a request nothing.
"""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias, cast, final

from hyperhttp._message.response.connection_info import ConnectionInfo, TLSInfo

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping, Sequence

    from hyperhttp._network.address import Address
    from hyperhttp._network.clock import Now
    from hyperhttp._network.tls_facts import NegotiatedTLS

__all__ = ["ConnectTrace", "DialStep", "tls_info"]

DialStep: TypeAlias = Literal["dns", "connect", "proxy", "tls"]


@final
class ConnectTrace:
    """The timings of one dial; `transport` is set once it exists."""

    __slots__ = (
        "_now",
        "_peername",
        "_since",
        "addresses",
        "proxy",
        "started",
        "steps",
        "transport",
    )

    def __init__(self, now: Now) -> None:
        self._now = now
        self.started: float = self._now()
        self._since = self.started
        self.steps: list[tuple[DialStep, float, float]] = []
        """Each step with its start and end, in order."""
        self.addresses: Sequence[Address] = ()
        """The addresses that the name was resolved to."""
        self.proxy = ""
        """The URL of the proxy, without credentials; empty without one."""
        self.transport: asyncio.Transport | None = None
        self._peername: object = None

    def mark(self, step: DialStep) -> None:
        """Note the end of a step, which started at the last mark."""
        now = self._now()
        self.steps.append((step, self._since, now))
        self._since = now

    def keep(self, transport: asyncio.Transport | None) -> None:
        """Keep the transport of the connection."""
        self.transport = transport
        # uvloop has it only while the socket is open.
        self._peername = None if transport is None else transport.get_extra_info("peername")

    @property
    def peer(self) -> str | None:
        """The address at the other end, once `keep` has been called."""
        return _address(self._peername)

    def spent_s(self, step: DialStep) -> float:
        """Return the seconds that all steps of a kind took."""
        return sum(ended - started for kind, started, ended in self.steps if kind == step)

    def info(self, *, is_reused: bool) -> ConnectionInfo:
        """Return the information about the connection of a request."""
        transport = self.transport
        return ConnectionInfo(
            address=self.peer,
            is_reused=is_reused,
            tls=None if transport is None else tls_info(transport),
            dns_s=self.spent_s("dns"),
            connect_s=self.spent_s("connect"),
            proxy_s=self.spent_s("proxy"),
            tls_s=self.spent_s("tls"),
        )


def _address(peer: object) -> str | None:
    """Return the peer as host and port, IPv6 in brackets, or as the path of a socket."""
    if isinstance(peer, tuple) and len(cast("tuple[object, ...]", peer)) >= 2:
        host, port = cast("tuple[str, int]", peer)[:2]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    if isinstance(peer, bytes):  # a socket in Linux's abstract namespace
        return peer.decode("utf-8", "backslashreplace")
    return peer if isinstance(peer, str) and peer else None


def tls_info(transport: asyncio.BaseTransport) -> TLSInfo | None:
    """Return what TLS has negotiated; None without TLS."""
    wrapped: NegotiatedTLS | None = transport.get_extra_info("ssl_object")
    if wrapped is None:
        return None
    cipher = wrapped.cipher()
    # Empty if the certificate wasn't verified, because OpenSSL doesn't parse it then.
    certificate = wrapped.getpeercert() or {}
    expires = certificate.get("notAfter")
    return TLSInfo(
        version=wrapped.version() or "",
        cipher="" if cipher is None else cipher[0],
        alpn=wrapped.selected_alpn_protocol(),
        subject=_name(certificate.get("subject"), "commonName") or _first_name(certificate),
        issuer=_name(certificate.get("issuer"), "commonName", "organizationName"),
        expires=_moment(expires) if isinstance(expires, str) else None,
        is_resumed=bool(wrapped.session_reused),
    )


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)


def _name(distinguished: object, *kinds: str) -> str | None:
    """Return the first of these attributes that a distinguished name has."""
    parts = cast("tuple[tuple[tuple[str, str], ...], ...]", distinguished or ())
    found = dict(pair for part in parts for pair in part)
    return next((found[kind] for kind in kinds if kind in found), None)


def _first_name(certificate: Mapping[str, object]) -> str | None:
    names = cast("tuple[tuple[str, str], ...]", certificate.get("subjectAltName") or ())
    return names[0][1] if names else None
