"""`fetch`: one call from a URL to a typed value, which leaves nothing open whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, cast

import pytest

from hyperhttp import (
    Client,
    ClientStatusError,
    ConfigError,
    DecodeError,
    HTTPStatusError,
    ReadError,
    UnknownOption,
)
from hyperhttp.testing import MockRequest, MockResponse, MockTransport, Reset, run_virtual_time
from tests.client.quiet import unused
from tests.clock import later

URLS = pytest.mark.parametrize(
    "url", ["http://example.com/users/1", "https://example.com/users/1"], ids=["HTTP/1.1", "HTTP/2"]
)


@dataclass
class User:
    id: int
    name: str


ANN = {"id": 1, "name": "Ann"}


async def pieces(*parts: bytes, wait_s: float = 0.0) -> AsyncIterator[bytes]:
    for part in parts:
        if wait_s:
            await later(wait_s)
        yield part


@URLS
async def test_the_json_of_a_response_comes_as_the_type(url: str) -> None:
    async with Client(transport=MockTransport(MockResponse(json=ANN))) as client:
        assert await client.fetch(url, into=User) == User(1, "Ann")
        assert await client.fetch(url, into=dict[str, int | str]) == ANN
        assert await client.fetch(url, into=User | None) == User(1, "Ann")
        assert unused(client)


@URLS
async def test_method_and_options_are_those_of_every_call(url: str) -> None:
    def echo(request: MockRequest) -> MockResponse:
        return MockResponse(json=[request.method, str(request.url.query), request.json()])

    async with Client(transport=MockTransport(echo)) as client:
        said = await client.fetch(
            url, into=list[object], method="post", params={"page": 2}, json={"a": 1}
        )
    assert said == ["POST", "page=2", {"a": 1}]


@URLS
@pytest.mark.parametrize("framing", ["length", "chunks", "late"])
def test_an_error_status_raises_with_its_body_whatever_its_framing(url: str, framing: str) -> None:
    bodies: dict[str, Callable[[], Any]] = {
        "length": lambda: b"no such user",
        "chunks": lambda: pieces(b"no such", b" user"),
        "late": lambda: pieces(b"no such", b" user", wait_s=2.0),
    }

    async def main() -> None:
        transport = MockTransport(lambda _: MockResponse(404, content=bodies[framing]()))
        async with Client(transport=transport) as client:
            with pytest.raises(ClientStatusError) as caught:
                await client.fetch(url, into=User)
            assert caught.value.response.text == caught.value.excerpt == "no such user"
            assert unused(client)

    run_virtual_time(main())


@pytest.mark.parametrize("body", [b"<html>", b'{"id": "x"}', b""])
async def test_what_does_not_match_is_a_decode_error(body: bytes) -> None:
    async with Client(transport=MockTransport(body)) as client:
        with pytest.raises(DecodeError) as caught:
            await client.fetch("http://example.com/", into=User)
        assert str(caught.value.url) == "http://example.com/"
        assert unused(client)


async def test_what_sending_raises_comes_out() -> None:
    async with Client(transport=MockTransport(Reset())) as client:
        with pytest.raises(ReadError):
            await client.fetch("http://example.com/", into=User)


async def test_a_retried_error_has_its_attempts() -> None:
    replies = [MockResponse(503, headers={"Retry-After": "0"})] * 4

    async with Client(transport=MockTransport(replies), retry=True) as client:
        with pytest.raises(HTTPStatusError) as caught:
            await client.fetch("http://example.com/", into=User)
    assert [attempt.status_code for attempt in caught.value.attempts] == [503] * 4


async def test_a_wrong_option_or_type_is_refused_before_the_result() -> None:
    async with Client(transport=MockTransport(MockResponse(json=ANN))) as client:
        fetch = cast("Callable[..., Any]", client.fetch)
        with pytest.raises(UnknownOption, match="timeout"):
            await fetch("http://example.com/", into=User, timout=1)
        with pytest.raises(ConfigError):
            await fetch("http://example.com/", into=User, json={}, data={})
        with pytest.raises(ConfigError):
            await fetch("http://example.com/", into=object())
        assert unused(client)


def test_a_cancelled_fetch_closes_its_response() -> None:
    async def main() -> None:
        transport = MockTransport(lambda _: MockResponse(content=pieces(b"1", b"2", wait_s=9.0)))
        async with Client(transport=transport) as client:
            task = asyncio.ensure_future(client.fetch("http://example.com/", into=int))
            await later(10.0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert unused(client)

    run_virtual_time(main())
