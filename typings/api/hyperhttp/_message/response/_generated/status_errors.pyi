# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from typing import ClassVar

from hyperhttp._base._generated.errors import HyperHTTPError, Retryable
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.base import BaseResponse
from hyperhttp._message.url.url import URL

class HTTPStatusError(HyperHTTPError):
    hint: ClassVar[str] = "`response` is the answer itself; `excerpt` shows how its body begins."
    response: BaseResponse
    excerpt: str

    def __init__(self, *, response: BaseResponse, excerpt: str = "") -> None: ...
    @property
    def request(self) -> Request: ...
    @property
    def url(self) -> URL: ...

class ClientStatusError(HTTPStatusError):
    hint: ClassVar[str] = "Asking again in the same way gives the same answer; change the request."

class ServerStatusError(HTTPStatusError):
    retryable: Retryable = "if_idempotent"
    hint: ClassVar[str] = (
        "Asking again later may help; `response.retry_after` tells when, if the server said so."
    )
