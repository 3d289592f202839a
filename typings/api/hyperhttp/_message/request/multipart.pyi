# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/multipart.py and run the command again.

from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import Final, TypeAlias, final

from hyperhttp._base.input_types import BufferInput
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._message.headers.headers import HeadersInput
from hyperhttp._message.request.body_kinds import Buffer
from hyperhttp._message.request.file_body import FileSlice, ReadableFile
from hyperhttp._message.request.raw_body import StreamedBody

FileContent: TypeAlias = (
    BufferInput
    | str
    | PathLike[str]
    | FileSlice
    | Iterable[BufferInput]
    | AsyncIterable[BufferInput]
    | ReadableFile
)

FileTuple: TypeAlias = (
    tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, HeadersInput | None]
)

SyncFileContent: TypeAlias = (
    BufferInput | str | PathLike[str] | FileSlice | Iterable[BufferInput] | ReadableFile
)

SyncFileTuple: TypeAlias = (
    tuple[str | None, SyncFileContent]
    | tuple[str | None, SyncFileContent, str | None]
    | tuple[str | None, SyncFileContent, str | None, HeadersInput | None]
)

@final
class MultipartFile:
    content: Final[FileContent]
    filename: Final[str | Unset | None]
    content_type: Final[str | None]
    headers: Final[HeadersInput | None]
    length: Final[int | None]

    def __init__(
        self,
        content: FileContent,
        *,
        filename: str | Unset | None = UNSET,
        content_type: str | None = None,
        headers: HeadersInput | None = None,
        length: int | None = None,
    ) -> None: ...
    def __repr__(self) -> str: ...

FileInput: TypeAlias = FileContent | FileTuple | MultipartFile

FilesInput: TypeAlias = Mapping[str, FileInput] | Sequence[tuple[str, FileInput]]

SyncFileInput: TypeAlias = SyncFileContent | SyncFileTuple | MultipartFile

SyncFilesInput: TypeAlias = Mapping[str, SyncFileInput] | Sequence[tuple[str, SyncFileInput]]

@dataclass(frozen=True, slots=True)
class _StreamedPart:
    name: str
    body: StreamedBody
    length: int | None

    def chunks(self) -> AsyncGenerator[Buffer, None]: ...

_Segment: TypeAlias = bytes | _StreamedPart

class MultipartBody:
    content_type: Final[str | None]
    length: Final[int | None]
    replayable: Final[bool]
    is_async: Final[bool]

    def __init__(self, segments: Sequence[_Segment], content_type: str | None) -> None: ...
    def without_content_type(self) -> MultipartBody: ...
    def chunks(self) -> AsyncGenerator[Buffer, None]: ...
