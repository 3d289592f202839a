# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from typing import overload

from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
from hyperhttp._base.input_types import PathInput, TimeoutInput
from hyperhttp._base.option_checks import ExtensionsInput
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._client._generated.verbs import Verbs
from hyperhttp._client.download import Download
from hyperhttp._client.paginate import Cursor, Pages
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.cookies.jar import CookiesInput
from hyperhttp._message.headers.headers import RequestHeadersInput
from hyperhttp._message.request.multipart import FilesInput
from hyperhttp._message.request.progress import ProgressCallback
from hyperhttp._message.request.raw_body import ContentInput
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._message.response.stream import ResponseStream
from hyperhttp._message.url.query import DataInput, ParamsInput
from hyperhttp._message.url.url import URLInput
from hyperhttp._policy.auth import AuthInput

class Calls(Verbs):
    @overload
    async def request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        json: JSONInput | Unset,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        data: DataInput | Unset | None,
        files: FilesInput | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        files: FilesInput | Unset | None,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        content: ContentInput | Unset | None,
    ) -> Response: ...
    @overload
    def build_request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        json: JSONInput | Unset,
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        data: DataInput | Unset | None,
        files: FilesInput | Unset | None = UNSET,
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        files: FilesInput | Unset | None,
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        content: ContentInput | Unset | None,
    ) -> Request: ...
    async def download(
        self,
        url: URLInput,
        path: PathInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_download: ProgressCallback | Unset | None = UNSET,
        resume: bool | Unset | None = UNSET,
        digest: str | Unset | None = UNSET,
    ) -> Download: ...
    @overload
    def stream(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
    ) -> ResponseStream: ...
    @overload
    def stream(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        json: JSONInput | Unset,
    ) -> ResponseStream: ...
    @overload
    def stream(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        data: DataInput | Unset | None,
        files: FilesInput | Unset | None = UNSET,
    ) -> ResponseStream: ...
    @overload
    def stream(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        files: FilesInput | Unset | None,
    ) -> ResponseStream: ...
    @overload
    def stream(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        content: ContentInput | Unset | None,
    ) -> ResponseStream: ...
    def paginate(
        self,
        url: URLInput,
        *,
        params: ParamsInput | Unset | None = UNSET,
        headers: RequestHeadersInput | Unset | None = UNSET,
        cookies: CookiesInput | Unset | None = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset | None = UNSET,
        max_redirects: int | Unset | None = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset | None = UNSET,
        cursor: Cursor | Unset | None = UNSET,
        allow_other_origins: bool | Unset | None = UNSET,
    ) -> Pages: ...
