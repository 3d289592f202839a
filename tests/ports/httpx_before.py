"""A program that keeps a catalog in sync with an API, with httpx's asynchronous client."""

from __future__ import annotations

import asyncio
import hashlib
import json
import ssl
from typing import TYPE_CHECKING

import httpx2 as httpx

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator
    from pathlib import Path


class TokenAuth(httpx.Auth):
    """A bearer token, which a login fetches when it's missing."""

    requires_response_body = True

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url
        self.form = {"user": user, "password": password}
        self.token = ""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        if not self.token:
            response = yield httpx.Request("POST", f"{self.url}/login", data=self.form)
            response.raise_for_status()
            self.token = response.json()["token"]
        request.headers["Authorization"] = f"Bearer {self.token}"
        yield request


class Log:
    """What the hooks saw."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    async def request(self, request: httpx.Request) -> None:
        request.headers["X-Trace"] = "t-1"
        self.lines.append(f"> {request.method} {request.url.path}")

    async def response(self, response: httpx.Response) -> None:
        await response.aread()
        self.lines.append(f"< {response.status_code} {response.reason_phrase}")


class Retrying(httpx.AsyncBaseTransport):
    """Retries a 503, as a wrapper of another transport."""

    def __init__(self, inner: httpx.AsyncBaseTransport, retries: int) -> None:
        self.inner = inner
        self.retries = retries

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        for _ in range(self.retries):
            response = await self.inner.handle_async_request(request)
            if response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                return response
            await response.aclose()
        return await self.inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self.inner.aclose()


def create_client(url: str, log: Log, auth: TokenAuth | None = None) -> httpx.AsyncClient:
    """Create the client that every call shares."""
    limits = httpx.Limits(max_connections=10, max_keepalive_connections=5, keepalive_expiry=30)
    return httpx.AsyncClient(
        base_url=url,
        auth=auth,
        transport=Retrying(httpx.AsyncHTTPTransport(limits=limits, retries=1, http2=True), 3),
        timeout=httpx.Timeout(10.0, connect=2.0, pool=None),
        headers={"User-Agent": "catalog/1.0"},
        event_hooks={"request": [log.request], "response": [log.response]},
        follow_redirects=True,
        trust_env=False,
    )


class Catalog:
    """The calls of the API."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def users(self) -> AsyncIterator[dict[str, object]]:
        """Yield the users of every page."""
        url: str | None = "/users"
        while url:
            response = await self.client.get(url)
            response.raise_for_status()
            for user in response.json():
                yield user
            url = response.links.get("next", {}).get("url")

    async def create(self, name: str) -> str:
        response = await self.client.post("/items", json={"name": name})
        if response.status_code == 422:
            raise ValueError(response.json()["detail"])
        response.raise_for_status()
        return str(response.url.join(response.headers["location"]).raw_path, "ascii")

    async def upload(self, path: Path) -> object:
        with path.open("rb") as file:
            response = await self.client.post(
                "/upload",
                data={"id": "9"},
                files=[
                    ("photo", ("photo.png", file, "image/png")),
                    ("list", ("list.txt", b"1\n2\n", "text/plain")),
                ],
            )
        return response.json()

    async def upload_stream(self) -> object:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"a=1&"
            yield b"b=2"

        response = await self.client.post("/echo", content=pieces())
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
        request.headers["X-Signature"] = hashlib.sha256(request.content).hexdigest()
        response = await self.client.send(request, stream=True)
        try:
            echo = json.loads(await response.aread())
        finally:
            await response.aclose()
        return [echo["method"], echo["target"], echo["body"], request.url.host]


async def failures(client: httpx.AsyncClient) -> dict[str, str]:
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
            response.raise_for_status().json()
        except httpx.HTTPStatusError as error:
            found[name] = f"status {error.response.status_code} {error.request.url.path}"
        except httpx.TimeoutException as error:
            found[name] = type(error).__name__
        except (httpx.TooManyRedirects, httpx.InvalidURL, httpx.ConnectError) as error:
            found[name] = type(error).__name__
        except httpx.UnsupportedProtocol:
            found[name] = "InvalidURL"
        except json.JSONDecodeError:
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
        report["retried"] = (await client.get("/flaky")).json()
        moved = await client.get("/moved")
        report["moved"] = [moved.url.path, [r.status_code for r in moved.history]]
        stayed = await client.get("/moved", follow_redirects=False)
        report["stayed"] = [stayed.is_redirect, stayed.has_redirect_location]
        text = await client.get("/text")
        report["text"] = [text.text, text.http_version, text.encoding, text.charset_encoding]
        together = await asyncio.gather(*(client.get("/compressed") for _ in range(20)))
        report["together"] = {len(response.json()) for response in together}
        digest = await client.get("/digest", auth=httpx.DigestAuth("ann", "secret"))
        report["digest"] = [digest.json(), len(digest.history)]
        plain = await client.get("/echo", auth=None, headers={"User-Agent": "x"})
        report["plain"] = sorted(plain.json()["headers"])
        report["failures"] = await failures(client)
    mounts = {"http://catalog.example.com": httpx.AsyncHTTPTransport(proxy=url)}
    async with httpx.AsyncClient(mounts=mounts, timeout=5) as client:
        proxied = await client.get("http://catalog.example.com/echo")
        report["proxied"] = proxied.json()["target"]
    report["mocked"] = await mocked()
    return report


async def mocked() -> object:
    """Test the program without a server."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("page") == "2":
            return httpx.Response(404, json={"detail": "none"})
        return httpx.Response(200, json=[{"name": "Ann"}], headers={"X-Page": "1"})

    transport = httpx.MockTransport(respond)
    async with httpx.AsyncClient(transport=transport, base_url="https://api.example.com") as client:
        names = [user["name"] async for user in Catalog(client).users()]
        missing = await client.get("/users", params={"page": 2})
        return [names, missing.status_code, missing.is_client_error]


async def over_tls(url: str, ca: Path) -> object:
    """Request over HTTP/2, with a certificate authority of the program."""
    context = ssl.create_default_context(cafile=str(ca))
    async with httpx.AsyncClient(verify=context, http2=True) as client:
        response = await client.get(url)
        return [response.status_code, response.http_version]
