# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/proxy.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, final

from hyperhttp._message.headers.headers import HeadersInput
from hyperhttp._message.url.url import URL

__all__ = ["PROXY_ALLOWED", "Proxy", "ProxyInput", "ProxyScheme", "authority_of", "host_and_port"]

ProxyScheme: TypeAlias = Literal["http", "https", "socks5", "socks5h"]

PROXY_ALLOWED: Final = "a URL such as http://127.0.0.1:3128 (http, https, socks5 or socks5h, without a path), a Proxy, a mapping of patterns to them, or None"

@final
class Proxy:
    def __init__(
        self,
        url: str | URL,
        *,
        username: str | None = None,
        password: str | None = None,
        headers: HeadersInput | None = None,
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
    def secret_fields(self) -> bytes: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
    def __repr__(self) -> str: ...

ProxyInput: TypeAlias = "str | URL | Proxy | Mapping[str, str | URL | Proxy | None]"

def authority_of(host: str, port: int) -> str: ...
def host_and_port(text: str) -> tuple[str, int | None]: ...
