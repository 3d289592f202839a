"""Redirects over sockets: what the server at the other end of a Location really gets."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from hyperhttp import BodyNotReplayable, Client
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

SECRETS = ("authorization", "x-auth-token", "x-api-key", "cookie")


class Site:
    """Responds with redirects, in order, and then `ok`; keeps each request, split."""

    def __init__(self, *redirects: tuple[int, str]) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.redirects = list(redirects)

    async def __call__(self, peer: Peer) -> None:
        try:
            while True:
                await self._reply(peer)
        except UnexpectedEnd:
            pass

    async def _reply(self, peer: Peer) -> None:
        head, _, body = (await peer.read_request()).partition(b"\r\n\r\n")
        line, *fields = head.decode("latin-1").split("\r\n")
        pairs = [field.split(": ", 1) for field in fields]
        self.requests.append((line, {name.lower(): value for name, value in pairs}, body))
        if not self.redirects:
            await peer.send(OK)
            return
        status, location = self.redirects.pop(0)
        cookie = f"hop{len(self.redirects)}=1; Path=/"
        reply = f"HTTP/1.1 {status} Away\r\nLocation: {location}\r\nSet-Cookie: {cookie}\r\n"
        await peer.send(f"{reply}Content-Length: 0\r\n\r\n".encode())


async def chunks() -> AsyncGenerator[bytes]:
    yield b"bo"
    yield b"dy"


# Which of the fields goes on does not depend on the status; method and body do.
SAMPLE = [
    (301, "GET", None, "GET", b""),
    (302, "POST", b"body", "GET", b""),
    (303, "PUT", b"body", "GET", b""),
    (303, "DELETE", None, "GET", b""),
    (307, "POST", b"body", "POST", b"body"),
    (308, "PUT", b"body", "PUT", b"body"),
    (302, "PATCH", b"body", "PATCH", b"body"),
]


@pytest.mark.parametrize("change", ["path", "port", "host", "scheme up", "scheme down"])
@pytest.mark.parametrize(("status", "method", "body", "next_method", "next_body"), SAMPLE)
async def test_what_the_next_server_gets(
    certificates: Certificates,
    change: str,
    status: int,
    method: str,
    body: bytes | None,
    next_method: str,
    next_body: bytes,
) -> None:
    first, second = Site(), Site()
    tls = server_context(certificates.good)
    async with AsyncExitStack() as stack:
        starts = tls if change == "scheme down" else None
        leads = tls if change == "scheme up" else None
        start = await stack.enter_async_context(RawServer(first, tls=starts))
        other = await stack.enter_async_context(RawServer(second, tls=leads))
        hosts = ("127.0.0.1", "localhost") if change == "host" else ("localhost", "localhost")
        to = "/next" if change == "path" else other.url("/next", host=hosts[1])
        first.redirects = [(status, to)]
        client = await stack.enter_async_context(
            Client(
                follow_redirects=True,
                verify=str(certificates.ca),
                headers={"X-Auth-Token": "secret", "X-Own": "kept"},
                auth=("user", "secret"),
            )
        )
        headers = {"X-API-Key": "secret", "Content-Language": "en"}
        response = await client.request(
            method,
            start.url("/first", host=hosts[0]),
            headers=headers,
            content=body if body is not None else b"",
            cookies={"once": "secret"},
        )
    came = (first if change == "path" else second).requests[-1]
    line, fields, content = came
    assert (line, content) == (f"{next_method} /next HTTP/1.1", next_body)
    assert all(name in first.requests[0][1] for name in SECRETS)
    assert fields["x-own"] == "kept"
    assert ("content-language" in fields) == (next_method == method)
    if change == "path":
        assert fields["cookie"] == "hop0=1; once=secret"
        assert all(name in fields for name in SECRETS)
    else:
        assert [name for name in SECRETS if name in fields] in ([], ["cookie"])
        # A jar knows hosts, not ports (RFC 6265 8.5); what was given for one call does not travel.
        assert fields.get("cookie") == (None if change == "host" else "hop0=1")
        assert "secret" not in str(second.requests)
    assert [hop.status_code for hop in response.history] == [status]
    assert str(response.url).endswith("/next")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_body_that_was_read_once_is_not_asked_for_again(status: int) -> None:
    site = Site((status, "/next"))
    async with RawServer(site) as server, Client(follow_redirects=True) as client:
        with pytest.raises(BodyNotReplayable):
            await client.put(server.url(), content=chunks())
        assert len(site.requests) == 1
        await (await client.get(server.url())).aread()


async def test_secrets_do_not_come_back_after_another_origin() -> None:
    home, away = Site(), Site()
    async with RawServer(home) as server, RawServer(away) as elsewhere:
        home.redirects = [(302, elsewhere.url("/away", host="localhost"))]
        away.redirects = [(302, server.url("/back"))]
        async with Client(follow_redirects=True, auth=("user", "secret")) as client:
            headers = {"X-API-Key": "secret"}
            await client.get(server.url(), headers=headers, cookies={"once": "secret"})
    assert "secret" in str(home.requests[0])
    assert "secret" not in str(home.requests[1:])
    assert "secret" not in str(away.requests)
    assert home.requests[1][1]["cookie"] == "hop0=1"


@pytest.mark.parametrize("leads_away", [False, True])
async def test_a_host_field_of_the_caller_stays_with_its_origin(leads_away: bool) -> None:
    home, away = Site(), Site()
    async with RawServer(home) as server, RawServer(away) as elsewhere:
        home.redirects = [(302, elsewhere.url() if leads_away else "/next")]
        async with Client(follow_redirects=True) as client:
            await client.get(server.url(), headers={"Host": "example.com"})
    came = (away if leads_away else home).requests[-1][1]["host"]
    assert came == (f"127.0.0.1:{elsewhere.port}" if leads_away else "example.com")
