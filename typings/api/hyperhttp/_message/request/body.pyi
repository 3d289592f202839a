# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/body.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from typing import TypeAlias

from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._message.content.json_text import JSONInput, encode_json
from hyperhttp._message.request.body_kinds import AsyncBody, BytesBody, IterableBody
from hyperhttp._message.request.file_body import FileBody
from hyperhttp._message.request.multipart import FilesInput, MultipartBody
from hyperhttp._message.request.raw_body import ContentInput
from hyperhttp._message.url.query import DataInput

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
