# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and run the command again.
"""Parts of the client as protocols: a fake that has these methods can replace it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, overload

from hyperhttp._base.unset import INHERIT

if TYPE_CHECKING:
    from typing_extensions import TypeForm

    from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
    from hyperhttp._base._generated.methods import MethodInput
    from hyperhttp._base.input_types import TimeoutInput
    from hyperhttp._base.option_checks import ExtensionsInput
    from hyperhttp._base.unset import Unset
    from hyperhttp._client.sync_response import SyncResponse
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

__all__ = ["SyncFetcher", "SyncRequester", "SyncSender"]

T = TypeVar("T")


class SyncSender(Protocol):
    """An object that sends requests, as `SyncClient` does. You create the requests, or use
    `build_request`.

    Example:
        sender: hyperhttp.SyncSender = client
        response = sender.send(client.build_request("GET", "https://example.com/users/1"))
    """

    def send(self, request: Request, /) -> SyncResponse:
        """Send a request, and return the response once its headers are received."""
        ...


class SyncRequester(Protocol):
    """An object that sends requests with any method, as `SyncClient` does.

    Example:
        requester: hyperhttp.SyncRequester = client
        response = requester.request("HEAD", "https://example.com/users/1", timeout=5.0)
    """

    @overload
    def request(
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
    ) -> SyncResponse:
        """Send a request with any method."""
        ...

    @overload
    def request(
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
        files: SyncFilesInput | Unset | None = INHERIT,
        content: Unset | None = INHERIT,
        json: Unset | None = INHERIT,
    ) -> SyncResponse: ...

    @overload
    def request(
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
        files: SyncFilesInput | Unset | None,
        content: Unset | None = INHERIT,
        json: Unset | None = INHERIT,
    ) -> SyncResponse: ...

    @overload
    def request(
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
        content: SyncContentInput | Unset | None,
        json: Unset | None = INHERIT,
    ) -> SyncResponse: ...


class SyncFetcher(Protocol):
    """An object that sends a request and returns the JSON of its response as a type, as `SyncClient`
    does. The request has a JSON body or none.

    Example:
        fetcher: hyperhttp.SyncFetcher = client
        user = fetcher.fetch("https://example.com/users/1", into=dict[str, object])
    """

    def fetch(
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
    ) -> T:
        """Send a request and return the JSON of its response as a type. Raises HTTPStatusError for
        a 4xx or 5xx status.
        """
        ...
