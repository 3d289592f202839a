"""The other side of an auth flow: responds without a socket, and a driver that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyperhttp._base._generated.config import Limits
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.response.response import Response
from hyperhttp._message.response.source import NoSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._message.request.request import Request
    from hyperhttp._policy.auth import Auth

ROUNDS_MAX = 10


def reply(request: Request, status_code: int, *fields: tuple[str, str]) -> Response:
    """A response to `request`, without a body."""
    block = b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in fields)
    head = ResponseHead(status_code, "", "HTTP/1.1", block)
    return Response(
        head, request, NoSource(), elapsed=0.0, limits=Limits(), default_encoding="utf-8"
    )


def converse(
    auth: Auth, request: Request, server: Callable[[Request], Response]
) -> tuple[Response, int]:
    """The response at the end of a flow, and how many requests it took."""
    flow = auth.auth_flow(request)
    sent = next(flow)
    for count in range(1, ROUNDS_MAX):
        response = server(sent)
        try:
            sent = flow.send(response)
        except StopIteration:
            return response, count
    raise AssertionError(f"a flow that goes on after {ROUNDS_MAX} requests")


async def async_converse(
    auth: Auth, request: Request, server: Callable[[Request], Response]
) -> tuple[Response, int]:
    """The same through `async_auth_flow`."""
    flow = auth.async_auth_flow(request)
    try:
        sent = await anext(flow)
        for count in range(1, ROUNDS_MAX):
            response = server(sent)
            try:
                sent = await flow.asend(response)
            except StopAsyncIteration:
                return response, count
    finally:
        await flow.aclose()
    raise AssertionError(f"a flow that goes on after {ROUNDS_MAX} requests")
