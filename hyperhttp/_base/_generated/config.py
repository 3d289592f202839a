# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/config.toml and run the command again.
"""The models that the configuration of a client consists of, frozen and validated."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, SecretStr

from hyperhttp._base._generated.errors import ErrorName
from hyperhttp._base.checked import checked
from hyperhttp._base.config_model import ConfigModel, NumberModel, SwitchModel
from hyperhttp._base.option_values import check_network, check_path, check_pin
from hyperhttp._base.unset import UNSET, Unset

__all__ = [
    "AddressPolicy",
    "Backoff",
    "Budget",
    "CircuitBreakerPolicy",
    "HTTP2Config",
    "JSONConfig",
    "Limits",
    "PoolConfig",
    "ProxyConfig",
    "RedirectConfig",
    "RetryPolicy",
    "TLSConfig",
    "Timeout",
]

Bytes: TypeAlias = Annotated[int, Field(strict=True)]
Count: TypeAlias = Annotated[int, Field(strict=True)]
Flag: TypeAlias = Annotated[bool, Field(strict=True)]
Method: TypeAlias = Annotated[str, Field(strict=True, pattern=r"^[A-Z][A-Z0-9_-]*$")]
Network: TypeAlias = Annotated[str, Field(strict=True), AfterValidator(check_network)]
AnyPath: TypeAlias = Annotated[Path, BeforeValidator(check_path)]
Pin: TypeAlias = Annotated[str, Field(strict=True), AfterValidator(check_pin)]
Port: TypeAlias = Annotated[int, Field(strict=True)]
Ratio: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Seconds: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Secret: TypeAlias = Annotated[SecretStr, Field(strict=True, min_length=1)]
Status: TypeAlias = Annotated[int, Field(strict=True)]
Text: TypeAlias = Annotated[str, Field(strict=True)]


class Timeout(NumberModel, frozen=True):
    """Time limits of the phases of a request, in seconds. None disables a limit.

    Example:
        Timeout(10.0, connect=5.0)
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "total": "seconds > 0 or None",
        "connect": "seconds > 0 or None",
        "read": "seconds > 0 or None",
        "write": "seconds > 0 or None",
        "pool": "seconds > 0 or None",
    }
    _option: ClassVar[str] = "timeout"
    _shorthand: ClassVar[str] = "seconds > 0, None or Timeout(...)"

    total: Seconds | None = Field(
        default=None,
        gt=0,
        description="Limit for the whole request: queueing, connecting, sending, reading, redirects and retries. It includes your token providers, auth flows, hooks and middleware.",
    )
    """Limit for the whole request: queueing, connecting, sending, reading, redirects and retries.
    It includes your token providers, auth flows, hooks and middleware. In seconds. If None: the
    whole request has no limit. Defaults to None. Large downloads can take hours, and the other
    limits detect a server that stops responding.
    """

    connect: Seconds | None = Field(
        default=30.0,
        gt=0,
        description="Limit for DNS, TCP and TLS together, over all addresses of the host.",
    )
    """Limit for DNS, TCP and TLS together, over all addresses of the host. In seconds. If None:
    only the limits of the operating system apply. Defaults to 30.0. Long enough for a slow
    handshake on a slow network, short enough to detect an unreachable host.
    """

    read: Seconds | None = Field(
        default=30.0,
        gt=0,
        description="The longest wait for more data of the response. The size of the body doesn't matter.",
    )
    """The longest wait for more data of the response. The size of the body doesn't matter. In
    seconds. If None: wait without a limit, for example for long polling. Defaults to 30.0. Servers
    rarely need longer to respond, and proxies commonly time out after 60 seconds.
    """

    write: Seconds | None = Field(
        default=30.0,
        gt=0,
        description="The longest wait for the server to accept more data of the request.",
    )
    """The longest wait for the server to accept more data of the request. In seconds. If None:
    wait without a limit. Defaults to 30.0. The same as for `read`: a server that accepts no data
    for so long has usually stopped.
    """

    pool: Seconds | None = Field(
        default=30.0,
        gt=0,
        description="The longest wait for a free connection when `max_connections` are in use.",
    )
    """The longest wait for a free connection when `max_connections` are in use. In seconds. If
    None: wait in the queue without a limit. Defaults to 30.0. Long enough for a short burst, short
    enough to detect responses that your program doesn't close.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            phases: float | None = ...,
            /,
            *,
            total: float | None = None,
            connect: float | None = 30.0,
            read: float | None = 30.0,
            write: float | None = 30.0,
            pool: float | None = 30.0,
        ) -> None:
            """Time limits of the phases of a request, in seconds. None disables a limit.

            Example:
                Timeout(10.0, connect=5.0)
            """
            ...

    else:

        @checked
        def __init__(
            self,
            phases: float | Unset | None = UNSET,
            /,
            *,
            total: float | None = None,
            connect: float | Unset | None = UNSET,
            read: float | Unset | None = UNSET,
            write: float | Unset | None = UNSET,
            pool: float | Unset | None = UNSET,
        ) -> None:
            """`phases` is the default of connect, read, write and pool."""
            connect = phases if connect is UNSET else connect
            read = phases if read is UNSET else read
            write = phases if write is UNSET else write
            pool = phases if pool is UNSET else pool
            given: dict[str, object] = {
                "total": total,
                "connect": connect,
                "read": read,
                "write": write,
                "pool": pool,
            }
            super().__init__(**{name: value for name, value in given.items() if value is not UNSET})


class Limits(ConfigModel, frozen=True):
    """Limits on the size of responses.

    Example:
        Limits(max_body_bytes=10_000_000)
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "max_head_bytes": "a whole number of bytes >= 1024",
        "max_head_fields": "a whole number >= 1",
        "max_informational": "a whole number >= 0",
        "max_trailer_bytes": "a whole number of bytes >= 0",
        "max_trailer_fields": "a whole number >= 0",
        "max_chunk_overhead_bytes": "a whole number of bytes >= 1024",
        "max_body_bytes": "a whole number of bytes >= 0 or None",
        "max_decoded_bytes": "a whole number of bytes >= 0 or None",
        "max_decode_ratio": "a number >= 1",
        "max_codings": "a whole number >= 0",
        "max_line_bytes": "a whole number of bytes >= 1024 or None",
        "receive_buffer_bytes": "a whole number of bytes >= 16384",
    }

    max_head_bytes: Bytes = Field(
        default=65536, ge=1024, description="Size of the status line and headers of a response."
    )
    """Size of the status line and headers of a response. In bytes. Defaults to 65536. Servers
    commonly allow 8 to 16 KiB in requests. Four times that leaves room for many large cookies.
    """

    max_head_fields: Count = Field(
        default=256, ge=1, description="Number of headers in a response."
    )
    """Number of headers in a response. Defaults to 256. Real responses have 10 to 40 headers, and
    Apache and nginx allow about 100 in requests.
    """

    max_informational: Count = Field(
        default=16,
        ge=0,
        description="Number of informational (1xx) responses before the final response.",
    )
    """Number of informational (1xx) responses before the final response. Defaults to 16. Real
    servers send one 100 and one or two 103. More than that usually means a faulty server.
    """

    max_trailer_bytes: Bytes = Field(
        default=16384, ge=0, description="Size of the trailers after a chunked body."
    )
    """Size of the trailers after a chunked body. In bytes. Defaults to 16384. Trailers contain a
    checksum or a status, so a quarter of the limit for headers is enough.
    """

    max_trailer_fields: Count = Field(
        default=64, ge=0, description="Number of trailers after a chunked body."
    )
    """Number of trailers after a chunked body. Defaults to 64. Trailers contain a checksum or a
    status, so a quarter of the limit for headers is enough.
    """

    max_chunk_overhead_bytes: Bytes = Field(
        default=1048576,
        ge=1024,
        description="Size of all chunk-size lines and chunk extensions of a body.",
    )
    """Size of all chunk-size lines and chunk extensions of a body. In bytes. Defaults to 1048576.
    A plain chunk-size line has 3 to 8 bytes, so this allows over 100,000 chunks. The limit stops
    endless extensions.
    """

    max_body_bytes: Bytes | None = Field(
        default=None, ge=0, description="Size of a response body as received, before decompression."
    )
    """Size of a response body as received, before decompression. In bytes. If None: the size isn't
    limited. Defaults to None. Large downloads are legitimate. Set a limit if you keep the body in
    memory.
    """

    max_decoded_bytes: Bytes | None = Field(
        default=None, ge=0, description="Size of a response body after decompression."
    )
    """Size of a response body after decompression. In bytes. If None: only `max_decode_ratio`
    limits the size. Defaults to None. Large bodies are legitimate, and `max_decode_ratio` detects
    decompression bombs.
    """

    max_decode_ratio: Ratio = Field(
        default=200.0,
        ge=1,
        description="The most bytes that a compressed byte can expand to. It is checked from 1 MiB of output on.",
    )
    """The most bytes that a compressed byte can expand to. It is checked from 1 MiB of output on.
    In times. Defaults to 200.0. Text shrinks 3 to 20 times, logs and sparse JSON up to 100 times,
    and a decompression bomb 1,000 times. Output below 1 MiB isn't dangerous.
    """

    max_codings: Count = Field(
        default=5, ge=0, description="Number of content encodings of a body."
    )
    """Number of content encodings of a body. Defaults to 5. A single encoding is usual and two
    occur. curl also allows 5.
    """

    max_line_bytes: Bytes | None = Field(
        default=16777216,
        ge=1024,
        description="Size of a line of text, a JSON Lines record or a server-sent event. Lines of text are measured in characters.",
    )
    """Size of a line of text, a JSON Lines record or a server-sent event. Lines of text are
    measured in characters. In bytes. If None: the size isn't limited. Defaults to 16777216. Lines
    usually have some kilobytes, and the largest records a few megabytes. An endless line would fill
    the memory.
    """

    receive_buffer_bytes: Bytes = Field(
        default=262144,
        ge=16384,
        description="Body bytes buffered for a response that you don't read, before the client stops reading from the connection.",
    )
    """Body bytes buffered for a response that you don't read, before the client stops reading from
    the connection. In bytes. Defaults to 262144. Enough to keep a fast network busy between two
    reads. A thousand unread responses use 256 MiB at most.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            max_head_bytes: int = 65536,
            max_head_fields: int = 256,
            max_informational: int = 16,
            max_trailer_bytes: int = 16384,
            max_trailer_fields: int = 64,
            max_chunk_overhead_bytes: int = 1048576,
            max_body_bytes: int | None = None,
            max_decoded_bytes: int | None = None,
            max_decode_ratio: float = 200.0,
            max_codings: int = 5,
            max_line_bytes: int | None = 16777216,
            receive_buffer_bytes: int = 262144,
        ) -> None:
            """Limits on the size of responses.

            Example:
                Limits(max_body_bytes=10_000_000)
            """
            ...


class PoolConfig(ConfigModel, frozen=True):
    """The number of open connections, and how long idle connections are kept.

    Example:
        PoolConfig(max_connections=200, keepalive_expiry=30.0)
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "max_connections": "a whole number >= 1 or None",
        "max_connections_per_host": "a whole number >= 1 or None",
        "max_keepalive_connections": "a whole number >= 0 or None",
        "keepalive_expiry": "seconds > 0 or None",
        "max_connection_age": "seconds > 0 or None",
    }

    max_connections: Count | None = Field(
        default=100,
        ge=1,
        description="Number of connections to all hosts together, including idle ones.",
    )
    """Number of connections to all hosts together, including idle ones. If None: only the limits
    of the operating system apply. Defaults to 100. Far below the 1,024 file descriptors that a
    process usually has.
    """

    max_connections_per_host: Count | None = Field(
        default=None,
        ge=1,
        description="Number of connections to one scheme, host and port, including idle ones.",
    )
    """Number of connections to one scheme, host and port, including idle ones. If None: only
    `max_connections` applies. Defaults to None. Most programs use one host. Set it to reduce the
    load on each of several hosts.
    """

    max_keepalive_connections: Count | None = Field(
        default=20,
        ge=0,
        description="Number of idle connections in the pool. Connections in use don't count. Above it, a connection that is unused for a second is closed. With 0, each connection is closed after its response.",
    )
    """Number of idle connections in the pool. Connections in use don't count. Above it, a
    connection that is unused for a second is closed. With 0, each connection is closed after its
    response. If None: keep every idle connection until `keepalive_expiry`. Defaults to 20. Enough
    to avoid most handshakes without burdening servers with idle connections.
    """

    keepalive_expiry: Seconds | None = Field(
        default=120.0,
        gt=0,
        description="How long an idle connection stays in the pool. The server's `Keep-Alive: timeout=` can shorten it.",
    )
    """How long an idle connection stays in the pool. The server's `Keep-Alive: timeout=` can
    shorten it. In seconds. If None: keep idle connections until the server closes them. Defaults to
    120.0. Servers keep idle connections for 5 to 75 seconds, and many load balancers longer.
    """

    max_connection_age: Seconds | None = Field(
        default=None,
        gt=0,
        description="Age at which a connection isn't used for another request. A running request isn't interrupted.",
    )
    """Age at which a connection isn't used for another request. A running request isn't
    interrupted. In seconds. If None: a connection is used until either side closes it. Defaults to
    None. Most programs don't need it. Set it so that long-lived connections follow DNS changes.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            max_connections: int | None = 100,
            max_connections_per_host: int | None = None,
            max_keepalive_connections: int | None = 20,
            keepalive_expiry: float | None = 120.0,
            max_connection_age: float | None = None,
        ) -> None:
            """The number of open connections, and how long idle connections are kept.

            Example:
                PoolConfig(max_connections=200, keepalive_expiry=30.0)
            """
            ...


class RedirectConfig(ConfigModel, frozen=True):
    """Following of redirects.

    Example:
        RedirectConfig(follow=True)
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "follow": "True or False",
        "max_redirects": "a whole number >= 0",
        "allow_downgrade": "True or False",
        "same_site": "True or False",
    }

    follow: Flag = Field(
        default=False, description="Follow the redirects of 301, 302, 303, 307 and 308 responses."
    )
    """Follow the redirects of 301, 302, 303, 307 and 308 responses. Defaults to False. A redirect
    can lead to another host, so you decide if your request may follow it.
    """

    max_redirects: Count = Field(
        default=20, ge=0, description="Number of redirects that a request can follow."
    )
    """Number of redirects that a request can follow. Defaults to 20. Browsers also stop at 20, and
    longer chains are loops.
    """

    allow_downgrade: Flag = Field(default=True, description="Follow redirects from https to http.")
    """Follow redirects from https to http. Defaults to True. Browsers and most other clients do
    so. Without TLS, an attacker on the network can read and change the traffic.
    """

    same_site: Flag = Field(
        default=False,
        description="Follow redirects only within the same registrable domain. Without the extra `cookies`, which contains the public suffix list, only the same host and its parents and subdomains are allowed.",
    )
    """Follow redirects only within the same registrable domain. Without the extra `cookies`, which
    contains the public suffix list, only the same host and its parents and subdomains are allowed.
    Defaults to False. Many sites redirect to other sites for sign-in, storage or a CDN.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            follow: bool = False,
            max_redirects: int = 20,
            allow_downgrade: bool = True,
            same_site: bool = False,
        ) -> None:
            """Following of redirects.

            Example:
                RedirectConfig(follow=True)
            """
            ...


class AddressPolicy(ConfigModel, frozen=True):
    """The addresses that a client may connect to. The client checks each address after the lookup,
    and connects to the checked address.

    Example:
        AddressPolicy.public(allow={"10.1.0.0/16"})
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "scope": '"anywhere" or "public"',
        "allow": "a set of networks, addresses and groups",
        "deny": "a set of networks, addresses and groups",
        "ports": "a set of port numbers >= 0 and <= 65535",
        "mixed": '"refuse" or "drop"',
        "proxied": '"refuse" or "allow"',
        "unix_sockets": '"refuse" or "allow"',
    }

    scope: Literal["anywhere", "public"] = Field(
        default="anywhere",
        description='The addresses that are allowed in addition to `allow`: all, or only public ones. "public" refuses the special ranges of the IANA registries, metadata services, `localhost` and `*.localhost`.',
    )
    """The addresses that are allowed in addition to `allow`: all, or only public ones. "public"
    refuses the special ranges of the IANA registries, metadata services, `localhost` and
    `*.localhost`. Defaults to "anywhere". Most programs connect only to servers that they trust,
    including private ones.
    """

    allow: Annotated[
        AbstractSet[Network], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description='Networks, addresses and groups that are allowed although `scope` refuses them. The groups are "documentation", "link-local", "loopback", "metadata", "multicast", "private", "reserved" and "unspecified". A network doesn\'t include metadata services: list their addresses or the group.',
    )
    """Networks, addresses and groups that are allowed although `scope` refuses them. The groups
    are "documentation", "link-local", "loopback", "metadata", "multicast", "private", "reserved"
    and "unspecified". A network doesn't include metadata services: list their addresses or the
    group. Defaults to frozenset(). You must list a range explicitly, so it can't be reached by
    accident.
    """

    deny: Annotated[
        AbstractSet[Network], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description="Networks, addresses and groups that are refused. `deny` overrides `allow`.",
    )
    """Networks, addresses and groups that are refused. `deny` overrides `allow`. Defaults to
    frozenset(). `scope` already refuses special addresses.
    """

    ports: Annotated[
        AbstractSet[Annotated[Port, Field(ge=0, le=65535)]],
        PlainSerializer(sorted, return_type=list[int], when_used="json"),
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description="The allowed ports, or an empty set for all ports.",
    )
    """The allowed ports, or an empty set for all ports. Defaults to frozenset(). HTTP servers use
    many ports. Set it if your URLs come from users.
    """

    mixed: Literal["refuse", "drop"] = Field(
        default="refuse",
        description='Handling of a host that has both allowed and refused addresses. "refuse" refuses the host, "drop" connects to its allowed addresses.',
    )
    """Handling of a host that has both allowed and refused addresses. "refuse" refuses the host,
    "drop" connects to its allowed addresses. Defaults to "refuse". Public hosts rarely have private
    addresses, and attackers use such hosts.
    """

    proxied: Literal["refuse", "allow"] = Field(
        default="refuse",
        description='Handling of requests through a proxy that resolves the host itself, if the policy restricts addresses. "allow" leaves the lookup to the proxy. The client still checks addresses in URLs and `localhost`.',
    )
    """Handling of requests through a proxy that resolves the host itself, if the policy restricts
    addresses. "allow" leaves the lookup to the proxy. The client still checks addresses in URLs and
    `localhost`. Defaults to "refuse". The client can't check the address that the proxy connects
    to.
    """

    unix_sockets: Literal["refuse", "allow"] = Field(
        default="refuse",
        description="Handling of connections to the Unix socket in `uds`, if the policy restricts addresses.",
    )
    """Handling of connections to the Unix socket in `uds`, if the policy restricts addresses.
    Defaults to "refuse". A Unix socket belongs to a service on the same machine.
    """

    @classmethod
    def anywhere(
        cls,
        *,
        allow: AbstractSet[str] = frozenset(),
        deny: AbstractSet[str] = frozenset(),
        ports: AbstractSet[int] = frozenset(),
        mixed: Literal["refuse", "drop"] = "refuse",
        proxied: Literal["refuse", "allow"] = "refuse",
        unix_sockets: Literal["refuse", "allow"] = "refuse",
    ) -> Self:
        """Return a policy that allows all addresses, except those in `deny`. It is the default.

        Example:
            AddressPolicy.anywhere(deny={"metadata"})
        """
        return cls(
            scope="anywhere",
            allow=allow,
            deny=deny,
            ports=ports,
            mixed=mixed,
            proxied=proxied,
            unix_sockets=unix_sockets,
        )

    @classmethod
    def public(
        cls,
        *,
        allow: AbstractSet[str] = frozenset(),
        deny: AbstractSet[str] = frozenset(),
        ports: AbstractSet[int] = frozenset(),
        mixed: Literal["refuse", "drop"] = "refuse",
        proxied: Literal["refuse", "allow"] = "refuse",
        unix_sockets: Literal["refuse", "allow"] = "refuse",
    ) -> Self:
        """Return a policy that allows only public addresses. It refuses special ranges, metadata
        services and `localhost`.

        Example:
            AddressPolicy.public(allow={"10.1.0.0/16"})
        """
        return cls(
            scope="public",
            allow=allow,
            deny=deny,
            ports=ports,
            mixed=mixed,
            proxied=proxied,
            unix_sockets=unix_sockets,
        )

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            scope: Literal["anywhere", "public"] = "anywhere",
            allow: AbstractSet[str] = frozenset(),
            deny: AbstractSet[str] = frozenset(),
            ports: AbstractSet[int] = frozenset(),
            mixed: Literal["refuse", "drop"] = "refuse",
            proxied: Literal["refuse", "allow"] = "refuse",
            unix_sockets: Literal["refuse", "allow"] = "refuse",
        ) -> None:
            """The addresses that a client may connect to. The client checks each address after the
            lookup, and connects to the checked address.

            Example:
                AddressPolicy.public(allow={"10.1.0.0/16"})
            """
            ...


class TLSConfig(ConfigModel, frozen=True):
    """Verification of server certificates, and client certificates.

    Example:
        TLSConfig(verify=Path("private-ca.pem"))
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "verify": "True, False or a path",
        "system_trust": "True or False",
        "cert": "a path or None",
        "cert_key": "a path or None",
        "cert_password": "text that is not empty or None",
        "keylog": "a path or None",
        "session_uses": "a whole number >= 0 and <= 16",
        "min_version": '"TLSv1.2" or "TLSv1.3"',
        "ciphers": "text or None",
        "pins": "a set of hashes such as sha256/47DE...SuFU=",
        "server_hostname": "text or None",
    }
    _secrets: ClassVar[frozenset[str]] = frozenset({"cert_password"})
    _needs: ClassVar[tuple[tuple[str, str], ...]] = (
        ("cert_key", "cert"),
        ("cert_password", "cert"),
    )
    _excludes: ClassVar[tuple[tuple[str, str], ...]] = (("system_trust", "verify"),)

    verify: Flag | AnyPath = Field(
        default=True,
        description="Verify the server's certificate. Set a path to trust the CAs in a PEM file or directory instead of the bundled ones.",
    )
    """Verify the server's certificate. Set a path to trust the CAs in a PEM file or directory
    instead of the bundled ones. Defaults to True. Without verification, an attacker on the network
    can read and change the traffic.
    """

    system_trust: Flag = Field(
        default=False,
        description="Trust the CAs that the operating system trusts, through the extra `truststore`.",
    )
    """Trust the CAs that the operating system trusts, through the extra `truststore`. Defaults to
    False. The bundled CAs are the same on every machine. The system's CAs include those of a
    company or its proxy.
    """

    cert: AnyPath | None = Field(
        default=None,
        description="The client certificate with its chain, as a PEM file. The file can also contain the key.",
    )
    """The client certificate with its chain, as a PEM file. The file can also contain the key. If
    None: the client sends no certificate, even if the server requests one. Defaults to None. Few
    servers authenticate clients by certificate.
    """

    cert_key: AnyPath | None = Field(
        default=None, description="The key of the client certificate, as a PEM file."
    )
    """The key of the client certificate, as a PEM file. If None: the key is in the certificate
    file. Defaults to None. A single file is easier to manage.
    """

    cert_password: Secret | None = Field(
        default=None,
        description="The password of the client certificate's key. It never appears in a repr, a dump or an error.",
    )
    """The password of the client certificate's key. It never appears in a repr, a dump or an
    error. If None: the key isn't encrypted. Defaults to None. A key that a service reads at startup
    is rarely encrypted.
    """

    keylog: AnyPath | None = Field(
        default=None,
        description="A file to which the secrets of every TLS connection are appended, so that Wireshark can decrypt the traffic.",
    )
    """A file to which the secrets of every TLS connection are appended, so that Wireshark can
    decrypt the traffic. If None: secrets are written only if `trust_env` is on and SSLKEYLOGFILE is
    set. Defaults to None. Anyone who can read the file can decrypt the traffic.
    """

    session_uses: Count = Field(
        default=0,
        ge=0,
        le=16,
        description="How many new connections may resume a TLS session. 0 never resumes one, and 1 uses each session once. Higher values save some CPU time, but an observer can link the connections.",
    )
    """How many new connections may resume a TLS session. 0 never resumes one, and 1 uses each
    session once. Higher values save some CPU time, but an observer can link the connections.
    Defaults to 0. Pooled connections need few handshakes. RFC 8446 C.4 advises against using a
    session more than once, and a single use saves no CPU time in Python.
    """

    min_version: Literal["TLSv1.2", "TLSv1.3"] = Field(
        default="TLSv1.2", description="The oldest version of TLS that the client accepts."
    )
    """The oldest version of TLS that the client accepts. Defaults to "TLSv1.2". RFC 9325 3.1.1
    forbids older versions, and some servers don't support TLS 1.3.
    """

    ciphers: Text | None = Field(
        default=None,
        description="The cipher suites for TLS 1.2, as a list in the format of OpenSSL. Those of TLS 1.3 can't be changed.",
    )
    """The cipher suites for TLS 1.2, as a list in the format of OpenSSL. Those of TLS 1.3 can't be
    changed. If None: the cipher suites that Python selects. Defaults to None. Python selects suites
    with forward secrecy and without known weaknesses.
    """

    pins: Annotated[
        AbstractSet[Pin], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description="Hashes of public keys, as `sha256/` and Base64. The server must have one of them, in addition to a valid certificate. From Python 3.13 on, the key of a CA in its chain counts, too.",
    )
    """Hashes of public keys, as `sha256/` and Base64. The server must have one of them, in
    addition to a valid certificate. From Python 3.13 on, the key of a CA in its chain counts, too.
    Defaults to frozenset(). A pin stops working when the server changes its key, so use it for
    servers that you operate.
    """

    server_hostname: Text | None = Field(
        default=None,
        description="The name that is sent with SNI and that the certificate must contain, in place of the host of the URL.",
    )
    """The name that is sent with SNI and that the certificate must contain, in place of the host
    of the URL. If None: the host of the URL. Defaults to None. The certificate contains the host of
    the URL, unless you connect to an address or through a tunnel.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            verify: bool | str | PathLike[str] = True,
            system_trust: bool = False,
            cert: str | PathLike[str] | None = None,
            cert_key: str | PathLike[str] | None = None,
            cert_password: SecretStr | None = None,
            keylog: str | PathLike[str] | None = None,
            session_uses: int = 0,
            min_version: Literal["TLSv1.2", "TLSv1.3"] = "TLSv1.2",
            ciphers: str | None = None,
            pins: AbstractSet[str] = frozenset(),
            server_hostname: str | None = None,
        ) -> None:
            """Verification of server certificates, and client certificates.

            Example:
                TLSConfig(verify=Path("private-ca.pem"))
            """
            ...


class HTTP2Config(ConfigModel, frozen=True):
    """Settings of HTTP/2 connections: flow control, frame size, concurrency and PINGs.

    Example:
        HTTP2Config(stream_window_bytes=4_194_304)
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "stream_window_bytes": "a whole number of bytes >= 1 and <= 2147483647",
        "connection_window_bytes": "a whole number of bytes >= 65535 and <= 2147483647",
        "max_frame_bytes": "a whole number of bytes >= 16384 and <= 16777215",
        "max_streams": "a whole number >= 1",
        "ping_after": "seconds > 0 or None",
        "ping_timeout": "seconds > 0",
    }

    stream_window_bytes: Bytes = Field(
        default=1048576,
        ge=1,
        le=2147483647,
        description="Body bytes that the server may send for one response before the client has read any.",
    )
    """Body bytes that the server may send for one response before the client has read any. In
    bytes. Defaults to 1048576. The window limits the throughput per round trip: 1 MiB allows 80
    Mbit/s at 100 ms. RFC 9113 starts with 64 KiB.
    """

    connection_window_bytes: Bytes = Field(
        default=16777216,
        ge=65535,
        le=2147483647,
        description="Body bytes that the server may send for all responses of a connection before the client has read any.",
    )
    """Body bytes that the server may send for all responses of a connection before the client has
    read any. In bytes. Defaults to 16777216. Enough for sixteen streams at full speed. The protocol
    requires at least 65,535.
    """

    max_frame_bytes: Bytes = Field(
        default=65536,
        ge=16384,
        le=16777215,
        description="The largest frame that the server may send.",
    )
    """The largest frame that the server may send. In bytes. Defaults to 65536. Larger frames cost
    less per byte, but delay other responses longer. RFC 9113 starts with 16 KiB.
    """

    max_streams: Count = Field(
        default=1000,
        ge=1,
        description="Concurrent requests on a connection. The server's own limit can be lower.",
    )
    """Concurrent requests on a connection. The server's own limit can be lower. Defaults to 1000.
    Servers commonly allow 100 to 1,000. Further requests use another connection.
    """

    ping_after: Seconds | None = Field(
        default=30.0,
        gt=0,
        description="How long a connection can be silent before the client sends a PING.",
    )
    """How long a connection can be silent before the client sends a PING. In seconds. If None:
    send no PINGs. Only the limits of `Timeout` detect an unresponsive server. Defaults to 30.0. A
    router can drop a connection silently. A PING detects that within seconds.
    """

    ping_timeout: Seconds = Field(
        default=10.0,
        gt=0,
        description="How long the client waits for the response to a PING before it closes the connection.",
    )
    """How long the client waits for the response to a PING before it closes the connection. In
    seconds. Defaults to 10.0. Far longer than any round trip, and shorter than the 30 seconds of
    the read timeout.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            stream_window_bytes: int = 1048576,
            connection_window_bytes: int = 16777216,
            max_frame_bytes: int = 65536,
            max_streams: int = 1000,
            ping_after: float | None = 30.0,
            ping_timeout: float = 10.0,
        ) -> None:
            """Settings of HTTP/2 connections: flow control, frame size, concurrency and PINGs.

            Example:
                HTTP2Config(stream_window_bytes=4_194_304)
            """
            ...


class JSONConfig(ConfigModel, frozen=True):
    """How `json=` serializes pydantic models and pydantic dataclasses.

    Example:
        JSONConfig(exclude_none=True)
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "by_alias": "True, False or None",
        "exclude_unset": "True or False",
        "exclude_none": "True or False",
    }

    by_alias: Flag | None = Field(
        default=None, description="Write attributes by their alias (True) or by their name (False)."
    )
    """Write attributes by their alias (True) or by their name (False). If None: as pydantic reads
    the model: by alias, unless its `model_config` has `serialize_by_alias` or
    `validate_by_alias=False`. Defaults to None. `response.json(Model)` can then read what
    `json=model` has written.
    """

    exclude_unset: Flag = Field(
        default=False,
        description="Leave out attributes that weren't set when the model was created.",
    )
    """Leave out attributes that weren't set when the model was created. Defaults to False. Most
    servers expect a whole object. Set it for PATCH requests.
    """

    exclude_none: Flag = Field(
        default=False, description="Leave out attributes whose value is None."
    )
    """Leave out attributes whose value is None. Defaults to False. Many servers distinguish `null`
    from a missing member.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            by_alias: bool | None = None,
            exclude_unset: bool = False,
            exclude_none: bool = False,
        ) -> None:
            """How `json=` serializes pydantic models and pydantic dataclasses.

            Example:
                JSONConfig(exclude_none=True)
            """
            ...


class Backoff(ConfigModel, frozen=True):
    """The delay between attempts. Each delay is random between `initial` and three times the
    previous delay (decorrelated jitter).

    Example:
        Backoff(initial=0.5, maximum=30.0)
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "initial": "seconds > 0",
        "maximum": "seconds > 0",
    }

    initial: Seconds = Field(
        default=0.1, gt=0, description="The shortest delay, and about the first one."
    )
    """The shortest delay, and about the first one. In seconds. Defaults to 0.1. A restarting
    server or a lost network is often back at once. The random part spreads the retries of many
    clients.
    """

    maximum: Seconds = Field(
        default=10.0,
        gt=0,
        description="The longest random delay. The server's `Retry-After` can be longer.",
    )
    """The longest random delay. The server's `Retry-After` can be longer. In seconds. Defaults to
    10.0. Most callers no longer wait for the response by then.
    """

    if TYPE_CHECKING:

        def __init__(self, *, initial: float = 0.1, maximum: float = 10.0) -> None:
            """The delay between attempts. Each delay is random between `initial` and three times the
            previous delay (decorrelated jitter).

            Example:
                Backoff(initial=0.5, maximum=30.0)
            """
            ...


class Budget(ConfigModel, frozen=True):
    """The number of retries that all requests of a client share, so that retries don't make an
    overload worse.

    Example:
        Budget(ratio=0.2)
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "ratio": "a number >= 0",
        "reserve": "a whole number >= 0",
        "maximum": "a whole number >= 0",
    }

    ratio: Ratio = Field(
        default=0.1,
        ge=0,
        description="Retries that each request adds to the budget. Each retry takes one.",
    )
    """Retries that each request adds to the budget. Each retry takes one. In times. Defaults to
    0.1. A server that fails every request then gets a tenth more traffic, instead of four times as
    much.
    """

    reserve: Count = Field(default=10, ge=0, description="Retries that a new client has at first.")
    """Retries that a new client has at first. Defaults to 10. A program that makes few requests
    can then retry them too.
    """

    maximum: Count = Field(
        default=50,
        ge=0,
        description="The most retries that the budget can hold, including the reserve.",
    )
    """The most retries that the budget can hold, including the reserve. Defaults to 50. A long
    time without failures must not allow too many retries at once.
    """

    if TYPE_CHECKING:

        def __init__(self, *, ratio: float = 0.1, reserve: int = 10, maximum: int = 50) -> None:
            """The number of retries that all requests of a client share, so that retries don't make an
            overload worse.

            Example:
                Budget(ratio=0.2)
            """
            ...


class RetryPolicy(SwitchModel, frozen=True):
    """The requests that are retried, how often, and with which delays.

    Example:
        RetryPolicy(max_retries=5, backoff=Backoff(initial=0.5))
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "max_retries": "a whole number >= 0",
        "methods": "a set of methods in capital letters",
        "statuses": "a set of status codes >= 100 and <= 999",
        "errors": "a set of names of errors of hyperhttp",
        "backoff": "Backoff(...)",
        "respect_retry_after": "True or False",
        "retry_after_max": "seconds > 0",
        "budget": "Budget(...)",
    }
    _option: ClassVar[str] = "retry"

    max_retries: Count = Field(default=3, ge=0, description="Number of retries of a request.")
    """Number of retries of a request. Defaults to 3. A fourth retry rarely succeeds where three
    have failed.
    """

    methods: Annotated[
        AbstractSet[Method], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PUT", "TRACE"}),
        json_schema_extra={"default": ["DELETE", "GET", "HEAD", "OPTIONS", "PUT", "TRACE"]},
        description="Methods that are retried although the server may have processed the request. Requests with an `Idempotency-Key` header are also retried.",
    )
    """Methods that are retried although the server may have processed the request. Requests with
    an `Idempotency-Key` header are also retried. Defaults to frozenset({"DELETE", "GET", "HEAD",
    "OPTIONS", "PUT", "TRACE"}). These methods are idempotent (RFC 9110 9.2.2). Requests with other
    methods are retried only if nothing of them was sent.
    """

    statuses: Annotated[
        AbstractSet[Annotated[Status, Field(ge=100, le=999)]],
        PlainSerializer(sorted, return_type=list[int], when_used="json"),
    ] = Field(
        default=frozenset({429, 500, 502, 503, 504}),
        json_schema_extra={"default": [429, 500, 502, 503, 504]},
        description="Status codes of responses that are retried.",
    )
    """Status codes of responses that are retried. Defaults to frozenset({429, 500, 502, 503,
    504}). They mean that the server is temporarily overloaded or failing. Other status codes are
    final.
    """

    errors: Annotated[
        AbstractSet[ErrorName], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset({"PoolTimeout", "TransportError"}),
        json_schema_extra={"default": ["PoolTimeout", "TransportError"]},
        description="Names of errors that are retried, including their subclasses. Errors that are never safe to retry aren't retried even if listed.",
    )
    """Names of errors that are retried, including their subclasses. Errors that are never safe to
    retry aren't retried even if listed. Defaults to frozenset({"PoolTimeout", "TransportError"}).
    These are the failures between client and server, and the wait for a connection.
    """

    backoff: Backoff = Field(default_factory=Backoff, description="The delay between attempts.")
    """The delay between attempts. Defaults to Backoff(). See each option."""

    respect_retry_after: Flag = Field(
        default=True, description="Wait at least as long as the server's `Retry-After`."
    )
    """Wait at least as long as the server's `Retry-After`. Defaults to True. The server can
    estimate best when it will respond again.
    """

    retry_after_max: Seconds = Field(
        default=60.0,
        gt=0,
        description="The longest `Retry-After` that the client waits for. A response with a longer one is returned at once.",
    )
    """The longest `Retry-After` that the client waits for. A response with a longer one is
    returned at once. In seconds. Defaults to 60.0. A server can request an hour, and then you
    decide what to do.
    """

    budget: Budget = Field(
        default_factory=Budget,
        description="The number of retries that all requests of a client share.",
    )
    """The number of retries that all requests of a client share. Defaults to Budget(). See each
    option.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            max_retries: int = 3,
            methods: AbstractSet[str] = frozenset(
                {"DELETE", "GET", "HEAD", "OPTIONS", "PUT", "TRACE"}
            ),
            statuses: AbstractSet[int] = frozenset({429, 500, 502, 503, 504}),
            errors: AbstractSet[ErrorName] = frozenset({"PoolTimeout", "TransportError"}),
            backoff: Backoff = Backoff(),
            respect_retry_after: bool = True,
            retry_after_max: float = 60.0,
            budget: Budget = Budget(),
        ) -> None:
            """The requests that are retried, how often, and with which delays.

            Example:
                RetryPolicy(max_retries=5, backoff=Backoff(initial=0.5))
            """
            ...


class CircuitBreakerPolicy(SwitchModel, frozen=True):
    """When the client blocks requests to a failing origin, and when it tries the origin again.

    Example:
        CircuitBreakerPolicy(failure_threshold=10, recovery_timeout=60.0)
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "failure_threshold": "a whole number >= 1",
        "window": "seconds > 0",
        "recovery_timeout": "seconds > 0",
        "success_threshold": "a whole number >= 1",
    }
    _option: ClassVar[str] = "circuit_breaker"

    failure_threshold: Count = Field(
        default=5,
        ge=1,
        description="Number of failures within `window`, without a success between them, that open an origin's breaker.",
    )
    """Number of failures within `window`, without a success between them, that open an origin's
    breaker. Defaults to 5. A single failure can be chance, but five in a row are an outage.
    """

    window: Seconds = Field(
        default=30.0, gt=0, description="The time within which the failures must occur."
    )
    """The time within which the failures must occur. In seconds. Defaults to 30.0. Older failures
    don't describe the present state of the server.
    """

    recovery_timeout: Seconds = Field(
        default=30.0,
        gt=0,
        description="How long an open breaker blocks requests before it allows a probe.",
    )
    """How long an open breaker blocks requests before it allows a probe. In seconds. Defaults to
    30.0. Long enough for a restart, short enough not to prolong an outage.
    """

    success_threshold: Count = Field(
        default=2,
        ge=1,
        description="Number of probes that must succeed in a row to close the breaker.",
    )
    """Number of probes that must succeed in a row to close the breaker. Defaults to 2. A
    recovering server can fail again under load, and a second probe costs little.
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            failure_threshold: int = 5,
            window: float = 30.0,
            recovery_timeout: float = 30.0,
            success_threshold: int = 2,
        ) -> None:
            """When the client blocks requests to a failing origin, and when it tries the origin again.

            Example:
                CircuitBreakerPolicy(failure_threshold=10, recovery_timeout=60.0)
            """
            ...


class ProxyConfig(ConfigModel, frozen=True):
    """The proxy of a client, as data.

    Example:
        from pydantic import SecretStr

        from hyperhttp import ProxyConfig

        ProxyConfig(url=SecretStr("http://127.0.0.1:3128"))
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "url": "text that is not empty or None",
        "bypass": "text",
    }
    _secrets: ClassVar[frozenset[str]] = frozenset({"url"})

    url: Secret | None = Field(
        default=None,
        description="The URL of the proxy, with user and password if it requires them. The schemes are `http`, `https`, `socks5` and `socks5h`.",
    )
    """The URL of the proxy, with user and password if it requires them. The schemes are `http`,
    `https`, `socks5` and `socks5h`. If None: use the proxy in the environment (such as HTTP_PROXY),
    if `trust_env` is on. Defaults to None. Most programs connect directly, or through the proxy
    that the environment configures.
    """

    bypass: Text = Field(
        default="",
        description="Hosts that the client connects to directly, in the format of NO_PROXY: domains, addresses and networks, each with an optional port, separated by commas.",
    )
    """Hosts that the client connects to directly, in the format of NO_PROXY: domains, addresses
    and networks, each with an optional port, separated by commas. Defaults to "". A proxy that you
    set applies to all requests.
    """

    if TYPE_CHECKING:

        def __init__(self, *, url: SecretStr | None = None, bypass: str = "") -> None:
            """The proxy of a client, as data.

            Example:
                from pydantic import SecretStr

                from hyperhttp import ProxyConfig

                ProxyConfig(url=SecretStr("http://127.0.0.1:3128"))
            """
            ...


# Tracebacks, repr and pickle name the public module. pydantic looks names up in this one while
# the classes are created, so it is set only now.
for _model in (
    Timeout,
    Limits,
    PoolConfig,
    RedirectConfig,
    AddressPolicy,
    TLSConfig,
    HTTP2Config,
    JSONConfig,
    Backoff,
    Budget,
    RetryPolicy,
    CircuitBreakerPolicy,
    ProxyConfig,
):
    _model.__module__ = "hyperhttp.config"
