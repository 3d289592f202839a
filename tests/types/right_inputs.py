"""Values of parameters, bodies and headers that type checkers accept."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import assert_type
from uuid import UUID

from pydantic import BaseModel

from hyperhttp import (
    URL,
    Client,
    EventSource,
    FileSlice,
    HTTPStatusError,
    JSONConfig,
    MethodInput,
    Request,
    Response,
    RetryPolicy,
    ServerSentEvent,
    SyncClient,
    SyncEventSource,
)
from hyperhttp.exceptions import ErrorName


class Order(enum.Enum):
    NEWEST = "-created"


async def parameters(client: Client, day: date, now: datetime, key: UUID, price: Decimal) -> None:
    await client.get("/", params={"day": day, "now": now, "key": key, "price": price})
    await client.get("/", params={"order": Order.NEWEST, "days": [day, None]})
    await client.get("/", params=[("day", day), ("key", key)])
    await client.post("/", data={"day": day, "order": Order.NEWEST})
    days = {"from": day, "to": day}
    mixed = {"from": day, "page": 1}
    await client.get("/", params=days)
    await client.get("/", params=mixed)


class User(BaseModel):
    born: date


async def models(client: Client, user: User) -> None:
    await client.post("/", json=user, json_config=JSONConfig(exclude_unset=True, by_alias=False))
    await client.put("/", json={"users": [user]}, json_config=None)
    Client(json_config=JSONConfig(exclude_none=True))


async def files(client: Client, path: Path) -> None:
    await client.put("/", content=path)
    await client.put("/", content=FileSlice(path, offset=5, length=10))
    await client.put("/", content=FileSlice("data.bin", length=None))
    await client.put("/", content=FileSlice(BytesIO(b"x")))
    await client.post("/", files={"part": FileSlice(path)})


async def headers(client: Client, given: dict[str, str], optional: dict[str, str | None]) -> None:
    await client.get("/", headers={"User-Agent": None, "Accept": "text/plain"})
    await client.get("/", headers=given)
    await client.get("/", headers=optional)
    Client(headers={"Accept-Encoding": None})


def sync_events(client: SyncClient) -> None:
    with SyncEventSource(
        client, "/", method="POST", json={"prompt": "hello"}, timeout=60.0
    ) as source:
        for event in source:
            assert_type(event, ServerSentEvent)


async def events(client: Client) -> None:
    EventSource(client, "/", method="POST", json={"prompt": "hello"}, timeout=60.0)


def next_page(page: Response) -> dict[str, str] | None:
    following = page.json(dict[str, str]).get("next")
    return {"cursor": following} if following else None


async def pages(client: Client) -> None:
    async for page in client.paginate("/users", params={"q": "a"}, timeout=5.0):
        assert_type(page, Response)
    async for users in client.paginate("/users", cursor=next_page).into(list[User]):
        assert_type(users, list[User])
    async for user in client.paginate("/", cursor=None, allow_other_origins=True).into(User | None):
        assert_type(user, User | None)


async def methods(client: Client, method: str, known: MethodInput) -> None:
    await client.request("GET", "/")
    await client.request("PROPFIND", "/")
    await client.request(method, "/")
    Request(known, "https://example.com/")


def errors_by_name(name: ErrorName) -> RetryPolicy:
    names: set[ErrorName] = {"ReadTimeout", name}
    RetryPolicy(errors=names)
    return RetryPolicy(errors={"ConnectError", "HTTPStatusError"})


def request_of_an_error(error: HTTPStatusError) -> str:
    assert_type(error.request, Request)
    assert_type(error.url, URL)
    return error.request.method
