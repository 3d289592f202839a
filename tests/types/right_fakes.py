"""Fakes of the client in a few lines, which both checkers must accept where the client is."""

from __future__ import annotations

from typing import TypeVar, assert_type

from pydantic import TypeAdapter
from typing_extensions import TypeForm

from hyperhttp import Client, EventSource, Fetcher, Request, Requester, Response, Sender, Timeout

T = TypeVar("T")


class FakeFetcher:
    async def fetch(self, url: object, /, *, into: TypeForm[T], **options: object) -> T:
        return TypeAdapter(into).validate_python({"id": 1})


class FakeRequester:
    async def request(self, method: str, url: object, /, **options: object) -> Response:
        return Response.create(Request(method, str(url)), json={"id": 1})


class FakeSender:
    async def send(self, request: Request) -> Response:
        return Response.create(request, 204)


class FakeEventClient(FakeSender):
    def build_request(self, method: str, url: object, **options: object) -> Request:
        return Request(method, str(url))


async def ids(fetcher: Fetcher) -> dict[str, int]:
    assert_type(await fetcher.fetch("/users", into=list[int], method="POST", json={}), list[int])
    return assert_type(await fetcher.fetch("/users/1", into=dict[str, int]), dict[str, int])


async def user(requester: Requester) -> Response:
    assert_type(await requester.request("GET", "/users/1"), Response)
    assert_type(await requester.request("POST", "/users", json={"a": 1}), Response)
    return await requester.request("GET", "/users/1", params={"a": 1}, timeout=Timeout(5.0))


async def sent(sender: Sender, request: Request) -> Response:
    return assert_type(await sender.send(request), Response)


async def client_and_fakes(client: Client, request: Request) -> None:
    await ids(client)
    await ids(FakeFetcher())
    await user(client)
    await user(FakeRequester())
    await sent(client, request)
    await sent(FakeSender(), request)
    EventSource(client, "https://example.com/events")
    EventSource(FakeEventClient(), "https://example.com/events")
