"""Request bodies: `json=`, `data=`, `files=` and `content=` become a body before anything is sent.

The type of the body determines its length and if it can be sent twice. Files are read only while
they are sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from hyperhttp._base._generated.config import JSONConfig
from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import shown
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._message.content.json_text import encode_json
from hyperhttp._message.request.body_kinds import AsyncBody, BytesBody, IterableBody
from hyperhttp._message.request.file_body import FileBody
from hyperhttp._message.request.multipart import MultipartBody, encode_multipart
from hyperhttp._message.request.raw_body import raw_body
from hyperhttp._message.url.query import join_form, text_pairs

if TYPE_CHECKING:
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.request.multipart import FilesInput
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
    "is_async",
    "prepare_body",
    "without_content_type",
]

RequestBody: TypeAlias = BytesBody | IterableBody | AsyncBody | FileBody | MultipartBody

_ONE_BODY: Final = "one of json=, data=, files= and content=, or data= and files="
_TOGETHER: Final = {"data", "files"}


def encode_form(data: DataInput) -> bytes:
    """Form fields as application/x-www-form-urlencoded, by the rules of `encode_params`."""
    return join_form(text_pairs(data, option="data")).encode("ascii")


def is_async(body: RequestBody) -> bool:
    """Return whether the pieces of a body have to be awaited."""
    return isinstance(body, AsyncBody) or (isinstance(body, MultipartBody) and body.is_async)


def prepare_body(
    json: JSONInput | Unset = UNSET,
    data: DataInput | Unset | None = UNSET,
    files: FilesInput | Unset | None = UNSET,
    content: ContentInput | Unset | None = UNSET,
    content_type: str | None = None,
    json_config: JSONConfig | None = None,
) -> RequestBody | None:
    """Return the body of the request; None if there is none.

    None means "no body" for each of the four, so that a wrapper can pass its own arguments on. To
    send a JSON `null`, use `content=b"null"`. `content_type` is the caller's Content-Type, and
    delimits `files`. `json_config` sets how models are serialized.

    Raises `ConfigError` for two bodies and for values that can't be sent.
    """
    if json is UNSET and data is UNSET and files is UNSET and content is UNSET:
        return None
    given = {"json": json, "data": data, "files": files, "content": content}
    names = [name for name, value in given.items() if value is not UNSET and value is not None]
    if len(names) > 1 and set(names) != _TOGETHER:
        together = " and ".join([f"{name}=" for name in names])
        raise ConfigError(option=names[0], given=f"{together} together", allowed=_ONE_BODY)
    if json is not UNSET and json is not None:
        if json_config is not None and type(json_config) is not JSONConfig:
            what = shown(json_config)
            raise ConfigError(option="json_config", given=what, allowed="JSONConfig(...)")
        return BytesBody(encode_json(json, json_config), "application/json")
    if files is not UNSET and files is not None:
        fields = [] if data is UNSET or data is None else text_pairs(data, option="data")
        return encode_multipart(fields, files, content_type=content_type)
    if data is not UNSET and data is not None:
        return BytesBody(encode_form(data), "application/x-www-form-urlencoded")
    return None if content is None or content is UNSET else raw_body(content, option="content")


def without_content_type(body: RequestBody) -> RequestBody:
    """Return the same body for a request without a Content-Type."""
    if isinstance(body, BytesBody):
        return BytesBody(body.data)
    return body.without_content_type() if isinstance(body, MultipartBody) else body
