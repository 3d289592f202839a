# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/raw_body.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from typing import Final, TypeAlias

from hyperhttp._base.input_types import BufferInput
from hyperhttp._message.request.body_kinds import AsyncBody, Buffer, BytesBody, IterableBody
from hyperhttp._message.request.file_body import FileBody, ReadableFile

__all__ = ["TEXT_TYPE", "ContentInput", "RawBody", "StreamedBody", "flow", "raw_body"]

ContentInput: TypeAlias = (
    BufferInput | str | Iterable[BufferInput] | AsyncIterable[BufferInput] | ReadableFile
)

StreamedBody: TypeAlias = IterableBody | AsyncBody | FileBody

RawBody: TypeAlias = BytesBody | StreamedBody

TEXT_TYPE: Final = "text/plain; charset=utf-8"

_ALLOWED: Final = "bytes, str, a file opened in binary mode, or a sync or async iterable of bytes"

def raw_body(content: object, *, option: str, allowed: str = _ALLOWED) -> RawBody: ...
def flow(body: StreamedBody) -> AsyncGenerator[Buffer, None]: ...
