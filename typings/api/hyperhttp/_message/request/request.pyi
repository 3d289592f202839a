# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/request/request.py and run the command again.

from typing import Never, overload

from hyperhttp._base._generated.config import JSONConfig
from hyperhttp._base._generated.methods import MethodInput
from hyperhttp._base.option_checks import Extensions
from hyperhttp._base.other_names import RequestNames
from hyperhttp._base.unset import UNSET, Inherit, NoOther
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.headers.headers import Headers, HeadersInput
from hyperhttp._message.request._generated.options import OptionAttributes
from hyperhttp._message.request.body import RequestBody
from hyperhttp._message.request.multipart import FilesInput
from hyperhttp._message.request.raw_body import ContentInput
from hyperhttp._message.url.query import DataInput
from hyperhttp._message.url.url import URLInput

class Request(OptionAttributes, RequestNames):
    body: RequestBody | None

    @overload
    def __init__(
        self,
        method: MethodInput | NoOther[Never],
        url: URLInput | NoOther[Never],
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        json: JSONInput | Inherit = UNSET,
        json_config: JSONConfig | NoOther[Never] | None = None,
    ) -> None: ...
    @overload
    def __init__(
        self,
        method: MethodInput | NoOther[Never],
        url: URLInput | NoOther[Never],
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        data: DataInput | Inherit | None,
        files: FilesInput | Inherit | None = UNSET,
        content: Inherit | None = UNSET,
        json: Inherit | None = UNSET,
    ) -> None: ...
    @overload
    def __init__(
        self,
        method: MethodInput | NoOther[Never],
        url: URLInput | NoOther[Never],
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        files: FilesInput | Inherit | None,
        content: Inherit | None = UNSET,
        json: Inherit | None = UNSET,
    ) -> None: ...
    @overload
    def __init__(
        self,
        method: MethodInput | NoOther[Never],
        url: URLInput | NoOther[Never],
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        content: ContentInput | Inherit | None,
        json: Inherit | None = UNSET,
    ) -> None: ...
    @property
    def headers(self) -> Headers: ...
    @property
    def extensions(self) -> Extensions: ...
    @property
    def content(self) -> bytes | None: ...
    @property
    def is_idempotent(self) -> bool: ...
    @property
    def is_replayable(self) -> bool: ...
    def to_curl(self) -> str: ...
    def __repr__(self) -> str: ...
    def __copy__(self) -> Request: ...
    def __deepcopy__(self, memo: object) -> Request: ...
    def __reduce__(self) -> tuple[object, ...]: ...
