# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/head.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Sequence
from typing import Literal, TypeAlias

HTTPVersion: TypeAlias = Literal["HTTP/1.0", "HTTP/1.1", "HTTP/2"]

class ResponseHead:
    status_code: int
    reason_phrase: str
    http_version: HTTPVersion
    block: bytes

    def __init__(
        self, status_code: int, reason_phrase: str, http_version: HTTPVersion, block: bytes
    ) -> None: ...
    @property
    def fields(self) -> Sequence[tuple[bytes, bytes]]: ...
    def has(self, name: bytes) -> bool: ...
    def values(self, name: bytes) -> list[bytes]: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
    def __repr__(self) -> str: ...
