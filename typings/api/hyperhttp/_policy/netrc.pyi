# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_policy/netrc.py and run the command again.

from collections.abc import Generator
from typing import final

from hyperhttp._base.input_types import PathInput
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._policy.auth import Auth

@final
class NetRCAuth(Auth):
    def __init__(self, file: PathInput | None = None) -> None: ...
    def auth_flow(self, request: Request) -> Generator[Request, Response, None]: ...
    def __repr__(self) -> str: ...
