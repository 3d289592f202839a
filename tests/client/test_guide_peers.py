"""The behaviours of the guide against real servers: nginx, hypercorn, and one that plays bytes.

Each test runs against each peer, by HTTP/1.1 and by HTTP/2, in cleartext and over TLS; nghttpd,
which has files only and no HTTP/1.1, plays where that is enough. The responses of the peers are in
`tests/servers/contents.py`; the wire differs as much as each protocol allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol
from urllib.parse import parse_qsl

import pytest
from blockbuster import blockbuster_ctx

import hyperhttp
from hyperhttp import Client
from tests.servers import contents
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import RawServer
from tests.servers.raw_h2 import RawH2Server
from tests.servers.raw_h2_site import raw_h2_site
from tests.servers.raw_site import raw_site

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from tests.servers.hypercorn import Hypercorn
    from tests.servers.nghttpd import Nghttpd
    from tests.servers.nginx import Nginx

pytestmark = pytest.mark.peer

PEERS = ["nginx", "hypercorn", "raw", "nginx h2", "hypercorn h2", "raw h2"]
served_by_files_too = pytest.mark.parametrize("peer", [*PEERS, "nghttpd h2"])


class Site(Protocol):
    """Where a peer is reached."""

    def __call__(self, path: str) -> str:
        """The URL of a path."""
        ...


@pytest.fixture(autouse=True)
def _no_blocking_call() -> Generator[None]:
    """Raise when code of hyperhttp blocks the event loop: a file, a name, a lock, a sleep."""
    Client()  # pydantic looks for plugins in files, once a process
    with blockbuster_ctx("hyperhttp"):
        yield


@pytest.fixture(params=PEERS)
def peer(request: pytest.FixtureRequest) -> str:
    """The kind of server, and that HTTP/2 is spoken with it."""
    return str(request.param)


@pytest.fixture
def version(peer: str) -> str:
    """What is spoken with the peer."""
    return "HTTP/2" if peer.endswith(" h2") else "HTTP/1.1"


@pytest.fixture(params=[False, True], ids=["cleartext", "tls"])
def is_tls(request: pytest.FixtureRequest) -> bool:
    """Whether TLS is spoken."""
    return bool(request.param)


@pytest.fixture
async def site(
    request: pytest.FixtureRequest, peer: str, is_tls: bool, certificates: Certificates
) -> AsyncGenerator[Site]:
    """The peer, running; a program that is not asked for is not started."""
    kind, _, is_h2 = peer.partition(" ")
    if kind == "raw":
        alpn = ("h2", "http/1.1") if is_h2 else ("http/1.1",)
        context = server_context(certificates.good, alpn=alpn) if is_tls else None
        server = (
            RawH2Server(raw_h2_site, tls=context) if is_h2 else RawServer(raw_site, tls=context)
        )
        async with server:
            yield lambda path: server.url(path, host="localhost")
    elif is_h2:
        speaker: Nginx | Hypercorn | Nghttpd = request.getfixturevalue(f"{kind}_server")
        yield speaker.h2_url if is_tls else speaker.h2c_url
    else:
        program: Nginx | Hypercorn = request.getfixturevalue(f"{kind}_server")
        yield lambda path: program.url(path, tls=is_tls)


@pytest.fixture
async def client(version: str, is_tls: bool, certificates: Certificates) -> AsyncGenerator[Client]:
    """A client as it comes, but that it trusts our CA; in cleartext HTTP/2 must be asked for."""
    knows = version == "HTTP/2" and not is_tls
    http2: Literal["prior-knowledge", True] = "prior-knowledge" if knows else True
    async with Client(verify=certificates.ca, timeout=10.0, http2=http2) as made:
        yield made


async def text_of(client: Client, url: str) -> str:
    response = await client.get(url)
    await response.raise_for_status().aread()
    return response.text


async def test_json_text_and_bytes_are_read(client: Client, site: Site, version: str) -> None:
    response = await client.get(site("/json"))
    await response.aread()
    assert response.json() == {"id": 7, "name": "hyper"}
    assert response.text == contents.JSON_TEXT
    assert response.content == contents.JSON_TEXT.encode()
    assert response.http_version == version
    assert (response.headers.get("content-type") or "").startswith("application/json")
    assert response.is_success


@served_by_files_too
async def test_a_large_body_comes_whole_in_pieces(client: Client, site: Site) -> None:
    response = await client.get(site("/large.bin"))
    pieces = [piece async for piece in response.aiter_bytes()]
    assert b"".join(pieces) == contents.LARGE_BODY
    assert len(pieces) > 1


@served_by_files_too
async def test_text_comes_by_lines(client: Client, site: Site) -> None:
    response = await client.get(site("/text"))
    assert [line async for line in response.aiter_lines()] == contents.TEXT.splitlines()


async def test_a_compressed_body_is_opened(client: Client, site: Site) -> None:
    response = await client.get(site("/gzip"))
    assert "".join([text async for text in response.aiter_text()]) == contents.LONG_TEXT
    assert 0 < response.num_bytes_downloaded < len(contents.LONG_TEXT)


async def test_what_has_no_body_is_read_as_empty(client: Client, site: Site) -> None:
    empty = await client.get(site("/empty"))
    head = await client.head(site("/json"))
    assert (empty.status_code, await empty.aread()) == (204, b"")
    assert (head.status_code, await head.aread()) == (200, b"")
    assert await text_of(client, site("/text")) == contents.TEXT


async def test_parameters_and_fields_arrive(client: Client, site: Site) -> None:
    response = await client.get(site("/args?a=1"), params={"b": "x y", "c": [1, True]})
    await response.aread()
    assert parse_qsl(response.text) == [("a", "1"), ("b", "x y"), ("c", "1"), ("c", "true")]
    response = await client.get(site("/x-test"), headers={"X-Test": "some value"})
    await response.aread()
    assert response.text == "some value"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_bodies_of_every_kind_arrive(client: Client, site: Site, method: str) -> None:
    async def chunks() -> AsyncGenerator[bytes]:
        for number in range(100):
            yield f"chunk-{number}\n".encode()

    url, sent = site("/mirror"), b"".join([piece async for piece in chunks()])
    for response, expected in (
        (await client.request(method, url, content=contents.LARGE_BODY), contents.LARGE_BODY),
        (await client.request(method, url, content=chunks()), sent),
        (await client.request(method, url, json={"a": [1, None]}), b'{"a":[1,null]}'),
        (await client.request(method, url, data={"a": "1 2"}), b"a=1+2"),
        (await client.request(method, url), b""),
    ):
        assert await response.aread() == method.encode() + b" " + expected


@pytest.mark.parametrize(
    ("path", "error", "text"),
    [
        ("/missing", hyperhttp.ClientStatusError, contents.MISSING),
        ("/broken", hyperhttp.ServerStatusError, contents.BROKEN),
    ],
)
async def test_an_error_status_raises_and_has_its_body(
    client: Client,
    site: Site,
    path: str,
    error: type[hyperhttp.HTTPStatusError],
    text: str,
) -> None:
    response = await client.get(site(path))
    with pytest.raises(error) as caught:
        response.raise_for_status()
    assert caught.value.excerpt == text
    assert text not in str(caught.value)
    assert caught.value.response is response
    assert await response.aread() == text.encode()


async def test_redirects_are_off_and_can_be_followed(client: Client, site: Site) -> None:
    off = await client.get(site("/redirect"))
    assert (off.status_code, off.is_redirect) == (302, True)
    assert off.url == site("/redirect")
    await off.aread()
    followed = await client.get(site("/redirect"), follow_redirects=True)
    assert followed.url == site("/json")
    assert [hop.status_code for hop in followed.history] == [302]
    await followed.aread()
    kept = await client.post(site("/redirect-307"), content=b"again", follow_redirects=True)
    assert await kept.aread() == b"POST again"
    with pytest.raises(hyperhttp.TooManyRedirects):
        await client.get(site("/loop"), follow_redirects=True, max_redirects=3)


async def test_cookies_are_kept_and_sent(client: Client, site: Site) -> None:
    assert await text_of(client, site("/cookie-field")) == ""
    await (await client.get(site("/set-cookie"))).aread()
    assert client.cookies["session"] == "abc"
    assert await text_of(client, site("/cookie-field")) == "session=abc"
    once = await client.get(site("/cookie-field"), cookies={"session": "other"})
    await once.aread()
    assert once.text == "session=other"
    assert await text_of(client, site("/cookie-field")) == "session=abc"


async def test_a_closing_response_is_followed_by_a_new_connection(
    client: Client, site: Site
) -> None:
    for _ in range(3):
        assert await text_of(client, site("/close")) == contents.CLOSING
    assert await text_of(client, site("/text")) == contents.TEXT


@served_by_files_too
async def test_an_early_end_does_not_disturb_the_next_request(client: Client, site: Site) -> None:
    for _ in range(3):
        async with client.stream("GET", site("/large.bin")) as response:
            async for piece in response.aiter_bytes():
                assert contents.LARGE_BODY.startswith(piece)
                break
        assert await text_of(client, site("/text")) == contents.TEXT


@pytest.mark.parametrize("is_tls", [True])
async def test_an_unknown_certificate_is_refused(site: Site) -> None:
    async with Client(timeout=10.0) as client:
        with pytest.raises(hyperhttp.TLSError, match="certificate"):
            await client.get(site("/json"))
