"""Credentials on the wire: whose requests carry them, where they go, and where they do not."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import BearerAuth, Client, MockTransport, Request, Response
from hyperhttp.testing import MockRequest, RefuseConnection
from tests.client.quiet import run_quietly
from tests.clock import TurnedLoop
from tests.servers.raw import Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
    from pathlib import Path

ALICE = "Basic " + b64encode(b"alice:sesame").decode()
BOB = "Basic " + b64encode(b"bob:secret").decode()


async def asked(peer: Peer) -> bytes:
    """The next request; nothing once the client has closed."""
    try:
        return await peer.read_request()
    except UnexpectedEnd:
        return b""


class Guarded:
    """Notes the Authorization of each request; sends on those whose path says where to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.challenge = ""

    async def __call__(self, peer: Peer) -> None:
        while raw := await asked(peer):
            line, _, head = raw.decode().partition("\r\n")
            path = line.split()[1]
            fields = dict(field.split(": ", 1) for field in head.splitlines() if ": " in field)
            said = fields.get("Authorization", "")
            self.asked.append((path, said))
            await peer.send(self.reply(path, said).encode())

    def reply(self, path: str, said: str) -> str:
        if path.startswith("/to/"):
            target = path.removeprefix("/to/").replace("!", "/")
            return f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n"
        if self.challenge and not said.startswith("Digest"):
            return (
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n"
                f"WWW-Authenticate: {self.challenge}\r\n\r\n"
            )
        return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    @property
    def said(self) -> list[str]:
        return [said for _, said in self.asked]


def play(client: Callable[[Guarded, RawServer], Coroutine[None, None, None]]) -> None:
    async def main(loop: TurnedLoop) -> None:
        guarded = Guarded()
        async with RawServer(guarded) as server:
            await client(guarded, server)

    run_quietly(main)


async def ask(client: Client, url: str, **options: object) -> Response:
    response = await client.get(url, **options)  # type: ignore[arg-type]  # by the test
    await response.aread()
    return response


def test_the_clients_own_go_with_every_request_unless_the_request_says_otherwise() -> None:
    async def main(guarded: Guarded, server: RawServer) -> None:
        async with Client(auth=("alice", "sesame")) as client:
            await ask(client, server.url())
            await ask(client, server.url(), auth=("bob", "secret"))
            await ask(client, server.url(), auth=None)
            await ask(client, server.url())
        assert guarded.said == [ALICE, BOB, "", ALICE]

    play(main)


def test_they_go_to_the_first_origin_asked_and_to_no_other() -> None:
    async def main(guarded: Guarded, server: RawServer) -> None:
        other = Guarded()
        async with RawServer(other) as stranger, Client(auth=("alice", "sesame")) as client:
            await ask(client, server.url())
            await ask(client, stranger.url())
            await ask(client, stranger.url(), auth=("bob", "secret"))
        assert (guarded.said, other.said) == ([ALICE], ["", BOB])

    play(main)


def test_or_to_that_of_base_url() -> None:
    async def main(guarded: Guarded, server: RawServer) -> None:
        other = Guarded()
        async with (
            RawServer(other) as stranger,
            Client(base_url=server.url(), auth=("alice", "sesame")) as client,
        ):
            await ask(client, stranger.url())
            await ask(client, "/here")
        assert (guarded.said, other.said) == ([ALICE], [""])

    play(main)


@pytest.mark.parametrize("level", ["client", "request"])
def test_a_redirect_elsewhere_loses_them_for_the_rest_of_the_chain(level: str) -> None:
    async def main(guarded: Guarded, server: RawServer) -> None:
        other = Guarded()
        async with RawServer(other) as stranger:
            back = server.url("/back").replace("/", "!")
            away = stranger.url(f"/to/{back}").replace("/", "!")
            on_client = {"auth": ("alice", "sesame")} if level == "client" else {}
            on_request = {"auth": ("alice", "sesame")} if level == "request" else {}
            async with Client(follow_redirects=True, **on_client) as client:  # type: ignore[arg-type]
                start = server.url(f"/to/{server.url('/to/').replace('/', '!')}{away}")
                await ask(client, start, **on_request)
                assert guarded.said[:2] == [ALICE, ALICE]
                assert other.said == [""]
                assert guarded.said[2:] == [""]

    play(main)


def test_user_and_password_of_the_url_are_used_unless_switched_off() -> None:
    async def main(guarded: Guarded, server: RawServer) -> None:
        url = server.url().replace("http://", "http://bob:secret@")
        async with Client() as client:
            await ask(client, url)
            await ask(client, url, auth=None)
            await ask(client, url, auth=("alice", "sesame"))
        assert guarded.said == [BOB, "", ALICE]

    play(main)


def test_a_flow_of_ones_own_may_ask_twice() -> None:
    class Key(hyperhttp.Auth):
        def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
            response = yield request
            if response.status_code == 200:
                request.headers["Authorization"] = "Key 1"
                yield request

    async def main(guarded: Guarded, server: RawServer) -> None:
        async with Client(auth=Key()) as client:
            assert (await ask(client, server.url())).status_code == 200
        assert guarded.said == ["", "Key 1"]
        assert len(server.peers) == 1

    play(main)


def test_a_token_provider_is_awaited_and_its_error_comes_out() -> None:
    async def failing(refused: str | None) -> str:
        raise ZeroDivisionError

    async def token(refused: str | None) -> str:
        return "t0ken"

    async def main(guarded: Guarded, server: RawServer) -> None:
        async with Client(auth=BearerAuth(token)) as client:
            await ask(client, server.url())
        async with Client(auth=BearerAuth(failing)) as client:
            with pytest.raises(ZeroDivisionError):
                await client.get(server.url())
        assert guarded.said == ["Bearer t0ken"]

    play(main)


def test_digest_responses_a_challenge_on_the_same_connection_and_keeps_its_nonce() -> None:
    async def main(guarded: Guarded, server: RawServer) -> None:
        guarded.challenge = 'Digest realm="r", nonce="abc", qop="auth", algorithm=SHA-256'
        async with Client(auth=hyperhttp.DigestAuth("alice", "sesame")) as client:
            assert (await ask(client, server.url("/one"))).status_code == 200
            assert (await ask(client, server.url("/two"))).status_code == 200
        assert [said.partition(" ")[0] for said in guarded.said] == ["", "Digest", "Digest"]
        assert "nc=00000001" in guarded.said[1]
        assert "nc=00000002" in guarded.said[2]
        assert len(server.peers) == 1

    play(main)


@pytest.mark.parametrize(
    "given", ["alice", "", (), 0, False, 7, ("a", "b", "c"), ("a", 1), ("a:b", "c")]
)
def test_what_is_no_auth_is_refused_without_being_shown(given: object) -> None:
    with pytest.raises(hyperhttp.ConfigError) as caught:
        Client(auth=given)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.option == "auth"
    assert "alice" not in str(caught.value)


def test_an_async_flow_that_sends_nothing_is_told() -> None:
    class Empty(hyperhttp.Auth):
        async def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]:
            if request.method == "never":
                yield request

    async def main(guarded: Guarded, server: RawServer) -> None:
        async with Client(auth=Empty()) as client:
            with pytest.raises(hyperhttp.ConfigError, match="sends nothing"):
                await client.get(server.url())
        assert guarded.asked == []

    play(main)


class Second(hyperhttp.Auth):
    """Asks a first server for a key; without a response it goes on, or ends."""

    def __init__(self, *, goes_on: bool) -> None:
        self.goes_on = goes_on
        self.seen: list[hyperhttp.HyperHTTPError] = []

    async def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]:
        try:
            yield Request("GET", "https://keys.example.com/")
        except hyperhttp.ConnectError as error:
            self.seen.append(error)
        if self.goes_on:
            yield request


@pytest.mark.parametrize("http2", [False, True])
async def test_an_async_flow_gets_the_error_of_its_request(http2: bool) -> None:
    def site(request: MockRequest) -> int | RefuseConnection:
        return RefuseConnection() if request.url.host == "keys.example.com" else 200

    auth, strict = Second(goes_on=True), Second(goes_on=False)
    async with Client(transport=MockTransport(site, http2=http2)) as client:
        assert (await client.get("https://example.com/", auth=auth)).status_code == 200
        with pytest.raises(hyperhttp.ConnectError) as caught:
            await client.get("https://example.com/", auth=strict)
    assert len(auth.seen) == 1
    assert strict.seen == [caught.value]


def test_what_a_flow_adds_does_not_travel_with_a_redirect_elsewhere() -> None:
    def with_key(request: Request) -> Request:
        request.headers["Authorization"] = "Key secret"
        return request

    async def main(guarded: Guarded, server: RawServer) -> None:
        other = Guarded()
        async with RawServer(other) as stranger, Client(follow_redirects=True) as client:
            away = stranger.url("/there").replace("/", "!")
            await ask(client, server.url(f"/to/{away}"), auth=with_key)
        assert (guarded.said, other.said) == (["Key secret"], [""])

    play(main)


def test_a_netrc_file_has_an_entry_for_each_host(tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text(
        "machine 127.0.0.1 login alice password sesame\nmachine localhost login bob password secret"
    )
    (tmp_path / "netrc").chmod(0o600)

    async def main(guarded: Guarded, server: RawServer) -> None:
        async with Client(auth=hyperhttp.NetRCAuth(tmp_path / "netrc")) as client:
            await ask(client, server.url())
            await ask(client, server.url(host="localhost"))
        assert guarded.said == [ALICE, BOB]

    play(main)


@pytest.mark.parametrize("level", ["client", "request"])
def test_an_auth_that_is_empty_as_a_container_still_counts(level: str) -> None:
    class Empty(hyperhttp.Auth):
        def __len__(self) -> int:
            return 0

        def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
            request.headers["Authorization"] = "Key 1"
            yield request

    async def main(guarded: Guarded, server: RawServer) -> None:
        async with Client(auth=Empty() if level == "client" else None) as client:
            own = Empty() if level == "request" else hyperhttp.UNSET
            await ask(client, server.url(), auth=own)
        assert guarded.said == ["Key 1"]

    play(main)
