"""Credentials, cookies and redirects with a real server, by both versions of HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import BasicAuth, BearerAuth, BodyNotReplayable, Client, DigestAuth
from tests.servers.guarded import PASSWORD, TOKEN, USER

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from hyperhttp import Auth
    from tests.servers.certificates import Certificates
    from tests.servers.hypercorn import Hypercorn

pytestmark = pytest.mark.peer


async def token(refused: str | None) -> str:
    return "expired" if refused is None else TOKEN


SCHEMES: dict[str, Callable[[], Auth]] = {
    "basic": lambda: BasicAuth(USER, PASSWORD),
    "bearer": lambda: BearerAuth(token),
    "digest": lambda: DigestAuth(USER, PASSWORD),
}


@pytest.fixture(params=["HTTP/1.1", "HTTP/2"])
def version(request: pytest.FixtureRequest) -> str:
    """What is spoken."""
    return str(request.param)


@pytest.fixture
async def client(
    hypercorn_server: Hypercorn, certificates: Certificates, version: str
) -> AsyncGenerator[Client]:
    """A client at home there."""
    url = hypercorn_server.h2_url if version == "HTTP/2" else hypercorn_server.url
    async with Client(base_url=url("/"), verify=certificates.ca, timeout=10.0) as made:
        yield made


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_who_is_known_is_let_in_again_and_again(
    client: Client, scheme: str, version: str
) -> None:
    auth = SCHEMES[scheme]()
    for number in range(3):
        path = f"guarded/{scheme}?n={number}" if scheme == "digest" else f"guarded/{scheme}"
        response = await client.post(path, content=b"body", auth=auth)
        await response.aread()
        assert (response.status_code, response.text) == (200, "POST 4")
        assert response.http_version == version


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_who_is_not_known_is_told_so(client: Client, scheme: str) -> None:
    strangers: dict[str, Auth] = {
        "basic": BasicAuth("bob", "x"),
        "bearer": BearerAuth("wrong"),
        "digest": DigestAuth("bob", "x"),
    }
    response = await client.get(f"guarded/{scheme}", auth=strangers[scheme])
    assert response.status_code == 401
    with pytest.raises(hyperhttp.ClientStatusError) as caught:
        response.raise_for_status()
    assert PASSWORD not in str(caught.value)
    await response.aread()


async def test_digest_cannot_send_a_body_twice_that_is_there_once(client: Client) -> None:
    auth = DigestAuth(USER, PASSWORD)
    with pytest.raises(BodyNotReplayable):
        await client.post("guarded/digest", content=iter([b"once"]), auth=auth)
    known = await client.get("guarded/digest", auth=auth)
    await known.aread()
    response = await client.post("guarded/digest", content=iter([b"once"]), auth=auth)
    await response.aread()
    assert response.text == "POST 4"


async def test_cookies_and_redirects_go_together(client: Client) -> None:
    response = await client.get("set-cookies?a=1&b=2")
    await response.aread()
    response = await client.get("redirect/3", follow_redirects=True)
    await response.aread()
    assert [one.status_code for one in response.history] == [302, 302, 302]
    response = await client.get("cookies", cookies={"c": "3"})
    await response.aread()
    assert response.json() == {"a": "1", "b": "2", "c": "3"}
