# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/testing/_faults.py and run the command again.

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from h2.errors import ErrorCodes

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
