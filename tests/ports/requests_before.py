"""A program that keeps a catalog in sync with an API, with requests."""

from __future__ import annotations

import hashlib
import json
import pickle
from decimal import Decimal
from typing import TYPE_CHECKING

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.structures import CaseInsensitiveDict
from urllib3.util.retry import Retry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from requests import PreparedRequest, Response


class TokenAuth(AuthBase):
    """A bearer token."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Log:
    """What the hooks saw."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def response(self, response: Response, *args: object, **kwargs: object) -> None:
        self.lines.append(f"{response.request.method} {response.status_code}")


def create_session(log: Log) -> requests.Session:
    """Create the session that every call shares."""
    session = requests.Session()
    retry = Retry(total=3, status_forcelist=[503], backoff_factor=0, raise_on_status=False)
    session.mount("http://", HTTPAdapter(max_retries=retry, pool_connections=4, pool_maxsize=4))
    session.headers.update({"User-Agent": "catalog/1.0", "X-Trace": "t-1"})
    session.hooks["response"].append(log.response)
    session.trust_env = False
    return session


class Catalog:
    """The calls of the API."""

    def __init__(self, url: str, session: requests.Session) -> None:
        self.url = url
        self.session = session
        self.timeout = (3.05, 10)

    def login(self, user: str, password: str) -> None:
        response = self.session.post(
            f"{self.url}/login", data={"user": user, "password": password}, timeout=self.timeout
        )
        response.raise_for_status()
        self.session.auth = TokenAuth(response.json()["token"])

    def users(self) -> Iterator[dict[str, object]]:
        """Yield the users of every page."""
        url, params = f"{self.url}/users", {"page": "1"}
        while url:
            response = self.session.get(url, params=params, timeout=self.timeout)
            response.raise_for_status()
            yield from response.json()
            url, params = response.links.get("next", {}).get("url", ""), {}

    def create(self, name: str, price: Decimal) -> str:
        """Create an item, and return where it is."""
        item = {"name": name, "price": str(price)}
        response = self.session.post(f"{self.url}/items", json=item, timeout=self.timeout)
        if response.status_code == requests.codes.unprocessable_entity:
            raise ValueError(response.json()["detail"])
        response.raise_for_status()
        assert response.status_code == requests.codes.created
        return response.headers["location"]

    def rename(self, location: str, name: str) -> object:
        body = json.dumps({"name": name}, separators=(",", ":"))
        headers = {"Content-Type": "application/merge-patch+json"}
        return self.session.put(f"{self.url}{location}", data=body, headers=headers).json()

    def delete(self, location: str) -> bool:
        return self.session.delete(f"{self.url}{location}").ok

    def upload(self, path: Path) -> object:
        with open(path, "rb") as file:
            response = self.session.post(
                f"{self.url}/upload",
                data={"id": 9},
                files=[
                    ("photo", ("photo.png", file, "image/png")),
                    ("note", (None, "front")),
                    ("list", ("list.txt", b"1\n2\n")),
                ],
            )
        return response.json()

    def export(self, path: Path) -> str:
        """Write the export in pieces, and return its hash."""
        digest = hashlib.sha256()
        with self.session.get(f"{self.url}/export", stream=True, timeout=self.timeout) as response:
            response.raise_for_status()
            with open(path, "wb") as file:
                for chunk in response.iter_content(chunk_size=8192):
                    digest.update(chunk)
                    file.write(chunk)
        return digest.hexdigest()

    def is_current(self, tag: str) -> bool:
        headers = {"If-None-Match": tag}
        response = self.session.get(f"{self.url}/export", headers=headers)
        return response.status_code == requests.codes.not_modified

    def events(self) -> list[int]:
        with self.session.get(f"{self.url}/events", stream=True) as response:
            return [json.loads(line)["seq"] for line in response.iter_lines() if line]

    def send_prepared(self) -> object:
        """Sign a request before it's sent."""
        request = requests.Request(
            "POST", f"{self.url}/echo", json={"a": "é"}, params=[("q", "a b"), ("n", 1), ("n", 2)]
        )
        prepared = self.session.prepare_request(request)
        assert isinstance(prepared.body, bytes)
        prepared.headers["X-Trace"] = hashlib.sha256(prepared.body).hexdigest()[:8]
        echo = self.session.send(prepared, timeout=5).json()
        return [echo["method"], echo["target"], json.loads(echo["body"])]


def _response(error: requests.HTTPError) -> Response:
    assert error.response is not None
    return error.response


def failures(url: str, session: requests.Session) -> dict[str, str]:
    """Name the error of each call that fails."""
    found: dict[str, str] = {}
    for name, path, timeout in (
        ("missing", f"{url}/missing", 5.0),
        ("slow", f"{url}/slow", 0.2),
        ("refused", "http://127.0.0.1:1/", 5.0),
        ("loop", f"{url}/loop", 5.0),
        ("not JSON", f"{url}/not-json", 5.0),
        ("no scheme", "example.com/", 5.0),
    ):
        try:
            response = session.get(path, timeout=timeout)
            response.raise_for_status()
            response.json()
        except requests.HTTPError as error:
            found[name] = f"status {_response(error).status_code}"
        except requests.Timeout:
            found[name] = "timeout"
        except requests.TooManyRedirects:
            found[name] = "too many redirects"
        except requests.exceptions.JSONDecodeError:
            found[name] = "no JSON"
        except requests.exceptions.MissingSchema:
            found[name] = "no scheme"
        except requests.ConnectionError:
            found[name] = "no connection"
    return found


def responses(url: str, session: requests.Session) -> dict[str, object]:
    """Look at responses of every kind."""
    report = dict[str, object]()
    moved = session.get(f"{url}/moved")
    report["moved"] = [moved.url == f"{url}/echo", [r.status_code for r in moved.history]]
    head = session.head(f"{url}/export")
    report["head"] = [head.headers["Content-Length"], head.headers["etag"], len(head.content)]
    report["compressed"] = len(session.get(f"{url}/compressed").json())
    text = session.get(f"{url}/text")
    report["text"] = [text.text, text.encoding]
    untraced: dict[str, str] = {"X-Trace": None}  # type: ignore[dict-item]
    echo = session.get(f"{url}/echo", headers=untraced, cookies={"lang": "en"})
    headers = CaseInsensitiveDict(echo.json()["headers"])
    report["echo"] = [sorted(headers), sorted(headers["cookie"].split("; "))]
    basic = session.get(f"{url}/echo", auth=HTTPBasicAuth("ann", "secret")).json()
    report["basic"] = basic["headers"]["Authorization"]
    digest = session.get(f"{url}/digest", auth=HTTPDigestAuth("ann", "secret"))
    report["digest"] = [digest.json(), [r.status_code for r in digest.history]]
    return report


def run(url: str, directory: Path) -> dict[str, object]:
    """Do everything once, and return the results."""
    log, report = Log(), dict[str, object]()
    photo = directory / "photo.png"
    photo.write_bytes(bytes(range(256)) * 40)
    with create_session(log) as session:
        catalog = Catalog(url, session)
        try:
            session.post(f"{url}/login", data={"user": "ann"}).raise_for_status()
        except requests.HTTPError as error:
            refused = _response(error)
            report["refused login"] = [refused.status_code, refused.json()["detail"]]
        catalog.login("ann", "secret")
        report["cookies"] = session.cookies.get_dict()
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
        report["retried"] = session.get(f"{url}/flaky").json()
        report |= responses(url, session)
        report["failures"] = failures(url, session)
        log.lines.clear()
        session.get(f"{url}/moved")
        report["hooks"] = [*log.lines]
        report["pickled"] = pickle.loads(pickle.dumps(session)).headers["X-Trace"]
    proxies = {"http": url}
    proxied = requests.get("http://catalog.example.com/echo", proxies=proxies, timeout=5)
    report["proxied"] = proxied.json()["target"]
    return report
