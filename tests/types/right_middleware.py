"""Both kinds of middleware, and what they see of a request; checked, never executed."""

from __future__ import annotations

from typing import assert_type

from hyperhttp import CircuitBreakerOpen, Client, Middleware, Request, Response, Send


async def wrap(request: Request, send: Send) -> Response:
    assert_type(request.attempt, int)
    assert_type(request.hop, int)
    return await send(request)


def both_kinds(error: CircuitBreakerOpen) -> Client:
    assert_type(error.port, int)
    kept: Middleware = wrap
    return Client(middleware=[kept], call_middleware=[wrap, kept])
