# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from typing import Protocol, TypeVar, overload

from typing_extensions import TypeForm

from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
from hyperhttp._base._generated.methods import MethodInput
from hyperhttp._base.input_types import TimeoutInput
from hyperhttp._base.option_checks import ExtensionsInput
from hyperhttp._base.unset import INHERIT, Unset
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.cookies.jar import CookiesInput
from hyperhttp._message.headers.headers import RequestHeadersInput
from hyperhttp._message.request.multipart import FilesInput
from hyperhttp._message.request.progress import ProgressCallback
from hyperhttp._message.request.raw_body import ContentInput
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._message.url.query import DataInput, ParamsInput
from hyperhttp._message.url.url import URLInput
from hyperhttp._policy.auth import AuthInput

T = TypeVar("T")

class Sender(Protocol):
    async def send(self, request: Request, /) -> Response: ...

class Requester(Protocol):
    @overload
    async def request(
        self,
        method: MethodInput,
        url: URLInput,
        /,
        *,
        params: ParamsInput | Unset | None = INHERIT,
        headers: RequestHeadersInput | Unset | None = INHERIT,
        cookies: CookiesInput | Unset | None = INHERIT,
        timeout: TimeoutInput | Unset = INHERIT,
        follow_redirects: bool | Unset | None = INHERIT,
        max_redirects: int | Unset | None = INHERIT,
        auth: AuthInput | Unset | None = INHERIT,
        retry: bool | RetryPolicy | Unset | None = INHERIT,
        extensions: ExtensionsInput | Unset | None = INHERIT,
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        json: JSONInput | Unset = INHERIT,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: MethodInput,
        url: URLInput,
        /,
        *,
        params: ParamsInput | Unset | None = INHERIT,
        headers: RequestHeadersInput | Unset | None = INHERIT,
        cookies: CookiesInput | Unset | None = INHERIT,
        timeout: TimeoutInput | Unset = INHERIT,
        follow_redirects: bool | Unset | None = INHERIT,
        max_redirects: int | Unset | None = INHERIT,
        auth: AuthInput | Unset | None = INHERIT,
        retry: bool | RetryPolicy | Unset | None = INHERIT,
        extensions: ExtensionsInput | Unset | None = INHERIT,
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        data: DataInput | Unset | None,
        files: FilesInput | Unset | None = INHERIT,
        content: Unset | None = INHERIT,
        json: Unset | None = INHERIT,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: MethodInput,
        url: URLInput,
        /,
        *,
        params: ParamsInput | Unset | None = INHERIT,
        headers: RequestHeadersInput | Unset | None = INHERIT,
        cookies: CookiesInput | Unset | None = INHERIT,
        timeout: TimeoutInput | Unset = INHERIT,
        follow_redirects: bool | Unset | None = INHERIT,
        max_redirects: int | Unset | None = INHERIT,
        auth: AuthInput | Unset | None = INHERIT,
        retry: bool | RetryPolicy | Unset | None = INHERIT,
        extensions: ExtensionsInput | Unset | None = INHERIT,
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        files: FilesInput | Unset | None,
        content: Unset | None = INHERIT,
        json: Unset | None = INHERIT,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: MethodInput,
        url: URLInput,
        /,
        *,
        params: ParamsInput | Unset | None = INHERIT,
        headers: RequestHeadersInput | Unset | None = INHERIT,
        cookies: CookiesInput | Unset | None = INHERIT,
        timeout: TimeoutInput | Unset = INHERIT,
        follow_redirects: bool | Unset | None = INHERIT,
        max_redirects: int | Unset | None = INHERIT,
        auth: AuthInput | Unset | None = INHERIT,
        retry: bool | RetryPolicy | Unset | None = INHERIT,
        extensions: ExtensionsInput | Unset | None = INHERIT,
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        content: ContentInput | Unset | None,
        json: Unset | None = INHERIT,
    ) -> Response: ...

class Fetcher(Protocol):
    async def fetch(
        self,
        url: URLInput,
        /,
        *,
        into: TypeForm[T],
        method: MethodInput = "GET",
        params: ParamsInput | Unset | None = INHERIT,
        headers: RequestHeadersInput | Unset | None = INHERIT,
        cookies: CookiesInput | Unset | None = INHERIT,
        timeout: TimeoutInput | Unset = INHERIT,
        follow_redirects: bool | Unset | None = INHERIT,
        max_redirects: int | Unset | None = INHERIT,
        auth: AuthInput | Unset | None = INHERIT,
        retry: bool | RetryPolicy | Unset | None = INHERIT,
        extensions: ExtensionsInput | Unset | None = INHERIT,
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        json: JSONInput | Unset = INHERIT,
    ) -> T: ...
