"""Pages of a list: which request follows, where it may go, and what it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel

import hyperhttp
from hyperhttp import (
    Client,
    ConfigError,
    DecodeError,
    HTTPStatusError,
    MockResponse,
    MockTransport,
    PaginationError,
    Response,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp import Cursor
    from hyperhttp.testing import MockRequest

URL = "https://example.com/users"


class Page(BaseModel):
    items: list[int]
    next: str | None = None


def linked(*targets: str | None) -> Callable[[MockRequest], MockResponse]:
    """Respond with one page for each target, in order, that links to it."""
    left = list(targets)

    def reply(request: MockRequest) -> MockResponse:
        target = left.pop(0)
        headers = {} if target is None else {"Link": f'<{target}>; rel="next"'}
        return MockResponse(json={"items": [len(left)]}, headers=headers)

    return reply


def paths(transport: MockTransport) -> list[str]:
    return [str(request.url) for request in transport.requests]


@pytest.mark.parametrize("http2", [False, True])
async def test_pages_follow_the_link_header(*, http2: bool) -> None:
    transport = MockTransport(linked("/users?page=2", "?page=3", None), http2=http2)
    async with Client(transport=transport, auth=("ann", "secret"), params={"v": 1}) as client:
        pages = client.paginate(URL, params={"q": "x"}, headers={"X-Own": "1"})
        found = [page.json()["items"] async for page in pages]
    assert found == [[2], [1], [0]]
    assert paths(transport) == [f"{URL}?v=1&q=x", f"{URL}?page=2", f"{URL}?page=3"]
    for request in transport.requests:
        assert request.headers["authorization"].startswith("Basic ")
        assert (request.headers["x-own"], request.headers["host"]) == ("1", "example.com")


async def test_pages_are_validated() -> None:
    async with Client(transport=MockTransport(linked("?p=2", None))) as client:
        found = [page async for page in client.paginate(URL).into(Page)]
        assert found == [Page(items=[1]), Page(items=[0])]
    async with Client(transport=MockTransport(linked(None))) as client:
        with pytest.raises(DecodeError, match="list"):
            [page async for page in client.paginate(URL).into(list[int])]


def by_params(page: Response) -> dict[str, str] | None:
    following = page.json(Page).next
    return {"cursor": following} if following else None


def by_url(page: Response) -> str | hyperhttp.URL | None:
    following = page.json(Page).next
    return f"/users?cursor={following}" if following else None


def by_object(page: Response) -> hyperhttp.URL | None:
    following = page.json(Page).next
    return hyperhttp.URL(f"{URL}?cursor={following}") if following else None


@pytest.mark.parametrize(
    ("cursor", "targets"),
    [
        (by_params, ["?q=1", "?q=1&cursor=b", "?q=1&cursor=c%20d"]),
        (by_url, ["?q=1", "?cursor=b", "?cursor=c%20d"]),
        (by_object, ["?q=1", "?cursor=b", "?cursor=c%20d"]),
    ],
)
async def test_pages_follow_a_cursor(cursor: Cursor, targets: list[str]) -> None:
    names = {"?q=1": "b", targets[1]: "c d"}

    def reply(request: MockRequest) -> MockResponse:
        following = names.get(str(request.url).removeprefix(URL))
        return MockResponse(json={"items": [1], "next": following})

    transport = MockTransport(reply)
    async with Client(transport=transport) as client:
        pages = client.paginate(URL, params={"q": 1}, cursor=cursor)
        assert len([page async for page in pages]) == 3
        assert len([page async for page in pages]) == 3
    assert paths(transport)[:3] == [URL + target for target in targets]


async def test_a_loop_is_refused() -> None:
    transport = MockTransport(linked("?p=2", "?p=3", "?p=2#again"))
    async with Client(transport=transport) as client:
        with pytest.raises(PaginationError, match="requested before") as caught:
            [page async for page in client.paginate(URL)]
    assert caught.value.next_url == f"{URL}?p=2"
    assert len(transport.requests) == 3


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example.com/users?token=s3cret",
        "http://example.com/",
        "https://example.com:8443/",
    ],
)
async def test_another_origin_is_refused(target: str) -> None:
    transport = MockTransport(linked(target, None))
    async with Client(transport=transport, auth=("ann", "secret")) as client:
        with pytest.raises(PaginationError, match="its origin isn't https") as caught:
            [page async for page in client.paginate(URL)]
    assert len(transport.requests) == 1
    assert "s3cret" not in str(caught.value) + caught.value.next_url


async def test_another_origin_gets_no_credentials_even_if_it_leads_back() -> None:
    transport = MockTransport(linked("https://files.example.com/users", f"{URL}?p=3", None))
    headers = {"X-API-Key": "s3cret", "X-Own": "1"}
    async with Client(transport=transport, headers={"Authorization": "s3cret"}) as client:
        pages = client.paginate(
            URL, headers=headers, cookies={"session": "s3cret"}, allow_other_origins=True
        )
        assert len([page async for page in pages]) == 3
    first, *others = transport.requests
    assert {"authorization", "x-api-key", "cookie"} <= set(first.headers)
    for request in others:
        assert not {"authorization", "x-api-key", "cookie"} & set(request.headers)
        assert request.headers["x-own"] == "1"
    assert others[0].headers["host"] == "files.example.com"


async def test_auth_of_the_call_stays_on_its_origin() -> None:
    transport = MockTransport(linked("?p=2", "https://files.example.com/users", None))
    async with Client(transport=transport) as client:
        pages = client.paginate(URL, auth=("ann", "secret"), allow_other_origins=True)
        assert len([page async for page in pages]) == 3
    sent = ["authorization" in request.headers for request in transport.requests]
    assert sent == [True, True, False]


async def test_a_trusted_origin_is_allowed_and_has_the_credentials() -> None:
    transport = MockTransport(linked("https://files.example.com/users", None))
    async with Client(
        base_url="https://example.com",
        transport=transport,
        bind_to_origin=True,
        trusted_origins={"https://files.example.com"},
        headers={"Authorization": "s3cret"},
    ) as client:
        assert len([page async for page in client.paginate("/users")]) == 2
    assert [request.headers["authorization"] for request in transport.requests] == ["s3cret"] * 2


async def test_an_error_status_ends_it_with_the_body_read() -> None:
    transport = MockTransport(MockResponse(503, json={"why": "busy"}))
    async with Client(transport=transport) as client:
        with pytest.raises(HTTPStatusError) as caught:
            [page async for page in client.paginate(URL)]
    assert caught.value.response.status_code == 503


async def test_other_results_of_a_cursor_are_refused() -> None:
    async with Client(transport=MockTransport(linked(None))) as client:
        wrong: Callable[[Response], object] = lambda page: 5  # noqa: E731
        pages = client.paginate(URL, cursor=wrong)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        with pytest.raises(ConfigError, match="a function that returned 5"):
            [page async for page in pages]


async def test_leaving_early_sends_nothing_more() -> None:
    transport = MockTransport(linked("?p=2", None))
    async with Client(transport=transport) as client:
        async for _page in client.paginate(URL):
            break
        assert client.stats().active == 0
    assert len(transport.requests) == 1
