# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/url/grammar.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from typing import Final

from hyperhttp._base._generated.errors import InvalidURL

__all__ = [
    "URLParts",
    "check_characters",
    "check_part",
    "encode_path",
    "encode_query",
    "encode_userinfo",
    "invalid",
    "masked",
    "read_fast",
    "read_host",
    "read_port",
    "read_reference",
    "read_scheme",
    "read_slow",
]

class URLParts:
    scheme: Final[str]
    userinfo: Final[str]
    host: Final[str]
    port: Final[int | None]
    path: Final[str]
    query: Final[str]
    fragment: Final[str]
    is_tls: Final[bool]
    effective_port: Final[int]
    authority: Final[str]
    origin: Final[str]
    target: Final[str]

    def __init__(
        self,
        scheme: str,
        userinfo: str,
        host: str,
        port: int | None,
        path: str,
        query: str | None,
        fragment: str,
    ) -> None: ...

def masked(text: str) -> str: ...
def invalid(text: str, detail: str) -> InvalidURL: ...
def check_characters(text: str) -> None: ...
def check_part(part: object, text: str) -> str: ...
def read_fast(text: str) -> URLParts | None: ...
def read_slow(text: str) -> URLParts: ...
def read_reference(base: URLParts, text: str) -> URLParts: ...
def read_scheme(scheme: str, text: str) -> str: ...
def read_host(host: str, text: str) -> str: ...
def read_port(port: str, text: str) -> int | None: ...
def encode_path(path: str, text: str) -> str: ...
def encode_query(query: str) -> str: ...
def encode_userinfo(userinfo: str) -> str: ...
