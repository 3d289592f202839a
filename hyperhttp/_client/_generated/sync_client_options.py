# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and run the command again.
"""How the options of a client become one configuration."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Final, Literal, TypeGuard

from hyperhttp._base._generated.config import CircuitBreakerPolicy, RetryPolicy, Timeout
from hyperhttp._base.checked import checked
from hyperhttp._base.config_model import number_model, switch_model
from hyperhttp._base.other_names import ClientNames
from hyperhttp._base.unpicklable import Unpicklable
from hyperhttp._base.unset import INHERIT, UNSET, Unset
from hyperhttp._client._generated.sync_calls import SyncCalls
from hyperhttp._client.option_merging import OptionTable, is_instance_by_name, merge

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from ssl import SSLContext

    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base._generated.config import AddressPolicy, HTTP2Config, JSONConfig, Limits
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
    from hyperhttp._network.tls_hosts import TLSHostsInput
    from hyperhttp._network.transport import Transport
    from hyperhttp._policy.auth import AuthInput

__all__ = ["SyncClientOptionsBase"]


class SyncClientOptionsBase(SyncCalls, Unpicklable, ClientNames):
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
        tls_hosts: TLSHostsInput | Unset,
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
        tls_session_uses: int | Unset | None = INHERIT,
        tls_min_version: Literal["TLSv1.2", "TLSv1.3"] | Unset | None = INHERIT,
        tls_ciphers: str | Unset | None = INHERIT,
        tls_pins: AbstractSet[str] | Unset | None = INHERIT,
        tls_server_hostname: str | Unset | None = INHERIT,
        tls_hosts: TLSHostsInput | Unset | None = INHERIT,
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
        """Create a client. It connects when you send the first request.

        Example:
            with hyperhttp.SyncClient(base_url="https://example.com", timeout=10.0) as client:
                users = client.fetch("/users", into=list[dict[str, str]])

        Args:
            base_url: The URL that relative URLs are joined to. Empty for none. Defaults to
                "".
            params: Query parameters, appended to those of the URL. A list repeats its key,
                and None omits it. Parameters of the client are followed by those of the request.
            headers: Headers. None omits the default header with that name. A header of the
                request replaces the client's header with the same name.
            cookies: Cookies by name. Cookies of the client are sent only to the host of
                `base_url`, or to the host of the first request. A cookie of the request replaces
                the client's cookie with the same name, for this request only.
            timeout: Seconds for each phase, or a Timeout. None disables all limits.
            max_connections: Number of connections to all hosts together, including idle
                ones. If None: only the limits of the operating system apply. Defaults to 100.
            max_connections_per_host: Number of connections to one scheme, host and port,
                including idle ones. If None: only `max_connections` applies. Defaults to None.
            max_keepalive_connections: Number of idle connections in the pool. Connections
                in use don't count. Above it, a connection that is unused for a second is closed.
                With 0, each connection is closed after its response. If None: keep every idle
                connection until `keepalive_expiry`. Defaults to 20.
            keepalive_expiry: How long an idle connection stays in the pool. The server's
                `Keep-Alive: timeout=` can shorten it. If None: keep idle connections until the
                server closes them. Defaults to 120.0 seconds.
            max_connection_age: Age at which a connection isn't used for another request. A
                running request isn't interrupted. If None: a connection is used until either side
                closes it. Defaults to None.
            http2: Use HTTP/2 if the server selects it in the TLS handshake (ALPN).
                "prior-knowledge" uses it for every connection, with and without TLS. Defaults to
                True.
            http2_config: Settings of HTTP/2 connections.
            follow_redirects: Follow the redirects of 301, 302, 303, 307 and 308 responses.
                Defaults to False.
            max_redirects: Number of redirects that a request can follow. Defaults to 20.
            allow_downgrade: Follow redirects from https to http. Defaults to True.
            same_site_redirects: Follow redirects only within the same registrable domain.
                Without the extra `cookies`, which contains the public suffix list, only the same
                host and its parents and subdomains are allowed. Defaults to False.
            auth: Authentication: an Auth, a (user, password) tuple for Basic, or a function
                that changes the request. By default, the user and password of a URL apply to that
                URL. None for a request sends no credentials, not even those of the URL. The
                client's `auth` is sent only to the origin of `base_url`, or to the origin of the
                first request. The request's `auth` is sent to the request's own origin.
            retry: Retry a failed request if it is safe to retry: True for the default
                policy, or a RetryPolicy. False or None disables retries. The request's policy
                replaces the client's. Defaults to None.
            circuit_breaker: Block requests to a failing origin: True for the default
                policy, or a CircuitBreakerPolicy. False or None disables the breaker. Defaults to
                None.
            verify: Verify the server's certificate. Set a path to trust the CAs in a PEM
                file or directory instead of the bundled ones. Defaults to True.
            system_trust: Trust the CAs that the operating system trusts, through the extra
                `truststore`. Defaults to False.
            cert: The client certificate: the path of a PEM file with chain and key, or a
                tuple of certificate path, key path and optional key password. Defaults to None.
            keylog: A file to which the secrets of every TLS connection are appended, so
                that Wireshark can decrypt the traffic. Defaults to None.
            tls_session_uses: How many new connections may resume a TLS session. 0 never
                resumes one, and 1 uses each session once. Higher values save some CPU time, but an
                observer can link the connections. Defaults to 0.
            tls_min_version: The oldest version of TLS that the client accepts. Defaults to
                "TLSv1.2".
            tls_ciphers: The cipher suites for TLS 1.2, as a list in the format of OpenSSL.
                Those of TLS 1.3 can't be changed. If None: the cipher suites that Python selects.
                Defaults to None.
            tls_pins: Hashes of public keys, as `sha256/` and Base64. The server must have
                one of them, in addition to a valid certificate. From Python 3.13 on, the key of a
                CA in its chain counts, too. Defaults to frozenset().
            tls_server_hostname: The name that is sent with SNI and that the certificate
                must contain, in place of the host of the URL. If None: the host of the URL.
                Defaults to None.
            tls_hosts: The TLS configurations of single hosts. Each replaces the client's
                for its host.
            proxy: The proxy for all requests, or proxies by URL pattern. By default, the
                client uses the proxies of the environment variables. None disables all proxies.
            trust_env: Read the environment: proxy variables, SSL_CERT_FILE and SSL_CERT_DIR
                instead of the bundled CAs, and SSLKEYLOGFILE if `keylog` isn't set. Defaults to
                True.
            bind_to_origin: Send the client's sensitive headers, `params`, `auth` and
                cookies only to the origin of `base_url` and to `trusted_origins`. Requests to other
                origins are sent without them, or raise `LocalProtocolError` with "refuse". Options
                of the request itself always apply. Defaults to False.
            trusted_origins: Origins that get the same defaults as the origin of `base_url`,
                such as `https://files.example.com`. Requires `bind_to_origin`. Defaults to
                frozenset().
            sensitive_names: Names of headers, query parameters, form fields and JSON
                members that contain secrets, in addition to the built-in ones. They apply to the
                whole process, because a header or URL doesn't belong to a client. Defaults to
                frozenset().
            local_address: The local address of the connections. If None: the operating
                system selects it for each connection. Defaults to None.
            uds: The Unix domain socket for all connections, with or without TLS. The URL
                still determines the `Host` header and the path. Defaults to None.
            https_only: Refuse requests without TLS, including after redirects. Defaults to
                False.
            address_policy: The addresses that the client may connect to.
            address_check: A function that allows or refuses a connection after
                `address_policy`. It is called with the host, the address, the port, and the number
                of redirects so far.
            resolver: Resolves host names instead of the system's resolver.
            hosts: IP addresses of hosts, which are used instead of a DNS lookup.
                Certificates and the `Host` header still use the name in the URL.
            transport: Replaces the network (sockets, DNS, proxies, TLS), mostly in tests: a
                MockTransport, an ASGITransport, or your own.
            event_hooks: Lists of functions that are called for each attempt: with the
                request before it is sent, and with the response once its headers are received.
                Functions under "breaker" are called with each state change of a circuit breaker.
            on_event: A function that is called with each event of the client: calls,
                attempts, connections and breakers. It runs in the event loop, so it must not block.
            middleware: Functions that wrap each attempt, the first one outermost. They can
                change the request, respond themselves, or inspect the response. Use
                `call_middleware` to wrap the whole call.
            call_middleware: Functions that wrap each call, the first one outermost.
                Retries, redirects, the circuit breaker and authentication run inside. Use
                `middleware` to wrap each attempt.
            limits: Limits on the size of responses.
            user_agent: The `User-Agent` of requests that don't set their own. Empty to send
                none. Defaults to "hyperhttp".
            default_encoding: The encoding of `text` if the response has no charset and no
                byte order mark: a name, or a function that detects it from the first 16 KiB. If the
                function returns None, UTF-8 is used. Defaults to "utf-8".
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
        if tls_session_uses is None:
            tls_session_uses = UNSET
        if tls_min_version is None:
            tls_min_version = UNSET
        if tls_pins is None:
            tls_pins = UNSET
        if tls_hosts is None:
            tls_hosts = UNSET
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
            timeout = number_model(Timeout, timeout)
        if retry is not UNSET:
            retry = switch_model(RetryPolicy, retry)
        if circuit_breaker is not UNSET:
            circuit_breaker = switch_model(CircuitBreakerPolicy, circuit_breaker)
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
            "tls_session_uses": tls_session_uses,
            "tls_min_version": tls_min_version,
            "tls_ciphers": tls_ciphers,
            "tls_pins": tls_pins,
            "tls_server_hostname": tls_server_hostname,
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
            tls_hosts=tls_hosts,
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
        "tls_session_uses": ("tls", "session_uses"),
        "tls_min_version": ("tls", "min_version"),
        "tls_ciphers": ("tls", "ciphers"),
        "tls_pins": ("tls", "pins"),
        "tls_server_hostname": ("tls", "server_hostname"),
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
        "verify": "True, False, the path of a PEM file or directory, or an ssl.SSLContext",
        "system_trust": "True or False",
        "cert": "the path of a PEM file, (path, path of the key), (path, path of the key or None, password) or None",
        "keylog": "a path or None",
        "tls_session_uses": "a whole number >= 0 and <= 16",
        "tls_min_version": '"TLSv1.2" or "TLSv1.3"',
        "tls_ciphers": "text or None",
        "tls_pins": "a set of hashes such as sha256/47DE...SuFU=",
        "tls_server_hostname": "text or None",
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
        "default_encoding": "the name of a text encoding of Python, or a function from bytes to such a name",
        "json_config": "JSONConfig(...)",
    },
)


def _is_ssl_context(value: object) -> TypeGuard[SSLContext]:
    return is_instance_by_name(value, "ssl", "SSLContext")


def _is_detect_encoding(value: object) -> TypeGuard[EncodingDetector]:
    return callable(value)
