# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/auth.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import AsyncGenerator
from typing import Protocol

from hyperhttp._message.request import Request
from hyperhttp._message.response import Response

class AuthFlow(Protocol):
    def async_auth_flow(self, request: Request, /) -> AsyncGenerator[Request, Response]: ...
