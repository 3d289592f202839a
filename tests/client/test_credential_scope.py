"""Where the secrets of a client go: everywhere, to its own origins, or nowhere else at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hyperhttp import (
    Client,
    ClientConfig,
    ConfigError,
    LocalProtocolError,
    MockResponse,
    MockTransport,
    NetRCAuth,
    Request,
)
from hyperhttp._base import sensitive
from hyperhttp._client.credential_scope import CredentialScope
from hyperhttp._message.url.url import URL
from hyperhttp.testing import MockRequest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Literal

HOME = "https://api.example.com"
OTHERS = [
    "https://evil.example/",
    "http://api.example.com/",
    "https://api.example.com:8443/",
    "https://www.api.example.com/",
    "https://api.example.com.evil.example/",
]
HEADERS = {"Authorization": "s3cret", "X-API-Key": "s3cret", "X-Plain": "1"}


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    before = set(sensitive._added)
    yield
    sensitive._added.clear()
    sensitive._added.update(before)


def client_of(
    transport: MockTransport,
    bind_to_origin: bool | Literal["refuse"],
    trusted: frozenset[str] = frozenset(),
) -> Client:
    return Client(
        base_url=HOME,
        transport=transport,
        headers=HEADERS,
        params={"api_key": "s3cret"},
        cookies={"session": "s3cret"},
        bind_to_origin=bind_to_origin,
        trusted_origins=trusted,
        follow_redirects=True,
    )


def secrets_of(request: MockRequest) -> set[str]:
    found = {name for name, value in request.headers.items() if "s3cret" in value}
    return found | ({"params"} if "s3cret" in request.url.query else set())


@pytest.mark.parametrize("url", OTHERS)
async def test_secrets_stay_at_home(url: str) -> None:
    transport = MockTransport(MockResponse(200))
    async with client_of(transport, True) as client:
        await client.get("/x")
        await client.get(f"{HOME}/x")
        await client.get(url)
        await client.post(url, headers={"X-Own": "2"}, params={"own": "3"}, files={"f": b""})
    home, again, *elsewhere = transport.requests
    assert (
        secrets_of(home) == secrets_of(again) == {"authorization", "x-api-key", "cookie", "params"}
    )
    for request in elsewhere:
        assert secrets_of(request) == set()
        assert request.headers["x-plain"] == "1"
    assert (elsewhere[1].headers["x-own"], elsewhere[1].url.query) == ("2", "own=3")


@pytest.mark.parametrize("url", OTHERS)
async def test_without_the_option_headers_and_params_go_everywhere(url: str) -> None:
    transport = MockTransport(MockResponse(200))
    async with client_of(transport, False) as client:
        await client.get(url)
    assert {"authorization", "x-api-key", "params"} <= secrets_of(transport.requests[0])


async def test_what_a_request_has_of_its_own_goes_where_it_goes() -> None:
    transport = MockTransport(MockResponse(200))
    async with client_of(transport, True) as client:
        own = {"Authorization": "own s3cret"}
        await client.get(OTHERS[0], headers=own, cookies={"c": "s3cret"}, params={"p": "s3cret"})
        await client.get(OTHERS[0], auth=("ann", "pass"))
    first, second = transport.requests
    assert secrets_of(first) == {"authorization", "cookie", "params"}
    assert (first.headers["authorization"], first.headers["cookie"]) == ("own s3cret", "c=s3cret")
    assert second.headers["authorization"].startswith("Basic ")


async def test_trusted_origins_get_the_same() -> None:
    transport = MockTransport(MockResponse(200))
    trusted = frozenset({"https://FILES.example.com:443/", "http://[::1]:80"})
    async with client_of(transport, True, trusted) as client:
        for url in ("https://files.example.com/x", "http://[::1]/", "https://files.example.com:8/"):
            await client.get(url)
    found = [secrets_of(call) for call in transport.requests]
    assert found == [{"authorization", "x-api-key", "params"}] * 2 + [set()]


@pytest.mark.parametrize("url", OTHERS)
async def test_other_origins_are_refused(url: str) -> None:
    transport = MockTransport(MockResponse(200))
    async with client_of(transport, "refuse") as client:
        await client.get("/x")
        with pytest.raises(LocalProtocolError, match="bind_to_origin") as caught:
            await client.get(url)
        with pytest.raises(LocalProtocolError, match="bind_to_origin"):
            await client.send(Request("GET", url))
        assert "s3cret" not in f"{caught.value} {caught.value!r}"
    assert len(transport.requests) == 1


@pytest.mark.parametrize("bind_to_origin", [True, "refuse"])
async def test_a_redirect_elsewhere(bind_to_origin: bool | Literal["refuse"]) -> None:
    transport = MockTransport(
        [MockResponse(302, headers={"Location": OTHERS[0]}), MockResponse(200)]
    )
    async with client_of(transport, bind_to_origin) as client:
        if bind_to_origin == "refuse":
            with pytest.raises(LocalProtocolError, match="bind_to_origin"):
                await client.get("/x")
        else:
            await client.get("/x")
            assert secrets_of(transport.requests[1]) == set()
    assert len(transport.requests) == (1 if bind_to_origin == "refuse" else 2)


async def test_auth_of_the_client_goes_to_trusted_origins_only(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("default login ann password s3cret")
    file.chmod(0o600)
    for auth in (("ann", "s3cret"), NetRCAuth(file)):
        transport = MockTransport(MockResponse(200))
        async with Client(
            base_url=HOME,
            auth=auth,
            transport=transport,
            bind_to_origin=True,
            trusted_origins={"https://files.example.com"},
        ) as client:
            for url in ("/x", "https://files.example.com/", *OTHERS):
                await client.get(url)
        sent = ["authorization" in call.headers for call in transport.requests]
        assert sent == [True, True, *[False] * len(OTHERS)]


async def test_cookies_of_another_origin_that_match_stay_here() -> None:
    cookie = MockResponse(200, headers={"Set-Cookie": "s=s3cret; Domain=example.com"})
    transport = MockTransport([cookie, MockResponse(200), MockResponse(200)])
    async with client_of(transport, True) as client:
        await client.get("/x")
        await client.get("https://www.example.com/")
        await client.get("/y")
    found = ["s=s3cret" in call.headers.get("cookie", "") for call in transport.requests]
    assert found == [False, False, True]


async def test_names_that_a_user_adds_stay_at_home_too() -> None:
    transport = MockTransport(MockResponse(302, headers={"Location": OTHERS[0]}))
    async with Client(
        base_url=HOME,
        transport=transport,
        headers={"X-Org-Token": "s3cret"},
        sensitive_names={"x-ORG-token"},
        bind_to_origin=True,
    ) as client:
        await client.get(OTHERS[0])
        response = await client.get("/x")
        assert "s3cret" not in repr(client.headers) + response.request.to_curl()
    assert [secrets_of(call) for call in transport.requests] == [set(), {"x-org-token"}]


@pytest.mark.parametrize(
    ("config", "option"),
    [
        (ClientConfig(bind_to_origin=True), "bind_to_origin"),
        (ClientConfig(bind_to_origin="refuse"), "bind_to_origin"),
        (ClientConfig(trusted_origins=frozenset({HOME})), "trusted_origins"),
        *(
            (
                ClientConfig(bind_to_origin=True, trusted_origins=frozenset({text})),
                "trusted_origins",
            )
            for text in (
                "",
                "api.example.com",
                f"{HOME}/path",
                f"{HOME}?q=1",
                "ftp://x",
                "https://a:b@x",
            )
        ),
    ],
)
def test_a_scope_that_means_nothing_is_refused(config: ClientConfig, option: str) -> None:
    with pytest.raises(ConfigError) as caught:
        CredentialScope.of(config)
    assert caught.value.option == option
    assert "a:b" not in str(caught.value)


def test_the_base_may_change() -> None:
    scope = CredentialScope.of(ClientConfig(bind_to_origin=True, base_url=HOME))
    assert scope is not None
    assert scope.trusts(URL(HOME), URL(HOME))
    assert not scope.trusts(URL(HOME), None)
    assert CredentialScope.of(ClientConfig()) is None


async def test_explain_tells_what_happens_elsewhere() -> None:
    async with client_of(MockTransport(MockResponse(200)), True) as client:
        assert "other origins: without sensitive defaults" in str(client.explain("/x"))
        assert "s3cret" not in str(client.explain("/x?sig=s3cret"))
