# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/integrations/httpx.py and run the command again.

import httpx

from hyperhttp.integrations._transports import AsyncEngine, Engine

__all__ = ["AsyncHyperHTTPTransport", "HyperHTTPTransport"]

class HyperHTTPTransport(Engine, httpx.BaseTransport):
    def handle_request(self, request: httpx.Request) -> httpx.Response: ...

class AsyncHyperHTTPTransport(AsyncEngine, httpx.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response: ...
