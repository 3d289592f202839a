# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

from typing import Never, TypeVar, overload

from typing_extensions import TypeForm

from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
from hyperhttp._base._generated.methods import MethodInput
from hyperhttp._base.input_types import PathInput, TimeoutInput
from hyperhttp._base.option_checks import ExtensionsInput
from hyperhttp._base.unset import INHERIT, Inherit, NoOther, Unset
from hyperhttp._client._generated.sync_verbs import SyncVerbs
from hyperhttp._client.sync_download import SyncDownload
from hyperhttp._client.sync_paginate import SyncCursor, SyncPages
from hyperhttp._client.sync_response import SyncResponse, SyncResponseStream
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.cookies.jar import CookiesInput
from hyperhttp._message.headers.headers import RequestHeadersInput
from hyperhttp._message.request.multipart import SyncFilesInput
from hyperhttp._message.request.progress import ProgressCallback
from hyperhttp._message.request.raw_body import SyncContentInput
from hyperhttp._message.request.request import Request
from hyperhttp._message.url.query import DataInput, ParamsInput
from hyperhttp._message.url.url import URLInput
from hyperhttp._policy.auth import AuthInput

T = TypeVar("T")

class SyncCalls(SyncVerbs):
    @overload
    def fetch(
        self,
        url: URLInput | NoOther[Never],
        *,
        into: TypeForm[T],
        method: MethodInput = "GET",
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
    ) -> T: ...
    @overload
    def fetch(
        self,
        url: URLInput | NoOther[Never],
        *,
        into: TypeForm[T],
        method: MethodInput = "GET",
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
    ) -> T: ...
    @overload
    def fetch(
        self,
        url: URLInput | NoOther[Never],
        *,
        into: TypeForm[T],
        method: MethodInput = "GET",
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
    ) -> T: ...
    @overload
    def fetch(
        self,
        url: URLInput | NoOther[Never],
        *,
        into: TypeForm[T],
        method: MethodInput = "GET",
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
    ) -> T: ...
    @overload
    def request(
        self,
        method: MethodInput | NoOther[Never],
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
    def request(
        self,
        method: MethodInput | NoOther[Never],
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
    def request(
        self,
        method: MethodInput | NoOther[Never],
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
    def request(
        self,
        method: MethodInput | NoOther[Never],
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
    def build_request(
        self,
        method: MethodInput | NoOther[Never],
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
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: MethodInput | NoOther[Never],
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
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: MethodInput | NoOther[Never],
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
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: MethodInput | NoOther[Never],
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
    ) -> Request: ...
    def download(
        self,
        url: URLInput,
        path: PathInput,
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
        on_download: ProgressCallback | Unset | None = INHERIT,
        resume: bool | Unset | None = INHERIT,
        digest: str | Unset | None = INHERIT,
    ) -> SyncDownload: ...
    @overload
    def stream(
        self,
        method: MethodInput | NoOther[Never],
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
    ) -> SyncResponseStream: ...
    @overload
    def stream(
        self,
        method: MethodInput | NoOther[Never],
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
    ) -> SyncResponseStream: ...
    @overload
    def stream(
        self,
        method: MethodInput | NoOther[Never],
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
    ) -> SyncResponseStream: ...
    @overload
    def stream(
        self,
        method: MethodInput | NoOther[Never],
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
    ) -> SyncResponseStream: ...
    def paginate(
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
        cursor: SyncCursor | Unset | None = INHERIT,
        allow_other_origins: bool | Unset | None = INHERIT,
    ) -> SyncPages: ...
