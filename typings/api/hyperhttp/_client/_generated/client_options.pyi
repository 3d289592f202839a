# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from collections.abc import Set as AbstractSet
from typing import Literal

from hyperhttp._base._generated.config import (
    CircuitBreakerPolicy,
    ClientConfig,
    HTTP2Config,
    JSONConfig,
    Limits,
    RetryPolicy,
)
from hyperhttp._base.input_types import CertInput, PathInput, TimeoutInput, VerifyInput
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._client._generated.calls import Calls
from hyperhttp._client.middleware import EventHooks, MiddlewareInput
from hyperhttp._message.content.charset import EncodingInput
from hyperhttp._message.cookies.jar import CookiesInput
from hyperhttp._message.headers.headers import RequestHeadersInput
from hyperhttp._message.request.proxy import ProxyInput
from hyperhttp._message.url.query import ParamsInput
from hyperhttp._network.transport import Transport
from hyperhttp._policy.auth import AuthInput

class ClientOptionsBase(Calls):
    def __init__(
        self,
        *,
        base_url: str | Unset | None = UNSET,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        max_connections: int | Unset | None = UNSET,
        max_connections_per_host: int | Unset | None = UNSET,
        max_keepalive_connections: int | Unset | None = UNSET,
        keepalive_expiry: float | Unset | None = UNSET,
        max_connection_age: float | Unset | None = UNSET,
        http2: bool | Literal["prior-knowledge"] | Unset | None = UNSET,
        http2_config: HTTP2Config | Unset | None = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        allow_downgrade: bool | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        circuit_breaker: bool | CircuitBreakerPolicy | Unset | None = UNSET,
        verify: VerifyInput | Unset | None = UNSET,
        system_trust: bool | Unset | None = UNSET,
        cert: CertInput | Unset = UNSET,
        keylog: PathInput | Unset | None = UNSET,
        proxy: ProxyInput | Unset | None = UNSET,
        trust_env: bool | Unset | None = UNSET,
        bind_to_origin: bool | Literal["refuse"] | Unset | None = UNSET,
        trusted_origins: AbstractSet[str] | Unset | None = UNSET,
        sensitive_names: AbstractSet[str] | Unset | None = UNSET,
        local_address: str | Unset | None = UNSET,
        uds: PathInput | Unset | None = UNSET,
        transport: Transport | Unset | None = UNSET,
        event_hooks: EventHooks | Unset | None = UNSET,
        middleware: MiddlewareInput | Unset | None = UNSET,
        limits: Limits | Unset | None = UNSET,
        user_agent: str | Unset | None = UNSET,
        default_encoding: EncodingInput | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        config: ClientConfig | Unset | None = UNSET,
    ) -> None: ...
