"""The program of `requests_before`, ported to hyperhttp."""

from __future__ import annotations

import hashlib
import json
import pickle
from decimal import Decimal
from typing import TYPE_CHECKING

import hyperhttp
from hyperhttp import RetryPolicy, SyncClient, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hyperhttp import Request, SyncResponse


class TokenAuth:
    """A bearer token, which is set after the login."""

    def __init__(self) -> None:
        self.token = ""

    def __call__(self, request: Request) -> Request:
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Log:
    """What the hooks saw."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def response(self, response: SyncResponse) -> None:
        self.lines.append(f"{response.request.method} {response.status_code}")


def create_client(url: str, log: Log, auth: TokenAuth) -> SyncClient:
    """Create the client that every call shares."""
    return SyncClient(
        base_url=url,
        auth=auth,
        retry=RetryPolicy(max_retries=3, statuses={503}),
        max_connections_per_host=4,
        timeout=Timeout(10, connect=3.05),
        follow_redirects=True,
        headers={"User-Agent": "catalog/1.0", "X-Trace": "t-1"},
        event_hooks={"response": [log.response]},
        trust_env=False,
    )


class Catalog:
    """The calls of the API."""

    def __init__(self, client: SyncClient, auth: TokenAuth) -> None:
        self.client = client
        self.auth = auth

    def login(self, user: str, password: str) -> None:
        response = self.client.post("/login", data={"user": user, "password": password})
        self.auth.token = response.raise_for_status().json()["token"]

    def users(self) -> Iterator[dict[str, object]]:
        """Yield the users of every page."""
        url, params = "/users", {"page": "1"}
        while url:
            response = self.client.get(url, params=params)
            yield from response.raise_for_status().json()
            following = response.links.get("next")
            url, params = str(following.target) if following else "", {}

    def create(self, name: str, price: Decimal) -> str:
        """Create an item, and return where it is."""
        response = self.client.post("/items", json={"name": name, "price": str(price)})
        if response.status_code == 422:
            raise ValueError(response.json()["detail"])
        response.raise_for_status()
        return response.headers["location"]

    def rename(self, location: str, name: str) -> object:
        body = json.dumps({"name": name}, separators=(",", ":"))
        headers = {"Content-Type": "application/merge-patch+json"}
        return self.client.put(location, content=body, headers=headers).json()

    def delete(self, location: str) -> bool:
        return self.client.delete(location).is_success

    def upload(self, path: Path) -> object:
        with open(path, "rb") as file:
            response = self.client.post(
                "/upload",
                data={"id": 9},
                files={
                    "photo": ("photo.png", file, "image/png"),
                    "note": (None, "front"),
                    "list": ("list.txt", b"1\n2\n"),
                },
            )
        return response.json()

    def export(self, path: Path) -> str:
        """Write the export in pieces, and return its hash."""
        digest = hashlib.sha256()
        with self.client.stream("GET", "/export") as response:
            response.raise_for_status()
            with open(path, "wb") as file:
                for chunk in response.iter_bytes(8192):
                    digest.update(chunk)
                    file.write(chunk)
        return digest.hexdigest()

    def is_current(self, tag: str) -> bool:
        response = self.client.get("/export", headers={"If-None-Match": tag})
        return response.status_code == 304

    def events(self) -> list[int]:
        with self.client.stream("GET", "/events") as response:
            return [json.loads(line)["seq"] for line in response.iter_lines() if line]

    def send_prepared(self) -> object:
        """Sign a request before it's sent."""
        request = self.client.build_request(
            "POST", "/echo", json={"a": "é"}, params=[("q", "a b"), ("n", 1), ("n", 2)], timeout=5
        )
        assert request.content is not None
        request.headers["X-Trace"] = hashlib.sha256(request.content).hexdigest()[:8]
        echo = self.client.send(request).json()
        return [echo["method"], echo["target"], json.loads(echo["body"])]


def failures(client: SyncClient) -> dict[str, str]:
    """Name the error of each call that fails."""
    found: dict[str, str] = {}
    for name, path, timeout in (
        ("missing", "/missing", 5.0),
        ("slow", "/slow", 0.2),
        ("refused", "http://127.0.0.1:1/", 5.0),
        ("loop", "/loop", 5.0),
        ("not JSON", "/not-json", 5.0),
        ("no scheme", "example.com/", 5.0),
    ):
        try:
            client.get(path, timeout=timeout).raise_for_status().json()
        except hyperhttp.HTTPStatusError as error:
            found[name] = f"status {error.response.status_code}"
        except hyperhttp.TimeoutException:
            found[name] = "timeout"
        except hyperhttp.TooManyRedirects:
            found[name] = "too many redirects"
        except hyperhttp.DecodeError:
            found[name] = "no JSON"
        except hyperhttp.InvalidURL:
            found[name] = "no scheme"
        except hyperhttp.TransportError:
            found[name] = "no connection"
    return found


def responses(url: str, client: SyncClient) -> dict[str, object]:
    """Look at responses of every kind."""
    report = dict[str, object]()
    moved = client.get("/moved")
    report["moved"] = [moved.url == f"{url}/echo", [r.status_code for r in moved.history]]
    head = client.head("/export")
    report["head"] = [head.headers["Content-Length"], head.headers["etag"], len(head.content)]
    report["compressed"] = len(client.get("/compressed").json())
    text = client.get("/text")
    report["text"] = [text.text, text.encoding]
    echo = client.get("/echo", headers={"X-Trace": None}, cookies={"lang": "en"})
    headers = hyperhttp.Headers(echo.json()["headers"])
    report["echo"] = [sorted(headers), sorted(headers["cookie"].split("; "))]
    basic = client.get("/echo", auth=("ann", "secret")).json()
    report["basic"] = basic["headers"]["Authorization"]
    digest = client.get("/digest", auth=hyperhttp.DigestAuth("ann", "secret"))
    report["digest"] = [digest.json(), [r.status_code for r in digest.history]]
    return report


def run(url: str, directory: Path) -> dict[str, object]:
    """Do everything once, and return the results."""
    log, auth, report = Log(), TokenAuth(), dict[str, object]()
    photo = directory / "photo.png"
    photo.write_bytes(bytes(range(256)) * 40)
    with create_client(url, log, auth) as client:
        catalog = Catalog(client, auth)
        try:
            client.post("/login", data={"user": "ann"}).raise_for_status()
        except hyperhttp.HTTPStatusError as error:
            report["refused login"] = [error.response.status_code, error.response.json()["detail"]]
        catalog.login("ann", "secret")
        report["cookies"] = dict(client.cookies.items())
        report["users"] = [user["name"] for user in catalog.users()]
        report["created"] = catalog.create("lamp", Decimal("9.90"))
        try:
            catalog.create("", Decimal(0))
        except ValueError as error:
            report["not created"] = str(error)
        report["renamed"] = catalog.rename("/items/9", "lamp 2")
        report["deleted"] = catalog.delete("/items/9")
        report["uploaded"] = catalog.upload(photo)
        report["export"] = catalog.export(directory / "export.csv")
        report["size"] = (directory / "export.csv").stat().st_size
        report["current"] = [catalog.is_current('"v1"'), catalog.is_current('"v0"')]
        report["events"] = catalog.events()
        report["prepared"] = catalog.send_prepared()
        report["retried"] = client.get("/flaky").json()
        report |= responses(url, client)
        report["failures"] = failures(client)
        log.lines.clear()
        client.get("/moved")
        report["hooks"] = [*log.lines]
        config = pickle.loads(pickle.dumps(client.config))
    with SyncClient(config=config, base_url=url, headers={"X-Trace": "t-1"}) as client:
        assert client.config == config
        report["pickled"] = client.headers["X-Trace"]
    with SyncClient(proxy={"http://": url}, timeout=5) as client:
        report["proxied"] = client.get("http://catalog.example.com/echo").json()["target"]
    return report
