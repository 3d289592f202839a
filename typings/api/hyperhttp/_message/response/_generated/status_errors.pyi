# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from typing import ClassVar

from hyperhttp._base._generated.errors import HyperHTTPError, Retryable
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.base import BaseResponse
from hyperhttp._message.url.url import URL

class HTTPStatusError(HyperHTTPError):
    hint: ClassVar[str] = "Look at `response` and `excerpt`, the beginning of its body."
    response: BaseResponse
    excerpt: str

    def __init__(self, *, response: BaseResponse, excerpt: str = "") -> None: ...
    @property
    def request(self) -> Request: ...
    @property
    def url(self) -> URL: ...

class ClientStatusError(HTTPStatusError):
    hint: ClassVar[str] = "Change the request, because the same request fails in the same way."

class ServerStatusError(HTTPStatusError):
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = "Retry later, for example after `response.retry_after`."
