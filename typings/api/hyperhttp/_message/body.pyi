# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/body.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from typing import TypeAlias

from hyperhttp._generated.unset import UNSET, Unset
from hyperhttp._message.body_kinds import AsyncBody, BytesBody, IterableBody
from hyperhttp._message.file_body import FileBody
from hyperhttp._message.inputs import ContentInput, DataInput, FilesInput, JSONInput
from hyperhttp._message.json_text import encode_json
from hyperhttp._message.multipart import MultipartBody

__all__ = [
    "AsyncBody",
    "BytesBody",
    "FileBody",
    "IterableBody",
    "MultipartBody",
    "RequestBody",
    "encode_form",
    "encode_json",
    "prepare_body",
]

RequestBody: TypeAlias = BytesBody | IterableBody | AsyncBody | FileBody | MultipartBody

def encode_form(data: DataInput) -> bytes: ...
def prepare_body(
    *,
    json: JSONInput | Unset = UNSET,
    data: DataInput | Unset | None = UNSET,
    files: FilesInput | Unset | None = UNSET,
    content: ContentInput | Unset | None = UNSET,
    content_type: str | None = None,
) -> RequestBody | None: ...
