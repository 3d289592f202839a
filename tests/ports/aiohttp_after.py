"""The program of `aiohttp_before`, ported to hyperhttp."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING

import hyperhttp
from hyperhttp import CallEnded, CallStarted, Timeout

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hyperhttp import Event


class Trace:
    """What the function for events saw."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, CallStarted):
            self.lines.append(f"> {event.request.method} {event.request.url.path}")
        elif isinstance(event, CallEnded):
            self.lines.append(f"< {event.status_code} {event.request.url.path}")


def create_client(url: str, trace: Trace) -> hyperhttp.Client:
    """Create the client that every call shares."""
    return hyperhttp.Client(
        base_url=url,
        max_connections=10,
        max_connections_per_host=4,
        keepalive_expiry=30,
        timeout=Timeout(connect=2, read=5, total=10),
        headers={"User-Agent": "catalog/1.0", "X-Trace": "t-1"},
        on_event=trace,
        retry=hyperhttp.RetryPolicy(max_retries=3, statuses={503}),
        follow_redirects=True,
        max_redirects=10,
        trust_env=False,
    )


class Catalog:
    """The calls of the API."""

    def __init__(self, client: hyperhttp.Client) -> None:
        self.client = client
        self.headers: dict[str, str] = {}

    async def login(self, user: str, password: str) -> None:
        form = {"user": user, "password": password}
        response = await self.client.post("/login", data=form)
        await response.raise_for_status().aread()
        self.headers["Authorization"] = f"Bearer {response.json()['token']}"

    async def users(self) -> AsyncIterator[dict[str, object]]:
        """Yield the users of every page."""
        url: hyperhttp.URL | str | None = "/users"
        while url:
            response = await self.client.get(url, headers=self.headers)
            await response.raise_for_status().aread()
            for user in response.json():
                yield user
            following = response.links.get("next")
            url = following.target if following else None

    async def create(self, name: str) -> str:
        async with self.client.stream("POST", "/items", json={"name": name}) as response:
            if response.status_code == 422:
                await response.aread()
                raise ValueError(response.json()["detail"])
            response.raise_for_status()
            return response.headers["location"]

    async def upload(self, path: Path) -> object:
        response = await self.client.post(
            "/upload",
            data={"id": "9"},
            files={
                "photo": ("photo.png", path, "image/png"),
                "list": ("list.txt", b"1\n2\n", "text/plain"),
            },
        )
        await response.aread()
        return response.json()

    async def upload_stream(self) -> object:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"a=1&"
            yield b"b=2"

        response = await self.client.post("/echo", content=pieces())
        await response.aread()
        return response.json()["body"]

    async def export(self, path: Path) -> str:
        """Write the export in pieces, and return its hash."""
        digest = hashlib.sha256()
        async with self.client.stream("GET", "/export") as response:
            response.raise_for_status()
            with path.open("wb") as file:
                async for chunk in response.aiter_bytes(8192):
                    digest.update(chunk)
                    file.write(chunk)
        return digest.hexdigest()

    async def events(self) -> list[int]:
        async with self.client.stream("GET", "/events") as response:
            return [json.loads(line)["seq"] async for line in response.aiter_lines()]


async def failures(client: hyperhttp.Client) -> dict[str, str]:
    """Name the error of each call that fails."""
    found: dict[str, str] = {}
    for name, path, timeout in (
        ("missing", "/missing", 5.0),
        ("slow", "/slow", 0.2),
        ("refused", "http://127.0.0.1:1/", 5.0),
        ("loop", "/loop", 5.0),
        ("not JSON", "/not-json", 5.0),
        ("JSON as text", "/json-as-text", 5.0),
        ("no URL", "http://", 5.0),
    ):
        try:
            found[name] = str(
                await client.fetch(path, into=dict[str, int], timeout=Timeout(total=timeout))
            )
        except hyperhttp.TooManyRedirects as error:
            found[name] = f"{error.max_redirects} redirects"
        except hyperhttp.HTTPStatusError as error:
            found[name] = f"status {error.response.status_code} {error.response.reason_phrase}"
        except hyperhttp.TimeoutException:
            found[name] = "timeout"
        except hyperhttp.ConnectError as error:
            found[name] = f"no connection to {error.host}:{error.port}"
        except hyperhttp.InvalidURL:
            found[name] = "no URL"
        except hyperhttp.DecodeError:
            found[name] = "no JSON"
    return found


async def responses(client: hyperhttp.Client) -> dict[str, object]:
    """Look at responses of every kind."""
    report = dict[str, object]()
    report["retried"] = await client.fetch("/flaky", into=dict[str, bool])
    async with client.stream("GET", "/moved") as response:
        history = [hop.status_code for hop in response.history]
        report["moved"] = [response.url.path, response.url.path, history]
    async with client.stream("GET", "/moved", follow_redirects=False) as response:
        ok = not response.is_error
        report["stayed"] = [response.status_code, ok, response.headers["location"]]
    async with client.stream("HEAD", "/export") as response:
        report["head"] = [response.content_length, response.content_type]
    response = await client.get("/text")
    await response.aread()
    report["text"] = [response.text, response.encoding, response.encoding]
    response = await client.get("/echo", params={"q": "a b", "n": 1})
    await response.aread()
    echo = response.json()
    report["echo"] = [echo["target"], sorted(echo["headers"])]
    response = await client.get("/echo", auth=("ann", "secret"))
    await response.aread()
    report["basic"] = response.json()["headers"]["Authorization"]
    async with client.stream("GET", "/login") as response:
        request = response.request
        report["method"] = [request.method, response.url.host, response.reason_phrase]
    return report


async def run(url: str, directory: Path) -> dict[str, object]:
    """Do everything once, and return the results."""
    trace, report = Trace(), dict[str, object]()
    photo = directory / "photo.png"
    photo.write_bytes(bytes(range(256)) * 40)
    async with create_client(url, trace) as client:
        catalog = Catalog(client)
        await catalog.login("ann", "secret")
        report["cookies"] = dict(client.cookies)
        report["users"] = [user["name"] async for user in catalog.users()]
        report["created"] = await catalog.create("lamp")
        try:
            await catalog.create("")
        except ValueError as error:
            report["not created"] = str(error)
        report["uploaded"] = await catalog.upload(photo)
        report["streamed"] = await catalog.upload_stream()
        report["export"] = await catalog.export(directory / "export.csv")
        report["events"] = await catalog.events()
        report |= await responses(client)
        report["failures"] = await failures(client)
        trace.lines.clear()
        response = await client.get("/moved")
        await response.aread()
        report["trace"] = [*trace.lines]
        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            tasks = [group.create_task(fetch(client, "/compressed")) for _ in range(20)]
        report["together"] = {task.result() for task in tasks}
    async with hyperhttp.Client(proxy=url) as proxied:
        response = await proxied.get("http://catalog.example.com/echo")
        await response.aread()
        report["proxied"] = response.json()["target"]
    report["closed"] = client.is_closed
    return report


async def fetch(client: hyperhttp.Client, path: str) -> int:
    return len(await client.fetch(path, into=list[object]))
