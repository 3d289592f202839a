# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/config.toml and run the command again.
"""Every option that is data, as frozen models that validate what they are given."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, SecretStr

from hyperhttp._base._generated.env_names import ENV_NAMES
from hyperhttp._base._generated.errors import ErrorName
from hyperhttp._base.checked import checked
from hyperhttp._base.config_model import ConfigModel, NumberModel, SwitchModel
from hyperhttp._base.config_sources import ConfigRoot
from hyperhttp._base.option_values import check_address, check_charset, check_network, check_path
from hyperhttp._base.unset import UNSET, Unset

__all__ = [
    "AddressPolicy",
    "Backoff",
    "Budget",
    "CircuitBreakerPolicy",
    "ClientConfig",
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

Address: TypeAlias = Annotated[str, Field(strict=True), AfterValidator(check_address)]
Bytes: TypeAlias = Annotated[int, Field(strict=True)]
Charset: TypeAlias = Annotated[str, Field(strict=True), AfterValidator(check_charset)]
Count: TypeAlias = Annotated[int, Field(strict=True)]
FieldValue: TypeAlias = Annotated[str, Field(strict=True, pattern=r"^[\t\x20-\x7e]*$")]
Flag: TypeAlias = Annotated[bool, Field(strict=True)]
Method: TypeAlias = Annotated[str, Field(strict=True, pattern=r"^[A-Z][A-Z0-9_-]*$")]
Network: TypeAlias = Annotated[str, Field(strict=True), AfterValidator(check_network)]
AnyPath: TypeAlias = Annotated[Path, BeforeValidator(check_path)]
Port: TypeAlias = Annotated[int, Field(strict=True)]
Ratio: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Seconds: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Secret: TypeAlias = Annotated[SecretStr, Field(strict=True, min_length=1)]
Status: TypeAlias = Annotated[int, Field(strict=True)]
Text: TypeAlias = Annotated[str, Field(strict=True)]


class Timeout(NumberModel, frozen=True):
    """How long each phase of a request may take, in seconds; None means no limit.

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
        description="The whole request: waiting, connecting, sending, reading, redirects, retries, and your own token providers, auth flows, hooks and middleware together.",
    )
    """The whole request: waiting, connecting, sending, reading, redirects, retries, and your own
    token providers, auth flows, hooks and middleware together. In seconds. None: no limit on the
    whole. Default: None. A large download may rightly take hours; silence is what the other limits
    catch.
    """

    connect: Seconds | None = Field(
        default=30.0, gt=0, description="DNS, TCP and TLS together, over all addresses of the host."
    )
    """DNS, TCP and TLS together, over all addresses of the host. In seconds. None: no limit on
    connecting but the system's own. Default: 30.0. Long enough for a slow handshake over a bad
    line, short enough to notice a dead host.
    """

    read: Seconds | None = Field(
        default=30.0,
        gt=0,
        description="The longest silence between bytes of the response, however long the body is.",
    )
    """The longest silence between bytes of the response, however long the body is. In seconds.
    None: wait for the server for ever, as long polling does. Default: 30.0. A server that works on
    an answer is rarely silent for longer; proxies commonly give up at 60.
    """

    write: Seconds | None = Field(
        default=30.0,
        gt=0,
        description="The longest time in which the server takes no byte of the request.",
    )
    """The longest time in which the server takes no byte of the request. In seconds. None: wait
    for ever for the server to go on reading. Default: 30.0. The same as for reading: a server that
    takes nothing for so long has stopped.
    """

    pool: Seconds | None = Field(
        default=30.0,
        gt=0,
        description="The wait for a free connection when `max_connections` are busy.",
    )
    """The wait for a free connection when `max_connections` are busy. In seconds. None: wait in
    line for ever. Default: 30.0. Long enough for a burst to pass, short enough to notice responses
    that nobody closes.
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
            """How long each phase of a request may take, in seconds; None means no limit.

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
            """`phases` stands for connect, read, write and pool, where they are not given."""
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
    """How much of anything a server may send before it is refused.

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
        default=65536,
        ge=1024,
        description="One response head: status line and header fields together.",
    )
    """One response head: status line and header fields together. In bytes. Default: 65536. Servers
    commonly allow 8 to 16 KiB; four times that leaves room for many large cookies.
    """

    max_head_fields: Count = Field(
        default=256, ge=1, description="Header fields in one response head."
    )
    """Header fields in one response head. Default: 256. Real responses have 10 to 40; Apache and
    nginx stop requests at about 100.
    """

    max_informational: Count = Field(
        default=16, ge=0, description="Interim (1xx) responses before the final one."
    )
    """Interim (1xx) responses before the final one. Default: 16. One 100 and one or two 103 are
    usual; more than a handful is a server gone astray.
    """

    max_trailer_bytes: Bytes = Field(
        default=16384, ge=0, description="The fields that follow a chunked body."
    )
    """The fields that follow a chunked body. In bytes. Default: 16384. Trailers carry a checksum
    or a status; a quarter of the head's limit is plenty.
    """

    max_trailer_fields: Count = Field(
        default=64, ge=0, description="How many fields may follow a chunked body."
    )
    """How many fields may follow a chunked body. Default: 64. Trailers carry a checksum or a
    status; a quarter of the head's limit is plenty.
    """

    max_chunk_overhead_bytes: Bytes = Field(
        default=1048576,
        ge=1024,
        description="Chunk lines with their extensions, over one whole body.",
    )
    """Chunk lines with their extensions, over one whole body. In bytes. Default: 1048576. A plain
    chunk line has 3 to 8 bytes, so this is 100,000 chunks and more; endless extensions end here.
    """

    max_body_bytes: Bytes | None = Field(
        default=None,
        ge=0,
        description="One response body as it comes over the wire, before decoding.",
    )
    """One response body as it comes over the wire, before decoding. In bytes. None: a body may be
    of any length. Default: None. A plain large download is no attack; set it where the body is kept
    in memory.
    """

    max_decoded_bytes: Bytes | None = Field(
        default=None, ge=0, description="One response body after decompression."
    )
    """One response body after decompression. In bytes. None: a decoded body may be of any length,
    within `max_decode_ratio`. Default: None. As for `max_body_bytes`; bombs are caught by
    `max_decode_ratio`.
    """

    max_decode_ratio: Ratio = Field(
        default=200.0,
        ge=1,
        description="How many bytes one compressed byte may become; looked at from 1 MiB of output on.",
    )
    """How many bytes one compressed byte may become; looked at from 1 MiB of output on. In times.
    Default: 200.0. Real text shrinks 3 to 20 times, logs and sparse JSON up to 100; a gzip bomb
    grows 1,000 times. Below 1 MiB nothing can be harmed.
    """

    max_codings: Count = Field(
        default=5, ge=0, description="How many content codings may lie over one another."
    )
    """How many content codings may lie over one another. Default: 5. One is usual and two are
    seen; curl stops at 5 as well.
    """

    max_line_bytes: Bytes | None = Field(
        default=16777216,
        ge=1024,
        description="One line of text, one record of JSON lines, or one server-sent event; of text, characters count.",
    )
    """One line of text, one record of JSON lines, or one server-sent event; of text, characters
    count. In bytes. None: a line may be of any length. Default: 16777216. Real lines have some
    kilobytes and the largest records a few megabytes; a line without an end would fill the memory.
    """

    receive_buffer_bytes: Bytes = Field(
        default=262144,
        ge=16384,
        description="Body bytes held for a response that is not being read, before its server is made to wait.",
    )
    """Body bytes held for a response that is not being read, before its server is made to wait. In
    bytes. Default: 262144. Enough to keep a fast line busy between two reads; a thousand unread
    responses then hold 256 MiB at most.
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
            """How much of anything a server may send before it is refused.

            Example:
                Limits(max_body_bytes=10_000_000)
            """
            ...


class PoolConfig(ConfigModel, frozen=True):
    """How many connections are open, and how long idle ones are kept.

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
        default=100, ge=1, description="Connections to all hosts together, idle ones included."
    )
    """Connections to all hosts together, idle ones included. None: no limit but that of the
    system. Default: 100. Far below the 1,024 file descriptors that a process usually has.
    """

    max_connections_per_host: Count | None = Field(
        default=None,
        ge=1,
        description="Connections to one scheme, host and port, idle ones included.",
    )
    """Connections to one scheme, host and port, idle ones included. None: only `max_connections`
    limits them. Default: None. Most programs talk to one host; set it to be gentle with a host
    among many.
    """

    max_keepalive_connections: Count | None = Field(
        default=20,
        ge=0,
        description="Idle connections that are kept for the next request; busy ones do not count.",
    )
    """Idle connections that are kept for the next request; busy ones do not count. None: keep
    every idle connection until `keepalive_expiry`. Default: 20. Enough to spare most handshakes,
    few enough not to burden servers.
    """

    keepalive_expiry: Seconds | None = Field(
        default=120.0,
        gt=0,
        description="How long an idle connection is kept; a server's `Keep-Alive: timeout=` may shorten it.",
    )
    """How long an idle connection is kept; a server's `Keep-Alive: timeout=` may shorten it. In
    seconds. None: keep idle connections until the server closes them. Default: 120.0. Servers keep
    theirs for 5 to 75 seconds, many load balancers for longer.
    """

    max_connection_age: Seconds | None = Field(
        default=None,
        gt=0,
        description="How old a connection may be and still be used for another request; a running one is not cut.",
    )
    """How old a connection may be and still be used for another request; a running one is not cut.
    In seconds. None: a connection is used for as long as both sides keep it. Default: None. Without
    it a busy connection stays with one server for ever, whatever the DNS says meanwhile.
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
            """How many connections are open, and how long idle ones are kept.

            Example:
                PoolConfig(max_connections=200, keepalive_expiry=30.0)
            """
            ...


class RedirectConfig(ConfigModel, frozen=True):
    """Whether redirects are followed, and how many.

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
        default=False, description="Go to the address that a 301, 302, 303, 307 or 308 names."
    )
    """Go to the address that a 301, 302, 303, 307 or 308 names. Default: False. A redirect may
    lead to another host; you decide whether your request should go there.
    """

    max_redirects: Count = Field(
        default=20, ge=0, description="How many redirects one request may follow."
    )
    """How many redirects one request may follow. Default: 20. Browsers stop at 20; longer chains
    are circles.
    """

    allow_downgrade: Flag = Field(default=True, description="Follow redirects from https to http.")
    """Follow redirects from https to http. Default: True. As browsers and most other clients do;
    without TLS anybody on the way can read and change what is sent.
    """

    same_site: Flag = Field(
        default=False,
        description="Follow redirects only to the same site: the same host, or another one below the same registrable domain. Without the extra `cookies`, which has the list of public suffixes, to the same host and to hosts above and below it.",
    )
    """Follow redirects only to the same site: the same host, or another one below the same
    registrable domain. Without the extra `cookies`, which has the list of public suffixes, to the
    same host and to hosts above and below it. Default: False. Many sites redirect to others: to
    sign in, to storage, to a CDN.
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
            """Whether redirects are followed, and how many.

            Example:
                RedirectConfig(follow=True)
            """
            ...


class AddressPolicy(ConfigModel, frozen=True):
    """The addresses that a client may connect to. Each address of each connection is checked after
    the lookup, and the checked address is the one that is dialed.

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
        description='The addresses that are allowed besides those in `allow`: all, or public ones only. "public" refuses the special ranges of the IANA registries, metadata services, and the names `localhost` and `*.localhost`.',
    )
    """The addresses that are allowed besides those in `allow`: all, or public ones only. "public"
    refuses the special ranges of the IANA registries, metadata services, and the names `localhost`
    and `*.localhost`. Default: "anywhere". Most programs only connect to servers that they know,
    private ones included.
    """

    allow: Annotated[
        AbstractSet[Network], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description='Networks, addresses and groups that are allowed although `scope` refuses them. The groups are "documentation", "link-local", "loopback", "metadata", "multicast", "private", "reserved" and "unspecified". A network doesn\'t allow the metadata services in it: name them, or the group.',
    )
    """Networks, addresses and groups that are allowed although `scope` refuses them. The groups
    are "documentation", "link-local", "loopback", "metadata", "multicast", "private", "reserved"
    and "unspecified". A network doesn't allow the metadata services in it: name them, or the group.
    Default: frozenset(). A range that you don't name can't be reached by accident.
    """

    deny: Annotated[
        AbstractSet[Network], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description="Networks, addresses and groups that are refused; `deny` overrides `allow`.",
    )
    """Networks, addresses and groups that are refused; `deny` overrides `allow`. Default:
    frozenset(). `scope` refuses what is special.
    """

    ports: Annotated[
        AbstractSet[Annotated[Port, Field(ge=0, le=65535)]],
        PlainSerializer(sorted, return_type=list[int], when_used="json"),
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description="The only ports that connections may go to; empty for all.",
    )
    """The only ports that connections may go to; empty for all. Default: frozenset(). HTTP servers
    use many ports. Set it where URLs come from outside.
    """

    mixed: Literal["refuse", "drop"] = Field(
        default="refuse",
        description="Handling of a host with allowed and refused addresses: refuse it, or connect to the allowed ones.",
    )
    """Handling of a host with allowed and refused addresses: refuse it, or connect to the allowed
    ones. Default: "refuse". Public hosts rarely have private addresses too, and attackers use such
    hosts.
    """

    proxied: Literal["refuse", "allow"] = Field(
        default="refuse",
        description='Handling of requests through a proxy that resolves the host itself, if the policy restricts addresses. "allow" leaves names to the proxy; addresses in URLs and `localhost` are checked all the same.',
    )
    """Handling of requests through a proxy that resolves the host itself, if the policy restricts
    addresses. "allow" leaves names to the proxy; addresses in URLs and `localhost` are checked all
    the same. Default: "refuse". The address that the proxy connects to is unknown here.
    """

    unix_sockets: Literal["refuse", "allow"] = Field(
        default="refuse",
        description="Handling of connections to the socket of `uds`, if the policy restricts addresses.",
    )
    """Handling of connections to the socket of `uds`, if the policy restricts addresses. Default:
    "refuse". A Unix socket is a service of this machine.
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
        """Return a policy that allows public addresses only: no special range, no metadata
        service, no `localhost`.

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
            """The addresses that a client may connect to. Each address of each connection is checked
            after the lookup, and the checked address is the one that is dialed.

            Example:
                AddressPolicy.public(allow={"10.1.0.0/16"})
            """
            ...


class TLSConfig(ConfigModel, frozen=True):
    """How the server's certificate is checked, and what we show of our own.

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
    }
    _secrets: ClassVar[frozenset[str]] = frozenset({"cert_password"})
    _needs: ClassVar[tuple[tuple[str, str], ...]] = (
        ("cert_key", "cert"),
        ("cert_password", "cert"),
    )
    _excludes: ClassVar[tuple[tuple[str, str], ...]] = (("system_trust", "verify"),)

    verify: Flag | AnyPath = Field(
        default=True,
        description="Check the server's certificate: against well-known authorities, or those in a PEM file or folder.",
    )
    """Check the server's certificate: against well-known authorities, or those in a PEM file or
    folder. Default: True. Without it anybody on the way can read and change everything.
    """

    system_trust: Flag = Field(
        default=False,
        description="Trust the authorities that the system trusts, through the extra `truststore`.",
    )
    """Trust the authorities that the system trusts, through the extra `truststore`. Default:
    False. The same authorities on every machine; the system knows those of a company or of its
    proxy.
    """

    cert: AnyPath | None = Field(
        default=None,
        description="The client certificate with its chain, as a PEM file; it may hold the key as well.",
    )
    """The client certificate with its chain, as a PEM file; it may hold the key as well. None: no
    certificate is shown, even to a server that asks for one. Default: None. Few servers ask who
    their client is by certificate.
    """

    cert_key: AnyPath | None = Field(
        default=None, description="The key of the client certificate, as a PEM file."
    )
    """The key of the client certificate, as a PEM file. None: the key is in the file of the
    certificate. Default: None. One file is easier to keep together.
    """

    cert_password: Secret | None = Field(
        default=None,
        description="The password of the client certificate's key. It is never shown: not in a repr, a dump or an error.",
    )
    """The password of the client certificate's key. It is never shown: not in a repr, a dump or an
    error. None: the key is not encrypted. Default: None. A key that a service reads at its start is
    rarely encrypted.
    """

    keylog: AnyPath | None = Field(
        default=None,
        description="A file to which the secrets of every TLS connection are added, so that Wireshark can read its traffic.",
    )
    """A file to which the secrets of every TLS connection are added, so that Wireshark can read
    its traffic. None: only where `trust_env` finds SSLKEYLOGFILE in the environment. Default: None.
    Who has the file can read everything.
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
        ) -> None:
            """How the server's certificate is checked, and what we show of our own.

            Example:
                TLSConfig(verify=Path("private-ca.pem"))
            """
            ...


class HTTP2Config(ConfigModel, frozen=True):
    """How HTTP/2 connections are run: how much may be under way, and when silence is looked into.

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
        description="Body bytes that the server may send of one response before we have taken any.",
    )
    """Body bytes that the server may send of one response before we have taken any. In bytes.
    Default: 1048576. A window bounds the speed to itself per round trip: 1 MiB is 80 Mbit/s at 100
    ms; RFC 9113 starts with 64 KiB.
    """

    connection_window_bytes: Bytes = Field(
        default=16777216,
        ge=65535,
        le=2147483647,
        description="Body bytes that the server may send of all responses of one connection together before we have taken any.",
    )
    """Body bytes that the server may send of all responses of one connection together before we
    have taken any. In bytes. Default: 16777216. Sixteen streams at full speed; the protocol allows
    no less than 65,535.
    """

    max_frame_bytes: Bytes = Field(
        default=65536,
        ge=16384,
        le=16777215,
        description="The largest frame that the server may send.",
    )
    """The largest frame that the server may send. In bytes. Default: 65536. Larger frames cost
    less per byte, and hold back other responses for longer; RFC 9113 starts with 16 KiB.
    """

    max_streams: Count = Field(
        default=1000,
        ge=1,
        description="Requests at a time on one connection; a server's own limit may be lower.",
    )
    """Requests at a time on one connection; a server's own limit may be lower. Default: 1000.
    Servers commonly allow 100 to 1,000; what does not fit goes to another connection.
    """

    ping_after: Seconds | None = Field(
        default=30.0,
        gt=0,
        description="How long a connection may be silent before a PING asks whether the server is still there.",
    )
    """How long a connection may be silent before a PING asks whether the server is still there. In
    seconds. None: never ask: only the limits of `Timeout` notice a server that is gone. Default:
    30.0. A connection that a router has dropped is silent for ever; asked, it is known dead within
    seconds.
    """

    ping_timeout: Seconds = Field(
        default=10.0,
        gt=0,
        description="How long the server may take to answer a PING before its connection counts as dead.",
    )
    """How long the server may take to answer a PING before its connection counts as dead. In
    seconds. Default: 10.0. Far longer than any round trip, shorter than the 30 seconds of a read.
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
            """How HTTP/2 connections are run: how much may be under way, and when silence is looked
            into.

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
        default=None, description="Write fields by their alias, or by their name."
    )
    """Write fields by their alias, or by their name. None: as the model is read: by alias, unless
    its `model_config` has `serialize_by_alias` or `validate_by_alias=False`. Default: None.
    `response.json(Model)` then reads what `json=model` has written.
    """

    exclude_unset: Flag = Field(
        default=False, description="Leave out fields that weren't set when the model was created."
    )
    """Leave out fields that weren't set when the model was created. Default: False. A whole object
    is what most servers expect; a PATCH sets it.
    """

    exclude_none: Flag = Field(default=False, description="Leave out fields whose value is None.")
    """Leave out fields whose value is None. Default: False. `null` and an absent member differ for
    many servers.
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
    """How long to wait between attempts: each wait is chosen at random between the first one and
    three times the last (decorrelated jitter).

    Example:
        Backoff(initial=0.5, maximum=30.0)
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "initial": "seconds > 0",
        "maximum": "seconds > 0",
    }

    initial: Seconds = Field(
        default=0.1, gt=0, description="The shortest wait, and about what the first one is."
    )
    """The shortest wait, and about what the first one is. In seconds. Default: 0.1. A server that
    restarts or a line that flickers is often back at once; the random part keeps clients apart.
    """

    maximum: Seconds = Field(
        default=10.0,
        gt=0,
        description="The longest wait of our own choosing; a server's `Retry-After` may ask for more.",
    )
    """The longest wait of our own choosing; a server's `Retry-After` may ask for more. In seconds.
    Default: 10.0. Who waits for an answer has mostly given up by then.
    """

    if TYPE_CHECKING:

        def __init__(self, *, initial: float = 0.1, maximum: float = 10.0) -> None:
            """How long to wait between attempts: each wait is chosen at random between the first one
            and three times the last (decorrelated jitter).

            Example:
                Backoff(initial=0.5, maximum=30.0)
            """
            ...


class Budget(ConfigModel, frozen=True):
    """How many retries all requests of a client may cause together, so that retries never make an
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
        description="How many retries each request adds to the budget; a retry takes one away.",
    )
    """How many retries each request adds to the budget; a retry takes one away. In times. Default:
    0.1. A server that fails every request then gets a tenth more traffic, not four times as much.
    """

    reserve: Count = Field(
        default=10,
        ge=0,
        description="How many retries a new client has before its requests have added any.",
    )
    """How many retries a new client has before its requests have added any. Default: 10. A program
    that makes a few requests and ends should have its retries too.
    """

    maximum: Count = Field(
        default=50, ge=0, description="The most that may be saved up, the reserve included."
    )
    """The most that may be saved up, the reserve included. Default: 50. A good hour may help a bad
    minute, but a good year must not make a storm.
    """

    if TYPE_CHECKING:

        def __init__(self, *, ratio: float = 0.1, reserve: int = 10, maximum: int = 50) -> None:
            """How many retries all requests of a client may cause together, so that retries never make
            an overload worse.

            Example:
                Budget(ratio=0.2)
            """
            ...


class RetryPolicy(SwitchModel, frozen=True):
    """Which requests are sent again when they fail, how often, and after how long.

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

    max_retries: Count = Field(default=3, ge=0, description="How often one request is sent again.")
    """How often one request is sent again. Default: 3. What three more attempts do not mend is
    rarely mended by a fourth.
    """

    methods: Annotated[
        AbstractSet[Method], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PUT", "TRACE"}),
        json_schema_extra={"default": ["DELETE", "GET", "HEAD", "OPTIONS", "PUT", "TRACE"]},
        description="The methods that may be sent again after a server may have worked on the request; so may any request with an `Idempotency-Key` field.",
    )
    """The methods that may be sent again after a server may have worked on the request; so may any
    request with an `Idempotency-Key` field. Default: frozenset({"DELETE", "GET", "HEAD", "OPTIONS",
    "PUT", "TRACE"}). Doing these twice is the same as doing them once (RFC 9110 9.2.2). Others are
    sent again only when nothing of them had gone out.
    """

    statuses: Annotated[
        AbstractSet[Annotated[Status, Field(ge=100, le=999)]],
        PlainSerializer(sorted, return_type=list[int], when_used="json"),
    ] = Field(
        default=frozenset({429, 500, 502, 503, 504}),
        json_schema_extra={"default": [429, 500, 502, 503, 504]},
        description="The statuses that are asked again.",
    )
    """The statuses that are asked again. Default: frozenset({429, 500, 502, 503, 504}). These say
    that the server is overloaded or broken for the moment; other statuses are answers.
    """

    errors: Annotated[
        AbstractSet[ErrorName], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset({"PoolTimeout", "TransportError"}),
        json_schema_extra={"default": ["PoolTimeout", "TransportError"]},
        description="The errors that are asked again, by name; an error that derives from one of them is meant too. What is never worth repeating is not repeated even if named.",
    )
    """The errors that are asked again, by name; an error that derives from one of them is meant
    too. What is never worth repeating is not repeated even if named. Default:
    frozenset({"PoolTimeout", "TransportError"}). Every failure between this program and the server,
    and the wait for a connection.
    """

    backoff: Backoff = Field(
        default_factory=Backoff, description="How long to wait between attempts."
    )
    """How long to wait between attempts. Default: Backoff(). See each field."""

    respect_retry_after: Flag = Field(
        default=True, description="Wait for at least as long as a server's `Retry-After` asks."
    )
    """Wait for at least as long as a server's `Retry-After` asks. Default: True. The server knows
    best when it will be well again.
    """

    retry_after_max: Seconds = Field(
        default=60.0,
        gt=0,
        description="The longest `Retry-After` that is waited for; a response that asks for more is handed over at once.",
    )
    """The longest `Retry-After` that is waited for; a response that asks for more is handed over
    at once. In seconds. Default: 60.0. A server may name an hour; then you decide what to do
    meanwhile.
    """

    budget: Budget = Field(
        default_factory=Budget,
        description="How many retries all requests of a client may cause together.",
    )
    """How many retries all requests of a client may cause together. Default: Budget(). See each
    field.
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
            """Which requests are sent again when they fail, how often, and after how long.

            Example:
                RetryPolicy(max_retries=5, backoff=Backoff(initial=0.5))
            """
            ...


class CircuitBreakerPolicy(SwitchModel, frozen=True):
    """When requests to an origin that keeps failing are refused at once, and when it is tried
    again.

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
        description="How many failures within `window`, with no success between them, open the breaker of an origin.",
    )
    """How many failures within `window`, with no success between them, open the breaker of an
    origin. Default: 5. One failure is chance, five on end are an outage.
    """

    window: Seconds = Field(
        default=30.0, gt=0, description="How close together those failures must be."
    )
    """How close together those failures must be. In seconds. Default: 30.0. Failures further apart
    than this say little about now.
    """

    recovery_timeout: Seconds = Field(
        default=30.0,
        gt=0,
        description="How long an open breaker refuses requests before one of them is let through as a probe.",
    )
    """How long an open breaker refuses requests before one of them is let through as a probe. In
    seconds. Default: 30.0. Long enough for a restart, short enough not to prolong an outage by
    much.
    """

    success_threshold: Count = Field(
        default=2,
        ge=1,
        description="How many probes must succeed, one after another, to close the breaker.",
    )
    """How many probes must succeed, one after another, to close the breaker. Default: 2. A server
    that comes back may fall over again under the first load; a second probe costs little.
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
            """When requests to an origin that keeps failing are refused at once, and when it is tried
            again.

            Example:
                CircuitBreakerPolicy(failure_threshold=10, recovery_timeout=60.0)
            """
            ...


class ProxyConfig(ConfigModel, frozen=True):
    """The proxy of a program, as its configuration names it.

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
        description="The address of the proxy that requests go through, with user and password if it wants them: `http`, `https`, `socks5` or `socks5h`.",
    )
    """The address of the proxy that requests go through, with user and password if it wants them:
    `http`, `https`, `socks5` or `socks5h`. None: the environment says (HTTP_PROXY and its like), if
    `trust_env` is on. Default: None. Most programs reach their servers straight, or by what whoever
    runs them has set up.
    """

    bypass: Text = Field(
        default="",
        description="The hosts that are reached straight all the same, as NO_PROXY has them: domains, addresses, networks, each with a port if need be, parted by commas.",
    )
    """The hosts that are reached straight all the same, as NO_PROXY has them: domains, addresses,
    networks, each with a port if need be, parted by commas. Default: "". A proxy that somebody
    names is meant for all requests.
    """

    if TYPE_CHECKING:

        def __init__(self, *, url: SecretStr | None = None, bypass: str = "") -> None:
            """The proxy of a program, as its configuration names it.

            Example:
                from pydantic import SecretStr

                from hyperhttp import ProxyConfig

                ProxyConfig(url=SecretStr("http://127.0.0.1:3128"))
            """
            ...


class ClientConfig(ConfigRoot, frozen=True):
    """All settings of a client that are data; they compare, serialise and have a JSON Schema.

    Example:
        Client(config=ClientConfig(user_agent="my-app/1.0"))
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "base_url": "text",
        "user_agent": "text without line breaks and control characters",
        "default_encoding": "the name of a text encoding that Python knows",
        "http2": 'True, False or "prior-knowledge"',
        "trust_env": "True or False",
        "bind_to_origin": 'True, False or "refuse"',
        "trusted_origins": "a set of texts",
        "sensitive_names": "a set of texts",
        "local_address": "an IP address or None",
        "uds": "a path or None",
        "https_only": "True or False",
        "address_policy": "AddressPolicy(...)",
        "timeout": "Timeout(...)",
        "pool": "PoolConfig(...)",
        "limits": "Limits(...)",
        "http2_config": "HTTP2Config(...)",
        "json_config": "JSONConfig(...)",
        "redirects": "RedirectConfig(...)",
        "tls": "TLSConfig(...)",
        "proxy": "ProxyConfig(...)",
        "retry": "RetryPolicy(...) or None",
        "circuit_breaker": "CircuitBreakerPolicy(...) or None",
    }
    _excludes: ClassVar[tuple[tuple[str, str], ...]] = (("uds", "local_address"),)
    _env_names = ENV_NAMES

    base_url: Text = Field(
        default="",
        repr=False,
        description="The URL that relative URLs are joined to; empty for none.",
    )
    """The URL that relative URLs are joined to; empty for none. Default: "". Without a base every
    request names its whole URL.
    """

    user_agent: FieldValue = Field(
        default="hyperhttp",
        description="The `User-Agent` of every request that does not set its own; empty for none.",
    )
    """The `User-Agent` of every request that does not set its own; empty for none. Default:
    "hyperhttp". Servers like to know who asks; your program's own name and version are better.
    """

    default_encoding: Charset = Field(
        default="utf-8",
        description="How `text` is decoded when the response names no charset and has no byte order mark.",
    )
    """How `text` is decoded when the response names no charset and has no byte order mark.
    Default: "utf-8". Nearly all text on the web is UTF-8.
    """

    http2: Flag | Literal["prior-knowledge"] = Field(
        default=True,
        description='Use HTTP/2 where the server chooses it in the TLS handshake (ALPN); "prior-knowledge" uses it everywhere, without TLS too.',
    )
    """Use HTTP/2 where the server chooses it in the TLS handshake (ALPN); "prior-knowledge" uses
    it everywhere, without TLS too. Default: True. The server chooses, so nobody is worse off;
    without TLS there is no one to ask.
    """

    trust_env: Flag = Field(
        default=True,
        description="Obey the environment: SSL_CERT_FILE and SSL_CERT_DIR stand in for the well-known authorities, SSLKEYLOGFILE for `keylog`.",
    )
    """Obey the environment: SSL_CERT_FILE and SSL_CERT_DIR stand in for the well-known
    authorities, SSLKEYLOGFILE for `keylog`. Default: True. Whoever runs a program can then point it
    to their authorities, as with most other programs.
    """

    bind_to_origin: Flag | Literal["refuse"] = Field(
        default=False,
        description='Keep the sensitive headers, `params`, `auth` and cookies of the client on the origin of `base_url` and on `trusted_origins`. Requests to other origins are sent without them; "refuse" raises `LocalProtocolError` instead. Options of the request itself apply all the same.',
    )
    """Keep the sensitive headers, `params`, `auth` and cookies of the client on the origin of
    `base_url` and on `trusted_origins`. Requests to other origins are sent without them; "refuse"
    raises `LocalProtocolError` instead. Options of the request itself apply all the same. Default:
    False. Headers of a client apply to every request, as with most other clients; set it where URLs
    come from outside.
    """

    trusted_origins: Annotated[
        AbstractSet[Text], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description="Origins that get the same defaults as that of `base_url`, such as `https://files.example.com`; only together with `bind_to_origin`.",
    )
    """Origins that get the same defaults as that of `base_url`, such as
    `https://files.example.com`; only together with `bind_to_origin`. Default: frozenset(). Without
    `bind_to_origin` all origins get them.
    """

    sensitive_names: Annotated[
        AbstractSet[Text], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description="Names of headers, and of parameters of queries, forms and JSON, whose values are secrets, in addition to the known ones. They apply to the whole process, because headers and URLs are shown without their client.",
    )
    """Names of headers, and of parameters of queries, forms and JSON, whose values are secrets, in
    addition to the known ones. They apply to the whole process, because headers and URLs are shown
    without their client. Default: frozenset(). The names of common services are known; yours
    aren't.
    """

    local_address: Address | None = Field(
        default=None, description="The address of this machine that connections are made from."
    )
    """The address of this machine that connections are made from. None: the system chooses one for
    each connection. Default: None. The system knows which address reaches which network.
    """

    uds: AnyPath | None = Field(
        default=None,
        description="The Unix domain socket that every connection goes to, with TLS or without; URLs give the `Host` and the path as ever.",
    )
    """The Unix domain socket that every connection goes to, with TLS or without; URLs give the
    `Host` and the path as ever. None: connections go to the host and port of the URL. Default:
    None. Only a server on the same machine can be reached so.
    """

    https_only: Flag = Field(
        default=False, description="Refuse requests without TLS, after redirects too."
    )
    """Refuse requests without TLS, after redirects too. Default: False. Servers on loopback and in
    private networks often use http.
    """

    address_policy: AddressPolicy = Field(
        default_factory=AddressPolicy, description="The addresses that the client may connect to."
    )
    """The addresses that the client may connect to. Default: AddressPolicy(). All addresses; set
    `AddressPolicy.public()` where URLs come from outside.
    """

    timeout: Timeout = Field(
        default_factory=Timeout,
        description="How long each phase of a request may take, in seconds.",
    )
    """How long each phase of a request may take, in seconds. Default: Timeout(). 30 seconds in
    each phase: no request hangs for ever.
    """

    pool: PoolConfig = Field(
        default_factory=PoolConfig,
        description="How many connections are open, and how long idle ones are kept.",
    )
    """How many connections are open, and how long idle ones are kept. Default: PoolConfig(). See
    each field.
    """

    limits: Limits = Field(
        default_factory=Limits,
        description="How much of anything a server may send before it is refused.",
    )
    """How much of anything a server may send before it is refused. Default: Limits(). See each
    field.
    """

    http2_config: HTTP2Config = Field(
        default_factory=HTTP2Config, description="How HTTP/2 connections are run."
    )
    """How HTTP/2 connections are run. Default: HTTP2Config(). See each field."""

    json_config: JSONConfig = Field(
        default_factory=JSONConfig, description="How `json=` serializes pydantic models."
    )
    """How `json=` serializes pydantic models. Default: JSONConfig(). See each field."""

    redirects: RedirectConfig = Field(
        default_factory=RedirectConfig, description="Whether redirects are followed, and how many."
    )
    """Whether redirects are followed, and how many. Default: RedirectConfig(). See each field."""

    tls: TLSConfig = Field(
        default_factory=TLSConfig,
        description="How the server's certificate is checked, and what we show of our own.",
    )
    """How the server's certificate is checked, and what we show of our own. Default: TLSConfig().
    See each field.
    """

    proxy: ProxyConfig = Field(
        default_factory=ProxyConfig,
        description="The proxy that requests go through; the option `proxy` of a client stands above it.",
    )
    """The proxy that requests go through; the option `proxy` of a client stands above it. Default:
    ProxyConfig(). See each field.
    """

    retry: RetryPolicy | None = Field(
        default=None, description="Retry failed requests where that is safe."
    )
    """Retry failed requests where that is safe. None: a failure is yours to deal with; only a kept
    connection that turns out to be dead is replaced. Default: None. Only you know whether a late
    answer is better than an early failure.
    """

    circuit_breaker: CircuitBreakerPolicy | None = Field(
        default=None,
        description="Refuse requests at once to an origin that keeps failing, until it is well again.",
    )
    """Refuse requests at once to an origin that keeps failing, until it is well again. None: every
    request is sent, whatever became of the last ones. Default: None. It helps programs that ask
    much of few servers; for others an error of each request tells more.
    """

    @classmethod
    def hardened(cls) -> Self:
        """Return the configuration for URLs that come from users or other servers: only public
        addresses, https, and bounded time and size.

        Example:
            Client(config=ClientConfig.hardened(), same_site_redirects=True)
        """
        return cls(
            address_policy=AddressPolicy(scope="public"),
            https_only=True,
            redirects=RedirectConfig(allow_downgrade=False, max_redirects=5),
            timeout=Timeout(total=30.0, connect=10.0, read=10.0),
            limits=Limits(max_body_bytes=10485760, max_decoded_bytes=52428800),
        )

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            base_url: str = "",
            user_agent: str = "hyperhttp",
            default_encoding: str = "utf-8",
            http2: bool | Literal["prior-knowledge"] = True,
            trust_env: bool = True,
            bind_to_origin: bool | Literal["refuse"] = False,
            trusted_origins: AbstractSet[str] = frozenset(),
            sensitive_names: AbstractSet[str] = frozenset(),
            local_address: str | None = None,
            uds: str | PathLike[str] | None = None,
            https_only: bool = False,
            address_policy: AddressPolicy = AddressPolicy(),
            timeout: Timeout = Timeout(),
            pool: PoolConfig = PoolConfig(),
            limits: Limits = Limits(),
            http2_config: HTTP2Config = HTTP2Config(),
            json_config: JSONConfig = JSONConfig(),
            redirects: RedirectConfig = RedirectConfig(),
            tls: TLSConfig = TLSConfig(),
            proxy: ProxyConfig = ProxyConfig(),
            retry: RetryPolicy | None = None,
            circuit_breaker: CircuitBreakerPolicy | None = None,
        ) -> None:
            """All settings of a client that are data; they compare, serialise and have a JSON Schema.

            Example:
                Client(config=ClientConfig(user_agent="my-app/1.0"))
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
    ClientConfig,
):
    _model.__module__ = "hyperhttp.config"
