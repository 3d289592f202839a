# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and run the command again.
"""Every call that takes its method as an argument, or does more than one request."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, overload

from hyperhttp._base.checked import checked, checked_overloads
from hyperhttp._base.unset import INHERIT, UNSET
from hyperhttp._client._generated.sync_verbs import SyncVerbs

if TYPE_CHECKING:
    from typing import Never

    from typing_extensions import TypeForm

    from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
    from hyperhttp._base._generated.methods import MethodInput
    from hyperhttp._base.input_types import PathInput, TimeoutInput
    from hyperhttp._base.option_checks import ExtensionsInput
    from hyperhttp._base.unset import Inherit, NoOther, Unset
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

__all__ = ["SyncCalls"]

T = TypeVar("T")


class SyncCalls(SyncVerbs):
    """All calls of a client."""

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

    @checked_overloads
    def fetch(
        self,
        url: URLInput,
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
        data: DataInput | Unset | None = INHERIT,
        files: SyncFilesInput | Unset | None = INHERIT,
        content: SyncContentInput | Unset | None = INHERIT,
    ) -> T:
        """Send a request and return the JSON of its response as a type. Raises HTTPStatusError for
        a 4xx or 5xx status.

        You can pass at most one of `json`, `data`, `files` and `content`, but `files` and `data`
        can be combined.

        Example:
            user = client.fetch("https://example.com/users/1", into=dict[str, object])

        Args:
            url: The URL. A relative URL is joined to `base_url`.
            into: The type of the result: any type that pydantic supports.
            method: The method. Registered methods such as `get` are sent in upper case.
                Defaults to GET.
            params: Query parameters, appended to those of the URL. A list repeats its key,
                and None omits it.
            headers: Headers. None omits the default header with that name.
            cookies: Cookies by name. Cookies of the client are sent only to the host of
                `base_url`, or to the host of the first request.
            timeout: Seconds for each phase, or a Timeout. None disables all limits.
            follow_redirects: Follow the redirects of 301, 302, 303, 307 and 308 responses.
            max_redirects: Number of redirects that a request can follow.
            auth: Authentication: an Auth, a (user, password) tuple for Basic, or a function
                that changes the request. By default, the user and password of a URL apply to that
                URL. None for a request sends no credentials, not even those of the URL.
            retry: Retry a failed request if it is safe to retry: True for the default
                policy, or a RetryPolicy. False or None disables retries.
            extensions: Data for your own hooks, middleware and transports. It isn't sent.
            on_upload: A function that is called with the progress of the upload. It
                restarts from 0 when the request is retried or redirected. If it raises, the request
                fails.
            json_config: How `json=` serializes pydantic models.
            json: A value to send as JSON, with `Content-Type: application/json`.
            data: Form fields to send, with `Content-Type:
                application/x-www-form-urlencoded`.
            files: Files to send as multipart/form-data, after the form fields of `data`.
                Files on disk are read while they are sent.
            content: The body: bytes, text, a file by its `Path`, a `FileSlice`, or pieces
                from a (sync or async) iterable or a binary file.

        Returns:
            The body of the response as `into`. The response is closed.

        Raises:
            The errors of `request`. HTTPStatusError for a 4xx or 5xx status, whose `response` has
            been read. DecodeError if the body isn't JSON or doesn't match `into`.
        """
        return self._fetched(
            self._build(
                method,
                url,
                params,
                headers,
                cookies,
                timeout,
                follow_redirects,
                max_redirects,
                auth,
                retry,
                extensions,
                on_upload,
                json_config,
                json,
                data,
                files,
                content,
            ),
            into,
        )

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

    @checked_overloads
    def request(
        self,
        method: MethodInput,
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
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        json: JSONInput | Unset = INHERIT,
        data: DataInput | Unset | None = INHERIT,
        files: SyncFilesInput | Unset | None = INHERIT,
        content: SyncContentInput | Unset | None = INHERIT,
    ) -> SyncResponse:
        """Send a request with any method.

        You can pass at most one of `json`, `data`, `files` and `content`, but `files` and `data`
        can be combined.

        Example:
            response = client.request("PROPFIND", "https://example.com/files")

        Args:
            method: The method. Registered methods such as `get` are sent in upper case.
            url: The URL. A relative URL is joined to `base_url`.
            params: Query parameters, appended to those of the URL. A list repeats its key,
                and None omits it.
            headers: Headers. None omits the default header with that name.
            cookies: Cookies by name. Cookies of the client are sent only to the host of
                `base_url`, or to the host of the first request.
            timeout: Seconds for each phase, or a Timeout. None disables all limits.
            follow_redirects: Follow the redirects of 301, 302, 303, 307 and 308 responses.
            max_redirects: Number of redirects that a request can follow.
            auth: Authentication: an Auth, a (user, password) tuple for Basic, or a function
                that changes the request. By default, the user and password of a URL apply to that
                URL. None for a request sends no credentials, not even those of the URL.
            retry: Retry a failed request if it is safe to retry: True for the default
                policy, or a RetryPolicy. False or None disables retries.
            extensions: Data for your own hooks, middleware and transports. It isn't sent.
            on_upload: A function that is called with the progress of the upload. It
                restarts from 0 when the request is retried or redirected. If it raises, the request
                fails.
            json_config: How `json=` serializes pydantic models.
            json: A value to send as JSON, with `Content-Type: application/json`.
            data: Form fields to send, with `Content-Type:
                application/x-www-form-urlencoded`.
            files: Files to send as multipart/form-data, after the form fields of `data`.
                Files on disk are read while they are sent.
            content: The body: bytes, text, a file by its `Path`, a `FileSlice`, or pieces
                from a (sync or async) iterable or a binary file.

        Returns:
            The response, as soon as its headers are received. Call `read()` to read its body.

        Raises:
            ConfigError or InvalidURL before anything is sent. TransportError or TimeoutException if
            the request fails. TooManyRedirects. An error status doesn't raise: see
            `SyncResponse.raise_for_status`.
        """
        return self._sent(
            self._build(
                method,
                url,
                params,
                headers,
                cookies,
                timeout,
                follow_redirects,
                max_redirects,
                auth,
                retry,
                extensions,
                on_upload,
                json_config,
                json,
                data,
                files,
                content,
            )
        )

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

    @checked_overloads
    def build_request(
        self,
        method: MethodInput,
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
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        json: JSONInput | Unset = INHERIT,
        data: DataInput | Unset | None = INHERIT,
        files: SyncFilesInput | Unset | None = INHERIT,
        content: SyncContentInput | Unset | None = INHERIT,
    ) -> Request:
        """Create the request that `request` would send, without sending it.

        You can pass at most one of `json`, `data`, `files` and `content`, but `files` and `data`
        can be combined.

        Example:
            request = client.build_request("GET", "https://example.com/")

        Args:
            method: The method. Registered methods such as `get` are sent in upper case.
            url: The URL. A relative URL is joined to `base_url`.
            params: Query parameters, appended to those of the URL. A list repeats its key,
                and None omits it.
            headers: Headers. None omits the default header with that name.
            cookies: Cookies by name. Cookies of the client are sent only to the host of
                `base_url`, or to the host of the first request.
            timeout: Seconds for each phase, or a Timeout. None disables all limits.
            follow_redirects: Follow the redirects of 301, 302, 303, 307 and 308 responses.
            max_redirects: Number of redirects that a request can follow.
            auth: Authentication: an Auth, a (user, password) tuple for Basic, or a function
                that changes the request. By default, the user and password of a URL apply to that
                URL. None for a request sends no credentials, not even those of the URL.
            retry: Retry a failed request if it is safe to retry: True for the default
                policy, or a RetryPolicy. False or None disables retries.
            extensions: Data for your own hooks, middleware and transports. It isn't sent.
            on_upload: A function that is called with the progress of the upload. It
                restarts from 0 when the request is retried or redirected. If it raises, the request
                fails.
            json_config: How `json=` serializes pydantic models.
            json: A value to send as JSON, with `Content-Type: application/json`.
            data: Form fields to send, with `Content-Type:
                application/x-www-form-urlencoded`.
            files: Files to send as multipart/form-data, after the form fields of `data`.
                Files on disk are read while they are sent.
            content: The body: bytes, text, a file by its `Path`, a `FileSlice`, or pieces
                from a (sync or async) iterable or a binary file.

        Returns:
            The request, including the headers and options of the client.

        Raises:
            ConfigError or InvalidURL if an argument is invalid.
        """
        return self._build(
            method,
            url,
            params,
            headers,
            cookies,
            timeout,
            follow_redirects,
            max_redirects,
            auth,
            retry,
            extensions,
            on_upload,
            json_config,
            json,
            data,
            files,
            content,
        )

    @checked
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
    ) -> SyncDownload:
        """SyncDownload a resource to a file. The file appears under its name only when it is complete.

        Example:
            done = client.download("https://example.com/large.bin", "large.bin")

        Args:
            url: The URL. A relative URL is joined to `base_url`.
            path: The path of the file. An existing file is replaced once the download is
                complete.
            params: Query parameters, appended to those of the URL. A list repeats its key,
                and None omits it.
            headers: Headers. None omits the default header with that name.
            cookies: Cookies by name. Cookies of the client are sent only to the host of
                `base_url`, or to the host of the first request.
            timeout: Seconds for each phase, or a Timeout. None disables all limits.
            follow_redirects: Follow the redirects of 301, 302, 303, 307 and 308 responses.
            max_redirects: Number of redirects that a request can follow.
            auth: Authentication: an Auth, a (user, password) tuple for Basic, or a function
                that changes the request. By default, the user and password of a URL apply to that
                URL. None for a request sends no credentials, not even those of the URL.
            retry: Retry a failed request if it is safe to retry: True for the default
                policy, or a RetryPolicy. False or None disables retries.
            extensions: Data for your own hooks, middleware and transports. It isn't sent.
            on_download: A function that is called with the progress of the download. If it
                raises, the download fails.
            resume: Resume an earlier partial download, and keep the partial file if this
                one fails. Defaults to True.
            digest: The expected digest of the file: the name of an algorithm, a colon and
                hexadecimal digits. The algorithms are sha256, sha384, sha512, sha1 and md5.

        Returns:
            The path of the complete file, and the last response.

        Raises:
            The errors of `get`. HTTPStatusError for an error status. DownloadError if the response
            has no file or it can't be written. DigestMismatch.
        """
        if resume is None:
            resume = UNSET
        return self._downloaded(
            self._build(
                "GET",
                url,
                params,
                headers,
                cookies,
                timeout,
                follow_redirects,
                max_redirects,
                auth,
                retry,
                extensions,
            ),
            path,
            on_download,
            resume,
            digest,
        )

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

    @checked_overloads
    def stream(
        self,
        method: MethodInput,
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
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        json: JSONInput | Unset = INHERIT,
        data: DataInput | Unset | None = INHERIT,
        files: SyncFilesInput | Unset | None = INHERIT,
        content: SyncContentInput | Unset | None = INHERIT,
    ) -> SyncResponseStream:
        """Send a request and stream the body. The connection is released at the end of the block.

        You can pass at most one of `json`, `data`, `files` and `content`, but `files` and `data`
        can be combined.

        Example:
            with client.stream("GET", "https://example.com/large.bin") as response:
                for chunk in response.iter_bytes():
                    ...

        Args:
            method: The method. Registered methods such as `get` are sent in upper case.
            url: The URL. A relative URL is joined to `base_url`.
            params: Query parameters, appended to those of the URL. A list repeats its key,
                and None omits it.
            headers: Headers. None omits the default header with that name.
            cookies: Cookies by name. Cookies of the client are sent only to the host of
                `base_url`, or to the host of the first request.
            timeout: Seconds for each phase, or a Timeout. None disables all limits.
            follow_redirects: Follow the redirects of 301, 302, 303, 307 and 308 responses.
            max_redirects: Number of redirects that a request can follow.
            auth: Authentication: an Auth, a (user, password) tuple for Basic, or a function
                that changes the request. By default, the user and password of a URL apply to that
                URL. None for a request sends no credentials, not even those of the URL.
            retry: Retry a failed request if it is safe to retry: True for the default
                policy, or a RetryPolicy. False or None disables retries.
            extensions: Data for your own hooks, middleware and transports. It isn't sent.
            on_upload: A function that is called with the progress of the upload. It
                restarts from 0 when the request is retried or redirected. If it raises, the request
                fails.
            json_config: How `json=` serializes pydantic models.
            json: A value to send as JSON, with `Content-Type: application/json`.
            data: Form fields to send, with `Content-Type:
                application/x-www-form-urlencoded`.
            files: Files to send as multipart/form-data, after the form fields of `data`.
                Files on disk are read while they are sent.
            content: The body: bytes, text, a file by its `Path`, a `FileSlice`, or pieces
                from a (sync or async) iterable or a binary file.

        Returns:
            An object to use with `with`, for the response.

        Raises:
            The errors of `request`, when it is entered.
        """
        return self._streamed(
            self._build(
                method,
                url,
                params,
                headers,
                cookies,
                timeout,
                follow_redirects,
                max_redirects,
                auth,
                retry,
                extensions,
                on_upload,
                json_config,
                json,
                data,
                files,
                content,
            )
        )

    @checked
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
    ) -> SyncPages:
        """Iterate over the pages of a list.

        Example:
            for page in client.paginate("https://example.com/users"):
                print(page.json())

        Args:
            url: The URL. A relative URL is joined to `base_url`.
            params: Query parameters, appended to those of the URL. A list repeats its key,
                and None omits it.
            headers: Headers. None omits the default header with that name.
            cookies: Cookies by name. Cookies of the client are sent only to the host of
                `base_url`, or to the host of the first request.
            timeout: Seconds for each phase, or a Timeout. None disables all limits.
            follow_redirects: Follow the redirects of 301, 302, 303, 307 and 308 responses.
            max_redirects: Number of redirects that a request can follow.
            auth: Authentication: an Auth, a (user, password) tuple for Basic, or a function
                that changes the request. By default, the user and password of a URL apply to that
                URL. None for a request sends no credentials, not even those of the URL.
            retry: Retry a failed request if it is safe to retry: True for the default
                policy, or a RetryPolicy. False or None disables retries.
            extensions: Data for your own hooks, middleware and transports. It isn't sent.
            cursor: A function that returns the URL of the next page, or parameters that
                replace those of the first page. It returns None after the last page. Defaults to
                the `Link` header with `rel=next`.
            allow_other_origins: Allow pages on other origins than the first one. Requests
                to them have no credentials. Defaults to False. `trusted_origins` are always
                allowed.

        Returns:
            An iterator over the responses of the pages, each with its body read.

        Raises:
            While you iterate: the errors of `get`, HTTPStatusError for an error status, and
            PaginationError for a page that was requested before or is on another origin.
        """
        if allow_other_origins is None:
            allow_other_origins = UNSET
        return self._paged(
            self._build(
                "GET",
                url,
                params,
                headers,
                cookies,
                timeout,
                follow_redirects,
                max_redirects,
                auth,
                retry,
                extensions,
            ),
            cursor,
            allow_other_origins,
        )
