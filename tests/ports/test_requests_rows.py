"""The rows of the page about requests, each against requests itself."""

from __future__ import annotations

import datetime as dt
import io
import pickle
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

import hyperhttp
from hyperhttp import RetryPolicy, SyncClient
from tests.docs.test_migrating import says
from tests.ports.service import Service, service

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[Service]:
    with service() as running:
        yield running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def client(server: Service) -> Iterator[SyncClient]:
    with SyncClient(base_url=server.url, trust_env=False) as client:
        yield client


def test_a_response_and_its_status(
    server: Service, session: requests.Session, client: SyncClient
) -> None:
    for row in (
        (
            "`if response:` is False for 4xx and 5xx",
            "always True: use `response.is_success` or `is_error`",
        ),
        ("`response.ok`", "also for 3xx", "`is_success` is 2xx, `is_error` 4xx and 5xx"),
        ("`raise_for_status()`", "returns None", "returns the response"),
        ("`response.elapsed`", "a `timedelta`", "seconds, a float"),
        (
            "`response.is_redirect`, only with a `Location`",
            "True for every 3xx; `location` is None without a target",
        ),
    ):
        says("requests", *row)
    theirs, ours = session.get(f"{server.url}/missing"), client.get("/missing")
    assert (bool(theirs), bool(ours)) == (False, True)
    theirs, ours = session.get(f"{server.url}/bare-redirect"), client.get("/bare-redirect")
    assert (theirs.ok, ours.is_success, ours.is_error) == (True, False, False)
    assert (theirs.is_redirect, ours.is_redirect, ours.location) == (False, True, None)
    assert theirs.raise_for_status() is None  # type: ignore[func-returns-value]
    assert ours.raise_for_status() is ours
    assert (type(theirs.elapsed), type(ours.elapsed)) == (dt.timedelta, float)


def test_pieces_and_lines(server: Service, session: requests.Session, client: SyncClient) -> None:
    for row in (
        ("`iter_content()` yields single bytes", "`aiter_bytes()` yields what was received"),
        (
            "`iter_lines()` yields bytes; `decode_unicode=`, `delimiter=`",
            "`aiter_lines()` yields text; `aiter_bytes()` for other delimiters",
        ),
    ):
        says("requests", *row)
    assert max(map(len, session.get(f"{server.url}/events").iter_content())) == 1
    assert next(session.get(f"{server.url}/events").iter_lines()) == b'{"seq": 0}'
    with client.stream("GET", "/events") as response:
        assert max(map(len, response.iter_bytes())) > 1
    assert next(iter(client.get("/events").iter_lines())) == '{"seq": 0}'


def test_bodies_and_parameters(
    server: Service, session: requests.Session, client: SyncClient
) -> None:
    for row in (
        (
            '`json=` with spaces and ASCII escapes, `{"a": "\\u00e9"}`',
            'compact and UTF-8: `{"a":"é"}`; compute signatures from `request.content`',
        ),
        ('`data={"a": True}` sends `True`', "sends `true`"),
        (
            '`data="text"` without a `Content-Type`',
            '`content="text"` with `text/plain; charset=utf-8`',
        ),
        ("`json=` with a `Decimal` raises `TypeError`", "`ConfigError`: pass text, or a model"),
        (
            "`request.body`",
            "`request.content`: bytes, or None without a body and for a streamed one",
        ),
    ):
        says("requests", *row)
    url = f"{server.url}/echo"
    json, form = session.post(url, json={"a": "é"}).json(), session.post(url, data={"a": True})
    assert (json["body"], form.json()["body"]) == ('{"a": "\\u00e9"}', "a=True")
    assert "Content-Type" not in session.post(url, data="text").json()["headers"]
    text = client.post("/echo", content="text").json()["headers"]
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    with pytest.raises(TypeError):
        session.post(url, json={"a": Decimal(1)})  # type: ignore[dict-item]
    with pytest.raises(hyperhttp.ConfigError):
        client.post("/echo", json={"a": Decimal(1)})  # type: ignore[arg-type]
    assert requests.Request("POST", url, data="x").prepare().body == "x"
    assert hyperhttp.Request("POST", url, content="x").content == b"x"
    assert hyperhttp.Request("POST", url, content=io.BytesIO(b"x")).content is None


def test_auth_is_sent_to_every_host(server: Service, session: requests.Session) -> None:
    says(
        "requests",
        "`session.auth` is sent to every host",
        "`auth=` of a client is sent to one origin",
    )
    session.auth = ("ann", "secret")
    with service() as other:
        for url in (server.url, other.url):
            assert "Authorization" in session.get(f"{url}/echo").json()["headers"]
        with SyncClient(auth=("ann", "secret"), base_url=server.url) as client:
            assert "Authorization" in client.get("/echo").json()["headers"]
            assert "Authorization" not in client.get(f"{other.url}/echo").json()["headers"]


def test_the_last_status_of_retries(server: Service, session: requests.Session) -> None:
    for row in (
        (
            "`Retry` raises `RetryError` after the last status",
            "the last response is returned; `response.attempts` has every attempt",
        ),
        (
            "`HTTPAdapter(max_retries=3)` retries connecting only",
            '`RetryPolicy(max_retries=3, errors={"ConnectError"}, statuses=set())`',
        ),
    ):
        says("requests", *row)
    url = f"{server.url}/unavailable"
    session.mount("http://", HTTPAdapter(max_retries=3))
    assert session.get(url).status_code == 503
    assert server.calls["GET /unavailable"] == 1
    session.mount("http://", HTTPAdapter(max_retries=Retry(2, status_forcelist=[503])))
    with pytest.raises(requests.exceptions.RetryError):
        session.get(url)
    policy = RetryPolicy(max_retries=2, statuses={503}, backoff=hyperhttp.Backoff(initial=0.001))
    with SyncClient(retry=policy) as client:
        response = client.get(url)
        assert (response.status_code, len(response.attempts)) == (503, 3)
    assert server.calls["GET /unavailable"] == 1 + 3 + 3


def test_errors_and_their_attributes(session: requests.Session, client: SyncClient) -> None:
    for row in (
        (
            "`except OSError`, which catches every `RequestException`",
            "not caught: catch `HyperHTTPError`",
        ),
        (
            "`error.response` of every error, often None",
            "only `HTTPStatusError` has it; `error.request` and `error.url` are of every error",
        ),
    ):
        says("requests", *row)
    with pytest.raises(OSError) as theirs:  # noqa: PT011 - what programs catch
        session.get("http://127.0.0.1:1/")
    assert isinstance(theirs.value, requests.ConnectionError)
    assert theirs.value.response is None
    with pytest.raises(hyperhttp.ConnectError) as ours:
        client.get("http://127.0.0.1:1/")
    assert not isinstance(ours.value, OSError)
    assert not hasattr(ours.value, "response")
    assert ours.value.url == "http://127.0.0.1:1/"


def test_a_session_is_pickled_with_everything(session: requests.Session) -> None:
    says(
        "requests",
        "a `Session` can be pickled",
        "a client can't, and raises `TypeError`; `client.config` can, without headers, parameters, "
        "auth, cookies and hooks",
    )
    session.headers["X-A"] = "1"
    assert pickle.loads(pickle.dumps(session)).headers["X-A"] == "1"
    with SyncClient(headers={"X-A": "1"}, max_redirects=3) as client:
        config = pickle.loads(pickle.dumps(client.config))
    assert config.redirects.max_redirects == 3
    assert not hasattr(config, "headers")
