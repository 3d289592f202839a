# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/raw_body.py and run the command again.

from collections.abc import AsyncIterable, Iterable
from os import PathLike
from typing import TypeAlias

from hyperhttp._base.input_types import BufferInput
from hyperhttp._message.request.body_kinds import AsyncBody, IterableBody
from hyperhttp._message.request.file_body import FileBody, FileSlice, ReadableFile

ContentInput: TypeAlias = (
    BufferInput
    | str
    | PathLike[str]
    | FileSlice
    | Iterable[BufferInput]
    | AsyncIterable[BufferInput]
    | ReadableFile
)

SyncContentInput: TypeAlias = (
    BufferInput | str | PathLike[str] | FileSlice | Iterable[BufferInput] | ReadableFile
)

StreamedBody: TypeAlias = IterableBody | AsyncBody | FileBody
