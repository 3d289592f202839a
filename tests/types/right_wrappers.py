"""Wrappers around a client: aliases in annotations, options and bodies that are handed on."""

from __future__ import annotations

from typing import TypeVar, Unpack

from typing_extensions import TypeForm

from hyperhttp import (
    AuthInput,
    CertInput,
    Client,
    ContentInput,
    ContentOptions,
    Cookie,
    CookiesInput,
    DataInput,
    DataOptions,
    FilesInput,
    FilesOptions,
    HeadersInput,
    JSONInput,
    JSONOptions,
    ParamsInput,
    PathInput,
    ProxyInput,
    Response,
    TimeoutInput,
    URLInput,
    VerifyInput,
)

T = TypeVar("T")


async def typed(client: Client, url: URLInput, into: TypeForm[T]) -> T:
    response = await client.get(url)
    await response.aread()
    return response.json(into)


async def some_options(
    client: Client,
    url: URLInput,
    params: ParamsInput | None = None,
    headers: HeadersInput | None = None,
    cookies: CookiesInput | None = None,
    timeout: TimeoutInput = None,  # noqa: ASYNC109
    auth: AuthInput | None = None,
) -> Response:
    return await client.get(
        url, params=params, headers=headers, cookies=cookies, timeout=timeout, auth=auth
    )


async def some_bodies(
    client: Client, value: JSONInput, form: DataInput, files: FilesInput | None, raw: ContentInput
) -> None:
    await client.post("/", json=value)
    await client.post("/", data=form, files=files)
    await client.post("/", content=raw)


async def json_options(client: Client, **options: Unpack[JSONOptions]) -> Response:
    return await client.post("/", **options)


async def data_options(client: Client, **options: Unpack[DataOptions]) -> Response:
    return await client.put("/", **options)


async def files_options(client: Client, **options: Unpack[FilesOptions]) -> Response:
    return await client.request("POST", "/", **options)


async def content_options(client: Client, **options: Unpack[ContentOptions]) -> Response:
    return await client.patch("/", **options)


async def calls_of_wrappers(client: Client) -> None:
    await json_options(client, json={"id": 1}, timeout=5.0)
    await data_options(client, data={"a": 1}, files={"b": b"1"})
    await files_options(client, files={"b": b"1"}, on_upload=print)
    await content_options(client, content=b"1", headers={"A": "b"})


def tls(
    verify: VerifyInput | None, cert: CertInput, proxy: ProxyInput | None, uds: PathInput
) -> Client:
    return Client(verify=verify, cert=cert, proxy=proxy, uds=uds)


def names(cookies: list[Cookie]) -> list[str]:
    return [cookie.name for cookie in cookies]
