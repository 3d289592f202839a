"""The headers that a client has of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hyperhttp import (
    Client,
    ClientConfig,
    ConfigError,
    Headers,
    LocalProtocolError,
    MockResponse,
    MockTransport,
)
from hyperhttp._client.default_headers import own_headers
from hyperhttp._message.content.decoders import ACCEPT_ENCODING

if TYPE_CHECKING:
    from hyperhttp._message.headers.headers import RequestHeadersInput
    from hyperhttp.testing import MockRequest


def test_a_client_says_who_it_is_and_what_it_takes() -> None:
    headers = own_headers(ClientConfig(user_agent="me/1"))
    assert list(headers.items()) == [
        ("user-agent", "me/1"),
        ("accept", "*/*"),
        ("accept-encoding", ACCEPT_ENCODING),
    ]
    assert "user-agent" not in own_headers(ClientConfig(user_agent=""))


URL = "https://example.com/"


@pytest.mark.parametrize("http2", [False, True])
async def test_none_leaves_out_a_default_header_for_one_request(*, http2: bool) -> None:
    transport = MockTransport(http2=http2)
    async with Client(transport=transport, headers={"X-Team": "a", "X-Kept": "b"}) as client:
        await client.get(URL, headers={"x-team": None, "User-Agent": None, "X-New": "c"})
        await client.get(URL, headers=[("X-Team", None), ("X-New", "c"), ("X-New", "d")])
        await client.get(URL)
    first, second, third = (request.headers for request in transport.requests)
    assert "x-team" not in first
    assert "user-agent" not in first
    assert (first["x-kept"], first["x-new"], first["accept"]) == ("b", "c", "*/*")
    assert ("x-team" not in second, second.get_list("x-new")) == (True, ["c", "d"])
    assert (third["x-team"], third["user-agent"]) == ("a", "hyperhttp")


async def test_none_leaves_out_a_header_that_the_client_has_of_its_own() -> None:
    transport = MockTransport()
    async with Client(transport=transport, headers={"Accept-Encoding": None}) as client:
        await client.get(URL)
        client.headers = {"User-Agent": None}
        await client.get(URL)
    first, second = (request.headers for request in transport.requests)
    assert ("accept-encoding" in first, "user-agent" in first) == (False, True)
    assert ("accept-encoding" in second, "user-agent" in second) == (True, False)


def test_a_header_that_is_not_there_may_be_none() -> None:
    client = Client(headers={"X-Team": "a"})
    request = client.build_request("GET", URL, headers={"X-Absent": None})
    assert request.headers["x-team"] == "a"
    assert "x-absent" not in request.headers


def test_without_content_type_the_body_has_none_either() -> None:
    client = Client(headers={"Content-Type": "text/plain"})
    headers = {"Content-Type": None}
    requests = [
        client.build_request("POST", URL, headers=headers, json={}),
        client.build_request("POST", URL, headers=headers, data={"a": "b"}),
        client.build_request("POST", URL, headers=headers, files={"a": b"b"}),
        client.build_request("POST", URL, headers=headers, files={"a": iter([b"b"])}),
        client.build_request("POST", URL, headers=headers, content=b"b"),
        client.build_request("POST", URL, headers=headers, content=iter([b"b"])),
        client.build_request("POST", URL, headers=headers),
    ]
    assert not any("content-type" in request.headers for request in requests)
    assert client.headers["content-type"] == "text/plain"


def test_a_content_type_beside_none_is_kept() -> None:
    headers = [("Content-Type", None), ("Content-Type", "text/css")]
    request = Client().build_request("POST", URL, json={}, headers=headers)
    assert request.headers.get_list("content-type") == ["text/css"]


@pytest.mark.parametrize("http2", [False, True])
async def test_no_content_type_is_sent_at_once_nor_after_a_redirect(*, http2: bool) -> None:
    def site(request: MockRequest) -> MockResponse:
        away = request.url.path == "/"
        return MockResponse(307 if away else 200, headers={"Location": "/b"} if away else None)

    transport = MockTransport(site, http2=http2)
    async with Client(transport=transport, follow_redirects=True) as client:
        await client.post("https://example.com/", json={"a": 1}, headers={"Content-Type": None})
    assert [request.content for request in transport.requests] == [b'{"a":1}'] * 2
    assert not any("content-type" in request.headers for request in transport.requests)


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        ({5: None}, ConfigError),
        ({"a b": None}, LocalProtocolError),
        ([("a",)], ConfigError),
        ("a", ConfigError),
        ([("a", None), ("b", 5)], ConfigError),
    ],
)
def test_other_headers_are_refused(headers: RequestHeadersInput, error: type[Exception]) -> None:
    with pytest.raises(error):
        Client().build_request("GET", URL, headers=headers)


def test_headers_themselves_hold_no_none() -> None:
    with pytest.raises(ConfigError):
        Headers({"a": None})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
