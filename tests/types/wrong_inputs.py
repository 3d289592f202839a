"""Values of parameters, bodies and headers that type checkers must refuse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import time, timedelta

from hyperhttp import (
    Client,
    EventSource,
    FileSlice,
    HyperHTTPError,
    JSONConfig,
    Response,
    RetryPolicy,
    SyncClient,
    SyncEventSource,
)


async def parameters(client: Client, hour: time, delay: timedelta) -> None:
    await client.get("/", params={"hour": hour})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params={"delay": delay})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params=[("delay", delay)])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def models(client: Client) -> None:
    JSONConfig(exclude_nones=True)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    Client(json_config={"by_alias": True})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", json_config=JSONConfig())  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def files(client: Client) -> None:
    FileSlice(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    FileSlice("a", 5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    FileSlice("a", offset="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def headers(client: Client) -> None:
    await client.get("/", headers={"X-Number": 5})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]


def sync_events(client: SyncClient, pieces: AsyncIterator[bytes]) -> None:
    SyncEventSource(client, "/", methd="POST")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    SyncEventSource(client, "/", content=pieces)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    SyncEventSource(Client(), "/")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def events(client: Client) -> None:
    EventSource(client, "/", methd="POST")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    EventSource(client, "/", content=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def wrong_cursor(page: Response) -> int:
    return page.status_code


async def pages(client: Client) -> None:
    client.paginate("/", cursor=wrong_cursor)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.paginate("/", json={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.paginate("/")  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]
    async for page in client.paginate("/").into(list[int]):
        text: str = page  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
        print(text)


async def methods(client: Client) -> None:
    await client.request(b"GET", "/")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def errors_by_name(name: str) -> None:
    RetryPolicy(errors={"Readtimeout"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    RetryPolicy(errors={name})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    RetryPolicy(errors="ReadTimeout")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def request_of_an_error(error: HyperHTTPError) -> str:
    return error.request.method  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
