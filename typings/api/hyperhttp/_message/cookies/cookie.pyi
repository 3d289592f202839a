# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/cookies/cookie.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from dataclasses import dataclass

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.url.url import URL

__all__ = ["Cookie", "checked_cookie", "refused"]

@dataclass(frozen=True, slots=True)
class Cookie:
    name: str
    value: str
    domain: str | None
    path: str = "/"
    host_only: bool = True
    secure: bool = False
    expires: float | None = None

    def __repr__(self) -> str: ...
    def is_expired(self, now: float) -> bool: ...
    def goes_to(self, url: URL, now: float) -> bool: ...

def checked_cookie(
    name: object,
    value: object,
    domain: object,
    path: object,
    *,
    host_only: bool,
    secure: bool,
    expires: float | None,
) -> Cookie: ...
def refused(given: str) -> ConfigError: ...
