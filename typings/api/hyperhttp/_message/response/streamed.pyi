# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/response/streamed.py and run the command again.

from abc import ABCMeta
from typing import Never, Self, overload

from hyperhttp._base._generated.config import Limits
from hyperhttp._base.other_names import ResponseNames
from hyperhttp._base.unset import UNSET, Inherit, NoOther
from hyperhttp._message.content.charset import EncodingInput
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.headers.headers import Headers, HeadersInput
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.base import BaseResponse
from hyperhttp._message.response.connection_info import ConnectionInfo
from hyperhttp._message.response.source import BodySource
from hyperhttp._message.response.timings import Timings

class StreamedResponse(BaseResponse, ResponseNames, metaclass=ABCMeta):
    def __init__(
        self,
        head: ResponseHead,
        request: Request,
        source: BodySource,
        elapsed: float,
        limits: Limits,
        default_encoding: EncodingInput,
    ) -> None: ...
    @overload
    @classmethod
    def create(
        cls,
        request: Request | NoOther[Never],
        status_code: int | NoOther[Never] = 200,
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        content: bytes | Inherit = UNSET,
    ) -> Self: ...
    @overload
    @classmethod
    def create(
        cls,
        request: Request | NoOther[Never],
        status_code: int | NoOther[Never] = 200,
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        json: JSONInput | Inherit,
        content: Inherit = UNSET,
    ) -> Self: ...
    @property
    def trailers(self) -> Headers: ...
    @property
    def num_bytes_downloaded(self) -> int: ...
    @property
    def connection(self) -> ConnectionInfo | None: ...
    @property
    def timings(self) -> Timings: ...
