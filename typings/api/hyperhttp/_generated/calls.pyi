# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from typing import overload

from hyperhttp._downloading import Download
from hyperhttp._generated.config import RetryPolicy
from hyperhttp._generated.unset import UNSET, Unset
from hyperhttp._generated.verbs import Verbs
from hyperhttp._message.inputs import (
    ContentInput,
    CookiesInput,
    DataInput,
    ExtensionsInput,
    FilesInput,
    HeadersInput,
    JSONInput,
    ParamsInput,
    PathInput,
    TimeoutInput,
    URLInput,
)
from hyperhttp._message.progress import ProgressCallback
from hyperhttp._message.request import Request
from hyperhttp._message.response import Response
from hyperhttp._message.response_stream import ResponseStream
from hyperhttp._policy.auth import AuthInput

__all__ = ["Calls"]

class Calls(Verbs):
    @overload
    async def request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json: JSONInput | Unset,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        data: DataInput | Unset,
        files: FilesInput | Unset = UNSET,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        files: FilesInput | Unset,
    ) -> Response: ...
    @overload
    async def request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        content: ContentInput | Unset,
    ) -> Response: ...
    @overload
    def build_request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json: JSONInput | Unset,
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        data: DataInput | Unset,
        files: FilesInput | Unset = UNSET,
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        files: FilesInput | Unset,
    ) -> Request: ...
    @overload
    def build_request(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        content: ContentInput | Unset,
    ) -> Request: ...
    async def download(
        self,
        url: URLInput,
        path: PathInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_download: ProgressCallback | Unset | None = UNSET,
        resume: bool | Unset = UNSET,
        digest: str | Unset | None = UNSET,
    ) -> Download: ...
    @overload
    def stream(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
    ) -> ResponseStream: ...
    @overload
    def stream(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json: JSONInput | Unset,
    ) -> ResponseStream: ...
    @overload
    def stream(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        data: DataInput | Unset,
        files: FilesInput | Unset = UNSET,
    ) -> ResponseStream: ...
    @overload
    def stream(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        files: FilesInput | Unset,
    ) -> ResponseStream: ...
    @overload
    def stream(
        self,
        method: str,
        url: URLInput,
        *,
        params: ParamsInput | Unset = UNSET,
        headers: HeadersInput | Unset = UNSET,
        cookies: CookiesInput | Unset = UNSET,
        timeout: TimeoutInput | Unset = UNSET,
        follow_redirects: bool | Unset = UNSET,
        max_redirects: int | Unset = UNSET,
        auth: AuthInput | Unset | None = UNSET,
        retry: bool | RetryPolicy | Unset | None = UNSET,
        extensions: ExtensionsInput | Unset = UNSET,
        on_upload: ProgressCallback | Unset | None = UNSET,
        content: ContentInput | Unset,
    ) -> ResponseStream: ...
