# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

import httpx2

from hyperhttp.integrations._transports import AsyncEngine, Engine

__all__ = ["AsyncHyperHTTPTransport", "HyperHTTPTransport"]

class HyperHTTPTransport(Engine, httpx2.BaseTransport):
    def handle_request(self, request: httpx2.Request) -> httpx2.Response: ...

class AsyncHyperHTTPTransport(AsyncEngine, httpx2.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response: ...
