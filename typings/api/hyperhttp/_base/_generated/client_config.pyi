# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from collections.abc import Set as AbstractSet
from os import PathLike
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import PlainSerializer

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
from hyperhttp._base.config_sources import ConfigRoot

class ClientConfig(ConfigRoot, frozen=True):
    base_url: str = ""
    user_agent: str = "hyperhttp"
    default_encoding: str = "utf-8"
    http2: bool | Literal["prior-knowledge"] = True
    trust_env: bool = True
    bind_to_origin: bool | Literal["refuse"] = False
    trusted_origins: Annotated[
        AbstractSet[str], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = ...
    sensitive_names: Annotated[
        AbstractSet[str], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = ...
    local_address: str | None = None
    uds: Path | None = None
    https_only: bool = False
    address_policy: AddressPolicy = ...
    timeout: Timeout = ...
    pool: PoolConfig = ...
    limits: Limits = ...
    http2_config: HTTP2Config = ...
    json_config: JSONConfig = ...
    redirects: RedirectConfig = ...
    tls: TLSConfig = ...
    proxy: ProxyConfig = ...
    retry: RetryPolicy | None = None
    circuit_breaker: CircuitBreakerPolicy | None = None

    @classmethod
    def hardened(cls) -> Self: ...
    def __init__(
        self,
        *,
        base_url: str = "",
        user_agent: str = "hyperhttp",
        default_encoding: str = "utf-8",
        http2: bool | Literal["prior-knowledge"] = True,
        trust_env: bool = True,
        bind_to_origin: bool | Literal["refuse"] = False,
        trusted_origins: AbstractSet[str] = ...,
        sensitive_names: AbstractSet[str] = ...,
        local_address: str | None = None,
        uds: str | PathLike[str] | None = None,
        https_only: bool = False,
        address_policy: AddressPolicy = ...,
        timeout: Timeout = ...,
        pool: PoolConfig = ...,
        limits: Limits = ...,
        http2_config: HTTP2Config = ...,
        json_config: JSONConfig = ...,
        redirects: RedirectConfig = ...,
        tls: TLSConfig = ...,
        proxy: ProxyConfig = ...,
        retry: RetryPolicy | None = None,
        circuit_breaker: CircuitBreakerPolicy | None = None,
    ) -> None: ...
