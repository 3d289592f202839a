# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

import os
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, SecretStr

from hyperhttp._base.unset import UNSET, Unset

__all__ = [
    "Backoff",
    "Budget",
    "CircuitBreakerPolicy",
    "ClientConfig",
    "HTTP2Config",
    "Limits",
    "PoolConfig",
    "ProxyConfig",
    "RedirectConfig",
    "RetryPolicy",
    "Timeout",
    "TLSConfig",
]

class _Model(BaseModel, frozen=True):
    model_config: ClassVar[ConfigDict] = ...

    def __init__(self, /, **given: object) -> None: ...

class Timeout(_Model, frozen=True):
    total: float | None = None
    connect: float | None = 30.0
    read: float | None = 30.0
    write: float | None = 30.0
    pool: float | None = 30.0

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
    ) -> None: ...
    @classmethod
    def of(cls, given: float | Timeout | None) -> Timeout: ...

class Limits(_Model, frozen=True):
    max_head_bytes: int = 65536
    max_head_fields: int = 256
    max_informational: int = 16
    max_trailer_bytes: int = 16384
    max_trailer_fields: int = 64
    max_chunk_overhead_bytes: int = 1048576
    max_body_bytes: int | None = None
    max_decoded_bytes: int | None = None
    max_decode_ratio: float = 200.0
    max_codings: int = 5
    max_line_bytes: int | None = 16777216
    receive_buffer_bytes: int = 262144

class PoolConfig(_Model, frozen=True):
    max_connections: int | None = 100
    max_connections_per_host: int | None = None
    max_keepalive_connections: int | None = 20
    keepalive_expiry: float | None = 120.0
    max_connection_age: float | None = None

class RedirectConfig(_Model, frozen=True):
    follow: bool = False
    max_redirects: int = 20

class TLSConfig(_Model, frozen=True):
    verify: bool | Path = True
    system_trust: bool = False
    cert: Path | None = None
    cert_key: Path | None = None
    cert_password: SecretStr | None = None
    keylog: Path | None = None

class HTTP2Config(_Model, frozen=True):
    stream_window_bytes: int = 1048576
    connection_window_bytes: int = 16777216
    max_frame_bytes: int = 65536
    max_streams: int = 1000
    ping_after: float | None = 30.0
    ping_timeout: float = 10.0

class Backoff(_Model, frozen=True):
    initial: float = 0.1
    maximum: float = 10.0

class Budget(_Model, frozen=True):
    ratio: float = 0.1
    reserve: int = 10
    maximum: int = 50

class RetryPolicy(_Model, frozen=True):
    max_retries: int = 3
    methods: Annotated[
        AbstractSet[str], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = ...
    statuses: Annotated[
        AbstractSet[Annotated[int, Field(ge=100, le=999)]],
        PlainSerializer(sorted, return_type=list[int], when_used="json"),
    ] = ...
    errors: Annotated[
        AbstractSet[str], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = ...
    backoff: Backoff = ...
    respect_retry_after: bool = True
    retry_after_max: float = 60.0
    budget: Budget = ...

    @classmethod
    def of(cls, given: bool | RetryPolicy | None) -> RetryPolicy | None: ...

class CircuitBreakerPolicy(_Model, frozen=True):
    failure_threshold: int = 5
    window: float = 30.0
    recovery_timeout: float = 30.0
    success_threshold: int = 2

    @classmethod
    def of(cls, given: bool | CircuitBreakerPolicy | None) -> CircuitBreakerPolicy | None: ...

class ProxyConfig(_Model, frozen=True):
    url: SecretStr | None = None
    bypass: str = ""

class ClientConfig(_Model, frozen=True):
    base_url: str = ""
    user_agent: str = "hyperhttp"
    default_encoding: str = "utf-8"
    http2: bool | Literal["prior-knowledge"] = True
    trust_env: bool = True
    local_address: str | None = None
    uds: Path | None = None
    timeout: Timeout = ...
    pool: PoolConfig = ...
    limits: Limits = ...
    http2_config: HTTP2Config = ...
    redirects: RedirectConfig = ...
    tls: TLSConfig = ...
    proxy: ProxyConfig = ...
    retry: RetryPolicy | None = None
    circuit_breaker: CircuitBreakerPolicy | None = None

    @classmethod
    def from_env(
        cls,
        prefix: str = "HYPERHTTP_",
        environ: Mapping[str, str] | None = None,
        *,
        base: Self | None = None,
    ) -> Self: ...
    @classmethod
    def from_toml(cls, path: str | os.PathLike[str], table: str = "") -> Self: ...
    @property
    def sources(self) -> Mapping[str, str]: ...
    def diff(self, other: ClientConfig) -> dict[str, tuple[object, object]]: ...
