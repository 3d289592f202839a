# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/body.py and run the command again.

from typing import TypeAlias

from hyperhttp._message.request.body_kinds import AsyncBody, BytesBody, IterableBody
from hyperhttp._message.request.file_body import FileBody
from hyperhttp._message.request.multipart import MultipartBody

RequestBody: TypeAlias = BytesBody | IterableBody | AsyncBody | FileBody | MultipartBody
