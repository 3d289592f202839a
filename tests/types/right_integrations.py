"""The transports for httpx and httpx2, where a client takes them; checked, never executed."""

from __future__ import annotations

import ssl
from typing import assert_type

import anthropic
import httpx
import httpx2
import openai

from hyperhttp.integrations import httpx as for_httpx
from hyperhttp.integrations import httpx2 as for_httpx2

httpx.Client(transport=for_httpx.HyperHTTPTransport())
httpx.AsyncClient(transport=for_httpx.AsyncHyperHTTPTransport(http2=True, retries=2))
httpx2.Client(transport=for_httpx2.HyperHTTPTransport(ssl.create_default_context()))
httpx2.AsyncClient(mounts={"all://": for_httpx2.AsyncHyperHTTPTransport(env_proxies=True)})

for_httpx.HyperHTTPTransport(
    verify="ca.pem",
    cert=("client.pem", "client.key"),
    trust_env=False,
    http1=False,
    http2=True,
    limits=httpx.Limits(max_connections=10),
    proxy=httpx.Proxy("http://localhost:3128", auth=("user", "password")),
    local_address="127.0.0.1",
)
for_httpx2.HyperHTTPTransport(
    limits=httpx2.Limits(), proxy=httpx2.URL("socks5://localhost"), uds="socket"
)

openai.OpenAI(http_client=httpx2.Client(transport=for_httpx2.HyperHTTPTransport()))
anthropic.AsyncAnthropic(
    http_client=httpx2.AsyncClient(transport=for_httpx2.AsyncHyperHTTPTransport())
)


async def use(request: httpx.Request, other: httpx2.Request) -> None:
    with for_httpx.HyperHTTPTransport() as transport:
        assert_type(transport.handle_request(request), httpx.Response)
    async with for_httpx2.AsyncHyperHTTPTransport() as asynchronous:
        assert_type(await asynchronous.handle_async_request(other), httpx2.Response)
