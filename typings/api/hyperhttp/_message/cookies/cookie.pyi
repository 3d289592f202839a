# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/cookies/cookie.py and run the command again.

from dataclasses import dataclass

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
