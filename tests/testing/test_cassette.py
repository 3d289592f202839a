"""Cassettes: what is recorded is played, through the decoders, and no secret is kept."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, ConfigError
from hyperhttp.testing import (
    Cassette,
    CassetteMode,
    MatchOn,
    MockRequest,
    MockResponse,
    MockTransport,
    UnrecordedRequest,
)
from tests.testing.peers import fetch

if TYPE_CHECKING:
    from collections.abc import Sequence

API = "https://example.com"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cassettes" / "tape.json"


def handler(request: MockRequest) -> MockResponse:
    body = gzip.compress(f"{request.method} {request.url.path} {request.text}".encode(), mtime=0)
    return MockResponse(
        201,
        content=body,
        headers={"Content-Encoding": "gzip", "Set-Cookie": "id=secret-3", "X-Token": "secret-4"},
        trailers={"X-Sum": "7"},
    )


def recorder(cassette: Cassette, **headers: str) -> Client:
    return Client(transport=MockTransport(handler), middleware=[cassette], headers=headers)


def player(cassette: Cassette) -> Client:
    return Client(transport=MockTransport(AssertionError), middleware=[cassette])


async def test_what_is_recorded_is_played_without_a_server(path: Path) -> None:
    async with recorder(Cassette(path, "once")) as client:
        first = await client.get(f"{API}/a")
        assert await first.aread() == b"GET /a "
    async with player(Cassette(path)) as client:
        again = await client.get(f"{API}/a")
        assert await again.aread() == b"GET /a "
        assert (again.status_code, again.http_version) == (201, first.http_version)
        assert again.headers["content-encoding"] == "gzip"
        assert again.trailers["x-sum"] == first.trailers["x-sum"] == "7"
        assert again.num_bytes_downloaded == first.num_bytes_downloaded > 0


async def test_no_secret_is_written(path: Path) -> None:
    cassette = Cassette(
        path,
        "all",
        redact_headers=["X-Token"],
        redact_params=["key"],
        redact_body=lambda body: body.replace(b"secret-5", b"***"),
    )
    async with recorder(cassette, Authorization="Bearer secret-1") as client:
        url = "https://ann:secret-6@example.com/?key=secret-2&page=1"
        response = await client.post(url, content=b"password=secret-5")
        assert response.headers["x-token"] == "secret-4"
    text = path.read_text()
    assert "secret-" not in text
    kept = json.loads(text)["interactions"][0]
    assert kept["request"]["url"] == f"{API}/?key=%5Bredacted%5D&page=1"
    assert ["authorization", "[redacted]"] in kept["request"]["headers"]
    assert kept["request"]["body"] == {"text": ["password=***"]}
    async with player(Cassette(path, redact_params=["key"])) as client:
        await client.post(f"{API}/?key=another&page=1")


async def test_secrets_of_common_names_are_not_written_in_any_case(path: Path) -> None:
    location = f"{API}/next?X-Amz-Signature=secret-1&page=2"

    def server(request: MockRequest) -> MockResponse:
        return MockResponse(
            200,
            json={"refresh_token": "secret-2", "code": 7},
            headers={
                "Location": location,
                "Link": f"<{location}>; rel=next",
                "x-vault-token": "secret-3",
            },
        )

    async with Client(
        transport=MockTransport(server), middleware=[Cassette(path, "all", redact_params=["Own"])]
    ) as client:
        response = await client.post(
            f"{API}/?SIG=secret-4&OWN=secret-5",
            headers={"Referer": location, "PRIVATE-token": "secret-6"},
            data={"Client_Secret": "secret-7", "own": "secret-8"},
        )
        assert response.headers["location"] == location
        assert await response.aread()
        assert response.json() == {"refresh_token": "secret-2", "code": 7}
    assert "secret-" not in path.read_text()
    async with Client(middleware=[Cassette(path, redact_params=["own"])]) as client:
        response = await client.post(f"{API}/?SIG=other&OWN=other")
        assert await response.aread()
        assert response.json() == {"refresh_token": "[redacted]", "code": 7}
        assert "page=2" in response.headers["location"]


async def asked(mode: CassetteMode, path: Path, *targets: str) -> list[bytes | str]:
    """What comes of each; from the server it begins with a method."""
    found: list[bytes | str] = []
    async with recorder(Cassette(path, mode)) as client:
        for target in targets:
            try:
                found.append(await fetch(client, f"{API}{target}"))
            except UnrecordedRequest:
                found.append("unrecorded")
    return found


async def test_once_records_only_without_a_file(path: Path) -> None:
    assert await asked("once", path, "/a", "/b") == [b"GET /a ", b"GET /b "]
    assert await asked("once", path, "/b", "/c") == [b"GET /b ", "unrecorded"]


async def test_new_records_what_is_not_there(path: Path) -> None:
    await asked("once", path, "/a")
    before = path.read_text()
    assert await asked("new", path, "/a") == [b"GET /a "]
    assert path.read_text() == before
    await asked("new", path, "/b")
    assert await asked("none", path, "/a", "/b") == [b"GET /a ", b"GET /b "]


async def test_all_records_anew(path: Path) -> None:
    await asked("once", path, "/a", "/b")
    await asked("all", path, "/b")
    assert await asked("none", path, "/a", "/b") == ["unrecorded", b"GET /b "]


async def test_none_never_asks_the_server(path: Path) -> None:
    assert await asked("none", path, "/a") == ["unrecorded"]
    assert not path.exists()


async def test_responses_are_played_once_in_order_unless_they_repeat(path: Path) -> None:
    bodies = iter(["one", "two"])
    transport = MockTransport(lambda _: next(bodies))
    async with Client(transport=transport, middleware=[Cassette(path, "once")]) as client:
        assert [await fetch(client, API) for _ in range(2)] == [b"one", b"two"]
    cassette = Cassette(path)
    async with player(cassette) as client:
        assert cassette.unplayed == [("GET", f"{API}/")] * 2
        assert [await fetch(client, API) for _ in range(2)] == [b"one", b"two"]
        assert cassette.unplayed == []
        with pytest.raises(UnrecordedRequest, match="it was played before"):
            await fetch(client, API)
    async with player(Cassette(path, repeats=True)) as client:
        assert [await fetch(client, API) for _ in range(3)] == [b"one"] * 3


@pytest.mark.parametrize(
    ("match_on", "other", "differs"),
    [
        (["method"], ("POST", "/other", b"y"), "method is POST, not PUT"),
        (["url"], ("PUT", "/b", b"x"), f"url is {API}/b, not {API}/a?q=1"),
        (["path"], ("PUT", "/b?q=1", b"x"), "path is /b, not /a"),
        (["query"], ("PUT", "/a?q=2", b"x"), "query is q=2, not q=1"),
        (["body"], ("PUT", "/a?q=1", b"y"), "body is b'y', not b'x'"),
        (["headers"], ("PUT", "/a?q=1", b"longer"), "'content-length', '6'"),
    ],
)
async def test_a_request_that_does_not_match_is_told_what_differs(
    path: Path, match_on: Sequence[MatchOn], other: tuple[str, str, bytes], differs: str
) -> None:
    async with recorder(Cassette(path, "once")) as client:
        await client.put(f"{API}/a?q=1", content=b"x")
    async with player(Cassette(path, match_on=match_on, repeats=True)) as client:
        assert (await client.put(f"{API}/a?q=1", content=b"x")).status_code == 201
        method, target, body = other
        with pytest.raises(UnrecordedRequest, match=r"is not on the tape tape\.json") as caught:
            await client.request(method, f"{API}{target}", content=body)
    assert differs in str(caught.value)
    assert f"the nearest is PUT {API}/a?q=1: " in str(caught.value)


async def test_an_empty_tape_says_how_to_fill_it(path: Path) -> None:
    async with player(Cassette(path)) as client:
        with pytest.raises(UnrecordedRequest, match='empty; record it with mode="once"'):
            await client.get(API)


async def test_a_body_in_pieces_is_not_compared(path: Path) -> None:
    async with recorder(Cassette(path, "once", match_on=["body"])) as client:
        response = await client.post(API, content=iter([b"a", b"b"]))
        assert await response.aread() == b"POST / ab"
        await client.post(API, content=b"kept")
    async with player(Cassette(path, match_on=["body"], repeats=True)) as client:
        assert (await client.post(API, content=iter([b"other"]))).status_code == 201
        assert (await client.post(API, content=b"kept")).status_code == 201


async def test_a_streamed_body_fits_one_that_was_kept(path: Path) -> None:
    async with recorder(Cassette(path, "once")) as client:
        await client.post(API, content=b"kept")
    async with player(Cassette(path, match_on=["body"])) as client:
        assert (await client.post(API, content=iter([b"other"]))).status_code == 201


async def test_a_fragment_is_no_part_of_a_request(path: Path) -> None:
    assert await asked("once", path, "/a#one") == [b"GET /a "]
    assert await asked("none", path, "/a#two") == [b"GET /a "]


async def test_what_broke_is_not_recorded(path: Path) -> None:
    transport = MockTransport(hyperhttp.ReadError(detail="cut", received_bytes=0))
    async with Client(transport=transport, middleware=[Cassette(path, "once")]) as client:
        with pytest.raises(hyperhttp.ReadError):
            await client.get(API)
    assert not path.exists()


async def test_each_hop_of_a_redirect_is_recorded(path: Path) -> None:
    moved = MockResponse(302, headers={"Location": "/new"})
    cassette = Cassette(path, "once")
    transport = MockTransport({"/old": moved, "/new": "there"})
    async with Client(transport=transport, middleware=[cassette], follow_redirects=True) as client:
        assert await fetch(client, f"{API}/old") == b"there"
    async with Client(middleware=[Cassette(path)], follow_redirects=True) as client:
        assert await fetch(client, f"{API}/old") == b"there"


@pytest.mark.parametrize(
    "options", [{"mode": "always"}, {"match_on": ["method", "colour"]}], ids=str
)
def test_a_wrong_option_is_a_config_error(path: Path, options: dict[str, object]) -> None:
    make: type = Cassette
    with pytest.raises(ConfigError, match=next(iter(options))):
        make(path, **options)
