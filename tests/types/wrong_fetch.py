"""What a type checker must refuse of `fetch`; checked, never executed."""

from __future__ import annotations

from hyperhttp import Client


async def no_type(client: Client) -> None:
    await client.fetch("/")  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    await client.fetch("/", into=3)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]


async def two_bodies(client: Client) -> None:
    await client.fetch("/", into=int, json={}, data={})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def another_type(client: Client) -> None:
    text: str = await client.fetch("/", into=int)  # type: ignore[arg-type]  # pyright: ignore[reportAssignmentType]
    del text
