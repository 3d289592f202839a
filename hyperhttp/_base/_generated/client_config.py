# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/config.toml and run the command again.
"""The configuration of a client, frozen and validated."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from hyperhttp._base._generated.config import (
    AddressPolicy,
    CircuitBreakerPolicy,
    HTTP2Config,
    JSONConfig,
    Limits,
    PoolConfig,
    ProxyConfig,
    RedirectConfig,
    RetryPolicy,
    Timeout,
    TLSConfig,
)
from hyperhttp._base._generated.env_names import ENV_NAMES
from hyperhttp._base.config_sources import ConfigRoot
from hyperhttp._base.option_values import check_address, check_charset, check_path

__all__ = [
    "ClientConfig",
]

Address: TypeAlias = Annotated[str, Field(strict=True), AfterValidator(check_address)]
Charset: TypeAlias = Annotated[str, Field(strict=True), AfterValidator(check_charset)]
FieldValue: TypeAlias = Annotated[str, Field(strict=True, pattern=r"^[\t\x20-\x7e]*$")]
Flag: TypeAlias = Annotated[bool, Field(strict=True)]
AnyPath: TypeAlias = Annotated[Path, BeforeValidator(check_path)]
Text: TypeAlias = Annotated[str, Field(strict=True)]


class ClientConfig(ConfigRoot, frozen=True):
    """All settings of a client that are data. You can compare and serialize them, and they have a
    JSON Schema.

    Example:
        Client(config=ClientConfig(user_agent="my-app/1.0"))
    """

    _allowed: ClassVar[Mapping[str, str]] = {
        "base_url": "text",
        "user_agent": "text without line breaks and control characters",
        "default_encoding": "the name of a text encoding of Python",
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
        description="The URL that relative URLs are joined to. Empty for none.",
    )
    """The URL that relative URLs are joined to. Empty for none. Defaults to "". Without a base
    URL, you pass an absolute URL with every request.
    """

    user_agent: FieldValue = Field(
        default="hyperhttp",
        description="The `User-Agent` of requests that don't set their own. Empty to send none.",
    )
    """The `User-Agent` of requests that don't set their own. Empty to send none. Defaults to
    "hyperhttp". Servers expect a `User-Agent`. Set it to the name and version of your program.
    """

    default_encoding: Charset = Field(
        default="utf-8",
        description="The encoding of `text` if the response has no charset and no byte order mark.",
    )
    """The encoding of `text` if the response has no charset and no byte order mark. Defaults to
    "utf-8". Nearly all text on the web is UTF-8.
    """

    http2: Flag | Literal["prior-knowledge"] = Field(
        default=True,
        description='Use HTTP/2 if the server selects it in the TLS handshake (ALPN). "prior-knowledge" uses it for every connection, with and without TLS.',
    )
    """Use HTTP/2 if the server selects it in the TLS handshake (ALPN). "prior-knowledge" uses it
    for every connection, with and without TLS. Defaults to True. The server selects the protocol,
    so HTTP/1.1 servers work too. Without TLS there is no negotiation.
    """

    trust_env: Flag = Field(
        default=True,
        description="Read the environment: proxy variables, SSL_CERT_FILE and SSL_CERT_DIR instead of the bundled CAs, and SSLKEYLOGFILE if `keylog` isn't set.",
    )
    """Read the environment: proxy variables, SSL_CERT_FILE and SSL_CERT_DIR instead of the bundled
    CAs, and SSLKEYLOGFILE if `keylog` isn't set. Defaults to True. You can then set proxies and CAs
    for a program from outside, as with most other programs.
    """

    bind_to_origin: Flag | Literal["refuse"] = Field(
        default=False,
        description='Send the client\'s sensitive headers, `params`, `auth` and cookies only to the origin of `base_url` and to `trusted_origins`. Requests to other origins are sent without them, or raise `LocalProtocolError` with "refuse". Options of the request itself always apply.',
    )
    """Send the client's sensitive headers, `params`, `auth` and cookies only to the origin of
    `base_url` and to `trusted_origins`. Requests to other origins are sent without them, or raise
    `LocalProtocolError` with "refuse". Options of the request itself always apply. Defaults to
    False. The headers of a client apply to every request, as with most other clients. Set it if
    your URLs come from users.
    """

    trusted_origins: Annotated[
        AbstractSet[Text], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description="Origins that get the same defaults as the origin of `base_url`, such as `https://files.example.com`. Requires `bind_to_origin`.",
    )
    """Origins that get the same defaults as the origin of `base_url`, such as
    `https://files.example.com`. Requires `bind_to_origin`. Defaults to frozenset(). Without
    `bind_to_origin`, all origins get them.
    """

    sensitive_names: Annotated[
        AbstractSet[Text], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = Field(
        default=frozenset(),
        json_schema_extra={"default": []},
        description="Names of headers, query parameters, form fields and JSON members that contain secrets, in addition to the built-in ones. They apply to the whole process, because a header or URL doesn't belong to a client.",
    )
    """Names of headers, query parameters, form fields and JSON members that contain secrets, in
    addition to the built-in ones. They apply to the whole process, because a header or URL doesn't
    belong to a client. Defaults to frozenset(). The built-in list contains common names, but not
    yours.
    """

    local_address: Address | None = Field(
        default=None, description="The local address of the connections."
    )
    """The local address of the connections. If None: the operating system selects it for each
    connection. Defaults to None. The operating system selects the right address for each network.
    """

    uds: AnyPath | None = Field(
        default=None,
        description="The Unix domain socket for all connections, with or without TLS. The URL still determines the `Host` header and the path.",
    )
    """The Unix domain socket for all connections, with or without TLS. The URL still determines
    the `Host` header and the path. If None: connections go to the host and port of the URL.
    Defaults to None. A Unix socket only reaches a server on the same machine.
    """

    https_only: Flag = Field(
        default=False, description="Refuse requests without TLS, including after redirects."
    )
    """Refuse requests without TLS, including after redirects. Defaults to False. Servers on
    loopback and in private networks often use http.
    """

    address_policy: AddressPolicy = Field(
        default_factory=AddressPolicy, description="The addresses that the client may connect to."
    )
    """The addresses that the client may connect to. Defaults to AddressPolicy(). All addresses are
    allowed. Set `AddressPolicy.public()` if your URLs come from users.
    """

    timeout: Timeout = Field(
        default_factory=Timeout, description="Time limits of the phases of a request, in seconds."
    )
    """Time limits of the phases of a request, in seconds. Defaults to Timeout(). 30 seconds for
    each phase, so that no request hangs forever.
    """

    pool: PoolConfig = Field(
        default_factory=PoolConfig,
        description="The number of open connections, and how long idle connections are kept.",
    )
    """The number of open connections, and how long idle connections are kept. Defaults to
    PoolConfig(). See each option.
    """

    limits: Limits = Field(default_factory=Limits, description="Limits on the size of responses.")
    """Limits on the size of responses. Defaults to Limits(). See each option."""

    http2_config: HTTP2Config = Field(
        default_factory=HTTP2Config, description="Settings of HTTP/2 connections."
    )
    """Settings of HTTP/2 connections. Defaults to HTTP2Config(). See each option."""

    json_config: JSONConfig = Field(
        default_factory=JSONConfig, description="How `json=` serializes pydantic models."
    )
    """How `json=` serializes pydantic models. Defaults to JSONConfig(). See each option."""

    redirects: RedirectConfig = Field(
        default_factory=RedirectConfig, description="Following of redirects."
    )
    """Following of redirects. Defaults to RedirectConfig(). See each option."""

    tls: TLSConfig = Field(
        default_factory=TLSConfig,
        description="Verification of server certificates, and client certificates.",
    )
    """Verification of server certificates, and client certificates. Defaults to TLSConfig(). See
    each option.
    """

    proxy: ProxyConfig = Field(
        default_factory=ProxyConfig,
        description="The proxy for all requests. The `proxy` option of a client overrides it.",
    )
    """The proxy for all requests. The `proxy` option of a client overrides it. Defaults to
    ProxyConfig(). See each option.
    """

    retry: RetryPolicy | None = Field(
        default=None, description="Retry failed requests that are safe to retry."
    )
    """Retry failed requests that are safe to retry. If None: failed requests aren't retried. The
    client only replaces a pooled connection that the server has closed. Defaults to None. You
    decide if a late response is better than an early error.
    """

    circuit_breaker: CircuitBreakerPolicy | None = Field(
        default=None, description="Block requests to a failing origin until it has recovered."
    )
    """Block requests to a failing origin until it has recovered. If None: every request is sent,
    regardless of earlier failures. Defaults to None. A breaker helps programs that send many
    requests to few servers. For others, the error of each request is more useful.
    """

    @classmethod
    def hardened(cls) -> Self:
        """Return the configuration for URLs from users or other servers. It allows only public
        addresses and https, and limits time and size.

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
            """All settings of a client that are data. You can compare and serialize them, and they
            have a JSON Schema.

            Example:
                Client(config=ClientConfig(user_agent="my-app/1.0"))
            """
            ...


# Tracebacks, repr and pickle name the public module. pydantic looks names up in this one while
# the classes are created, so it is set only now.
for _model in (ClientConfig,):
    _model.__module__ = "hyperhttp.config"
