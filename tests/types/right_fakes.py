"""Fakes of the client in a few lines, which both checkers must accept where the client is."""

from __future__ import annotations

from typing import assert_type

from hyperhttp import Client, EventSource, Request, Requester, Response, Sender, Timeout


class FakeRequester:
    async def request(self, method: str, url: object, /, **options: object) -> Response:
        return Response.create(Request(method, str(url)), json={"id": 1})


class FakeSender:
    async def send(self, request: Request) -> Response:
        return Response.create(request, 204)


class FakeEventClient(FakeSender):
    def build_request(self, method: str, url: object, **options: object) -> Request:
        return Request(method, str(url))


async def user(requester: Requester) -> Response:
    assert_type(await requester.request("GET", "/users/1"), Response)
    assert_type(await requester.request("POST", "/users", json={"a": 1}), Response)
    return await requester.request("GET", "/users/1", params={"a": 1}, timeout=Timeout(5.0))


async def sent(sender: Sender, request: Request) -> Response:
    return assert_type(await sender.send(request), Response)


async def client_and_fakes(client: Client, request: Request) -> None:
    await user(client)
    await user(FakeRequester())
    await sent(client, request)
    await sent(FakeSender(), request)
    EventSource(client, "https://example.com/events")
    EventSource(FakeEventClient(), "https://example.com/events")
