# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from collections.abc import Set as AbstractSet
from typing import Literal

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
from hyperhttp._base.other_names import ClientNames
from hyperhttp._base.unpicklable import Unpicklable
from hyperhttp._base.unset import INHERIT, Unset
from hyperhttp._client._generated.calls import Calls
from hyperhttp._client.middleware import EventHooks, MiddlewareInput
from hyperhttp._message.content.charset import EncodingInput
from hyperhttp._message.cookies.jar import CookiesInput
from hyperhttp._message.headers.headers import RequestHeadersInput
from hyperhttp._message.request.proxy import ProxyInput
from hyperhttp._message.url.query import ParamsInput
from hyperhttp._network.resolver import HostsInput, Resolver
from hyperhttp._network.tls_hosts import TLSHostsInput
from hyperhttp._network.transport import Transport
from hyperhttp._policy.auth import AuthInput

class ClientOptionsBase(Calls, Unpicklable, ClientNames):
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
        event_hooks: EventHooks | Unset | None = INHERIT,
        on_event: EventHandler | Unset | None = INHERIT,
        middleware: MiddlewareInput | Unset | None = INHERIT,
        call_middleware: MiddlewareInput | Unset | None = INHERIT,
        limits: Limits | Unset | None = INHERIT,
        user_agent: str | Unset | None = INHERIT,
        default_encoding: EncodingInput | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        config: ClientConfig | Unset | None = INHERIT,
    ) -> None: ...
