# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and run the command again.
"""How the client builds a request: the options of a call are read into one record."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._client._generated.sync_client_options import SyncClientOptionsBase
from hyperhttp._client.option_readers import (
    read_auth,
    read_cookies,
    read_follow_redirects,
    read_max_redirects,
    read_on_upload,
    read_retry,
    read_timeout,
)
from hyperhttp._message.request._generated.options import NOT_GIVEN, OptionValues

if TYPE_CHECKING:
    from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
    from hyperhttp._base.input_types import TimeoutInput
    from hyperhttp._base.option_checks import ExtensionsInput
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

__all__ = ["SyncRequestBuilder"]


class SyncRequestBuilder(SyncClientOptionsBase):
    """Reads the options of a call, and has its request built."""

    @abstractmethod
    def _built(
        self,
        method: str,
        url: URLInput,
        options: OptionValues,
        params: ParamsInput | Unset,
        headers: RequestHeadersInput | Unset,
        extensions: ExtensionsInput | Unset,
        json_config: JSONConfig | Unset,
        json: JSONInput | Unset,
        data: DataInput | Unset,
        files: SyncFilesInput | Unset,
        content: SyncContentInput | Unset,
        /,
    ) -> Request:
        """Return the request, with everything the client adds to it."""

    def _build(
        self,
        method: str,
        url: URLInput,
        params: ParamsInput | Unset | None,
        headers: RequestHeadersInput | Unset | None,
        cookies: CookiesInput | Unset | None,
        timeout: TimeoutInput | Unset,
        follow_redirects: bool | Unset | None,
        max_redirects: int | Unset | None,
        auth: AuthInput | Unset | None,
        retry: bool | RetryPolicy | Unset | None,
        extensions: ExtensionsInput | Unset | None,
        on_upload: ProgressCallback | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        json: JSONInput | Unset = UNSET,
        data: DataInput | Unset | None = UNSET,
        files: SyncFilesInput | Unset | None = UNSET,
        content: SyncContentInput | Unset | None = UNSET,
        /,
    ) -> Request:
        if params is None:
            params = UNSET
        if headers is None:
            headers = UNSET
        if cookies is None:
            cookies = UNSET
        if follow_redirects is None:
            follow_redirects = UNSET
        if max_redirects is None:
            max_redirects = UNSET
        if extensions is None:
            extensions = UNSET
        if json_config is None:
            json_config = UNSET
        if data is None:
            data = UNSET
        if files is None:
            files = UNSET
        if content is None:
            content = UNSET
        options = NOT_GIVEN
        if (
            cookies is not UNSET
            or timeout is not UNSET
            or follow_redirects is not UNSET
            or max_redirects is not UNSET
            or auth is not UNSET
            or retry is not UNSET
            or on_upload is not UNSET
        ):
            options = OptionValues()
            if cookies is not UNSET:
                options.sent_cookies = read_cookies(cookies)
            if timeout is not UNSET:
                options.timeout = read_timeout(timeout)
            if follow_redirects is not UNSET:
                options.follow_redirects = read_follow_redirects(follow_redirects)
            if max_redirects is not UNSET:
                options.max_redirects = read_max_redirects(max_redirects)
            if auth is not UNSET:
                options.auth = read_auth(auth)
            if retry is not UNSET:
                options.retry = read_retry(retry)
            if on_upload is not UNSET:
                options.on_upload = read_on_upload(on_upload)
        return self._built(
            method,
            url,
            options,
            params,
            headers,
            extensions,
            json_config,
            json,
            data,
            files,
            content,
        )
