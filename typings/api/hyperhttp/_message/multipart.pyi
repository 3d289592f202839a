# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/multipart.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, final

from hyperhttp._generated.unset import UNSET, Unset
from hyperhttp._message.body_kinds import Buffer, BytesBody
from hyperhttp._message.content import StreamedBody
from hyperhttp._message.inputs import FileContent, FilesInput, HeadersInput

__all__ = ["MultipartBody", "MultipartFile", "encode_multipart"]

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

@dataclass(frozen=True, slots=True)
class _StreamedPart:
    name: str
    body: StreamedBody
    length: int | None

    def chunks(self) -> AsyncGenerator[Buffer, None]: ...

_Segment: TypeAlias = bytes | _StreamedPart

class MultipartBody:
    content_type: Final[str]
    length: Final[int | None]
    replayable: Final[bool]

    def __init__(self, segments: Sequence[_Segment], content_type: str) -> None: ...
    def chunks(self) -> AsyncGenerator[Buffer, None]: ...

def encode_multipart(
    fields: Sequence[tuple[str, str]], files: FilesInput, *, content_type: str | None = None
) -> BytesBody | MultipartBody: ...
