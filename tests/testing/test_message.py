"""Requests as handlers see them, and what stands for a response."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

import hyperhttp
from hyperhttp import Client, ConfigError, DecodeError
from hyperhttp.testing import MockRequest, MockResponse, MockTransport, Reset
from hyperhttp.testing._message import ResponseInput, response_of
from tests.testing.peers import ORIGINS, fetch


@dataclass
class User:
    name: str


@pytest.mark.parametrize(("origin", "version"), ORIGINS)
async def test_a_handler_sees_the_whole_request(origin: str, version: str) -> None:
    transport = MockTransport(201)
    async with Client(transport=transport, headers={"X-A": "1"}) as client:
        await client.post(f"{origin}/a%20b?q=1&q=2", json={"name": "Ann"}, cookies={"s": "t"})
    (seen,) = transport.requests
    assert (seen.method, str(seen.url), seen.http_version) == (
        "POST",
        f"{origin}/a%20b?q=1&q=2",
        version,
    )
    assert seen.url.params == (("q", "1"), ("q", "2"))
    assert (seen.headers["x-a"], seen.headers["cookie"]) == ("1", "s=t")
    assert seen.headers["host"] == "example.com"
    assert seen.json() == {"name": "Ann"}
    assert seen.json(User) == User("Ann")
    assert seen.text == '{"name":"Ann"}'
    assert repr(seen) == f"<MockRequest('POST', '{origin}/a%20b?q=1&q=2')>"


def test_a_form_is_read() -> None:
    request = MockRequest("POST", "http://example.com/", content=b"a=1&a=2&b=&c=x+y%26")
    assert request.form == (("a", "1"), ("a", "2"), ("b", ""), ("c", "x y&"))


def test_a_body_that_is_no_json_is_a_decode_error() -> None:
    with pytest.raises(DecodeError):
        MockRequest("POST", "http://example.com/", content=b"{").json()


@pytest.mark.parametrize(
    ("reply", "status", "kind", "body"),
    [
        (204, 204, None, b""),
        (404, 404, None, b""),
        ("text", 200, "text/plain; charset=utf-8", b"text"),
        (b"\x00\x01", 200, None, b"\x00\x01"),
        ({"a": [1]}, 200, "application/json", b'{"a":[1]}'),
        ([1, 2], 200, "application/json", b"[1,2]"),
        (User("Ann"), 200, "application/json", b'{"name":"Ann"}'),
        (MockResponse(201, html="<p>"), 201, "text/html; charset=utf-8", b"<p>"),
        (MockResponse(json="a"), 200, "application/json", b'"a"'),
        (
            MockResponse(json=1, headers={"Content-Type": "application/problem+json"}),
            200,
            "application/problem+json",
            b"1",
        ),
    ],
    ids=repr,
)
@pytest.mark.parametrize("origin", [origin for origin, _ in ORIGINS])
async def test_a_response_is_sent_as_what_it_is(
    origin: str, reply: ResponseInput, status: int, kind: str | None, body: bytes
) -> None:
    async with Client(transport=MockTransport(lambda _: reply)) as client:
        response = await client.get(f"{origin}/")
        assert await response.aread() == body
        assert (response.status_code, response.headers.get("content-type")) == (status, kind)
        assert response.headers.get("content-length") == (None if status == 204 else str(len(body)))


@pytest.mark.parametrize("reply", [None, True, 1.5, {1, 2}, object(), int, {"a": object()}])
def test_what_is_no_response_is_a_type_error_that_shows_it(reply: object) -> None:
    with pytest.raises(TypeError, match="isn't a response"):
        response_of(reply)


@pytest.mark.parametrize(
    "reply",
    [KeyError("mine"), KeyError, hyperhttp.ReadTimeout(timeout_s=1.0, elapsed_s=1.0)],
)
@pytest.mark.parametrize("origin", [origin for origin, _ in ORIGINS])
async def test_an_exception_comes_out_of_the_call_as_it_is(
    origin: str, reply: ResponseInput
) -> None:
    async with Client(transport=MockTransport(lambda _: reply)) as client:
        with pytest.raises(BaseException) as caught:  # noqa: PT011 - it is looked at below
            await client.get(f"{origin}/")
        assert reply in {caught.value, type(caught.value)}
        assert client.stats().active == 0


async def test_an_error_of_hyperhttp_is_told_of_its_request() -> None:
    error = hyperhttp.ConnectError(detail="down", host="example.com", port=80)
    async with Client(transport=MockTransport(lambda _: error)) as client:
        with pytest.raises(hyperhttp.ConnectError) as caught:
            await client.get("http://example.com/")
    assert str(caught.value.url) == "http://example.com/"
    assert caught.value.origin == "http://example.com"


async def pieces() -> AsyncIterator[bytes]:
    yield b"one"
    yield b""
    yield b"two"


@pytest.mark.parametrize("origin", [origin for origin, _ in ORIGINS])
@pytest.mark.parametrize("asynchronous", [True, False])
async def test_a_body_in_pieces_is_sent_in_pieces(origin: str, asynchronous: bool) -> None:
    content = pieces() if asynchronous else iter([b"one", b"", b"two"])
    reply = MockResponse(content=content, trailers={"X-Sum": "7"})
    async with Client(transport=MockTransport(lambda _: reply)) as client:
        response = await client.get(f"{origin}/")
        assert "content-length" not in response.headers
        assert await response.aread() == b"onetwo"
        assert response.trailers["x-sum"] == "7"


@pytest.mark.parametrize("origin", [origin for origin, _ in ORIGINS])
async def test_a_head_is_responded_without_the_body(origin: str) -> None:
    async with Client(transport=MockTransport("text")) as client:
        response = await client.head(f"{origin}/")
        assert await response.aread() == b""
        assert response.headers["content-length"] == "4"
        assert await fetch(client, f"{origin}/") == b"text"


@pytest.mark.parametrize("status", [0, 100, 199, 1000])
def test_a_status_that_is_no_final_response_is_refused(status: int) -> None:
    with pytest.raises(ConfigError, match="status_code"):
        MockResponse(status)


def test_two_bodies_are_refused() -> None:
    with pytest.raises(ConfigError, match="two bodies"):
        MockResponse(text="a", content=b"b")  # type: ignore[arg-type]


def test_a_fault_and_a_response_stand_for_themselves() -> None:
    fault, response = Reset(), MockResponse(418)
    assert response_of(fault) is fault
    assert response_of(response) is response
    assert repr(response) == "<MockResponse [418]>"
