# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/integrations/_types.py and run the command again.

import ssl
from typing import Protocol, TypeAlias, runtime_checkable

class AnyHeaders(Protocol):
    @property
    def raw(self) -> list[tuple[bytes, bytes]]: ...

@runtime_checkable
class AnyURL(Protocol):
    @property
    def raw_scheme(self) -> bytes: ...
    @property
    def raw_host(self) -> bytes: ...
    @property
    def port(self) -> int | None: ...
    @property
    def raw_path(self) -> bytes: ...

class AnyLimits(Protocol):
    @property
    def max_connections(self) -> int | None: ...
    @property
    def max_keepalive_connections(self) -> int | None: ...
    @property
    def keepalive_expiry(self) -> float | None: ...

@runtime_checkable
class AnyProxy(Protocol):
    @property
    def url(self) -> AnyURL: ...
    @property
    def auth(self) -> tuple[str, str] | None: ...
    @property
    def headers(self) -> AnyHeaders: ...
    @property
    def ssl_context(self) -> ssl.SSLContext | None: ...

VerifyTypes: TypeAlias = "ssl.SSLContext | str | bool"

CertTypes: TypeAlias = str | tuple[str, str] | tuple[str, str, str]

ProxyTypes: TypeAlias = str | AnyURL | AnyProxy
