"""What the pages about other clients say of this one is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, ClientConfig
from hyperhttp.testing import MockRequest, MockResponse, MockTransport
from tests.docs.snippets import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

API = "https://api.example.com"


def says(page: str, *cells: str) -> None:
    """The page still has this row: one that was changed wants its test changed too."""
    rows = (ROOT / f"docs/migrating/{page}.md").read_text(encoding="utf-8").splitlines()
    assert f"| {' | '.join(cells)} |" in rows


def query(request: MockRequest) -> str:
    return request.url.query


def test_the_limits_are_those_that_are_told() -> None:
    says(
        "httpx",
        "timeout",
        "5 s for each phase",
        "30 s for each phase; `Timeout.total` for the whole call",
    )
    says("httpx", "idle connections", "kept 5 s", "kept 120 s")
    says(
        "aiohttp",
        "redirects",
        "followed, ten at most",
        "not followed; `follow_redirects=True`, twenty at most",
    )
    config = ClientConfig()
    phases = {config.timeout.connect, config.timeout.read, config.timeout.write}
    assert (phases | {config.timeout.pool}, config.timeout.total) == ({30.0}, None)
    assert config.pool.keepalive_expiry == 120.0
    assert (config.redirects.follow, config.redirects.max_redirects) == (False, 20)
    assert (config.http2, config.trust_env) == (True, True)


@pytest.mark.parametrize(
    ("value", "sent"), [(None, "a=1"), (True, "a=1&b=true"), (["x", "y"], "a=1&b=x&b=y")]
)
async def test_none_is_left_out_of_a_query_and_true_is_written_small(
    value: bool | list[str] | None, sent: str
) -> None:
    says("aiohttp", "None in `params`", "an error", "leaves the parameter out")
    says("aiohttp", "True in `params`", "an error", "`true`")
    async with Client(transport=MockTransport(query)) as client:
        response = await client.get(API, params={"a": 1, "b": value})
        await response.aread()
    assert response.text == sent


@pytest.mark.parametrize(("status", "raises"), [(204, False), (302, False), (404, True)])
async def test_raise_for_status_returns_what_is_no_error(status: int, *, raises: bool) -> None:
    says(
        "httpx",
        "`raise_for_status()`",
        "raises for every status but 2xx",
        "raises for 4xx and 5xx; returns the response otherwise",
    )
    async with Client(transport=MockTransport(status)) as client:
        response = await client.get(API)
        if raises:
            with pytest.raises(hyperhttp.HTTPStatusError):
                response.raise_for_status()
        else:
            assert response.raise_for_status() is response
        await response.aclose()
    assert isinstance(response.elapsed, float)


async def test_json_is_read_whatever_its_content_type_and_bad_json_is_a_value_error() -> None:
    says(
        "aiohttp",
        "content type of JSON",
        "must be `application/json`, or `ContentTypeError`",
        "isn't checked",
    )
    says("requests", "`JSONDecodeError`", "a `ValueError`", "`DecodeError`, a `ValueError` too")
    replies: Mapping[str, MockResponse] = {
        "/good": MockResponse(200, headers={"Content-Type": "text/plain"}, content=b"[1]"),
        "/bad": MockResponse(200, content=b"<html>"),
    }
    async with Client(transport=MockTransport(replies)) as client:
        good = await client.get(f"{API}/good")
        await good.aread()
        assert good.json() == [1]
        bad = await client.get(f"{API}/bad")
        await bad.aread()
        with pytest.raises(hyperhttp.DecodeError) as caught:
            bad.json()
    assert isinstance(caught.value, ValueError)


async def test_credentials_of_a_client_go_to_one_origin() -> None:
    says(
        "httpx",
        "auth of the client",
        "sent to every host",
        "sent to one origin: that of `base_url`, or of the first request",
    )

    def credentials(request: MockRequest) -> str:
        return request.headers.get("authorization", "none")

    transport = MockTransport(credentials)
    async with Client(transport=transport, auth=("ann", "secret"), base_url=API) as client:
        own = await client.get("/")
        await own.aread()
        other = await client.get("https://example.com/")
        await other.aread()
    assert own.text.startswith("Basic ")
    assert other.text == "none"


def test_errors_stand_where_the_pages_say() -> None:
    timeouts = (hyperhttp.ConnectTimeout, hyperhttp.ReadTimeout, hyperhttp.WriteTimeout)
    assert all(issubclass(kind, hyperhttp.TransportError) for kind in timeouts)
    for kind in (hyperhttp.PoolTimeout, hyperhttp.TotalTimeout):
        assert issubclass(kind, TimeoutError)
        assert not issubclass(kind, hyperhttp.TransportError)
    connecting = (hyperhttp.TLSError, hyperhttp.DNSError, hyperhttp.ProxyError)
    assert all(issubclass(kind, hyperhttp.ConnectError) for kind in connecting)
    assert issubclass(hyperhttp.UnknownOption, TypeError)


@pytest.mark.peer
@pytest.mark.usefixtures("on_stage")
async def test_verification_is_not_switched_off_in_silence() -> None:
    says(
        "aiohttp",
        "`ssl=False`",
        "no verification, without a warning",
        "`verify=False`, with a warning",
    )
    async with Client(verify=False) as client:
        with pytest.warns(UserWarning, match="not verified"):
            response = await client.get(f"{API}/data")
        await response.aread()


def test_what_hyperhttp_2_had_is_here_by_the_name_that_is_told() -> None:
    page = (ROOT / "docs/migrating/hyperhttp-2.md").read_text(encoding="utf-8")
    told = ("Proxy", "CircuitBreakerPolicy", "MultipartFile", "ClientClosed", "Limits", "Timeout")
    for name in told:
        assert f"`{name}" in page
        assert hasattr(hyperhttp, name)
    assert hasattr(Client, "stats")
