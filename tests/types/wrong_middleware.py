"""What a type checker must refuse as middleware; checked, never executed."""

from __future__ import annotations

from hyperhttp import Client, Request, Response


async def without_send(request: Request) -> Response:
    return Response.create(request)


def wrong(request: Request) -> None:
    Client(call_middleware=[without_send])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    Client(call_middleware=without_send)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    request.attempt = 2  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
