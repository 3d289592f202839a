"""Wrong values that aliases and TypedDicts of wrappers refuse."""

from __future__ import annotations

from typing import Unpack

from hyperhttp import Client, JSONInput, JSONOptions, Response, TimeoutInput


async def json_options(client: Client, **options: Unpack[JSONOptions]) -> Response:
    return await client.post("/", **options)


async def wrong_options(client: Client) -> None:
    await json_options(client, timeout=5.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await json_options(client, json={}, data={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await json_options(client, json={"a": {1}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def wrong_values() -> None:
    timeout: TimeoutInput | None = "5"  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    value: JSONInput | None = {1}  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    print(timeout, value)
