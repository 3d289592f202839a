# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/body_kinds.py and run the command again.

from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

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
