"""What the transports for httpx and httpx2 share: retries, refusals and responses."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import httpx
import pytest

import hyperhttp
from hyperhttp import ConnectTimeout, MockResponse, MockTransport, ProxyError
from hyperhttp.integrations import _transports
from hyperhttp.integrations.httpx import AsyncHyperHTTPTransport, HyperHTTPTransport
from hyperhttp.testing import run_virtual_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp import Endpoint

P = TypeVar("P", bound=asyncio.BaseProtocol)
URL = "http://example.com/"


class Dials:
    """A network whose first dials fail."""

    def __init__(self, *errors: Exception) -> None:
        """Take the errors of the first dials."""
        self.count = 0
        self._errors = errors
        self._next = MockTransport(MockResponse(text="ok"))

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        """Fail, or connect in memory."""
        self.count += 1
        if self.count <= len(self._errors):
            raise self._errors[self.count - 1]
        return await self._next.connect(endpoint, make_protocol)

    async def aclose(self) -> None:
        """Do nothing."""


def over(dials: Dials, *, retries: int) -> AsyncHyperHTTPTransport:
    """A transport over these dials."""
    transport = AsyncHyperHTTPTransport(retries=retries)
    transport._client = hyperhttp.Client(transport=dials, retry=False)
    return transport


REFUSED = ConnectionRefusedError(111, "refused")
TIMED_OUT = ConnectTimeout(timeout_s=1.0, elapsed_s=1.0, host="example.com", port=80)


@pytest.mark.parametrize("errors", [(), (REFUSED,), (REFUSED, TIMED_OUT, REFUSED)])
def test_connecting_is_retried(errors: tuple[Exception, ...]) -> None:
    async def run() -> tuple[str, float]:
        started = asyncio.get_running_loop().time()
        async with httpx.AsyncClient(transport=over(dials, retries=3)) as client:
            text = (await client.get(URL)).text
        return text, asyncio.get_running_loop().time() - started

    dials = Dials(*errors)
    text, spent_s = run_virtual_time(run())
    assert text == "ok"
    assert dials.count == len(errors) + 1
    assert spent_s == pytest.approx({0: 0.0, 1: 0.0, 3: 0.5 + 1.0}[len(errors)], abs=0.1)


@pytest.mark.parametrize(
    ("retries", "error", "count"),
    [
        (0, REFUSED, 1),
        (2, REFUSED, 3),
        (2, ProxyError(detail="d", host="h", port=1, proxy="http://h:1"), 1),
        (2, hyperhttp.ReadError(detail="d", received_bytes=0), 1),
    ],
)
def test_other_errors_are_not_retried(retries: int, error: Exception, count: int) -> None:
    async def run() -> None:
        async with httpx.AsyncClient(transport=over(dials, retries=retries)) as client:
            with pytest.raises(httpx.TransportError):
                await client.get(URL)

    dials = Dials(*[error] * 5)
    run_virtual_time(run())
    assert dials.count == count


@pytest.mark.parametrize(
    "request_",
    [
        httpx.Request("GET", "ws://example.com/"),
        httpx.Request("GET", "/path"),
        httpx.Request("GET", URL, extensions={"sni_hostname": "other.example.com"}),
    ],
)
def test_a_request_that_cannot_be_sent_is_unsupported(request_: httpx.Request) -> None:
    transport = HyperHTTPTransport()
    with pytest.raises(httpx.UnsupportedProtocol) as caught:
        transport.handle_request(request_)
    assert caught.value.request is request_
    transport.close()


def test_closing_twice_is_closing() -> None:
    transport = HyperHTTPTransport()
    transport.close()
    transport.close()
    with pytest.raises(httpx.NetworkError):
        transport.handle_request(httpx.Request("GET", URL))


async def test_a_closed_transport_refuses_requests() -> None:
    transport = AsyncHyperHTTPTransport()
    await transport.aclose()
    request = httpx.Request("GET", URL)
    with pytest.raises(httpx.NetworkError) as caught:
        await transport.handle_async_request(request)
    assert caught.value.request is request


@pytest.mark.parametrize(("http2", "reason"), [(False, b""), (True, None)])
def test_extensions_are_those_of_the_protocol(reason: bytes | None, *, http2: bool) -> None:
    async def run() -> dict[str, object]:
        client = hyperhttp.Client(
            transport=MockTransport("a"), http2="prior-knowledge" if http2 else False
        )
        async with client:
            return _transports.extensions_of(await client.get(URL))

    found = asyncio.run(run())
    assert found["http_version"] == (b"HTTP/2" if http2 else b"HTTP/1.1")
    assert found.get("reason_phrase") == reason
