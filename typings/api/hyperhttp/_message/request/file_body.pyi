# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/file_body.py and run the command again.

from collections.abc import AsyncGenerator, Callable
from typing import ClassVar, Final, Protocol, final

from hyperhttp._base.input_types import PathInput
from hyperhttp._message.request.body_kinds import Buffer

class ReadableFile(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...

@final
class FileSlice:
    file: Final[PathInput | ReadableFile]
    offset: Final[int]
    length: Final[int | None]

    def __init__(
        self, file: PathInput | ReadableFile, *, offset: int = 0, length: int | None = None
    ) -> None: ...
    def __repr__(self) -> str: ...

class _Pass(Protocol):
    def is_near(self, size: int) -> bool: ...
    def read(self, size: int) -> object: ...
    def close(self) -> None: ...

class FileBody:
    replayable: Final[bool]
    length: Final[int | None]
    content_type: ClassVar[None] = None

    def __init__(
        self,
        begin: Callable[[], _Pass],
        *,
        replayable: bool,
        length: int | None,
        what: str,
        option: str,
        is_slice: bool = False,
    ) -> None: ...
    @classmethod
    def of_path(cls, path: str, *, option: str) -> FileBody: ...
    @classmethod
    def of_file(cls, file: object, *, option: str, allowed: str) -> FileBody: ...
    @classmethod
    def of_slice(cls, part: FileSlice, *, option: str) -> FileBody: ...
    def chunks(self) -> AsyncGenerator[Buffer, None]: ...
