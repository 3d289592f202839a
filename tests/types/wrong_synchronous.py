"""What a type checker must refuse of the synchronous client; checked, never executed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hyperhttp
from hyperhttp import Request, Response, SyncClient, SyncResponse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hyperhttp import Send


async def pieces() -> AsyncIterator[bytes]:
    yield b""


async def timed(request: Request, send: Send) -> Response:
    return await send(request)


async def hook(_: Request) -> None: ...


def asynchronous_code(client: SyncClient) -> None:
    client.post("/", content=pieces())  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    SyncClient(middleware=[timed])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    SyncClient(event_hooks={"request": [hook]})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def methods_of_the_other_client(client: SyncClient, response: SyncResponse) -> None:
    client.aclose()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    response.aread()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    response.aiter_bytes()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def options(client: SyncClient) -> None:
    client.get("/", timout=1.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.get("/", timeout="1")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.post("/", json={}, data={})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    hyperhttp.get("/", json={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    hyperhttp.post("/", config={})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    text: str = client.fetch("/", into=int)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    del text


async def awaited(client: SyncClient) -> None:
    await client.get("/")  # type: ignore[misc]  # pyright: ignore[reportGeneralTypeIssues]
