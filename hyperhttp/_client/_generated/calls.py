# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and run the command again.
# ruff: noqa: ASYNC109  (a timeout here is an option of the request, not of the coroutine)
"""Every call that takes its method as an argument, or does more than one request."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, overload

from hyperhttp._base.checked import checked, checked_overloads
from hyperhttp._base.unset import INHERIT, UNSET
from hyperhttp._client._generated.verbs import Verbs

if TYPE_CHECKING:
    from typing import Never

    from typing_extensions import TypeForm

    from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
    from hyperhttp._base._generated.methods import MethodInput
    from hyperhttp._base.input_types import PathInput, TimeoutInput
    from hyperhttp._base.option_checks import ExtensionsInput
    from hyperhttp._base.unset import Inherit, NoOther, Unset
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

__all__ = ["Calls"]

T = TypeVar("T")


class Calls(Verbs):
    """All calls of a client."""

    @overload
    async def fetch(
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
    async def fetch(
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
        files: FilesInput | Inherit | None = INHERIT,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> T: ...

    @overload
    async def fetch(
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
        files: FilesInput | Inherit | None,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> T: ...

    @overload
    async def fetch(
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
        content: ContentInput | Inherit | None,
        json: Inherit | None = INHERIT,
    ) -> T: ...

    @checked_overloads
    async def fetch(
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
        files: FilesInput | Unset | None = INHERIT,
        content: ContentInput | Unset | None = INHERIT,
    ) -> T:
        """Send a request and return the JSON of its response as a type. Raises HTTPStatusError for
        a 4xx or 5xx.

        At most one of `json`, `data`, `files` and `content` may be given; `files` may stand beside
        `data`.

        Example:
            user = await client.fetch("https://example.com/users/1", into=dict[str, object])

        Args:
            url: Where to; a relative one is joined to `base_url`.
            into: The type of the result: any type that pydantic supports.
            method: The method; registered ones such as `get` are sent in upper case.
                Defaults to GET.
            params: Query parameters, appended to those of the URL; a list repeats its key,
                None leaves it out.
            headers: Headers; None leaves out the default header of that name.
            cookies: Cookies by name; those of the client go to one host only, that of
                `base_url` or the first one asked.
            timeout: Seconds for each phase, a Timeout, or None for no limit.
            follow_redirects: Go to the address that a 301, 302, 303, 307 or 308 names.
            max_redirects: How many redirects one request may follow.
            auth: Who asks: an Auth, user and password for Basic, or a function that changes
                the request; None for nobody, not even the user of the URL.
            retry: Retry a failed request where that is safe: True for the default policy,
                or a RetryPolicy. False or None disables retries.
            extensions: What hooks, middleware and transports of your own are to know of the
                request; nothing of it is sent.
            on_upload: A function that is called with how much of the body has been sent; it
                starts from 0 again when the request is retried or redirected. If it raises, the
                request ends.
            json_config: How `json=` serializes pydantic models.
            json: A value that is sent as JSON, with `Content-Type: application/json`.
            data: Fields that are sent as a form, with `Content-Type:
                application/x-www-form-urlencoded`.
            files: Files that are sent as multipart/form-data, with the fields of `data`
                before them; what lies on disk is read while it is sent.
            content: The body itself: bytes, text, a file by its `Path`, a `FileSlice`, or
                pieces from a (sync or async) iterable or a binary file.

        Returns:
            The body of the response as `into`; the response is closed.

        Raises:
            As `request`; besides, HTTPStatusError for a 4xx or 5xx, whose `response` has been read,
            and DecodeError if the body isn't JSON or doesn't match `into`.
        """
        return await self._fetched(
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
    async def request(
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
    ) -> Response: ...

    @overload
    async def request(
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
        files: FilesInput | Inherit | None = INHERIT,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> Response: ...

    @overload
    async def request(
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
        files: FilesInput | Inherit | None,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> Response: ...

    @overload
    async def request(
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
        content: ContentInput | Inherit | None,
        json: Inherit | None = INHERIT,
    ) -> Response: ...

    @checked_overloads
    async def request(
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
        files: FilesInput | Unset | None = INHERIT,
        content: ContentInput | Unset | None = INHERIT,
    ) -> Response:
        """Send a request with any method.

        At most one of `json`, `data`, `files` and `content` may be given; `files` may stand beside
        `data`.

        Example:
            response = await client.request("PROPFIND", "https://example.com/files")

        Args:
            method: The method; registered ones such as `get` are sent in upper case.
            url: Where to; a relative one is joined to `base_url`.
            params: Query parameters, appended to those of the URL; a list repeats its key,
                None leaves it out.
            headers: Headers; None leaves out the default header of that name.
            cookies: Cookies by name; those of the client go to one host only, that of
                `base_url` or the first one asked.
            timeout: Seconds for each phase, a Timeout, or None for no limit.
            follow_redirects: Go to the address that a 301, 302, 303, 307 or 308 names.
            max_redirects: How many redirects one request may follow.
            auth: Who asks: an Auth, user and password for Basic, or a function that changes
                the request; None for nobody, not even the user of the URL.
            retry: Retry a failed request where that is safe: True for the default policy,
                or a RetryPolicy. False or None disables retries.
            extensions: What hooks, middleware and transports of your own are to know of the
                request; nothing of it is sent.
            on_upload: A function that is called with how much of the body has been sent; it
                starts from 0 again when the request is retried or redirected. If it raises, the
                request ends.
            json_config: How `json=` serializes pydantic models.
            json: A value that is sent as JSON, with `Content-Type: application/json`.
            data: Fields that are sent as a form, with `Content-Type:
                application/x-www-form-urlencoded`.
            files: Files that are sent as multipart/form-data, with the fields of `data`
                before them; what lies on disk is read while it is sent.
            content: The body itself: bytes, text, a file by its `Path`, a `FileSlice`, or
                pieces from a (sync or async) iterable or a binary file.

        Returns:
            The response as soon as its head is there; the body is read when you ask for it.

        Raises:
            ConfigError or InvalidURL before anything is sent; TransportError or TimeoutException
            when the exchange fails; TooManyRedirects. An error status is not an error by itself:
            see `Response.raise_for_status`.
        """
        return await self._sent(
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
        files: FilesInput | Inherit | None = INHERIT,
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
        files: FilesInput | Inherit | None,
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
        content: ContentInput | Inherit | None,
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
        files: FilesInput | Unset | None = INHERIT,
        content: ContentInput | Unset | None = INHERIT,
    ) -> Request:
        """Make the request that `request` would send, and do not send it.

        At most one of `json`, `data`, `files` and `content` may be given; `files` may stand beside
        `data`.

        Example:
            request = client.build_request("GET", "https://example.com/")

        Args:
            method: The method; registered ones such as `get` are sent in upper case.
            url: Where to; a relative one is joined to `base_url`.
            params: Query parameters, appended to those of the URL; a list repeats its key,
                None leaves it out.
            headers: Headers; None leaves out the default header of that name.
            cookies: Cookies by name; those of the client go to one host only, that of
                `base_url` or the first one asked.
            timeout: Seconds for each phase, a Timeout, or None for no limit.
            follow_redirects: Go to the address that a 301, 302, 303, 307 or 308 names.
            max_redirects: How many redirects one request may follow.
            auth: Who asks: an Auth, user and password for Basic, or a function that changes
                the request; None for nobody, not even the user of the URL.
            retry: Retry a failed request where that is safe: True for the default policy,
                or a RetryPolicy. False or None disables retries.
            extensions: What hooks, middleware and transports of your own are to know of the
                request; nothing of it is sent.
            on_upload: A function that is called with how much of the body has been sent; it
                starts from 0 again when the request is retried or redirected. If it raises, the
                request ends.
            json_config: How `json=` serializes pydantic models.
            json: A value that is sent as JSON, with `Content-Type: application/json`.
            data: Fields that are sent as a form, with `Content-Type:
                application/x-www-form-urlencoded`.
            files: Files that are sent as multipart/form-data, with the fields of `data`
                before them; what lies on disk is read while it is sent.
            content: The body itself: bytes, text, a file by its `Path`, a `FileSlice`, or
                pieces from a (sync or async) iterable or a binary file.

        Returns:
            The request, with everything the client adds to it.

        Raises:
            ConfigError or InvalidURL when it cannot be made.
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
    async def download(
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
    ) -> Download:
        """Fetch what is at `url` into a file; it has its name only once it is whole.

        Example:
            done = await client.download("https://example.com/large.bin", "large.bin")

        Args:
            url: Where to; a relative one is joined to `base_url`.
            path: Where the file is to lie; it is replaced in one step, once the new one is
                whole.
            params: Query parameters, appended to those of the URL; a list repeats its key,
                None leaves it out.
            headers: Headers; None leaves out the default header of that name.
            cookies: Cookies by name; those of the client go to one host only, that of
                `base_url` or the first one asked.
            timeout: Seconds for each phase, a Timeout, or None for no limit.
            follow_redirects: Go to the address that a 301, 302, 303, 307 or 308 names.
            max_redirects: How many redirects one request may follow.
            auth: Who asks: an Auth, user and password for Basic, or a function that changes
                the request; None for nobody, not even the user of the URL.
            retry: Retry a failed request where that is safe: True for the default policy,
                or a RetryPolicy. False or None disables retries.
            extensions: What hooks, middleware and transports of your own are to know of the
                request; nothing of it is sent.
            on_download: A function that is called with how much of the file is there. If it
                raises, the download ends.
            resume: Whether to go on from what an earlier try has left, and to leave what
                can be gone on with; not given, it is.
            digest: What the file must give, as the name of an algorithm, a colon and
                hexadecimal digits; sha256, sha384, sha512, sha1 and md5 are known.

        Returns:
            The file in its place, whole, and the last response.

        Raises:
            As `get`; besides, HTTPStatusError for an error status, DownloadError when there is no
            file to be had or it cannot be written, and DigestMismatch.
        """
        if resume is None:
            resume = UNSET
        return await self._downloaded(
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
    ) -> ResponseStream: ...

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
        files: FilesInput | Inherit | None = INHERIT,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> ResponseStream: ...

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
        files: FilesInput | Inherit | None,
        content: Inherit | None = INHERIT,
        json: Inherit | None = INHERIT,
    ) -> ResponseStream: ...

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
        content: ContentInput | Inherit | None,
        json: Inherit | None = INHERIT,
    ) -> ResponseStream: ...

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
        files: FilesInput | Unset | None = INHERIT,
        content: ContentInput | Unset | None = INHERIT,
    ) -> ResponseStream:
        """Send a request and read the body in pieces; the connection is let go at the end of the
        block.

        At most one of `json`, `data`, `files` and `content` may be given; `files` may stand beside
        `data`.

        Example:
            async with client.stream("GET", "https://example.com/large.bin") as response:
                async for chunk in response.aiter_bytes():
                    ...

        Args:
            method: The method; registered ones such as `get` are sent in upper case.
            url: Where to; a relative one is joined to `base_url`.
            params: Query parameters, appended to those of the URL; a list repeats its key,
                None leaves it out.
            headers: Headers; None leaves out the default header of that name.
            cookies: Cookies by name; those of the client go to one host only, that of
                `base_url` or the first one asked.
            timeout: Seconds for each phase, a Timeout, or None for no limit.
            follow_redirects: Go to the address that a 301, 302, 303, 307 or 308 names.
            max_redirects: How many redirects one request may follow.
            auth: Who asks: an Auth, user and password for Basic, or a function that changes
                the request; None for nobody, not even the user of the URL.
            retry: Retry a failed request where that is safe: True for the default policy,
                or a RetryPolicy. False or None disables retries.
            extensions: What hooks, middleware and transports of your own are to know of the
                request; nothing of it is sent.
            on_upload: A function that is called with how much of the body has been sent; it
                starts from 0 again when the request is retried or redirected. If it raises, the
                request ends.
            json_config: How `json=` serializes pydantic models.
            json: A value that is sent as JSON, with `Content-Type: application/json`.
            data: Fields that are sent as a form, with `Content-Type:
                application/x-www-form-urlencoded`.
            files: Files that are sent as multipart/form-data, with the fields of `data`
                before them; what lies on disk is read while it is sent.
            content: The body itself: bytes, text, a file by its `Path`, a `FileSlice`, or
                pieces from a (sync or async) iterable or a binary file.

        Returns:
            What can be used with `async with`, or awaited, for the response.

        Raises:
            As `request`, when it is entered or awaited.
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
        cursor: Cursor | Unset | None = INHERIT,
        allow_other_origins: bool | Unset | None = INHERIT,
    ) -> Pages:
        """Iterate over the pages of a list.

        Example:
            async for page in client.paginate("https://example.com/users"):
                print(page.json())

        Args:
            url: Where to; a relative one is joined to `base_url`.
            params: Query parameters, appended to those of the URL; a list repeats its key,
                None leaves it out.
            headers: Headers; None leaves out the default header of that name.
            cookies: Cookies by name; those of the client go to one host only, that of
                `base_url` or the first one asked.
            timeout: Seconds for each phase, a Timeout, or None for no limit.
            follow_redirects: Go to the address that a 301, 302, 303, 307 or 308 names.
            max_redirects: How many redirects one request may follow.
            auth: Who asks: an Auth, user and password for Basic, or a function that changes
                the request; None for nobody, not even the user of the URL.
            retry: Retry a failed request where that is safe: True for the default policy,
                or a RetryPolicy. False or None disables retries.
            extensions: What hooks, middleware and transports of your own are to know of the
                request; nothing of it is sent.
            cursor: A function that returns what the next page differs by: its URL, or
                parameters that replace those of the first; None after the last page. Defaults to
                the `Link` header with `rel=next`.
            allow_other_origins: Whether pages may be on another origin than the first one;
                requests to it have no credentials. Defaults to False; `trusted_origins` are always
                allowed.

        Returns:
            An async iterator over the responses of the pages, each with its body read.

        Raises:
            While you iterate: as `get`; besides, HTTPStatusError for an error status, and
            PaginationError for a page that leads in a loop or to another origin.
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
