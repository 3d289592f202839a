"""What only synchronous programs write, or write otherwise; checked, never executed."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, assert_type

from typing_extensions import Unpack

import hyperhttp
from hyperhttp import (
    Request,
    SyncClient,
    SyncContentOptions,
    SyncCursor,
    SyncDownload,
    SyncEventHooks,
    SyncEventStream,
    SyncFetcher,
    SyncFilesOptions,
    SyncMiddleware,
    SyncPages,
    SyncRequester,
    SyncResponse,
    SyncResponseStream,
    SyncSend,
    SyncSender,
    WSGITransport,
)
from hyperhttp.testing import Cassette, virtual_time


def results(client: SyncClient) -> None:
    assert_type(client.get("/"), SyncResponse)
    assert_type(client.get("/").json(int), int)
    assert_type(client.get("/").raise_for_status(), SyncResponse)
    assert_type(client.stream("GET", "/"), SyncResponseStream)
    assert_type(client.download("/", "file"), SyncDownload)
    assert_type(client.paginate("/"), SyncPages)
    assert_type(client.paginate("/").into(list[int]), Generator[list[int], None, None])
    assert_type(client.build_request("GET", "/"), Request)
    assert_type(hyperhttp.post("/", json={"a": 1}), SyncResponse)
    assert_type(hyperhttp.fetch("/", into=list[int]), list[int])


def bodies(client: SyncClient, response: SyncResponse) -> None:
    assert_type(response.read(), bytes)
    assert_type(response.iter_bytes(), Generator[bytes, None, None])
    assert_type(response.iter_lines(), Generator[str, None, None])
    assert_type(response.iter_json(), Generator[Any, None, None])
    assert_type(response.iter_json(int), Generator[int, None, None])
    assert_type(response.iter_sse(), SyncEventStream)
    assert_type(response.history, tuple[SyncResponse, ...])
    with client.stream("POST", "/", content=pieces()) as streamed:
        assert_type(streamed, SyncResponse)
        for piece in streamed:
            assert_type(piece, bytes)


def pieces() -> Iterator[bytes]:
    yield b""


def timed(request: Request, send: SyncSend) -> SyncResponse:
    return send(request)


def functions() -> None:
    middleware: SyncMiddleware = timed
    hooks: SyncEventHooks = {"request": [lambda _: None], "response": [lambda r: print(r.text)]}
    cursor: SyncCursor = lambda page: page.json(dict[str, str])  # noqa: E731
    transport = WSGITransport(lambda _, start: [start("200 OK", []), b""][1:])
    with (
        virtual_time(),
        SyncClient(
            middleware=[middleware, Cassette("tape.json")], event_hooks=hooks, transport=transport
        ) as client,
    ):
        client.paginate("/", cursor=cursor)


class Fake:
    """What a test puts in the place of a client."""

    def send(self, request: Request, /) -> SyncResponse:
        return SyncResponse.create(request, json=1)


def injected(client: SyncClient) -> None:
    senders: list[SyncSender] = [client, Fake()]
    requester: SyncRequester = client
    fetcher: SyncFetcher = client
    assert_type(senders[0].send(Request("GET", "/")), SyncResponse)
    assert_type(requester.request("GET", "/"), SyncResponse)
    assert_type(fetcher.fetch("/", into=int), int)


def wrapped(client: SyncClient, **options: Unpack[SyncFilesOptions]) -> SyncResponse:
    return client.put("/", **options)


def raw(client: SyncClient, **options: Unpack[SyncContentOptions]) -> SyncResponse:
    return client.put("/", **options)
