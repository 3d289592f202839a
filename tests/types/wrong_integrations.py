"""What a type checker must refuse of the transports for httpx and httpx2; never executed."""

from __future__ import annotations

import httpx
import httpx2

from hyperhttp.integrations import httpx as for_httpx
from hyperhttp.integrations import httpx2 as for_httpx2

httpx.Client(transport=for_httpx.AsyncHyperHTTPTransport())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
httpx.AsyncClient(transport=for_httpx.HyperHTTPTransport())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
httpx2.Client(transport=for_httpx.HyperHTTPTransport())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
for_httpx.HyperHTTPTransport(timeout=5.0)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
for_httpx.HyperHTTPTransport(http2="yes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
for_httpx.HyperHTTPTransport(limits=10)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
for_httpx2.AsyncHyperHTTPTransport(proxy=8080)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
for_httpx2.AsyncHyperHTTPTransport(env_proxies="yes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def use(request: httpx.Request) -> None:
    for_httpx2.HyperHTTPTransport().handle_request(request)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
