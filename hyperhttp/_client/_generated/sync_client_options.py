# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and run the command again.
"""How the options of a client become one configuration."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Final, Literal, TypeGuard

from hyperhttp._base._generated.config import CircuitBreakerPolicy, RetryPolicy, Timeout
from hyperhttp._base.checked import checked
from hyperhttp._base.unset import INHERIT, UNSET, Unset
from hyperhttp._client._generated.sync_calls import SyncCalls
from hyperhttp._client.option_merging import OptionTable, is_instance_by_name, merge

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from ssl import SSLContext

    from hyperhttp._base._generated.config import (
        AddressPolicy,
        ClientConfig,
        HTTP2Config,
        JSONConfig,
        Limits,
    )
    from hyperhttp._base._generated.events import EventHandler
    from hyperhttp._base.address_gate import AddressCheck
    from hyperhttp._base.input_types import CertInput, PathInput, TimeoutInput, VerifyInput
    from hyperhttp._client.sync_middleware import SyncEventHooks, SyncMiddlewareInput
    from hyperhttp._message.content.charset import EncodingDetector, EncodingInput
    from hyperhttp._message.cookies.jar import CookiesInput
    from hyperhttp._message.headers.headers import RequestHeadersInput
    from hyperhttp._message.request.proxy import ProxyInput
    from hyperhttp._message.url.query import ParamsInput
    from hyperhttp._network.resolver import HostsInput, Resolver
    from hyperhttp._network.transport import Transport
    from hyperhttp._policy.auth import AuthInput

__all__ = ["SyncClientOptionsBase"]


class SyncClientOptionsBase(SyncCalls):
    """Turns the options of a client into one configuration, and sets it up once."""

    @abstractmethod
    def _setup(
        self,
        config: ClientConfig,
        *,
        params: ParamsInput | Unset,
        headers: RequestHeadersInput | Unset,
        cookies: CookiesInput | Unset,
        auth: AuthInput | Unset | None,
        proxy: ProxyInput | Unset | None,
        address_check: AddressCheck | Unset,
        resolver: Resolver | Unset,
        hosts: HostsInput | Unset,
        transport: Transport | Unset,
        event_hooks: SyncEventHooks | Unset,
        on_event: EventHandler | Unset,
        middleware: SyncMiddlewareInput | Unset,
        call_middleware: SyncMiddlewareInput | Unset,
        ssl_context: SSLContext | None,
        detect_encoding: EncodingDetector | None,
    ) -> None:
        """Make the client; `config` is whole and valid, the rest is as it was given."""

    @checked
    def __init__(
        self,
        *,
        base_url: str | Unset | None = INHERIT,
        params: ParamsInput | Unset | None = INHERIT,
        headers: RequestHeadersInput | Unset | None = INHERIT,
        cookies: CookiesInput | Unset | None = INHERIT,
        timeout: TimeoutInput | Unset = INHERIT,
        max_connections: int | Unset | None = INHERIT,
        max_connections_per_host: int | Unset | None = INHERIT,
        max_keepalive_connections: int | Unset | None = INHERIT,
        keepalive_expiry: float | Unset | None = INHERIT,
        max_connection_age: float | Unset | None = INHERIT,
        http2: bool | Literal["prior-knowledge"] | Unset | None = INHERIT,
        http2_config: HTTP2Config | Unset | None = INHERIT,
        follow_redirects: bool | Unset | None = INHERIT,
        max_redirects: int | Unset | None = INHERIT,
        allow_downgrade: bool | Unset | None = INHERIT,
        same_site_redirects: bool | Unset | None = INHERIT,
        auth: AuthInput | Unset | None = INHERIT,
        retry: bool | RetryPolicy | Unset | None = INHERIT,
        circuit_breaker: bool | CircuitBreakerPolicy | Unset | None = INHERIT,
        verify: VerifyInput | Unset | None = INHERIT,
        system_trust: bool | Unset | None = INHERIT,
        cert: CertInput | Unset = INHERIT,
        keylog: PathInput | Unset | None = INHERIT,
        proxy: ProxyInput | Unset | None = INHERIT,
        trust_env: bool | Unset | None = INHERIT,
        bind_to_origin: bool | Literal["refuse"] | Unset | None = INHERIT,
        trusted_origins: AbstractSet[str] | Unset | None = INHERIT,
        sensitive_names: AbstractSet[str] | Unset | None = INHERIT,
        local_address: str | Unset | None = INHERIT,
        uds: PathInput | Unset | None = INHERIT,
        https_only: bool | Unset | None = INHERIT,
        address_policy: AddressPolicy | Unset | None = INHERIT,
        address_check: AddressCheck | Unset | None = INHERIT,
        resolver: Resolver | Unset | None = INHERIT,
        hosts: HostsInput | Unset | None = INHERIT,
        transport: Transport | Unset | None = INHERIT,
        event_hooks: SyncEventHooks | Unset | None = INHERIT,
        on_event: EventHandler | Unset | None = INHERIT,
        middleware: SyncMiddlewareInput | Unset | None = INHERIT,
        call_middleware: SyncMiddlewareInput | Unset | None = INHERIT,
        limits: Limits | Unset | None = INHERIT,
        user_agent: str | Unset | None = INHERIT,
        default_encoding: EncodingInput | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        config: ClientConfig | Unset | None = INHERIT,
    ) -> None:
        """Make a client; it connects when it is first used.

        Args:
            base_url: The URL that relative URLs are joined to; empty for none. Default: "".
            params: Query parameters, appended to those of the URL; a list repeats its key,
                None leaves it out. Those of the client come first, those of the request after them.
            headers: Headers; None leaves out the default header of that name. A name given
                for the request replaces that of the client.
            cookies: Cookies by name; those of the client go to one host only, that of
                `base_url` or the first one asked. A name given for the request replaces that of the
                client, for this request only.
            timeout: Seconds for each phase, a Timeout, or None for no limit.
            max_connections: Connections to all hosts together, idle ones included. None: no
                limit but that of the system. Default: 100.
            max_connections_per_host: Connections to one scheme, host and port, idle ones
                included. None: only `max_connections` limits them. Default: None.
            max_keepalive_connections: Idle connections that are kept for the next request;
                busy ones do not count. None: keep every idle connection until `keepalive_expiry`.
                Default: 20.
            keepalive_expiry: How long an idle connection is kept; a server's `Keep-Alive:
                timeout=` may shorten it. None: keep idle connections until the server closes them.
                Default: 120.0 seconds.
            max_connection_age: How old a connection may be and still be used for another
                request; a running one is not cut. None: a connection is used for as long as both
                sides keep it. Default: None.
            http2: Use HTTP/2 where the server chooses it in the TLS handshake (ALPN);
                "prior-knowledge" uses it everywhere, without TLS too. Default: True.
            http2_config: How HTTP/2 connections are run.
            follow_redirects: Go to the address that a 301, 302, 303, 307 or 308 names.
                Default: False.
            max_redirects: How many redirects one request may follow. Default: 20.
            allow_downgrade: Follow redirects from https to http. Default: True.
            same_site_redirects: Follow redirects only to the same site: the same host, or
                another one below the same registrable domain. Without the extra `cookies`, which
                has the list of public suffixes, to the same host and to hosts above and below it.
                Default: False.
            auth: Who asks: an Auth, user and password for Basic, or a function that changes
                the request; None for nobody, not even the user of the URL. That of the client goes
                to one origin only, that of `base_url` or the first one asked; that of the request
                to the request's own.
            retry: Retry a failed request where that is safe: True for the default policy,
                or a RetryPolicy. False or None disables retries. That of the request stands in
                place of the client's. Default: None.
            circuit_breaker: Refuse requests at once to an origin that keeps failing: True
                for the usual policy, or a CircuitBreakerPolicy; False or None for never. Default:
                None.
            verify: Check the server's certificate: against well-known authorities, or those
                in a PEM file or folder. Default: True.
            system_trust: Trust the authorities that the system trusts, through the extra
                `truststore`. Default: False.
            cert: The certificate to show to servers that ask for one: a PEM file with key
                and chain, or a tuple of it with the file of the key and, third, the key's password.
                Default: None.
            keylog: A file to which the secrets of every TLS connection are added, so that
                Wireshark can read its traffic. Default: None.
            proxy: The proxy that requests go through, or proxies by pattern of URL; None
                for none, not even those of the environment.
            trust_env: Obey the environment: SSL_CERT_FILE and SSL_CERT_DIR stand in for the
                well-known authorities, SSLKEYLOGFILE for `keylog`. Default: True.
            bind_to_origin: Keep the sensitive headers, `params`, `auth` and cookies of the
                client on the origin of `base_url` and on `trusted_origins`. Requests to other
                origins are sent without them; "refuse" raises `LocalProtocolError` instead. Options
                of the request itself apply all the same. Default: False.
            trusted_origins: Origins that get the same defaults as that of `base_url`, such
                as `https://files.example.com`; only together with `bind_to_origin`. Default:
                frozenset().
            sensitive_names: Names of headers, and of parameters of queries, forms and JSON,
                whose values are secrets, in addition to the known ones. They apply to the whole
                process, because headers and URLs are shown without their client. Default:
                frozenset().
            local_address: The address of this machine that connections are made from. None:
                the system chooses one for each connection. Default: None.
            uds: The Unix domain socket that every connection goes to, with TLS or without;
                URLs give the `Host` and the path as ever. Default: None.
            https_only: Refuse requests without TLS, after redirects too. Default: False.
            address_policy: The addresses that the client may connect to.
            address_check: A function that decides, after `address_policy`, whether a
                connection to an address may be opened. It is called with the host, the address, the
                port, and the number of redirects that led there.
            resolver: Resolves host names, in place of the resolver of the system.
            hosts: The addresses of some hosts, which are not looked up. Names, certificates
                and the `Host` header stay those of the URL.
            transport: What stands in place of the network (sockets, names, proxies, TLS),
                mostly in tests: a MockTransport, an ASGITransport, or one of your own.
            event_hooks: Functions that are told of each attempt: of its request before it
                is sent, of its response once the head is there.
            on_event: A function that is called with each event of the client: calls,
                attempts, connections and breakers. It runs in the event loop, so it must not block.
            middleware: Functions that wrap each attempt, the first one outermost: they may
                change the request, respond themselves, or look at the response. `call_middleware`
                wraps the whole call.
            call_middleware: Functions that wrap each call, the first one outermost.
                Retries, redirects, the circuit breaker and authentication run inside; what
                `middleware` wraps is one attempt.
            limits: How much of anything a server may send before it is refused.
            user_agent: The `User-Agent` of every request that does not set its own; empty
                for none. Default: "hyperhttp".
            default_encoding: How `text` is decoded when the response names no charset and
                has no byte order mark: the name of an encoding, or a function that is given the
                first 16 KiB and says it, None for UTF-8. Default: "utf-8".
            json_config: How `json=` serializes pydantic models.
            config: The configuration that the other options change.

        Raises:
            ConfigError when an option is not known or not allowed.
        """
        if base_url is None:
            base_url = UNSET
        if params is None:
            params = UNSET
        if headers is None:
            headers = UNSET
        if cookies is None:
            cookies = UNSET
        if http2 is None:
            http2 = UNSET
        if http2_config is None:
            http2_config = UNSET
        if follow_redirects is None:
            follow_redirects = UNSET
        if max_redirects is None:
            max_redirects = UNSET
        if allow_downgrade is None:
            allow_downgrade = UNSET
        if same_site_redirects is None:
            same_site_redirects = UNSET
        if verify is None:
            verify = UNSET
        if system_trust is None:
            system_trust = UNSET
        if trust_env is None:
            trust_env = UNSET
        if bind_to_origin is None:
            bind_to_origin = UNSET
        if trusted_origins is None:
            trusted_origins = UNSET
        if sensitive_names is None:
            sensitive_names = UNSET
        if https_only is None:
            https_only = UNSET
        if address_policy is None:
            address_policy = UNSET
        if address_check is None:
            address_check = UNSET
        if resolver is None:
            resolver = UNSET
        if hosts is None:
            hosts = UNSET
        if transport is None:
            transport = UNSET
        if event_hooks is None:
            event_hooks = UNSET
        if on_event is None:
            on_event = UNSET
        if middleware is None:
            middleware = UNSET
        if call_middleware is None:
            call_middleware = UNSET
        if limits is None:
            limits = UNSET
        if user_agent is None:
            user_agent = UNSET
        if default_encoding is None:
            default_encoding = UNSET
        if json_config is None:
            json_config = UNSET
        if config is None:
            config = UNSET
        ssl_context: SSLContext | None = None
        if _is_ssl_context(verify):
            ssl_context, verify = verify, UNSET
        detect_encoding: EncodingDetector | None = None
        if _is_detect_encoding(default_encoding):
            detect_encoding, default_encoding = default_encoding, UNSET
        if timeout is not UNSET:
            timeout = Timeout.of(timeout)
        if retry is not UNSET:
            retry = RetryPolicy.of(retry)
        if circuit_breaker is not UNSET:
            circuit_breaker = CircuitBreakerPolicy.of(circuit_breaker)
        options: dict[str, object] = {
            "base_url": base_url,
            "timeout": timeout,
            "max_connections": max_connections,
            "max_connections_per_host": max_connections_per_host,
            "max_keepalive_connections": max_keepalive_connections,
            "keepalive_expiry": keepalive_expiry,
            "max_connection_age": max_connection_age,
            "http2": http2,
            "http2_config": http2_config,
            "follow_redirects": follow_redirects,
            "max_redirects": max_redirects,
            "allow_downgrade": allow_downgrade,
            "same_site_redirects": same_site_redirects,
            "retry": retry,
            "circuit_breaker": circuit_breaker,
            "verify": verify,
            "system_trust": system_trust,
            "cert": cert,
            "keylog": keylog,
            "trust_env": trust_env,
            "bind_to_origin": bind_to_origin,
            "trusted_origins": trusted_origins,
            "sensitive_names": sensitive_names,
            "local_address": local_address,
            "uds": uds,
            "https_only": https_only,
            "address_policy": address_policy,
            "limits": limits,
            "user_agent": user_agent,
            "default_encoding": default_encoding,
            "json_config": json_config,
        }
        given = {name: value for name, value in options.items() if value is not UNSET}
        self._setup(
            merge(config, given, _OPTIONS),
            params=params,
            headers=headers,
            cookies=cookies,
            auth=auth,
            proxy=proxy,
            address_check=address_check,
            resolver=resolver,
            hosts=hosts,
            transport=transport,
            event_hooks=event_hooks,
            on_event=on_event,
            middleware=middleware,
            call_middleware=call_middleware,
            ssl_context=ssl_context,
            detect_encoding=detect_encoding,
        )


_OPTIONS: Final = OptionTable(
    paths={
        "base_url": ("", "base_url"),
        "timeout": ("", "timeout"),
        "max_connections": ("pool", "max_connections"),
        "max_connections_per_host": ("pool", "max_connections_per_host"),
        "max_keepalive_connections": ("pool", "max_keepalive_connections"),
        "keepalive_expiry": ("pool", "keepalive_expiry"),
        "max_connection_age": ("pool", "max_connection_age"),
        "http2": ("", "http2"),
        "http2_config": ("", "http2_config"),
        "follow_redirects": ("redirects", "follow"),
        "max_redirects": ("redirects", "max_redirects"),
        "allow_downgrade": ("redirects", "allow_downgrade"),
        "same_site_redirects": ("redirects", "same_site"),
        "retry": ("", "retry"),
        "circuit_breaker": ("", "circuit_breaker"),
        "verify": ("tls", "verify"),
        "system_trust": ("tls", "system_trust"),
        "cert": ("tls", "cert"),
        "keylog": ("tls", "keylog"),
        "trust_env": ("", "trust_env"),
        "bind_to_origin": ("", "bind_to_origin"),
        "trusted_origins": ("", "trusted_origins"),
        "sensitive_names": ("", "sensitive_names"),
        "local_address": ("", "local_address"),
        "uds": ("", "uds"),
        "https_only": ("", "https_only"),
        "address_policy": ("", "address_policy"),
        "limits": ("", "limits"),
        "user_agent": ("", "user_agent"),
        "default_encoding": ("", "default_encoding"),
        "json_config": ("", "json_config"),
    },
    parts={
        "cert": (
            "cert",
            "cert_key",
            "cert_password",
        ),
    },
    allowed={
        "base_url": "text",
        "timeout": "seconds > 0, None or Timeout(...)",
        "max_connections": "a whole number >= 1 or None",
        "max_connections_per_host": "a whole number >= 1 or None",
        "max_keepalive_connections": "a whole number >= 0 or None",
        "keepalive_expiry": "seconds > 0 or None",
        "max_connection_age": "seconds > 0 or None",
        "http2": 'True, False or "prior-knowledge"',
        "http2_config": "HTTP2Config(...)",
        "follow_redirects": "True or False",
        "max_redirects": "a whole number >= 0",
        "allow_downgrade": "True or False",
        "same_site_redirects": "True or False",
        "retry": "True, False, RetryPolicy(...) or None",
        "circuit_breaker": "True, False, CircuitBreakerPolicy(...) or None",
        "verify": "True, False, the path of a PEM file or folder, or an ssl.SSLContext",
        "system_trust": "True or False",
        "cert": "the path of a PEM file, (path, path of the key), (path, path of the key or None, password) or None",
        "keylog": "a path or None",
        "trust_env": "True or False",
        "bind_to_origin": 'True, False or "refuse"',
        "trusted_origins": "a set of texts",
        "sensitive_names": "a set of texts",
        "local_address": "an IP address or None",
        "uds": "a path or None",
        "https_only": "True or False",
        "address_policy": "AddressPolicy(...)",
        "limits": "Limits(...)",
        "user_agent": "text without line breaks and control characters",
        "default_encoding": "the name of a text encoding that Python knows, or a function from bytes to such a name",
        "json_config": "JSONConfig(...)",
    },
)


def _is_ssl_context(value: object) -> TypeGuard[SSLContext]:
    return is_instance_by_name(value, "ssl", "SSLContext")


def _is_detect_encoding(value: object) -> TypeGuard[EncodingDetector]:
    return callable(value)
