"""What a type checker must accept, and what it must say the types are; checked, never executed."""

from __future__ import annotations

import io
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict, Unpack, assert_type

from pydantic import BaseModel

import hyperhttp
from hyperhttp import (
    URL,
    BaseResponse,
    Client,
    ClientOptions,
    Headers,
    Request,
    RequestOptions,
    Response,
    Timeout,
    Unset,
)
from hyperhttp._message.url.query import DataInput


@dataclass
class Point:
    x: int
    y: int


class Query(TypedDict):
    name: str
    page: int


class User(BaseModel):
    name: str


async def every_verb(client: Client) -> None:
    url = "https://api.example.com/users"
    assert_type(await client.get(url), Response)
    assert_type(await client.head(url), Response)
    assert_type(await client.options(url), Response)
    assert_type(await client.delete(url), Response)
    assert_type(await client.post(url), Response)
    assert_type(await client.put(URL(url)), Response)
    assert_type(await client.patch(url), Response)
    assert_type(await client.request("PURGE", url), Response)


async def none_is_a_body_that_is_not_given(client: Client, form: dict[str, str]) -> None:
    url = "https://api.example.com/users"
    await client.post(url, json=None, data=form)
    await client.post(url, json=None, content=b"x")
    await client.put(url, content=None, data=form, files=None, json=None)
    await client.request("POST", url, json=None, files={"f": b"x"}, content=None)
    await client.post(url, content=None, json=None)
    await client.post(url, content=None, data=None, files=None, json=None)
    Request("POST", url, json=None, data=form, content=None)


async def every_option(client: Client, headers: Mapping[str, str]) -> None:
    url = "https://api.example.com/search"
    await client.get(url, params={"q": "python", "page": 2, "exact": True, "tags": ["a", "b"]})
    await client.get(url, params=[("q", "a"), ("q", "b"), ("none", None)])
    await client.get(url, headers=headers)
    await client.get(url, headers=[("Accept", "text/plain"), ("Accept", "text/html")])
    await client.get(url, headers=Headers({"Accept": "text/plain"}))
    await client.get(url, cookies={"session": "abc"})
    await client.get(url, timeout=5.0)
    await client.get(url, timeout=5)
    await client.get(url, timeout=None)
    await client.get(url, timeout=Timeout(5.0, read=None))
    await client.get(url, follow_redirects=True, max_redirects=3)


async def every_body(client: Client, path: Path) -> None:
    url = "https://api.example.com/upload"
    name_only: dict[str, str] = {"name": "John"}
    await client.post(url, json={"name": "John", "tags": ["a", 1, 2.5, None, True]})
    await client.post(url, json=name_only)
    await client.post(url, json=None)
    await client.post(url, json=Point(1, 2))
    await client.post(url, json=Query(name="x", page=1))
    await client.post(url, json=[User(name="John")])
    await client.put(url, data={"user": "alice", "roles": ["a", "b"]})
    await client.patch(url, data=[("user", "alice"), ("user", "bob")])
    await client.post(url, content=b"raw")
    await client.post(url, content=bytearray(b"raw"))
    await client.post(url, content="text")
    await client.post(url, content=[b"one", b"two"])
    await client.post(url, content=chunks())
    await client.post(url, content=io.BytesIO(b"file"))
    with path.open("rb") as file:
        await client.post(url, content=file)
    await client.delete(url, json={"reason": "old"})


def say(progress: hyperhttp.Progress) -> None:
    assert_type(progress.transferred_bytes, int)
    assert_type(progress.total_bytes, int | None)
    assert_type(progress.fraction, float | None)


async def every_file(client: Client, path: Path, files: hyperhttp.FilesInput) -> None:
    url = "https://api.example.com/upload"
    paths: dict[str, Path] = {"a": path}
    pairs: list[tuple[str, bytes]] = [("a", b"1"), ("a", b"2")]
    assert_type(await client.post(url, files=files), Response)
    assert_type(await client.put(url, data={"a": 1}, files=files), Response)
    await client.patch(url, files=paths)
    await client.delete(url, files=pairs)
    await client.request("POST", url, files=files, on_upload=say)
    assert_type(client.build_request("POST", url, data={}, files=files), hyperhttp.Request)
    assert_type(client.stream("POST", url, files=files), hyperhttp.ResponseStream)
    await client.post(url, files={"a": b"1", "b": "text", "c": path, "d": chunks(), "e": [b"1"]})
    await client.post(url, files={"a": ("a.txt", b"1"), "b": (None, "x"), "c": ("c", path, None)})
    await client.post(url, files={"a": ("a.txt", chunks(), "text/plain", {"X-A": "1"})})
    await client.post(url, files=[("a", io.BytesIO(b"1")), ("a", ("b", memoryview(b"2")))])
    file = hyperhttp.MultipartFile(chunks(), filename=None, content_type="a/b", length=5)
    await client.post(url, files={"a": file})
    hyperhttp.Request("POST", url, files={"a": file}, data=[("b", 1)])
    with path.open("rb") as opened:
        await client.post(url, files={"a": opened}, on_upload=say)
    await client.post(url, json={}, on_upload=say)
    await client.post(url, content=chunks(), on_upload=None)
    callback: hyperhttp.ProgressCallback = say
    callback(hyperhttp.Progress(1, None))


async def a_body_that_may_be_left_open(
    client: Client, data: DataInput | Unset, files: hyperhttp.FilesInput | Unset
) -> None:
    await client.post("https://api.example.com/upload", data=data, files=files)
    await client.post("https://api.example.com/upload", files=files)


async def chunks() -> AsyncIterator[bytes]:
    yield b"chunk"


async def the_two_uses_of_stream(client: Client) -> None:
    async with client.stream("GET", "https://example.com/") as response:
        assert_type(response, Response)
    assert_type(await client.stream("GET", "https://example.com/"), Response)


async def the_head(response: Response) -> None:
    assert_type(response.status_code, int)
    assert_type(response.reason_phrase, str)
    assert_type(response.http_version, Literal["HTTP/1.0", "HTTP/1.1", "HTTP/2"])
    assert_type(response.url, URL)
    assert_type(response.headers, Headers)
    assert_type(response.headers["content-type"], str)
    assert_type(response.headers.get("content-type"), str | None)
    assert_type(response.headers.get("content-type", ""), str)
    assert_type(response.headers.get_list("set-cookie"), list[str])
    assert_type(response.elapsed, float)
    assert_type(response.history, tuple[Response, ...])
    assert_type(response.is_success, bool)
    assert_type(response.is_redirect, bool)
    assert_type(response.content_length, int | None)
    assert_type(response.retry_after, float | None)
    assert_type(response.raise_for_status(), Response)
    assert_type(await response.araise_for_status(), Response)


async def the_body(response: Response) -> None:
    assert_type(await response.aread(), bytes)
    assert_type(response.content, bytes)
    assert_type(response.text, str)
    assert_type(response.json(), Any)
    assert_type(response.json(User), User)
    assert_type(response.json(list[int]), list[int])
    user: User = response.json()
    assert_type(user, User)
    async for piece in response.aiter_bytes():
        assert_type(piece, bytes)
    async for text in response.aiter_text():
        assert_type(text, str)
    async for line in response.aiter_lines():
        assert_type(line, str)
    async with response as same:
        assert_type(same, Response)
    await response.aclose()


async def every_client_option(context: ssl.SSLContext) -> None:
    client = Client(
        base_url="https://api.example.com",
        headers={"User-Agent": "my-app/1.0"},
        params={"version": 1},
        cookies={"session": "abc"},
        timeout=30.0,
        max_connections=None,
        max_connections_per_host=10,
        max_keepalive_connections=20,
        tls_session_uses=1,
        tls_min_version="TLSv1.3",
        tls_ciphers="ECDHE+AESGCM",
        tls_pins={"sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
        tls_server_hostname="api.example.com",
        tls_hosts={
            "api.example.com": hyperhttp.TLSConfig(cert="client.pem", min_version="TLSv1.3")
        },
        keepalive_expiry=None,
        http2="prior-knowledge",
        follow_redirects=False,
        max_redirects=20,
        verify=context,
    )
    async with client as same:
        assert_type(same, Client)
    Client(verify="ca.pem", http2=True)
    Client(verify=Path("ca.pem"), timeout=Timeout(connect=5.0, read=None))
    Client(cert="client.pem", keylog="tls.log", system_trust=True, trust_env=False)
    Client(cert=(Path("client.pem"), "client.key"), local_address="127.0.0.1")
    Client(cert=("client.pem", None, "password"), uds=Path("app.sock"))
    Client(cert=None, keylog=None, local_address=None, uds=None)
    Client(proxy=None)
    Client(proxy="http://127.0.0.1:3128")
    Client(
        proxy={"all://": hyperhttp.Proxy("socks5h://127.0.0.1", username="ann"), "http://": None}
    )
    one_for_each: dict[str, str | None] = {"https://": "http://127.0.0.1:3128", "all://": None}
    Client(proxy=one_for_each)


async def options_travel_through_a_wrapper(
    client: Client, **options: Unpack[RequestOptions]
) -> Response:
    return await client.get("https://example.com/", **options)


def options_travel_to_a_client(**options: Unpack[ClientOptions]) -> Client:
    return Client(**options)


def config_models() -> None:
    hyperhttp.TLSConfig(verify="ca.pem")
    hyperhttp.TLSConfig(verify=Path("ca.pem"), keylog="tls.log")
    hyperhttp.TLSConfig(verify=False)
    hyperhttp.Timeout(5.0, read=None)


def facts_of_errors(
    status: hyperhttp.HTTPStatusError, silent: hyperhttp.ReadTimeout, wrong: hyperhttp.ConfigError
) -> None:
    assert_type(status.response, BaseResponse)
    assert_type(status.excerpt, str)
    assert_type(status.response.url, URL)
    assert_type(silent.timeout_s, float)
    assert_type(silent.received_bytes, int)
    assert_type(silent.attempt, int)
    assert_type(wrong.option, str)
    caught: tuple[hyperhttp.TransportError, TimeoutError, ValueError] = (silent, silent, wrong)
    print(caught)


def closed_vocabularies(
    total: hyperhttp.TotalTimeout,
    large: hyperhttp.ResponseTooLarge,
    change: hyperhttp.BreakerChange,
) -> None:
    assert_type(total.during, hyperhttp.Phase | None)
    assert_type(large.limit, Literal["max_body_bytes", "max_decoded_bytes", "max_line_bytes"])
    assert_type(change.after, Literal["closed", "open", "half_open"])
