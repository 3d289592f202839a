# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and spec/config.toml and run the command again.
"""Options of clients and requests as TypedDicts: `def fetch(**options: Unpack[RequestOptions])`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Required, TypedDict

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base._generated.config import (
        AddressPolicy,
        CircuitBreakerPolicy,
        HTTP2Config,
        JSONConfig,
        Limits,
        RetryPolicy,
    )
    from hyperhttp._base._generated.events import EventHandler
    from hyperhttp._base.address_gate import AddressCheck
    from hyperhttp._base.input_types import CertInput, PathInput, TimeoutInput, VerifyInput
    from hyperhttp._base.option_checks import ExtensionsInput
    from hyperhttp._client.middleware import EventHooks, MiddlewareInput
    from hyperhttp._message.content.charset import EncodingInput
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.cookies.jar import CookiesInput
    from hyperhttp._message.headers.headers import RequestHeadersInput
    from hyperhttp._message.request.multipart import FilesInput
    from hyperhttp._message.request.progress import ProgressCallback
    from hyperhttp._message.request.proxy import ProxyInput
    from hyperhttp._message.request.raw_body import ContentInput
    from hyperhttp._message.url.query import DataInput, ParamsInput
    from hyperhttp._network.resolver import HostsInput, Resolver
    from hyperhttp._network.tls_hosts import TLSHostsInput
    from hyperhttp._network.transport import Transport
    from hyperhttp._policy.auth import AuthInput

__all__ = [
    "ClientOptions",
    "ContentOptions",
    "DataOptions",
    "FilesOptions",
    "JSONOptions",
    "RequestOptions",
]


class ClientOptions(TypedDict, total=False):
    """The options of `Client(...)`."""

    base_url: str | None
    """The URL that relative URLs are joined to. Empty for none. Defaults to ""."""
    params: ParamsInput | None
    """Query parameters, appended to those of the URL. A list repeats its key, and None omits it.
    Parameters of the client are followed by those of the request.
    """
    headers: RequestHeadersInput | None
    """Headers. None omits the default header with that name. A header of the request replaces the
    client's header with the same name.
    """
    cookies: CookiesInput | None
    """Cookies by name. Cookies of the client are sent only to the host of `base_url`, or to the
    host of the first request. A cookie of the request replaces the client's cookie with the same
    name, for this request only.
    """
    timeout: TimeoutInput
    """Seconds for each phase, or a Timeout. None disables all limits."""
    max_connections: int | None
    """Number of connections to all hosts together, including idle ones. If None: only the limits
    of the operating system apply. Defaults to 100.
    """
    max_connections_per_host: int | None
    """Number of connections to one scheme, host and port, including idle ones. If None: only
    `max_connections` applies. Defaults to None.
    """
    max_keepalive_connections: int | None
    """Number of idle connections in the pool. Connections in use don't count. Above it, a
    connection that is unused for a second is closed. With 0, each connection is closed after its
    response. If None: keep every idle connection until `keepalive_expiry`. Defaults to 20.
    """
    keepalive_expiry: float | None
    """How long an idle connection stays in the pool. The server's `Keep-Alive: timeout=` can
    shorten it. If None: keep idle connections until the server closes them. Defaults to 120.0
    seconds.
    """
    max_connection_age: float | None
    """Age at which a connection isn't used for another request. A running request isn't
    interrupted. If None: a connection is used until either side closes it. Defaults to None.
    """
    http2: bool | Literal["prior-knowledge"] | None
    """Use HTTP/2 if the server selects it in the TLS handshake (ALPN). "prior-knowledge" uses it
    for every connection, with and without TLS. Defaults to True.
    """
    http2_config: HTTP2Config | None
    """Settings of HTTP/2 connections."""
    follow_redirects: bool | None
    """Follow the redirects of 301, 302, 303, 307 and 308 responses. Defaults to False."""
    max_redirects: int | None
    """Number of redirects that a request can follow. Defaults to 20."""
    allow_downgrade: bool | None
    """Follow redirects from https to http. Defaults to True."""
    same_site_redirects: bool | None
    """Follow redirects only within the same registrable domain. Without the extra `cookies`, which
    contains the public suffix list, only the same host and its parents and subdomains are allowed.
    Defaults to False.
    """
    auth: AuthInput | None
    """Authentication: an Auth, a (user, password) tuple for Basic, or a function that changes the
    request. By default, the user and password of a URL apply to that URL. None for a request sends
    no credentials, not even those of the URL. The client's `auth` is sent only to the origin of
    `base_url`, or to the origin of the first request. The request's `auth` is sent to the request's
    own origin.
    """
    retry: bool | RetryPolicy | None
    """Retry a failed request if it is safe to retry: True for the default policy, or a
    RetryPolicy. False or None disables retries. The request's policy replaces the client's.
    Defaults to None.
    """
    circuit_breaker: bool | CircuitBreakerPolicy | None
    """Block requests to a failing origin: True for the default policy, or a CircuitBreakerPolicy.
    False or None disables the breaker. Defaults to None.
    """
    verify: VerifyInput | None
    """Verify the server's certificate. Set a path to trust the CAs in a PEM file or directory
    instead of the bundled ones. Defaults to True.
    """
    system_trust: bool | None
    """Trust the CAs that the operating system trusts, through the extra `truststore`. Defaults to
    False.
    """
    cert: CertInput
    """The client certificate: the path of a PEM file with chain and key, or a tuple of certificate
    path, key path and optional key password. Defaults to None.
    """
    keylog: PathInput | None
    """A file to which the secrets of every TLS connection are appended, so that Wireshark can
    decrypt the traffic. Defaults to None.
    """
    tls_session_uses: int | None
    """How many new connections may resume a TLS session. 0 never resumes one, and 1 uses each
    session once. Higher values save some CPU time, but an observer can link the connections.
    Defaults to 0.
    """
    tls_min_version: Literal["TLSv1.2", "TLSv1.3"] | None
    """The oldest version of TLS that the client accepts. Defaults to "TLSv1.2"."""
    tls_ciphers: str | None
    """The cipher suites for TLS 1.2, as a list in the format of OpenSSL. Those of TLS 1.3 can't be
    changed. If None: the cipher suites that Python selects. Defaults to None.
    """
    tls_pins: AbstractSet[str] | None
    """Hashes of public keys, as `sha256/` and Base64. The server must have one of them, in
    addition to a valid certificate. From Python 3.13 on, the key of a CA in its chain counts, too.
    Defaults to frozenset().
    """
    tls_server_hostname: str | None
    """The name that is sent with SNI and that the certificate must contain, in place of the host
    of the URL. If None: the host of the URL. Defaults to None.
    """
    tls_hosts: TLSHostsInput | None
    """The TLS configurations of single hosts. Each replaces the client's for its host."""
    proxy: ProxyInput | None
    """The proxy for all requests, or proxies by URL pattern. By default, the client uses the
    proxies of the environment variables. None disables all proxies.
    """
    trust_env: bool | None
    """Read the environment: proxy variables, SSL_CERT_FILE and SSL_CERT_DIR instead of the bundled
    CAs, and SSLKEYLOGFILE if `keylog` isn't set. Defaults to True.
    """
    bind_to_origin: bool | Literal["refuse"] | None
    """Send the client's sensitive headers, `params`, `auth` and cookies only to the origin of
    `base_url` and to `trusted_origins`. Requests to other origins are sent without them, or raise
    `LocalProtocolError` with "refuse". Options of the request itself always apply. Defaults to
    False.
    """
    trusted_origins: AbstractSet[str] | None
    """Origins that get the same defaults as the origin of `base_url`, such as
    `https://files.example.com`. Requires `bind_to_origin`. Defaults to frozenset().
    """
    sensitive_names: AbstractSet[str] | None
    """Names of headers, query parameters, form fields and JSON members that contain secrets, in
    addition to the built-in ones. They apply to the whole process, because a header or URL doesn't
    belong to a client. Defaults to frozenset().
    """
    local_address: str | None
    """The local address of the connections. If None: the operating system selects it for each
    connection. Defaults to None.
    """
    uds: PathInput | None
    """The Unix domain socket for all connections, with or without TLS. The URL still determines
    the `Host` header and the path. Defaults to None.
    """
    https_only: bool | None
    """Refuse requests without TLS, including after redirects. Defaults to False."""
    address_policy: AddressPolicy | None
    """The addresses that the client may connect to."""
    address_check: AddressCheck | None
    """A function that allows or refuses a connection after `address_policy`. It is called with the
    host, the address, the port, and the number of redirects so far.
    """
    resolver: Resolver | None
    """Resolves host names instead of the system's resolver."""
    hosts: HostsInput | None
    """IP addresses of hosts, which are used instead of a DNS lookup. Certificates and the `Host`
    header still use the name in the URL.
    """
    transport: Transport | None
    """Replaces the network (sockets, DNS, proxies, TLS), mostly in tests: a MockTransport, an
    ASGITransport, or your own.
    """
    event_hooks: EventHooks | None
    """Lists of functions that are called for each attempt: with the request before it is sent, and
    with the response once its headers are received. Functions under "breaker" are called with each
    state change of a circuit breaker.
    """
    on_event: EventHandler | None
    """A function that is called with each event of the client: calls, attempts, connections and
    breakers. It runs in the event loop, so it must not block.
    """
    middleware: MiddlewareInput | None
    """Functions that wrap each attempt, the first one outermost. They can change the request,
    respond themselves, or inspect the response. Use `call_middleware` to wrap the whole call.
    """
    call_middleware: MiddlewareInput | None
    """Functions that wrap each call, the first one outermost. Retries, redirects, the circuit
    breaker and authentication run inside. Use `middleware` to wrap each attempt.
    """
    limits: Limits | None
    """Limits on the size of responses."""
    user_agent: str | None
    """The `User-Agent` of requests that don't set their own. Empty to send none. Defaults to
    "hyperhttp".
    """
    default_encoding: EncodingInput | None
    """The encoding of `text` if the response has no charset and no byte order mark: a name, or a
    function that detects it from the first 16 KiB. If the function returns None, UTF-8 is used.
    Defaults to "utf-8".
    """
    json_config: JSONConfig | None
    """How `json=` serializes pydantic models."""
    config: ClientConfig | None
    """The configuration that the other options change."""


class RequestOptions(TypedDict, total=False):
    """The options of every request, without bodies."""

    params: ParamsInput | None
    """Query parameters, appended to those of the URL. A list repeats its key, and None omits it.
    Parameters of the client are followed by those of the request.
    """
    headers: RequestHeadersInput | None
    """Headers. None omits the default header with that name. A header of the request replaces the
    client's header with the same name.
    """
    cookies: CookiesInput | None
    """Cookies by name. Cookies of the client are sent only to the host of `base_url`, or to the
    host of the first request. A cookie of the request replaces the client's cookie with the same
    name, for this request only.
    """
    timeout: TimeoutInput
    """Seconds for each phase, or a Timeout. None disables all limits."""
    follow_redirects: bool | None
    """Follow the redirects of 301, 302, 303, 307 and 308 responses. Defaults to False."""
    max_redirects: int | None
    """Number of redirects that a request can follow. Defaults to 20."""
    auth: AuthInput | None
    """Authentication: an Auth, a (user, password) tuple for Basic, or a function that changes the
    request. By default, the user and password of a URL apply to that URL. None for a request sends
    no credentials, not even those of the URL. The client's `auth` is sent only to the origin of
    `base_url`, or to the origin of the first request. The request's `auth` is sent to the request's
    own origin.
    """
    retry: bool | RetryPolicy | None
    """Retry a failed request if it is safe to retry: True for the default policy, or a
    RetryPolicy. False or None disables retries. The request's policy replaces the client's.
    Defaults to None.
    """
    extensions: ExtensionsInput | None
    """Data for your own hooks, middleware and transports. It isn't sent."""


class JSONOptions(RequestOptions, total=False):
    """The options of a call with `json=`."""

    on_upload: ProgressCallback | None
    """A function that is called with the progress of the upload. It restarts from 0 when the
    request is retried or redirected. If it raises, the request fails.
    """
    json_config: JSONConfig | None
    """How `json=` serializes pydantic models."""
    json: Required[JSONInput]
    """A value to send as JSON, with `Content-Type: application/json`."""


class DataOptions(RequestOptions, total=False):
    """The options of a call with `data=`."""

    on_upload: ProgressCallback | None
    """A function that is called with the progress of the upload. It restarts from 0 when the
    request is retried or redirected. If it raises, the request fails.
    """
    json_config: JSONConfig | None
    """How `json=` serializes pydantic models."""
    files: FilesInput | None
    """Files to send as multipart/form-data, after the form fields of `data`. Files on disk are
    read while they are sent.
    """
    data: Required[DataInput | None]
    """Form fields to send, with `Content-Type: application/x-www-form-urlencoded`."""


class FilesOptions(RequestOptions, total=False):
    """The options of a call with `files=`."""

    on_upload: ProgressCallback | None
    """A function that is called with the progress of the upload. It restarts from 0 when the
    request is retried or redirected. If it raises, the request fails.
    """
    json_config: JSONConfig | None
    """How `json=` serializes pydantic models."""
    data: DataInput | None
    """Form fields to send, with `Content-Type: application/x-www-form-urlencoded`."""
    files: Required[FilesInput | None]
    """Files to send as multipart/form-data, after the form fields of `data`. Files on disk are
    read while they are sent.
    """


class ContentOptions(RequestOptions, total=False):
    """The options of a call with `content=`."""

    on_upload: ProgressCallback | None
    """A function that is called with the progress of the upload. It restarts from 0 when the
    request is retried or redirected. If it raises, the request fails.
    """
    json_config: JSONConfig | None
    """How `json=` serializes pydantic models."""
    content: Required[ContentInput | None]
    """The body: bytes, text, a file by its `Path`, a `FileSlice`, or pieces from a (sync or async)
    iterable or a binary file.
    """
