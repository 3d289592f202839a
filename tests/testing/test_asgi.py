"""ASGI applications in this process: scope, streaming both ways, disconnects, exceptions."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from typing import TYPE_CHECKING, Any

import pytest

import hyperhttp
from hyperhttp import Client, ConfigError
from hyperhttp.testing import ASGIError, ASGITransport, run_virtual_time
from tests.testing.peers import ORIGINS, fetch, turns

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from hyperhttp.testing import ASGIApp
    from hyperhttp.testing import ASGIMessage as Message
    from hyperhttp.testing import ASGIReceive as Receive
    from hyperhttp.testing import ASGISend as Send

URLS = [origin for origin, _ in ORIGINS]


async def respond(send: Send, body: bytes, status: int = 200) -> None:
    fields = [(b"Content-Length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})


async def echo(scope: Message, receive: Receive, send: Send) -> None:
    assert scope["type"] == "http"
    body = b""
    while True:
        message = await receive()
        body += message["body"]
        if not message["more_body"]:
            break
    await respond(send, body)


def asgi(app: ASGIApp, **options: Any) -> ASGITransport:
    return ASGITransport(app, lifespan="off", **options)


@pytest.mark.parametrize(("origin", "version"), ORIGINS)
async def test_the_scope_says_what_was_asked(origin: str, version: str) -> None:
    scopes: list[Message] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        scopes.append(scope)
        await respond(send, b"")

    transport = asgi(app, root_path="/api", client=("192.0.2.7", 1234))
    async with Client(transport=transport, headers={"X-A": "1"}) as client:
        await client.get(f"{origin}/a%20b/%C3%AB?q=1&r=%20")
    (scope,) = scopes
    scheme = origin.partition(":")[0]
    assert {name: scope[name] for name in scope if name not in {"headers", "asgi"}} == {
        "type": "http",
        "http_version": version.removeprefix("HTTP/"),
        "method": "GET",
        "scheme": scheme,
        "path": "/a b/ë",
        "raw_path": b"/a%20b/%C3%AB",
        "query_string": b"q=1&r=%20",
        "root_path": "/api",
        "client": ("192.0.2.7", 1234),
        "server": ("example.com", 443 if scheme == "https" else 80),
        "state": {},
        "extensions": {"http.response.trailers": {}},
    }
    assert dict(scope["headers"])[b"host"] == b"example.com"
    assert dict(scope["headers"])[b"x-a"] == b"1"
    assert scope["asgi"]["version"] == "3.0"


@pytest.mark.parametrize("origin", URLS)
async def test_a_body_goes_there_and_back(origin: str) -> None:
    data = bytes(range(256)) * 4000
    async with Client(transport=asgi(echo)) as client:
        assert await (await client.post(f"{origin}/", content=data)).aread() == data
        pieces = iter([data[:5], data[5:]])
        assert await (await client.post(f"{origin}/", content=pieces)).aread() == data
        assert await fetch(client, f"{origin}/") == b""


@pytest.mark.parametrize("origin", URLS)
async def test_both_ways_stream_at_once(origin: str) -> None:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        more = True
        while more:
            message = await receive()
            more = message["more_body"]
            await send({"type": "http.response.body", "body": message["body"], "more_body": more})

    went_on = asyncio.Event()

    async def questions() -> AsyncGenerator[bytes]:
        yield b"one"
        await went_on.wait()
        yield b"two"

    async with (
        Client(transport=asgi(app)) as client,
        client.stream("POST", f"{origin}/", content=questions()) as response,
    ):
        replies = response.aiter_bytes()
        assert await anext(replies) == b"one"
        went_on.set()
        assert b"".join([piece async for piece in replies]) == b"two"


@pytest.mark.parametrize("origin", URLS)
async def test_an_application_that_is_faster_than_its_reader_waits(origin: str) -> None:
    sent = 0

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        nonlocal sent
        await send({"type": "http.response.start", "status": 200})
        while True:
            await send({"type": "http.response.body", "body": bytes(1 << 16), "more_body": True})
            sent += 1

    async with Client(transport=asgi(app)) as client:
        async with client.stream("GET", f"{origin}/"):
            await turns(500)
            held = sent
            await turns(500)
            assert sent == held < 200


@pytest.mark.parametrize("origin", URLS)
async def test_a_client_that_leaves_is_a_message_and_then_an_os_error(origin: str) -> None:
    seen: list[object] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        seen.append(await receive())
        with pytest.raises(OSError, match="gone"):
            await send({"type": "http.response.body", "body": b"b"})
        seen.append("done")

    async with Client(transport=asgi(app)) as client:
        async with client.stream("GET", f"{origin}/") as response:
            assert await anext(response.aiter_bytes()) == b"a"
            assert seen == []
    await turns()
    assert seen == [{"type": "http.disconnect"}, "done"]


@pytest.mark.parametrize("origin", URLS)
async def test_a_client_that_leaves_wakes_who_waits_for_it_to_read(origin: str) -> None:
    seen: list[str] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200})
        with pytest.raises(OSError, match="gone"):
            while True:
                body = bytes(1 << 20)
                await send({"type": "http.response.body", "body": body, "more_body": True})
        seen.append("done")

    async with Client(transport=asgi(app)) as client:
        async with client.stream("GET", f"{origin}/"):
            await turns(500)
        await turns()
        assert seen == ["done"]


@pytest.mark.parametrize("origin", URLS)
async def test_a_small_body_is_one_message(origin: str) -> None:
    messages: list[Message] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await turns()
        messages.append(await receive())
        await respond(send, b"")

    async with Client(transport=asgi(app)) as client:
        await client.get(f"{origin}/")
        await client.post(f"{origin}/", content=b"abc")
    assert messages == [
        {"type": "http.request", "body": b"", "more_body": False},
        {"type": "http.request", "body": b"abc", "more_body": False},
    ]


def test_an_application_that_will_not_end_is_cancelled_in_the_end() -> None:
    seen: list[str] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            seen.append("cancelled")

    async def main() -> None:
        async with Client(transport=asgi(app), timeout=1.0) as client:
            with pytest.raises(hyperhttp.ReadTimeout):
                await client.get("http://example.com/")
        await turns()
        assert seen == ["cancelled"]

    run_virtual_time(main())


@pytest.mark.parametrize("origin", URLS)
@pytest.mark.parametrize("begun", [False, True])
async def test_an_exception_comes_out_of_the_call_as_itself(origin: str, begun: bool) -> None:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if begun:
            await send({"type": "http.response.start", "status": 200})
            await send({"type": "http.response.body", "body": b"a", "more_body": True})
            await turns()
        raise KeyError("mine")

    async with Client(transport=asgi(app)) as client:
        with pytest.raises(KeyError, match="mine"):
            await fetch(client, f"{origin}/")
    async with Client(transport=asgi(app, raise_app_exceptions=False)) as client:
        if begun:
            with pytest.raises(hyperhttp.ReadError):
                await fetch(client, f"{origin}/")
        else:
            assert (await client.get(f"{origin}/")).status_code == 500


async def fetched(client: Client, origin: str) -> tuple[int, bytes]:
    response = await client.get(f"{origin}/")
    return response.status_code, await response.aread()


@pytest.mark.parametrize("origin", URLS)
async def test_an_exception_that_is_raised_after_a_500_comes_out_of_the_call(origin: str) -> None:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        try:
            raise KeyError("mine")
        except KeyError:
            await respond(send, b"Internal Server Error", 500)
            raise

    async with Client(transport=asgi(app)) as client:
        for _ in range(2):
            with pytest.raises(KeyError, match="mine"):
                await client.get(f"{origin}/")
    async with Client(transport=asgi(app, raise_app_exceptions=False)) as client:
        assert await fetched(client, origin) == (500, b"Internal Server Error")


@pytest.mark.parametrize("origin", URLS)
async def test_a_500_without_an_exception_is_a_response(origin: str) -> None:
    seen: list[Message] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await receive()
        await respond(send, b"sorry", 503)
        seen.append(await receive())

    async def streaming(scope: Message, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 500})
        await send({"type": "http.response.body", "body": b"so", "more_body": True})
        await send({"type": "http.response.body", "body": b"rry"})

    async with Client(transport=asgi(app)) as client:
        assert await fetched(client, origin) == (503, b"sorry")
    assert seen == [{"type": "http.disconnect"}]
    async with Client(transport=asgi(streaming)) as client:
        assert await fetched(client, origin) == (500, b"sorry")


class ClientLeft(Exception):
    """What a framework makes of the OSError of `send`."""


async def endless(send: Send) -> None:
    await send({"type": "http.response.start", "status": 200})
    while True:
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        await turns(1)


async def as_it_is(scope: Message, receive: Receive, send: Send) -> None:
    await endless(send)


async def translated(scope: Message, receive: Receive, send: Send) -> None:
    try:
        await endless(send)
    except OSError as error:
        raise ClientLeft from error


async def grouped(scope: Message, receive: Receive, send: Send) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(endless(send))


async def broken(scope: Message, receive: Receive, send: Send) -> None:
    with contextlib.suppress(OSError):
        await endless(send)
    raise KeyError("mine")


@pytest.mark.slow
@pytest.mark.parametrize("origin", URLS)
@pytest.mark.parametrize(
    ("app", "reports"), [(as_it_is, 0), (translated, 0), (grouped, 0), (broken, 1)]
)
async def test_a_client_that_leaves_early_leaves_no_noise(
    app: ASGIApp, reports: int, origin: str
) -> None:
    reported: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, details: reported.append(details))
    async with Client(transport=asgi(app)) as client:
        async with client.stream("GET", f"{origin}/") as response:
            assert (await anext(response.aiter_bytes()))[:1] == b"a"
        await turns()
    gc.collect()
    assert [type(each["exception"]) for each in reported] == [KeyError] * reports


async def test_one_cancelled_request_leaves_the_others_on_its_connection() -> None:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["path"] == "/slow":
            await asyncio.Event().wait()
        await turns(50)
        await respond(send, b"ok")

    async with Client(transport=asgi(app)) as client:
        await client.get("https://example.com/")
        slow = asyncio.ensure_future(client.get("https://example.com/slow"))
        other = asyncio.ensure_future(client.get("https://example.com/"))
        await turns(5)
        slow.cancel()
        assert (await other).status_code == 200


def sending(*messages: Message) -> ASGIApp:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)

    return app


START: Message = {"type": "http.response.start", "status": 200}
BODY: Message = {"type": "http.response.body", "body": b""}


@pytest.mark.parametrize(
    ("app", "told"),
    [
        (sending(), "returned without a response"),
        (sending(START), "returned before its response was complete"),
        (sending(BODY), r"may not send 'http\.response\.body' now"),
        (sending(START, START), r"may not send 'http\.response\.start' now"),
        (sending({"type": "websocket.accept"}), "websocket.accept"),
    ],
)
async def test_an_application_that_breaks_the_rules_is_told(app: ASGIApp, told: str) -> None:
    async with Client(transport=asgi(app)) as client:
        with pytest.raises(ASGIError, match=told):
            await client.get("http://example.com/")


@pytest.mark.parametrize("origin", URLS)
async def test_trailers_follow_the_body(origin: str) -> None:
    app = sending(
        {"type": "http.response.start", "status": 200, "trailers": True},
        {"type": "http.response.body", "body": b"a"},
        {"type": "http.response.trailers", "headers": [(b"x-sum", b"1")]},
    )
    async with Client(transport=asgi(app)) as client:
        response = await client.get(f"{origin}/")
        await response.aread()
        assert response.trailers["x-sum"] == "1"


@pytest.mark.parametrize("origin", URLS)
async def test_a_head_has_no_body(origin: str) -> None:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await respond(send, b"body")

    async with Client(transport=asgi(app)) as client:
        response = await client.head(f"{origin}/")
        assert (await response.aread(), response.headers["content-length"]) == (b"", "4")


def test_a_wrong_lifespan_is_a_config_error() -> None:
    with pytest.raises(ConfigError, match="lifespan"):
        ASGITransport(echo, lifespan="always")  # type: ignore[arg-type]  # wrong on purpose
