# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from collections.abc import Set as AbstractSet
from os import PathLike
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, PlainSerializer, SecretStr

from hyperhttp._base._generated.errors import ErrorName
from hyperhttp._base.config_model import ConfigModel, NumberModel, SwitchModel

class Timeout(NumberModel, frozen=True):
    total: float | None = None
    connect: float | None = 30.0
    read: float | None = 30.0
    write: float | None = 30.0
    pool: float | None = 30.0

    def __init__(
        self,
        phases: float | None = ...,
        /,
        *,
        total: float | None = None,
        connect: float | None = 30.0,
        read: float | None = 30.0,
        write: float | None = 30.0,
        pool: float | None = 30.0,
    ) -> None: ...

class Limits(ConfigModel, frozen=True):
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

    def __init__(
        self,
        *,
        max_head_bytes: int = 65536,
        max_head_fields: int = 256,
        max_informational: int = 16,
        max_trailer_bytes: int = 16384,
        max_trailer_fields: int = 64,
        max_chunk_overhead_bytes: int = 1048576,
        max_body_bytes: int | None = None,
        max_decoded_bytes: int | None = None,
        max_decode_ratio: float = 200.0,
        max_codings: int = 5,
        max_line_bytes: int | None = 16777216,
        receive_buffer_bytes: int = 262144,
    ) -> None: ...

class PoolConfig(ConfigModel, frozen=True):
    max_connections: int | None = 100
    max_connections_per_host: int | None = None
    max_keepalive_connections: int | None = 20
    keepalive_expiry: float | None = 120.0
    max_connection_age: float | None = None

    def __init__(
        self,
        *,
        max_connections: int | None = 100,
        max_connections_per_host: int | None = None,
        max_keepalive_connections: int | None = 20,
        keepalive_expiry: float | None = 120.0,
        max_connection_age: float | None = None,
    ) -> None: ...

class RedirectConfig(ConfigModel, frozen=True):
    follow: bool = False
    max_redirects: int = 20
    allow_downgrade: bool = True
    same_site: bool = False

    def __init__(
        self,
        *,
        follow: bool = False,
        max_redirects: int = 20,
        allow_downgrade: bool = True,
        same_site: bool = False,
    ) -> None: ...

class AddressPolicy(ConfigModel, frozen=True):
    scope: Literal["anywhere", "public"] = "anywhere"
    allow: Annotated[
        AbstractSet[str], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = ...
    deny: Annotated[
        AbstractSet[str], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = ...
    ports: Annotated[
        AbstractSet[Annotated[int, Field(ge=0, le=65535)]],
        PlainSerializer(sorted, return_type=list[int], when_used="json"),
    ] = ...
    mixed: Literal["refuse", "drop"] = "refuse"
    proxied: Literal["refuse", "allow"] = "refuse"
    unix_sockets: Literal["refuse", "allow"] = "refuse"

    @classmethod
    def anywhere(
        cls,
        *,
        allow: AbstractSet[str] = ...,
        deny: AbstractSet[str] = ...,
        ports: AbstractSet[int] = ...,
        mixed: Literal["refuse", "drop"] = "refuse",
        proxied: Literal["refuse", "allow"] = "refuse",
        unix_sockets: Literal["refuse", "allow"] = "refuse",
    ) -> Self: ...
    @classmethod
    def public(
        cls,
        *,
        allow: AbstractSet[str] = ...,
        deny: AbstractSet[str] = ...,
        ports: AbstractSet[int] = ...,
        mixed: Literal["refuse", "drop"] = "refuse",
        proxied: Literal["refuse", "allow"] = "refuse",
        unix_sockets: Literal["refuse", "allow"] = "refuse",
    ) -> Self: ...
    def __init__(
        self,
        *,
        scope: Literal["anywhere", "public"] = "anywhere",
        allow: AbstractSet[str] = ...,
        deny: AbstractSet[str] = ...,
        ports: AbstractSet[int] = ...,
        mixed: Literal["refuse", "drop"] = "refuse",
        proxied: Literal["refuse", "allow"] = "refuse",
        unix_sockets: Literal["refuse", "allow"] = "refuse",
    ) -> None: ...

class TLSConfig(ConfigModel, frozen=True):
    verify: bool | Path = True
    system_trust: bool = False
    cert: Path | None = None
    cert_key: Path | None = None
    cert_password: SecretStr | None = None
    keylog: Path | None = None
    session_uses: int = 0
    min_version: Literal["TLSv1.2", "TLSv1.3"] = "TLSv1.2"
    ciphers: str | None = None
    pins: Annotated[
        AbstractSet[str], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = ...
    server_hostname: str | None = None

    def __init__(
        self,
        *,
        verify: bool | str | PathLike[str] = True,
        system_trust: bool = False,
        cert: str | PathLike[str] | None = None,
        cert_key: str | PathLike[str] | None = None,
        cert_password: SecretStr | None = None,
        keylog: str | PathLike[str] | None = None,
        session_uses: int = 0,
        min_version: Literal["TLSv1.2", "TLSv1.3"] = "TLSv1.2",
        ciphers: str | None = None,
        pins: AbstractSet[str] = ...,
        server_hostname: str | None = None,
    ) -> None: ...

class HTTP2Config(ConfigModel, frozen=True):
    stream_window_bytes: int = 1048576
    connection_window_bytes: int = 16777216
    max_frame_bytes: int = 65536
    max_streams: int = 1000
    ping_after: float | None = 30.0
    ping_timeout: float = 10.0

    def __init__(
        self,
        *,
        stream_window_bytes: int = 1048576,
        connection_window_bytes: int = 16777216,
        max_frame_bytes: int = 65536,
        max_streams: int = 1000,
        ping_after: float | None = 30.0,
        ping_timeout: float = 10.0,
    ) -> None: ...

class JSONConfig(ConfigModel, frozen=True):
    by_alias: bool | None = None
    exclude_unset: bool = False
    exclude_none: bool = False

    def __init__(
        self,
        *,
        by_alias: bool | None = None,
        exclude_unset: bool = False,
        exclude_none: bool = False,
    ) -> None: ...

class Backoff(ConfigModel, frozen=True):
    initial: float = 0.1
    maximum: float = 10.0

    def __init__(self, *, initial: float = 0.1, maximum: float = 10.0) -> None: ...

class Budget(ConfigModel, frozen=True):
    ratio: float = 0.1
    reserve: int = 10
    maximum: int = 50

    def __init__(self, *, ratio: float = 0.1, reserve: int = 10, maximum: int = 50) -> None: ...

class RetryPolicy(SwitchModel, frozen=True):
    max_retries: int = 3
    methods: Annotated[
        AbstractSet[str], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = ...
    statuses: Annotated[
        AbstractSet[Annotated[int, Field(ge=100, le=999)]],
        PlainSerializer(sorted, return_type=list[int], when_used="json"),
    ] = ...
    errors: Annotated[
        AbstractSet[ErrorName], PlainSerializer(sorted, return_type=list[str], when_used="json")
    ] = ...
    backoff: Backoff = ...
    respect_retry_after: bool = True
    retry_after_max: float = 60.0
    budget: Budget = ...

    def __init__(
        self,
        *,
        max_retries: int = 3,
        methods: AbstractSet[str] = ...,
        statuses: AbstractSet[int] = ...,
        errors: AbstractSet[ErrorName] = ...,
        backoff: Backoff = ...,
        respect_retry_after: bool = True,
        retry_after_max: float = 60.0,
        budget: Budget = ...,
    ) -> None: ...

class CircuitBreakerPolicy(SwitchModel, frozen=True):
    failure_threshold: int = 5
    window: float = 30.0
    recovery_timeout: float = 30.0
    success_threshold: int = 2

    def __init__(
        self,
        *,
        failure_threshold: int = 5,
        window: float = 30.0,
        recovery_timeout: float = 30.0,
        success_threshold: int = 2,
    ) -> None: ...

class ProxyConfig(ConfigModel, frozen=True):
    url: SecretStr | None = None
    bypass: str = ""

    def __init__(self, *, url: SecretStr | None = None, bypass: str = "") -> None: ...
