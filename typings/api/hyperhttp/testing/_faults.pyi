# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_faults.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from h2.errors import ErrorCodes

from hyperhttp._network.transport import Endpoint
from hyperhttp.testing._conversation import Application, Conversation, Fields, Inbox, RequestLine

Place: TypeAlias = "Literal['response', 'head'] | int"

@dataclass(frozen=True, slots=True)
class Fault: ...

@final
@dataclass(frozen=True, slots=True)
class RefuseConnection(Fault): ...

@final
@dataclass(frozen=True, slots=True)
class Reset(Fault):
    at: Place = "response"

@final
@dataclass(frozen=True, slots=True)
class Truncate(Fault):
    at: Place = "head"

@final
@dataclass(frozen=True, slots=True)
class Hang(Fault):
    at: Place = "response"

@final
@dataclass(frozen=True, slots=True)
class Delay(Fault):
    delay_s: float

@final
@dataclass(frozen=True, slots=True)
class SlowBody(Fault):
    size: int = 1
    every_s: float = 0.0

@final
@dataclass(frozen=True, slots=True)
class Garbage(Fault):
    data: bytes = b"\xff\xfe\x00garbage\r\n\r\n"

@final
@dataclass(frozen=True, slots=True)
class BadChunk(Fault): ...

@final
@dataclass(frozen=True, slots=True)
class Bomb(Fault):
    decoded_bytes: int = ...

@final
@dataclass(frozen=True, slots=True)
class GoAway(Fault):
    processed: bool = False

@final
@dataclass(frozen=True, slots=True)
class RefuseStream(Fault): ...

@final
@dataclass(frozen=True, slots=True)
class ResetStream(Fault):
    code: int = ErrorCodes.INTERNAL_ERROR

async def spoil(fault: Fault, conversation: Conversation, application: Application) -> None: ...

@final
class Spoiled:
    endpoint: Endpoint
    line: RequestLine
    fields: Fields
    inbox: Inbox

    def __init__(
        self, conversation: Conversation, fault: Reset | Truncate | Hang | SlowBody
    ) -> None: ...
    @property
    def is_begun(self) -> bool: ...
    @property
    def is_ended(self) -> bool: ...
    async def receive(self) -> bytes: ...
    async def send_head(self, status_code: int, fields: Fields) -> None: ...
    async def send(self, data: bytes) -> None: ...
    async def end(self, trailers: Fields = ()) -> None: ...
    def fail(self, error: BaseException) -> None: ...
    def head_bytes(self, status_code: int, fields: Fields) -> bytes: ...
    def write_raw(self, data: bytes) -> None: ...
    def hang_up(self) -> None: ...
    def cut(self) -> None: ...
    def reset_stream(self, code: int) -> None: ...
    def go_away(self, *, processed: bool) -> None: ...

async def arrived() -> None: ...
