# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/calls.toml and run the command again.
# pyright: reportPrivateUsage=false
"""Functions for one-off calls, such as `hyperhttp.get(...)`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar, overload

from hyperhttp._base.checked import checked, checked_overloads
from hyperhttp._base.unset import INHERIT, UNSET
from hyperhttp._client.sync_response import SyncResponseStream
from hyperhttp.sync import SyncClient

if TYPE_CHECKING:
    from typing import Never

    from typing_extensions import TypeForm

    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base._generated.config import JSONConfig, RetryPolicy
    from hyperhttp._base._generated.methods import MethodInput
    from hyperhttp._base.input_types import PathInput, TimeoutInput
    from hyperhttp._base.option_checks import ExtensionsInput
    from hyperhttp._base.unset import Inherit, NoOther, Unset
    from hyperhttp._client.sync_download import SyncDownload
    from hyperhttp._client.sync_response import SyncResponse, SyncResponseStream
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.cookies.jar import CookiesInput
    from hyperhttp._message.headers.headers import RequestHeadersInput
    from hyperhttp._message.request.multipart import SyncFilesInput
    from hyperhttp._message.request.progress import ProgressCallback
    from hyperhttp._message.request.raw_body import SyncContentInput
    from hyperhttp._message.url.query import DataInput, ParamsInput
    from hyperhttp._message.url.url import URLInput
    from hyperhttp._policy.auth import AuthInput

__all__ = [
    "delete",
    "download",
    "fetch",
    "get",
    "head",
    "options",
    "patch",
    "post",
    "put",
    "request",
    "stream",
]

T = TypeVar("T")


@overload
def fetch(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> T: ...


@overload
def fetch(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> T: ...


@overload
def fetch(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> T: ...


@overload
def fetch(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> T: ...


@checked_overloads
def fetch(
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
    config: ClientConfig | None = None,
) -> T:
    """Send a request and return the JSON of its response as a type. Raises HTTPStatusError for a
    4xx or 5xx status.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `fetch` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        user = hyperhttp.fetch("https://example.com/users/1", into=dict[str, object])
    """
    with SyncClient(config=config) as client:
        return client._fetched(
            client._build(
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


@checked
def get(
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
    config: ClientConfig | None = None,
) -> SyncResponse:
    """Send a GET request, which retrieves a resource.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `get` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        response = hyperhttp.get("https://example.com/users", params={"page": 2})
    """
    with SyncClient(config=config) as client:
        response = client._sent(
            client._build(
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
        response.read()
        return response


@checked
def head(
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
    config: ClientConfig | None = None,
) -> SyncResponse:
    """Send a HEAD request, which retrieves the headers of a GET response without the body.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `head` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        response = hyperhttp.head("https://example.com/users/1")
    """
    with SyncClient(config=config) as client:
        response = client._sent(
            client._build(
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
        response.read()
        return response


@checked
def options(
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
    config: ClientConfig | None = None,
) -> SyncResponse:
    """Send an OPTIONS request, which returns the methods that a resource supports.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `options` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        response = hyperhttp.options("https://example.com/users")
    """
    with SyncClient(config=config) as client:
        response = client._sent(
            client._build(
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
        response.read()
        return response


@overload
def delete(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def delete(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def delete(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def delete(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@checked_overloads
def delete(
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
    config: ClientConfig | None = None,
) -> SyncResponse:
    """Send a DELETE request, which removes a resource.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `delete` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        response = hyperhttp.delete("https://example.com/users/1")
    """
    with SyncClient(config=config) as client:
        response = client._sent(
            client._build(
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
        response.read()
        return response


@overload
def post(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def post(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def post(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def post(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@checked_overloads
def post(
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
    config: ClientConfig | None = None,
) -> SyncResponse:
    """Send a POST request, which submits a body to a resource.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `post` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        response = hyperhttp.post("https://example.com/users", json={"name": "John"})
    """
    with SyncClient(config=config) as client:
        response = client._sent(
            client._build(
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
        response.read()
        return response


@overload
def put(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def put(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def put(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def put(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@checked_overloads
def put(
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
    config: ClientConfig | None = None,
) -> SyncResponse:
    """Send a PUT request, which creates or replaces a resource.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `put` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        response = hyperhttp.put("https://example.com/blob", content=b"...")
    """
    with SyncClient(config=config) as client:
        response = client._sent(
            client._build(
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
        response.read()
        return response


@overload
def patch(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def patch(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def patch(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def patch(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@checked_overloads
def patch(
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
    config: ClientConfig | None = None,
) -> SyncResponse:
    """Send a PATCH request, which changes a part of a resource.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `patch` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        response = hyperhttp.patch("https://example.com/users/1", json={"name": "Jo"})
    """
    with SyncClient(config=config) as client:
        response = client._sent(
            client._build(
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
        response.read()
        return response


@overload
def request(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def request(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def request(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@overload
def request(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponse: ...


@checked_overloads
def request(
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
    config: ClientConfig | None = None,
) -> SyncResponse:
    """Send a request with any method.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `request` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        response = hyperhttp.request("PROPFIND", "https://example.com/files")
    """
    with SyncClient(config=config) as client:
        response = client._sent(
            client._build(
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
        response.read()
        return response


@checked
def download(
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
    config: ClientConfig | None = None,
) -> SyncDownload:
    """SyncDownload a resource to a file. The file appears under its name only when it is complete.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `download` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        done = hyperhttp.download("https://example.com/large.bin", "large.bin")
    """
    if resume is None:
        resume = UNSET
    with SyncClient(config=config) as client:
        return client._downloaded(
            client._build(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponseStream: ...


@overload
def stream(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponseStream: ...


@overload
def stream(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponseStream: ...


@overload
def stream(
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
    config: ClientConfig | NoOther[Never] | None = None,
) -> SyncResponseStream: ...


@checked_overloads
def stream(
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
    config: ClientConfig | None = None,
) -> SyncResponseStream:
    """Send a request and stream the body. The connection is released at the end of the block.

    Uses a new client, and closes it. To keep connections and cookies for the next call, create a
    `SyncClient`; its `stream` describes the options, the result and the errors.

    Args:
        config: The configuration of the client; None for the defaults.

    Example:
        with hyperhttp.stream("GET", "https://example.com/large.bin") as response:
            for chunk in response.iter_bytes():
                ...
    """
    client = SyncClient(config=config)
    sent = partial(
        client._sent,
        client._build(
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
        settles=False,
    )
    return SyncResponseStream(sent, client.close)
