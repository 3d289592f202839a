"""The lifespan of an application: begun once, ended once, and what happens when it is not well."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client
from hyperhttp.testing import ASGITransport, LifespanError
from tests.testing.peers import fetch, turns

if TYPE_CHECKING:
    from hyperhttp.testing import ASGIApp
    from hyperhttp.testing import ASGIMessage as Message
    from hyperhttp.testing import ASGIReceive as Receive
    from hyperhttp.testing import ASGISend as Send

URL = "http://example.com/"


async def reply(scope: Message, send: Send) -> None:
    body = str(scope["state"].get("name", "nobody")).encode()
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": body})


def application(
    seen: list[str], *, startup: str = "complete", shutdown: str = "complete"
) -> ASGIApp:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await reply(scope, send)
            return
        for phase, outcome in (("startup", startup), ("shutdown", shutdown)):
            message = await receive()
            assert message["type"] == f"lifespan.{phase}"
            seen.append(phase)
            scope["state"]["name"] = "Ann"
            await send({"type": f"lifespan.{phase}.{outcome}", "message": "no database"})

    return app


async def without(scope: Message, receive: Receive, send: Send) -> None:
    """An application that knows no lifespan, and says so in the usual way."""
    assert scope["type"] == "http", "only http is known here"
    await reply(scope, send)


async def test_it_begins_with_the_first_connection_and_ends_with_the_client() -> None:
    seen: list[str] = []
    transport = ASGITransport(application(seen))
    async with Client(transport=transport) as client:
        assert seen == []
        assert await fetch(client, URL) == b"Ann"
        assert await fetch(client, "https://example.com/") == b"Ann"
        assert seen == ["startup"]
    assert seen == ["startup", "shutdown"]
    async with Client(transport=transport) as client:
        await fetch(client, URL)
    assert seen == ["startup", "shutdown"] * 2


async def test_a_block_holds_it_over_many_clients() -> None:
    seen: list[str] = []
    async with ASGITransport(application(seen)) as transport:
        for _ in range(2):
            async with Client(transport=transport) as client:
                await fetch(client, URL)
        assert seen == ["startup"]
    assert seen == ["startup", "shutdown"]


async def test_an_application_without_one_is_served_unless_it_has_to_have_one() -> None:
    async with Client(transport=ASGITransport(without)) as client:
        assert await fetch(client, URL) == b"nobody"
    async with Client(transport=ASGITransport(without, lifespan="on")) as client:
        with pytest.raises(AssertionError, match="only http is known here"):
            await fetch(client, URL)


async def test_off_does_without() -> None:
    seen: list[str] = []
    async with Client(transport=ASGITransport(application(seen), lifespan="off")) as client:
        assert await fetch(client, URL) == b"nobody"
    assert seen == []


async def test_a_start_that_fails_is_told_with_its_reason() -> None:
    transport = ASGITransport(application([], startup="failed"))
    async with Client(transport=transport) as client:
        with pytest.raises(LifespanError, match="startup failed: no database"):
            await fetch(client, URL)


async def test_an_end_that_fails_is_told_with_its_reason() -> None:
    transport = ASGITransport(application([], shutdown="failed"))
    with pytest.raises(LifespanError, match="shutdown failed: no database"):
        async with Client(transport=transport) as client:
            await fetch(client, URL)


async def test_what_follows_its_last_word_is_waited_for() -> None:
    seen: list[str] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        for phase in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{phase}.complete"})
        await turns()
        seen.append("closed")

    async with ASGITransport(app):
        pass
    assert seen == ["closed"]


async def test_an_application_that_could_not_begin_does_not_run_on() -> None:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed"})
        await asyncio.Event().wait()

    with pytest.raises(LifespanError, match="startup failed: it sent no reason"):
        async with ASGITransport(app):
            pass
    await turns()
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_what_an_application_may_not_say_is_told() -> None:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await send({"type": "lifespan.shutdown.complete"})

    with pytest.raises(LifespanError, match=r"may not send 'lifespan\.shutdown\.complete' now"):
        async with ASGITransport(app, lifespan="on"):
            pass


async def test_one_that_leaves_without_a_word_is_told_if_it_is_needed() -> None:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await receive()

    with pytest.raises(LifespanError, match="left its lifespan at startup without a word"):
        async with ASGITransport(app, lifespan="on"):
            pass
    async with ASGITransport(app):
        pass
