# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/proxy.py and run the command again.

from collections.abc import Mapping
from typing import Literal, TypeAlias, final

from hyperhttp._base._generated.config import TLSConfig
from hyperhttp._message.headers.headers import HeadersInput
from hyperhttp._message.url.url import URL

ProxyScheme: TypeAlias = Literal["http", "https", "socks5", "socks5h"]

@final
class Proxy:
    def __init__(
        self,
        url: str | URL,
        *,
        username: str | None = None,
        password: str | None = None,
        headers: HeadersInput | None = None,
        tls: TLSConfig | None = None,
    ) -> None: ...
    @property
    def url(self) -> str: ...
    @property
    def scheme(self) -> ProxyScheme: ...
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def credentials(self) -> tuple[str, str] | None: ...
    @property
    def is_tls(self) -> bool: ...
    @property
    def is_socks(self) -> bool: ...
    @property
    def tls(self) -> TLSConfig | None: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
    def __repr__(self) -> str: ...

ProxyInput: TypeAlias = str | URL | Proxy | Mapping[str, str | URL | Proxy | None]
