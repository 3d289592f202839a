# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and spec/config.toml and run the command again.
"""What a client and a request take, as TypedDicts: `def fetch(**options: Unpack[RequestOptions])`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Required, TypedDict

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from hyperhttp._base._generated.config import (
        AddressPolicy,
        CircuitBreakerPolicy,
        ClientConfig,
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
    """What `Client(...)` takes."""

    base_url: str | None
    """The URL that relative URLs are joined to; empty for none. Default: ""."""
    params: ParamsInput | None
    """Query parameters, appended to those of the URL; a list repeats its key, None leaves it out.
    Those of the client come first, those of the request after them.
    """
    headers: RequestHeadersInput | None
    """Headers; None leaves out the default header of that name. A name given for the request
    replaces that of the client.
    """
    cookies: CookiesInput | None
    """Cookies by name; those of the client go to one host only, that of `base_url` or the first
    one asked. A name given for the request replaces that of the client, for this request only.
    """
    timeout: TimeoutInput
    """Seconds for each phase, a Timeout, or None for no limit."""
    max_connections: int | None
    """Connections to all hosts together, idle ones included. None: no limit but that of the
    system. Default: 100.
    """
    max_connections_per_host: int | None
    """Connections to one scheme, host and port, idle ones included. None: only `max_connections`
    limits them. Default: None.
    """
    max_keepalive_connections: int | None
    """Idle connections that are kept for the next request; busy ones do not count. None: keep
    every idle connection until `keepalive_expiry`. Default: 20.
    """
    keepalive_expiry: float | None
    """How long an idle connection is kept; a server's `Keep-Alive: timeout=` may shorten it. None:
    keep idle connections until the server closes them. Default: 120.0 seconds.
    """
    max_connection_age: float | None
    """How old a connection may be and still be used for another request; a running one is not cut.
    None: a connection is used for as long as both sides keep it. Default: None.
    """
    http2: bool | Literal["prior-knowledge"] | None
    """Use HTTP/2 where the server chooses it in the TLS handshake (ALPN); "prior-knowledge" uses
    it everywhere, without TLS too. Default: True.
    """
    http2_config: HTTP2Config | None
    """How HTTP/2 connections are run."""
    follow_redirects: bool | None
    """Go to the address that a 301, 302, 303, 307 or 308 names. Default: False."""
    max_redirects: int | None
    """How many redirects one request may follow. Default: 20."""
    allow_downgrade: bool | None
    """Follow redirects from https to http. Default: True."""
    same_site_redirects: bool | None
    """Follow redirects only to the same site: the same host, or another one below the same
    registrable domain. Without the extra `cookies`, which has the list of public suffixes, to the
    same host and to hosts above and below it. Default: False.
    """
    auth: AuthInput | None
    """Who asks: an Auth, user and password for Basic, or a function that changes the request; None
    for nobody, not even the user of the URL. That of the client goes to one origin only, that of
    `base_url` or the first one asked; that of the request to the request's own.
    """
    retry: bool | RetryPolicy | None
    """Retry a failed request where that is safe: True for the default policy, or a RetryPolicy.
    False or None disables retries. That of the request stands in place of the client's. Default:
    None.
    """
    circuit_breaker: bool | CircuitBreakerPolicy | None
    """Refuse requests at once to an origin that keeps failing: True for the usual policy, or a
    CircuitBreakerPolicy; False or None for never. Default: None.
    """
    verify: VerifyInput | None
    """Check the server's certificate: against well-known authorities, or those in a PEM file or
    folder. Default: True.
    """
    system_trust: bool | None
    """Trust the authorities that the system trusts, through the extra `truststore`. Default:
    False.
    """
    cert: CertInput
    """The certificate to show to servers that ask for one: a PEM file with key and chain, or a
    tuple of it with the file of the key and, third, the key's password. Default: None.
    """
    keylog: PathInput | None
    """A file to which the secrets of every TLS connection are added, so that Wireshark can read
    its traffic. Default: None.
    """
    proxy: ProxyInput | None
    """The proxy that requests go through, or proxies by pattern of URL; None for none, not even
    those of the environment.
    """
    trust_env: bool | None
    """Obey the environment: SSL_CERT_FILE and SSL_CERT_DIR stand in for the well-known
    authorities, SSLKEYLOGFILE for `keylog`. Default: True.
    """
    bind_to_origin: bool | Literal["refuse"] | None
    """Keep the sensitive headers, `params`, `auth` and cookies of the client on the origin of
    `base_url` and on `trusted_origins`. Requests to other origins are sent without them; "refuse"
    raises `LocalProtocolError` instead. Options of the request itself apply all the same. Default:
    False.
    """
    trusted_origins: AbstractSet[str] | None
    """Origins that get the same defaults as that of `base_url`, such as
    `https://files.example.com`; only together with `bind_to_origin`. Default: frozenset().
    """
    sensitive_names: AbstractSet[str] | None
    """Names of headers, and of parameters of queries, forms and JSON, whose values are secrets, in
    addition to the known ones. They apply to the whole process, because headers and URLs are shown
    without their client. Default: frozenset().
    """
    local_address: str | None
    """The address of this machine that connections are made from. None: the system chooses one for
    each connection. Default: None.
    """
    uds: PathInput | None
    """The Unix domain socket that every connection goes to, with TLS or without; URLs give the
    `Host` and the path as ever. Default: None.
    """
    https_only: bool | None
    """Refuse requests without TLS, after redirects too. Default: False."""
    address_policy: AddressPolicy | None
    """The addresses that the client may connect to."""
    address_check: AddressCheck | None
    """A function that decides, after `address_policy`, whether a connection to an address may be
    opened. It is called with the host, the address, the port, and the number of redirects that led
    there.
    """
    resolver: Resolver | None
    """Resolves host names, in place of the resolver of the system."""
    hosts: HostsInput | None
    """The addresses of some hosts, which are not looked up. Names, certificates and the `Host`
    header stay those of the URL.
    """
    transport: Transport | None
    """What stands in place of the network (sockets, names, proxies, TLS), mostly in tests: a
    MockTransport, an ASGITransport, or one of your own.
    """
    event_hooks: EventHooks | None
    """Functions that are told of each attempt: of its request before it is sent, of its response
    once the head is there.
    """
    on_event: EventHandler | None
    """A function that is called with each event of the client: calls, attempts, connections and
    breakers. It runs in the event loop, so it must not block.
    """
    middleware: MiddlewareInput | None
    """Functions that wrap each attempt, the first one outermost: they may change the request,
    respond themselves, or look at the response. `call_middleware` wraps the whole call.
    """
    call_middleware: MiddlewareInput | None
    """Functions that wrap each call, the first one outermost. Retries, redirects, the circuit
    breaker and authentication run inside; what `middleware` wraps is one attempt.
    """
    limits: Limits | None
    """How much of anything a server may send before it is refused."""
    user_agent: str | None
    """The `User-Agent` of every request that does not set its own; empty for none. Default:
    "hyperhttp".
    """
    default_encoding: EncodingInput | None
    """How `text` is decoded when the response names no charset and has no byte order mark: the
    name of an encoding, or a function that is given the first 16 KiB and says it, None for UTF-8.
    Default: "utf-8".
    """
    json_config: JSONConfig | None
    """How `json=` serializes pydantic models."""
    config: ClientConfig | None
    """The configuration that the other options change."""


class RequestOptions(TypedDict, total=False):
    """What every request takes; bodies aside."""

    params: ParamsInput | None
    """Query parameters, appended to those of the URL; a list repeats its key, None leaves it out.
    Those of the client come first, those of the request after them.
    """
    headers: RequestHeadersInput | None
    """Headers; None leaves out the default header of that name. A name given for the request
    replaces that of the client.
    """
    cookies: CookiesInput | None
    """Cookies by name; those of the client go to one host only, that of `base_url` or the first
    one asked. A name given for the request replaces that of the client, for this request only.
    """
    timeout: TimeoutInput
    """Seconds for each phase, a Timeout, or None for no limit."""
    follow_redirects: bool | None
    """Go to the address that a 301, 302, 303, 307 or 308 names. Default: False."""
    max_redirects: int | None
    """How many redirects one request may follow. Default: 20."""
    auth: AuthInput | None
    """Who asks: an Auth, user and password for Basic, or a function that changes the request; None
    for nobody, not even the user of the URL. That of the client goes to one origin only, that of
    `base_url` or the first one asked; that of the request to the request's own.
    """
    retry: bool | RetryPolicy | None
    """Retry a failed request where that is safe: True for the default policy, or a RetryPolicy.
    False or None disables retries. That of the request stands in place of the client's. Default:
    None.
    """
    extensions: ExtensionsInput | None
    """What hooks, middleware and transports of your own are to know of the request; nothing of it
    is sent.
    """


class JSONOptions(RequestOptions, total=False):
    """What a call with `json=` takes."""

    on_upload: ProgressCallback | None
    """A function that is called with how much of the body has been sent; it starts from 0 again
    when the request is retried or redirected. If it raises, the request ends.
    """
    json_config: JSONConfig | None
    """How `json=` serializes pydantic models."""
    json: Required[JSONInput]
    """A value that is sent as JSON, with `Content-Type: application/json`."""


class DataOptions(RequestOptions, total=False):
    """What a call with `data=` takes."""

    on_upload: ProgressCallback | None
    """A function that is called with how much of the body has been sent; it starts from 0 again
    when the request is retried or redirected. If it raises, the request ends.
    """
    json_config: JSONConfig | None
    """How `json=` serializes pydantic models."""
    files: FilesInput | None
    """Files that are sent as multipart/form-data, with the fields of `data` before them; what lies
    on disk is read while it is sent.
    """
    data: Required[DataInput | None]
    """Fields that are sent as a form, with `Content-Type: application/x-www-form-urlencoded`."""


class FilesOptions(RequestOptions, total=False):
    """What a call with `files=` takes."""

    on_upload: ProgressCallback | None
    """A function that is called with how much of the body has been sent; it starts from 0 again
    when the request is retried or redirected. If it raises, the request ends.
    """
    json_config: JSONConfig | None
    """How `json=` serializes pydantic models."""
    data: DataInput | None
    """Fields that are sent as a form, with `Content-Type: application/x-www-form-urlencoded`."""
    files: Required[FilesInput | None]
    """Files that are sent as multipart/form-data, with the fields of `data` before them; what lies
    on disk is read while it is sent.
    """


class ContentOptions(RequestOptions, total=False):
    """What a call with `content=` takes."""

    on_upload: ProgressCallback | None
    """A function that is called with how much of the body has been sent; it starts from 0 again
    when the request is retried or redirected. If it raises, the request ends.
    """
    json_config: JSONConfig | None
    """How `json=` serializes pydantic models."""
    content: Required[ContentInput | None]
    """The body itself: bytes, text, a file by its `Path`, a `FileSlice`, or pieces from a (sync or
    async) iterable or a binary file.
    """
