# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/body_kinds.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias, TypeGuard

from hyperhttp._base._generated.errors import BodyNotReplayable

__all__ = ["AsyncBody", "Buffer", "BytesBody", "IterableBody", "checked_piece", "is_fixed", "once"]

Buffer: TypeAlias = bytes | memoryview

@dataclass(frozen=True, slots=True)
class BytesBody:
    data: bytes
    content_type: str | None = None
    replayable: ClassVar[bool] = True

    @property
    def length(self) -> int: ...

class IterableBody:
    replayable: Final[bool]
    length: Final[int | None]
    content_type: ClassVar[None] = None

    def __init__(
        self,
        iterable: Iterable[object],
        *,
        replayable: bool,
        length: int | None = None,
        option: str = "content",
    ) -> None: ...
    def chunks(self) -> Generator[Buffer, None, None]: ...

class AsyncBody:
    replayable: Final[bool]
    content_type: ClassVar[None] = None
    length: ClassVar[None] = None

    def __init__(
        self, iterable: AsyncIterable[object], *, replayable: bool, option: str = "content"
    ) -> None: ...
    def chunks(self) -> AsyncGenerator[Buffer, None]: ...

def checked_piece(piece: object, option: str) -> Buffer: ...
def is_fixed(buffer: bytes | bytearray | memoryview) -> TypeGuard[memoryview]: ...
def once(what: str) -> BodyNotReplayable: ...
