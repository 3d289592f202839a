# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from collections.abc import Set as AbstractSet
from typing import Literal, Required, TypedDict

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
from hyperhttp._client.sync_middleware import SyncEventHooks, SyncMiddlewareInput
from hyperhttp._message.content.charset import EncodingInput
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.cookies.jar import CookiesInput
from hyperhttp._message.headers.headers import RequestHeadersInput
from hyperhttp._message.request.multipart import SyncFilesInput
from hyperhttp._message.request.progress import ProgressCallback
from hyperhttp._message.request.proxy import ProxyInput
from hyperhttp._message.request.raw_body import SyncContentInput
from hyperhttp._message.url.query import DataInput, ParamsInput
from hyperhttp._network.resolver import HostsInput, Resolver
from hyperhttp._network.tls_hosts import TLSHostsInput
from hyperhttp._network.transport import Transport
from hyperhttp._policy.auth import AuthInput

class SyncClientOptions(TypedDict, total=False):
    base_url: str | None
    params: ParamsInput | None
    headers: RequestHeadersInput | None
    cookies: CookiesInput | None
    timeout: TimeoutInput
    max_connections: int | None
    max_connections_per_host: int | None
    max_keepalive_connections: int | None
    keepalive_expiry: float | None
    max_connection_age: float | None
    http2: bool | Literal["prior-knowledge"] | None
    http2_config: HTTP2Config | None
    follow_redirects: bool | None
    max_redirects: int | None
    allow_downgrade: bool | None
    same_site_redirects: bool | None
    auth: AuthInput | None
    retry: bool | RetryPolicy | None
    circuit_breaker: bool | CircuitBreakerPolicy | None
    verify: VerifyInput | None
    system_trust: bool | None
    cert: CertInput
    keylog: PathInput | None
    tls_session_uses: int | None
    tls_min_version: Literal["TLSv1.2", "TLSv1.3"] | None
    tls_ciphers: str | None
    tls_pins: AbstractSet[str] | None
    tls_server_hostname: str | None
    tls_hosts: TLSHostsInput | None
    proxy: ProxyInput | None
    trust_env: bool | None
    bind_to_origin: bool | Literal["refuse"] | None
    trusted_origins: AbstractSet[str] | None
    sensitive_names: AbstractSet[str] | None
    local_address: str | None
    uds: PathInput | None
    https_only: bool | None
    address_policy: AddressPolicy | None
    address_check: AddressCheck | None
    resolver: Resolver | None
    hosts: HostsInput | None
    transport: Transport | None
    event_hooks: SyncEventHooks | None
    on_event: EventHandler | None
    middleware: SyncMiddlewareInput | None
    call_middleware: SyncMiddlewareInput | None
    limits: Limits | None
    user_agent: str | None
    default_encoding: EncodingInput | None
    json_config: JSONConfig | None
    config: ClientConfig | None

class SyncRequestOptions(TypedDict, total=False):
    params: ParamsInput | None
    headers: RequestHeadersInput | None
    cookies: CookiesInput | None
    timeout: TimeoutInput
    follow_redirects: bool | None
    max_redirects: int | None
    auth: AuthInput | None
    retry: bool | RetryPolicy | None
    extensions: ExtensionsInput | None

class SyncJSONOptions(SyncRequestOptions, total=False):
    on_upload: ProgressCallback | None
    json_config: JSONConfig | None
    json: Required[JSONInput]

class SyncDataOptions(SyncRequestOptions, total=False):
    on_upload: ProgressCallback | None
    json_config: JSONConfig | None
    files: SyncFilesInput | None
    data: Required[DataInput | None]

class SyncFilesOptions(SyncRequestOptions, total=False):
    on_upload: ProgressCallback | None
    json_config: JSONConfig | None
    data: DataInput | None
    files: Required[SyncFilesInput | None]

class SyncContentOptions(SyncRequestOptions, total=False):
    on_upload: ProgressCallback | None
    json_config: JSONConfig | None
    content: Required[SyncContentInput | None]
