# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/url/grammar.py and run the command again.

from typing import Final

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
