"""Fakes that can't stand in for the client, and wrong calls through its protocols."""

from __future__ import annotations

from hyperhttp import EventSource, Fetcher, Request, Requester, Response, Sender


class WithoutOptions:
    async def request(self, method: str, url: object, /) -> Response:
        return Response.create(Request(method, str(url)))


class NoCoroutine:
    def send(self, request: Request) -> Response:
        return Response.create(request)


class FetchesText:
    async def fetch(self, url: object, /, *, into: type[str], **options: object) -> str:
        return into(url)


async def name(fetcher: Fetcher) -> str:
    return await fetcher.fetch("/name", into=str)


async def sent(sender: Sender, request: Request) -> Response:
    return await sender.send(request)


async def fakes(requester: Requester, sender: Sender, request: Request) -> None:
    EventSource(WithoutOptions(), "/events")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await name(FetchesText())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await sent(NoCoroutine(), request)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await sender.send("https://example.com/")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await requester.request("GET", "/", timout=5)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue]
    await requester.request("POST", "/", json={}, data={})  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    Response.create(request, json={}, content=b"")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Response.create(request, json={1})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
