"""A program that keeps a catalog in sync with an API, with aiohttp."""

from __future__ import annotations

import asyncio
import hashlib
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import ClientTimeout, FormData, TraceConfig, hdrs
from yarl import URL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


class Trace:
    """What the tracing callbacks saw."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    async def start(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        context.path = params.url.path
        self.lines.append(f"> {params.method} {params.url.path}")

    async def end(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        self.lines.append(f"< {params.response.status} {context.path}")

    def config(self) -> TraceConfig:
        config = TraceConfig()
        config.on_request_start.append(self.start)
        config.on_request_end.append(self.end)
        return config


async def retry(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Send a request again that got a 503: a middleware."""
    for _ in range(3):
        response = await handler(request)
        if response.status != 503:
            return response
        response.release()
    return await handler(request)


def create_session(url: str, trace: Trace) -> aiohttp.ClientSession:
    """Create the session that every call shares."""
    return aiohttp.ClientSession(
        url,
        connector=aiohttp.TCPConnector(limit=10, limit_per_host=4, keepalive_timeout=30),
        cookie_jar=aiohttp.CookieJar(unsafe=True),
        timeout=ClientTimeout(total=10, sock_connect=2, sock_read=5),
        headers={hdrs.USER_AGENT: "catalog/1.0", "X-Trace": "t-1"},
        trace_configs=[trace.config()],
        middlewares=(retry,),
        raise_for_status=False,
    )


class Catalog:
    """The calls of the API."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.headers: dict[str, str] = {}

    async def login(self, user: str, password: str) -> None:
        form = {"user": user, "password": password}
        async with self.session.post("/login", data=form, raise_for_status=True) as response:
            self.headers[hdrs.AUTHORIZATION] = f"Bearer {(await response.json())['token']}"

    async def users(self) -> AsyncIterator[dict[str, object]]:
        """Yield the users of every page."""
        url: URL | str | None = "/users"
        while url:
            async with self.session.get(url, headers=self.headers) as response:
                response.raise_for_status()
                for user in await response.json():
                    yield user
                following = response.links.get("next")
                url = URL(following["url"]) if following else None

    async def create(self, name: str) -> str:
        async with self.session.post("/items", json={"name": name}) as response:
            if response.status == 422:
                raise ValueError((await response.json())["detail"])
            response.raise_for_status()
            return response.headers[hdrs.LOCATION]

    async def upload(self, path: Path) -> object:
        form = FormData()
        form.add_field("id", "9")
        with path.open("rb") as file:
            form.add_field("photo", file, filename="photo.png", content_type="image/png")
            form.add_field("list", b"1\n2\n", filename="list.txt", content_type="text/plain")
            async with self.session.post("/upload", data=form) as response:
                return await response.json()

    async def upload_stream(self) -> object:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"a=1&"
            yield b"b=2"

        async with self.session.post("/echo", data=pieces()) as response:
            return (await response.json())["body"]

    async def export(self, path: Path) -> str:
        """Write the export in pieces, and return its hash."""
        digest = hashlib.sha256()
        async with self.session.get("/export", raise_for_status=True) as response:
            with path.open("wb") as file:
                async for chunk in response.content.iter_chunked(8192):
                    digest.update(chunk)
                    file.write(chunk)
        return digest.hexdigest()

    async def events(self) -> list[int]:
        async with self.session.get("/events") as response:
            return [json.loads(line)["seq"] async for line in response.content]


async def failures(session: aiohttp.ClientSession) -> dict[str, str]:
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
            async with session.get(path, timeout=ClientTimeout(total=timeout)) as response:
                response.raise_for_status()
                found[name] = str(await response.json())
        except aiohttp.TooManyRedirects as error:
            found[name] = f"{len(error.history)} redirects"
        except aiohttp.ContentTypeError:
            found[name] = "wrong type"
        except aiohttp.ClientResponseError as error:
            found[name] = f"status {error.status} {error.message}"
        except aiohttp.ClientConnectorError as error:
            found[name] = f"no connection to {error.host}:{error.port}"
        except aiohttp.InvalidURL:
            found[name] = "no URL"
        except TimeoutError:
            found[name] = "timeout"
        except json.JSONDecodeError:
            found[name] = "no JSON"
    return found


async def responses(session: aiohttp.ClientSession) -> dict[str, object]:
    """Look at responses of every kind."""
    report = dict[str, object]()
    async with session.get("/flaky") as response:
        report["retried"] = await response.json()
    async with session.get("/moved") as response:
        history = [hop.status for hop in response.history]
        report["moved"] = [response.url.path, response.real_url.path, history]
    async with session.get("/moved", allow_redirects=False) as response:
        report["stayed"] = [response.status, response.ok, response.headers["location"]]
    async with session.head("/export") as response:
        report["head"] = [response.content_length, response.content_type]
    async with session.get("/text") as response:
        report["text"] = [await response.text(), response.get_encoding(), response.charset]
    async with session.get("/echo", params={"q": "a b", "n": 1}) as response:
        echo = await response.json()
        report["echo"] = [echo["target"], sorted(echo["headers"])]
    basic = {hdrs.AUTHORIZATION: aiohttp.encode_basic_auth("ann", "secret")}
    async with session.get("/echo", headers=basic) as response:
        report["basic"] = (await response.json())["headers"]["Authorization"]
    async with session.get("/login") as response:
        report["method"] = [response.method, response.host, response.reason]
    return report


async def run(url: str, directory: Path) -> dict[str, object]:
    """Do everything once, and return the results."""
    trace, report = Trace(), dict[str, object]()
    photo = directory / "photo.png"
    photo.write_bytes(bytes(range(256)) * 40)
    async with create_session(url, trace) as session:
        catalog = Catalog(session)
        await catalog.login("ann", "secret")
        report["cookies"] = {
            name: one.value for name, one in session.cookie_jar.filter_cookies(URL(url)).items()
        }
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
        report |= await responses(session)
        report["failures"] = await failures(session)
        trace.lines.clear()
        async with session.get("/moved") as response:
            await response.read()
        report["trace"] = [*trace.lines]
        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            tasks = [group.create_task(fetch(session, "/compressed")) for _ in range(20)]
        report["together"] = {task.result() for task in tasks}
        async with session.get("http://catalog.example.com/echo", proxy=url) as response:
            report["proxied"] = (await response.json())["target"]
    report["closed"] = session.closed
    return report


async def fetch(session: aiohttp.ClientSession, path: str) -> int:
    async with session.get(path) as response:
        return len(await response.json())
