"""The program of `httpx_before`, ported to hyperhttp."""

from __future__ import annotations

import asyncio
import hashlib
import json
import ssl
from typing import TYPE_CHECKING

import hyperhttp
from hyperhttp.testing import MockRequest, MockResponse, MockTransport

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator
    from pathlib import Path


class TokenAuth(hyperhttp.Auth):
    """A bearer token, which a login fetches when it's missing."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url
        self.form = {"user": user, "password": password}
        self.token = ""

    async def async_auth_flow(
        self, request: hyperhttp.Request
    ) -> AsyncGenerator[hyperhttp.Request, hyperhttp.Response]:
        if not self.token:
            response = yield hyperhttp.Request("POST", f"{self.url}/login", data=self.form)
            await response.raise_for_status().aread()
            self.token = response.json()["token"]
        request.headers["Authorization"] = f"Bearer {self.token}"
        yield request


class Log:
    """What the hooks saw."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    async def request(self, request: hyperhttp.Request) -> None:
        request.headers["X-Trace"] = "t-1"
        self.lines.append(f"> {request.method} {request.url.path}")

    async def response(self, response: hyperhttp.Response) -> None:
        await response.aread()
        self.lines.append(f"< {response.status_code} {response.reason_phrase}")


def create_client(url: str, log: Log, auth: TokenAuth | None = None) -> hyperhttp.Client:
    """Create the client that every call shares."""
    return hyperhttp.Client(
        base_url=url,
        auth=auth,
        retry=hyperhttp.RetryPolicy(max_retries=3, statuses={503}),
        max_connections=10,
        max_keepalive_connections=5,
        keepalive_expiry=30,
        timeout=hyperhttp.Timeout(10.0, connect=2.0, pool=None),
        headers={"User-Agent": "catalog/1.0"},
        event_hooks={"request": [log.request], "response": [log.response]},
        follow_redirects=True,
        trust_env=False,
    )


class Catalog:
    """The calls of the API."""

    def __init__(self, client: hyperhttp.Client) -> None:
        self.client = client

    async def users(self) -> AsyncIterator[dict[str, object]]:
        """Yield the users of every page."""
        async for page in self.client.paginate("/users"):
            await page.raise_for_status().aread()
            for user in page.json():
                yield user

    async def create(self, name: str) -> str:
        response = await self.client.post("/items", json={"name": name})
        await response.aread()
        if response.status_code == 422:
            raise ValueError(response.json()["detail"])
        response.raise_for_status()
        return response.url.join(response.headers["location"]).target

    async def upload(self, path: Path) -> object:
        response = await self.client.post(
            "/upload",
            data={"id": "9"},
            files=[
                ("photo", ("photo.png", path, "image/png")),
                ("list", ("list.txt", b"1\n2\n", "text/plain")),
            ],
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
            assert response.num_bytes_downloaded == path.stat().st_size
        return digest.hexdigest()

    async def events(self) -> list[int]:
        async with self.client.stream("GET", "/events") as response:
            return [json.loads(line)["seq"] async for line in response.aiter_lines()]

    async def send_built(self) -> object:
        """Sign a request before it's sent."""
        request = self.client.build_request("PUT", "/echo?z=1", json={"a": "é"})
        assert request.content is not None
        request.headers["X-Signature"] = hashlib.sha256(request.content).hexdigest()
        response = await self.client.send(request)
        try:
            echo = json.loads(await response.aread())
        finally:
            await response.aclose()
        return [echo["method"], echo["target"], echo["body"], request.url.host]


async def failures(client: hyperhttp.Client) -> dict[str, str]:
    """Name the error of each call that fails."""
    found: dict[str, str] = {}
    for name, path, timeout in (
        ("missing", "/missing", 5.0),
        ("slow", "/slow", 0.2),
        ("refused", "http://127.0.0.1:1/", 5.0),
        ("loop", "/loop", 5.0),
        ("not JSON", "/not-json", 5.0),
        ("no URL", "http://[", 5.0),
        ("no HTTP", "ftp://example.com/", 5.0),
    ):
        try:
            response = await client.get(path, timeout=timeout)
            await response.raise_for_status().aread()
            response.json()
        except hyperhttp.HTTPStatusError as error:
            found[name] = f"status {error.response.status_code} {error.request.url.path}"
        except hyperhttp.TimeoutException as error:
            found[name] = type(error).__name__
        except (hyperhttp.TooManyRedirects, hyperhttp.InvalidURL, hyperhttp.ConnectError) as error:
            found[name] = type(error).__name__
        except hyperhttp.DecodeError:
            found[name] = "no JSON"
    return found


async def run(url: str, directory: Path) -> dict[str, object]:
    """Do everything once, and return the results."""
    log, report = Log(), dict[str, object]()
    photo = directory / "photo.png"
    photo.write_bytes(bytes(range(256)) * 40)
    async with create_client(url, log, TokenAuth(url, "ann", "secret")) as client:
        catalog = Catalog(client)
        report["users"] = [user["name"] async for user in catalog.users()]
        report["first hooks"] = log.lines[:4]
        report["cookies"] = dict(client.cookies)
        report["created"] = await catalog.create("lamp")
        try:
            await catalog.create("")
        except ValueError as error:
            report["not created"] = str(error)
        report["uploaded"] = await catalog.upload(photo)
        report["streamed"] = await catalog.upload_stream()
        report["export"] = await catalog.export(directory / "export.csv")
        report["events"] = await catalog.events()
        report["built"] = await catalog.send_built()
        report["retried"] = await client.fetch("/flaky", into=dict[str, bool])
        moved = await client.get("/moved")
        report["moved"] = [moved.url.path, [r.status_code for r in moved.history]]
        stayed = await client.get("/moved", follow_redirects=False)
        report["stayed"] = [stayed.is_redirect, stayed.location is not None]
        text = await client.get("/text")
        await text.aread()
        report["text"] = [text.text, text.http_version, text.encoding, text.encoding]
        together = await asyncio.gather(
            *(client.fetch("/compressed", into=list[object]) for _ in range(20))
        )
        report["together"] = {len(users) for users in together}
        digest = await client.get("/digest", auth=hyperhttp.DigestAuth("ann", "secret"))
        await digest.aread()
        report["digest"] = [digest.json(), len(digest.history)]
        plain = await client.fetch(
            "/echo", into=dict[str, dict[str, str] | str], auth=None, headers={"User-Agent": "x"}
        )
        report["plain"] = sorted(plain["headers"])
        report["failures"] = await failures(client)
    proxy = {"http://catalog.example.com": url}
    async with hyperhttp.Client(proxy=proxy, timeout=5) as client:
        report["proxied"] = (
            await client.fetch("http://catalog.example.com/echo", into=dict[str, object])
        )["target"]
    report["mocked"] = await mocked()
    return report


async def mocked() -> object:
    """Test the program without a server."""

    def respond(request: MockRequest) -> MockResponse:
        if dict(request.url.params).get("page") == "2":
            return MockResponse(404, json={"detail": "none"})
        return MockResponse(200, json=[{"name": "Ann"}], headers={"X-Page": "1"})

    transport = MockTransport(respond)
    async with hyperhttp.Client(transport=transport, base_url="https://api.example.com") as client:
        names = [user["name"] async for user in Catalog(client).users()]
        missing = await client.get("/users", params={"page": 2})
        await missing.aread()
        return [names, missing.status_code, missing.is_client_error]


async def over_tls(url: str, ca: Path) -> object:
    """Request over HTTP/2, with a certificate authority of the program."""
    context = ssl.create_default_context(cafile=str(ca))
    context.set_alpn_protocols(["h2", "http/1.1"])
    async with hyperhttp.Client(verify=context) as client:
        response = await client.get(url)
        await response.aread()
        return [response.status_code, response.http_version]
