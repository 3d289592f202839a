# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from abc import ABC
from typing import overload

from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
from hyperhttp._base.input_types import TimeoutInput
from hyperhttp._base.option_checks import ExtensionsInput
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.cookies.jar import CookiesInput
from hyperhttp._message.headers.headers import RequestHeadersInput
from hyperhttp._message.request.multipart import FilesInput
from hyperhttp._message.request.progress import ProgressCallback
from hyperhttp._message.request.raw_body import ContentInput
from hyperhttp._message.response.response import Response
from hyperhttp._message.url.query import DataInput, ParamsInput
from hyperhttp._message.url.url import URLInput
from hyperhttp._policy.auth import AuthInput

class Verbs(ABC):
    async def get(
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
    ) -> Response: ...
    async def head(
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
    ) -> Response: ...
    async def options(
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
    ) -> Response: ...
    @overload
    async def delete(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def delete(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        json: JSONInput | Unset,
    ) -> Response: ...
    @overload
    async def delete(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        data: DataInput | Unset | None,
        files: FilesInput | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def delete(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        files: FilesInput | Unset | None,
    ) -> Response: ...
    @overload
    async def delete(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        content: ContentInput | Unset | None,
    ) -> Response: ...
    @overload
    async def post(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def post(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        json: JSONInput | Unset,
    ) -> Response: ...
    @overload
    async def post(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        data: DataInput | Unset | None,
        files: FilesInput | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def post(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        files: FilesInput | Unset | None,
    ) -> Response: ...
    @overload
    async def post(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        content: ContentInput | Unset | None,
    ) -> Response: ...
    @overload
    async def put(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def put(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        json: JSONInput | Unset,
    ) -> Response: ...
    @overload
    async def put(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        data: DataInput | Unset | None,
        files: FilesInput | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def put(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        files: FilesInput | Unset | None,
    ) -> Response: ...
    @overload
    async def put(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        content: ContentInput | Unset | None,
    ) -> Response: ...
    @overload
    async def patch(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def patch(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        json: JSONInput | Unset,
    ) -> Response: ...
    @overload
    async def patch(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        data: DataInput | Unset | None,
        files: FilesInput | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def patch(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        files: FilesInput | Unset | None,
    ) -> Response: ...
    @overload
    async def patch(
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
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        content: ContentInput | Unset | None,
    ) -> Response: ...
