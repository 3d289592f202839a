# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from abc import ABC
from typing import Never, overload

from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
from hyperhttp._base.input_types import TimeoutInput
from hyperhttp._base.option_checks import ExtensionsInput
from hyperhttp._base.unset import INHERIT, Inherit, NoOther, Unset
from hyperhttp._client.sync_response import SyncResponse
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.cookies.jar import CookiesInput
from hyperhttp._message.headers.headers import RequestHeadersInput
from hyperhttp._message.request.multipart import SyncFilesInput
from hyperhttp._message.request.progress import ProgressCallback
from hyperhttp._message.request.raw_body import SyncContentInput
from hyperhttp._message.url.query import DataInput, ParamsInput
from hyperhttp._message.url.url import URLInput
from hyperhttp._policy.auth import AuthInput

class SyncVerbs(ABC):
    def get(
        self,
        url: URLInput,
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
    ) -> SyncResponse: ...
    def head(
        self,
        url: URLInput,
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
    ) -> SyncResponse: ...
    def options(
        self,
        url: URLInput,
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
    ) -> SyncResponse: ...
    @overload
    def delete(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        json: JSONInput | Inherit = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def delete(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        data: DataInput | Inherit | None,
        files: SyncFilesInput | Inherit | None = INHERIT,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def delete(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        files: SyncFilesInput | Inherit | None,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def delete(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        content: SyncContentInput | Inherit | None,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def post(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        json: JSONInput | Inherit = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def post(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        data: DataInput | Inherit | None,
        files: SyncFilesInput | Inherit | None = INHERIT,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def post(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        files: SyncFilesInput | Inherit | None,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def post(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        content: SyncContentInput | Inherit | None,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def put(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        json: JSONInput | Inherit = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def put(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        data: DataInput | Inherit | None,
        files: SyncFilesInput | Inherit | None = INHERIT,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def put(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        files: SyncFilesInput | Inherit | None,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def put(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        content: SyncContentInput | Inherit | None,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def patch(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        json: JSONInput | Inherit = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def patch(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        data: DataInput | Inherit | None,
        files: SyncFilesInput | Inherit | None = INHERIT,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def patch(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        files: SyncFilesInput | Inherit | None,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
    @overload
    def patch(
        self,
        url: URLInput | NoOther[Never],
        *,
        params: ParamsInput | Inherit | None = INHERIT,
        headers: RequestHeadersInput | Inherit | None = INHERIT,
        cookies: CookiesInput | Inherit | None = INHERIT,
        timeout: TimeoutInput | Inherit = INHERIT,
        follow_redirects: bool | Inherit | None = INHERIT,
        max_redirects: int | Inherit | None = INHERIT,
        auth: AuthInput | Inherit | None = INHERIT,
        retry: bool | RetryPolicy | Inherit | None = INHERIT,
        extensions: ExtensionsInput | Inherit | None = INHERIT,
        on_upload: ProgressCallback | Inherit | None = INHERIT,
        json_config: JSONConfig | Inherit | None = INHERIT,
        content: SyncContentInput | Inherit | None,
        json: Inherit | None = INHERIT,
    ) -> SyncResponse: ...
