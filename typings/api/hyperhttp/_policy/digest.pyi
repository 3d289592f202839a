# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_policy/digest.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import final

from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._policy.auth import Auth
from hyperhttp._policy.challenges import Challenge

__all__ = ["DigestAuth", "DigestChallenge", "DigestSession", "strongest"]

@dataclass(frozen=True, slots=True)
class DigestChallenge:
    realm: str
    nonce: str
    algorithm: str | None = None
    opaque: str | None = None
    has_qop: bool = False
    wants_userhash: bool = False
    is_utf_8: bool = False
    domain: tuple[str, ...] = ()
    is_stale: bool = ...

    @classmethod
    def of(cls, challenge: Challenge) -> DigestChallenge | None: ...
    @property
    def strength(self) -> int: ...
    @property
    def is_session(self) -> bool: ...
    def hash(self, text: str) -> str: ...

@final
class DigestSession:
    challenge: DigestChallenge
    paths: tuple[str, ...]
    nonce: str
    count: int
    is_refused: bool

    def __init__(
        self,
        challenge: DigestChallenge,
        username: str,
        password: str,
        *,
        cnonce: str,
        paths: tuple[str, ...] = ...,
    ) -> None: ...
    @property
    def is_usable(self) -> bool: ...
    def answer(self, method: str, target: str) -> str: ...
    def renew(self, nonce: str, cnonce: str) -> None: ...
    def covers(self, path: str) -> int: ...

@final
class DigestAuth(Auth):
    def __init__(self, username: str, password: str) -> None: ...
    def auth_flow(self, request: Request) -> Generator[Request, Response, None]: ...

def strongest(values: Iterable[str]) -> DigestChallenge | None: ...
