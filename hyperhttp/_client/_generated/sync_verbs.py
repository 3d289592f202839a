# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and run the command again.
"""Every verb with its full signature."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, TypeVar, overload

from hyperhttp._base.checked import checked, checked_overloads
from hyperhttp._base.unset import INHERIT, UNSET

if TYPE_CHECKING:
    from typing import Never

    from typing_extensions import TypeForm

    from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
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

__all__ = ["SyncVerbs"]

T = TypeVar("T")


class SyncVerbs(ABC):
    """The verbs; each has its request built and handed on by methods of the client."""

    @abstractmethod
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
        """The request, with everything the client adds to it."""

    @abstractmethod
    def _sent(self, request: Request, /) -> SyncResponse:
        """The response, as soon as its headers are received. Call `read()` to read its body."""

    @abstractmethod
    def _streamed(self, request: Request, /) -> SyncResponseStream:
        """An object to use with `with`, for the response."""

    @abstractmethod
    def _downloaded(
        self,
        request: Request,
        path: PathInput,
        on_download: ProgressCallback | Unset | None,
        resume: bool | Unset,
        digest: str | Unset | None,
        /,
    ) -> SyncDownload:
        """The path of the complete file, and the last response."""

    @abstractmethod
    def _paged(
        self,
        request: Request,
        cursor: SyncCursor | Unset | None,
        allow_other_origins: bool | Unset,
        /,
    ) -> SyncPages:
        """An iterator over the responses of the pages, each with its body read."""

    @abstractmethod
    def _fetched(self, request: Request, into: TypeForm[T], /) -> T:
        """The body of the response as `into`. The response is closed."""

    @checked
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
    ) -> SyncResponse:
        """Send a GET request, which retrieves a resource.

        Example:
            response = client.get("https://example.com/users", params={"page": 2})

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

        Returns:
            The response, as soon as its headers are received. Call `read()` to read its body.

        Raises:
            ConfigError or InvalidURL before anything is sent. TransportError or TimeoutException if
            the request fails. TooManyRedirects. An error status doesn't raise: see
            `SyncResponse.raise_for_status`.
        """
        return self._sent(
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
            )
        )

    @checked
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
    ) -> SyncResponse:
        """Send a HEAD request, which retrieves the headers of a GET response without the body.

        Example:
            response = client.head("https://example.com/users/1")

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

        Returns:
            The response, as soon as its headers are received. Call `read()` to read its body.

        Raises:
            ConfigError or InvalidURL before anything is sent. TransportError or TimeoutException if
            the request fails. TooManyRedirects. An error status doesn't raise: see
            `SyncResponse.raise_for_status`.
        """
        return self._sent(
            self._build(
                "HEAD",
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
            )
        )

    @checked
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
    ) -> SyncResponse:
        """Send an OPTIONS request, which returns the methods that a resource supports.

        Example:
            response = client.options("https://example.com/users")

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

        Returns:
            The response, as soon as its headers are received. Call `read()` to read its body.

        Raises:
            ConfigError or InvalidURL before anything is sent. TransportError or TimeoutException if
            the request fails. TooManyRedirects. An error status doesn't raise: see
            `SyncResponse.raise_for_status`.
        """
        return self._sent(
            self._build(
                "OPTIONS",
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
            )
        )

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

    @checked_overloads
    def delete(
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
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        json: JSONInput | Unset = INHERIT,
        data: DataInput | Unset | None = INHERIT,
        files: SyncFilesInput | Unset | None = INHERIT,
        content: SyncContentInput | Unset | None = INHERIT,
    ) -> SyncResponse:
        """Send a DELETE request, which removes a resource.

        You can pass at most one of `json`, `data`, `files` and `content`, but `files` and `data`
        can be combined.

        Example:
            response = client.delete("https://example.com/users/1")

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
                "DELETE",
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

    @checked_overloads
    def post(
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
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        json: JSONInput | Unset = INHERIT,
        data: DataInput | Unset | None = INHERIT,
        files: SyncFilesInput | Unset | None = INHERIT,
        content: SyncContentInput | Unset | None = INHERIT,
    ) -> SyncResponse:
        """Send a POST request, which submits a body to a resource.

        You can pass at most one of `json`, `data`, `files` and `content`, but `files` and `data`
        can be combined.

        Example:
            response = client.post("https://example.com/users", json={"name": "John"})

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
                "POST",
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

    @checked_overloads
    def put(
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
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        json: JSONInput | Unset = INHERIT,
        data: DataInput | Unset | None = INHERIT,
        files: SyncFilesInput | Unset | None = INHERIT,
        content: SyncContentInput | Unset | None = INHERIT,
    ) -> SyncResponse:
        """Send a PUT request, which creates or replaces a resource.

        You can pass at most one of `json`, `data`, `files` and `content`, but `files` and `data`
        can be combined.

        Example:
            response = client.put("https://example.com/blob", content=b"...")

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
                "PUT",
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

    @checked_overloads
    def patch(
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
        on_upload: ProgressCallback | Unset | None = INHERIT,
        json_config: JSONConfig | Unset | None = INHERIT,
        json: JSONInput | Unset = INHERIT,
        data: DataInput | Unset | None = INHERIT,
        files: SyncFilesInput | Unset | None = INHERIT,
        content: SyncContentInput | Unset | None = INHERIT,
    ) -> SyncResponse:
        """Send a PATCH request, which changes a part of a resource.

        You can pass at most one of `json`, `data`, `files` and `content`, but `files` and `data`
        can be combined.

        Example:
            response = client.patch("https://example.com/users/1", json={"name": "Jo"})

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
                "PATCH",
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
