"""The rows of the page about aiohttp, each against aiohttp itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pytest

pytest.importorskip("aiohttp", reason="PyPy: multidict, which aiohttp needs, has no wheel for it")
import aiohttp
from aiohttp import ClientSession, CookieJar, TCPConnector

import hyperhttp
from hyperhttp import Client
from tests.docs.test_migrating import says
from tests.ports.service import Service, service

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def server() -> Iterator[Service]:
    with service() as running:
        yield running


INSTEAD: Final = '`client.request("GET", url, json=...)`'


async def test_the_defaults_are_those_of_the_table(server: Service) -> None:
    says(
        "aiohttp",
        "timeout",
        "300 s in total, 30 s for the socket to connect",
        "30 s for each phase, no total",
    )
    says("aiohttp", "idle connections", "kept 15 s", "kept 120 s")
    says(
        "aiohttp",
        "proxies of the environment",
        "with `trust_env=True`",
        "by default; `trust_env=False` disables them",
    )
    says(
        "aiohttp",
        "`TCPConnector(limit=100, limit_per_host=0)`",
        "`max_connections=100` is the default; `max_connections_per_host=None` too",
    )
    async with ClientSession() as session:
        connector = session.connector
        assert isinstance(connector, TCPConnector)
        assert (session.timeout.total, session.timeout.sock_connect) == (300, 30)
        assert (connector.limit, connector.limit_per_host, session.trust_env) == (100, 0, False)
        assert connector._keepalive_timeout == 15.0
        with pytest.raises(aiohttp.TooManyRedirects) as caught:
            await session.get(f"{server.url}/loop")
        assert len(caught.value.history) == 10
    pool = hyperhttp.ClientConfig().pool
    assert (pool.max_connections, pool.max_connections_per_host) == (100, None)


@pytest.mark.parametrize("value", [None, True])
async def test_none_and_true_in_parameters(server: Service, value: bool | None) -> None:
    says("aiohttp", "None in `params`", "an error", "leaves the parameter out")
    says("aiohttp", "True in `params`", "an error", "`true`")
    async with ClientSession() as session:
        with pytest.raises(TypeError):
            await session.get(f"{server.url}/echo", params={"a": value})  # type: ignore[dict-item]
    request = Client().build_request("GET", f"{server.url}/echo", params={"a": value})
    assert request.url.query == ("a=true" if value else "")


async def test_json_and_parameters_are_written_differently(server: Service) -> None:
    for row in (
        (
            '`json=` with spaces and ASCII escapes, `{"a": "\\u00e9"}`',
            'compact and UTF-8: `{"a":"é"}`; compute signatures from `request.content`',
        ),
        ("`get(url, json=...)`, `get(url, data=...)`", INSTEAD),
        ('`params="a=1"`', "put it in the URL, or pass pairs: text raises `ConfigError`"),
    ):
        says("aiohttp", *row)
    url = f"{server.url}/echo"
    async with ClientSession() as session, Client() as client:
        async with session.get(url, json={"a": "é"}, params="a=1") as response:
            theirs = await response.json()
        echo = await client.request("GET", f"{url}?a=1", json={"a": "é"})
        await echo.aread()
    ours = echo.json()
    assert (theirs["body"], ours["body"]) == ('{"a": "\\u00e9"}', '{"a":"é"}')
    assert theirs["target"] == ours["target"] == "/echo?a=1"


async def test_files_in_data_become_multipart(server: Service) -> None:
    says("aiohttp", '`data={"file": open(...)}` becomes multipart', '`files={"file": open(...)}`')
    says(
        "aiohttp",
        '`add_field("f", file, filename="a.png", content_type="image/png")`',
        '`files={"f": ("a.png", file, "image/png")}`, or a `MultipartFile`',
    )
    url = f"{server.url}/upload"
    async with ClientSession() as session, Client() as client:
        form = aiohttp.FormData()
        form.add_field("f", io.BytesIO(b"abc"), filename="a.png", content_type="image/png")
        async with session.post(url, data=form) as response:
            theirs = await response.json()
        async with session.post(url, data={"f": io.BytesIO(b"abc")}) as response:
            assert [name for name, *_ in await response.json()] == ["f"]
        files = {"f": ("a.png", io.BytesIO(b"abc"), "image/png")}
        created = await client.post(url, files=files)
        await created.aread()
    assert theirs == created.json()
    assert theirs[0][:3] == ["f", "a.png", 3]


async def test_lines_headers_and_cookies_of_a_response(server: Service) -> None:
    for row in (
        (
            "`async for line in response.content`, bytes with their line end",
            "`aiter_lines()`, text without it",
        ),
        ('`response.headers.getall("a")`', '`response.headers.get_list("a")`'),
        ('`response.cookies["a"].value`', '`response.cookies["a"]`, which is text'),
        (
            "`response.raise_for_status()`, `ok`",
            "the same for 4xx and 5xx; `is_success`, `is_error`",
        ),
        ("`json()`, `text()`", "coroutines", "plain, after `await response.aread()`"),
    ):
        says("aiohttp", *row)
    form = {"user": "ann", "password": "secret"}
    async with ClientSession(server.url) as session, Client(base_url=server.url) as client:
        async with session.get("/events") as theirs:
            assert [line async for line in theirs.content][:1] == [b'{"seq": 0}\n']
        async with client.stream("GET", "/events") as ours:
            assert [line async for line in ours.aiter_lines()][:1] == ['{"seq": 0}']
        async with (
            session.post("/login", data=form) as theirs,
            client.stream("POST", "/login", data=form) as ours,
        ):
            names = theirs.headers.getall("set-cookie")
            assert names == ours.headers.get_list("set-cookie")
            assert theirs.cookies["theme"].value == ours.cookies["theme"] == "dark"
            assert theirs.raise_for_status() is None  # type: ignore[func-returns-value]
            assert ours.raise_for_status() is ours


@pytest.mark.parametrize(("jar", "kept"), [(CookieJar, 0), (lambda: CookieJar(unsafe=True), 2)])
async def test_cookies_of_addresses_are_kept(server: Service, jar: object, kept: int) -> None:
    says("aiohttp", "`CookieJar(unsafe=True)`", "cookies of IP addresses are always kept")
    assert callable(jar)
    form = {"user": "ann", "password": "secret"}
    async with ClientSession(server.url, cookie_jar=jar()) as session:
        async with session.post("/login", data=form):
            assert len(session.cookie_jar) == kept
    async with Client(base_url=server.url) as client:
        await (await client.post("/login", data=form)).aread()
        assert len(client.cookies) == 2


async def test_a_status_is_raised_by_an_option_of_the_session(server: Service) -> None:
    says(
        "aiohttp",
        "`raise_for_status=True` of the session",
        "raises automatically",
        "no counterpart: `response.raise_for_status()` returns the response",
    )
    says(
        "aiohttp",
        "`ClientResponseError`, `error.status`, `error.message`",
        "`HTTPStatusError`, `error.response.status_code`, `error.response.reason_phrase`",
    )
    async with ClientSession(server.url, raise_for_status=True) as session:
        with pytest.raises(aiohttp.ClientResponseError) as theirs:
            await session.get("/missing")
    async with Client(base_url=server.url) as client:
        with pytest.raises(hyperhttp.UnknownOption, match="raise_for_status"):
            Client(raise_for_status=True)  # type: ignore[call-arg]
        with pytest.raises(hyperhttp.HTTPStatusError) as ours:
            await client.fetch("/missing", into=dict[str, str])
    response = ours.value.response
    assert (theirs.value.status, theirs.value.message) == (404, "Not Found")
    assert (response.status_code, response.reason_phrase) == (404, "Not Found")


def test_timeouts_are_no_client_errors() -> None:
    says(
        "aiohttp",
        "`except aiohttp.ClientError`, without timeouts",
        "`HyperHTTPError` includes them: catch `TimeoutException` first",
    )
    assert not issubclass(TimeoutError, aiohttp.ClientError)
    assert issubclass(aiohttp.ServerTimeoutError, TimeoutError)
    assert issubclass(hyperhttp.TimeoutException, hyperhttp.HyperHTTPError)


async def test_leaving_the_block_releases_the_connection(server: Service) -> None:
    says(
        "aiohttp",
        "leaving `async with session.get(...)` releases the connection",
        "after a plain `await client.get(...)`, read or close the response; `stream` does it for "
        "you",
    )
    async with Client(base_url=server.url, max_connections=1, timeout=0.2) as client:
        async with client.stream("GET", "/large"):
            pass
        first = await client.get("/large")
        with pytest.raises(hyperhttp.PoolTimeout):
            await client.get("/large")
        await first.aclose()
        await (await client.get("/large")).aread()
    connector = TCPConnector(limit=1)
    async with ClientSession(server.url, connector=connector) as session:
        for _ in range(2):
            async with session.get("/large"):
                pass
