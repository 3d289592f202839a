"""The client credentials grant: the token request, its errors, and the requests with the token."""

from __future__ import annotations

import asyncio
import base64
import pickle
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs

import pytest

from hyperhttp import (
    BodyNotReplayable,
    Client,
    ConfigError,
    ConnectError,
    MockResponse,
    MockTransport,
    OAuth2ClientCredentials,
    OAuth2Error,
    ReadError,
    Request,
)
from hyperhttp.testing import RefuseConnection, Reset, run_virtual_time
from tests.clock import later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyperhttp._policy.oauth2 import ClientAuthMethod
    from hyperhttp.testing import MockRequest

TOKEN_URL = "https://login.example.com/token"
URL = "https://example.com/data"
SECRET = "s3cret:/ü"


def auth_of(method: ClientAuthMethod = "client_secret_basic") -> OAuth2ClientCredentials:
    return OAuth2ClientCredentials(
        TOKEN_URL,
        client_id="app:1",
        client_secret=SECRET,
        scope=["read", "write"],
        params={"audience": "api"},
        auth_method=method,
    )


class Site:
    """A token endpoint, and a resource that takes its tokens."""

    def __init__(self, *, lifetime: object = 3600, refused: tuple[str, ...] = ()) -> None:
        self.lifetime = lifetime
        self.refused = refused
        self.issued = 0
        self.sent: list[str | None] = []
        self.asked: list[MockRequest] = []

    async def __call__(self, request: MockRequest) -> MockResponse:
        if str(request.url) == TOKEN_URL:
            self.asked.append(request)
            await later(1)
            self.issued += 1
            token = {"access_token": f"t{self.issued}", "token_type": "bearer"}
            return MockResponse(json={**token, "expires_in": self.lifetime})
        self.sent.append(request.headers.get("authorization"))
        sent = (self.sent[-1] or "").removeprefix("Bearer ")
        return MockResponse(401 if sent in self.refused or not sent else 200)


@pytest.mark.parametrize("http2", [False, True])
@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_the_token_request_is_that_of_the_rfc(method: ClientAuthMethod, *, http2: bool) -> None:
    site = Site()

    async def run() -> None:
        async with Client(
            transport=MockTransport(site, http2=http2), auth=auth_of(method)
        ) as client:
            for _ in range(2):
                assert (await client.get(URL)).status_code == 200

    run_virtual_time(run())
    (asked,) = site.asked
    form = parse_qs(asked.content.decode())
    assert asked.method == "POST"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert form["grant_type"] == ["client_credentials"]
    assert (form["scope"], form["audience"]) == (["read write"], ["api"])
    if method == "client_secret_basic":
        pair = base64.b64decode(asked.headers["authorization"].removeprefix("Basic "))
        assert pair == b"app%3A1:s3cret%3A%2F%C3%BC"
        assert "client_secret" not in form
    else:
        assert (form["client_id"], form["client_secret"]) == (["app:1"], [SECRET])
        assert "authorization" not in asked.headers
    assert site.sent == ["Bearer t1", "Bearer t1"]


@pytest.mark.parametrize(("lifetime", "issued"), [(60, 2), ("60", 2), (None, 1), (10_000, 1)])
def test_one_request_fetches_the_token_for_all(lifetime: object, issued: int) -> None:
    site = Site(lifetime=lifetime)

    async def run() -> None:
        async with Client(transport=MockTransport(site), auth=auth_of()) as client:
            await asyncio.gather(*(client.get(URL) for _ in range(5)))
            await later(61)
            await asyncio.gather(*(client.get(URL) for _ in range(5)))

    run_virtual_time(run())
    assert site.issued == issued
    assert site.sent == ["Bearer t1"] * 5 + [f"Bearer t{issued}"] * 5


def test_a_cancelled_request_leaves_the_fetch_to_another() -> None:
    site = Site()

    async def run() -> None:
        async with Client(transport=MockTransport(site), auth=auth_of()) as client:
            first = asyncio.ensure_future(client.get(URL))
            others = [asyncio.ensure_future(client.get(URL)) for _ in range(3)]
            await later(0.5)
            first.cancel()
            for response in await asyncio.gather(*others):
                assert response.status_code == 200

    run_virtual_time(run())
    assert len(site.asked) == 2
    assert len(set(site.sent)) == 1


@pytest.mark.parametrize("http2", [False, True])
def test_a_transport_failure_of_the_token_request_reaches_all_that_wait(*, http2: bool) -> None:
    asked: list[str] = []

    async def site(request: MockRequest) -> MockResponse | Reset:
        asked.append(str(request.url))
        await later(1)
        if str(request.url) == TOKEN_URL and len(asked) == 1:
            return Reset()
        return MockResponse(json={"access_token": "t1", "token_type": "bearer"})

    async def run() -> None:
        transport = MockTransport(site, http2=http2)
        async with Client(transport=transport, auth=auth_of()) as client:
            calls = [client.get(URL) for _ in range(5)]
            errors = await asyncio.gather(*calls, return_exceptions=True)
            assert len(asked) == 1
            assert {type(error) for error in errors} == {ReadError}
            assert len({id(error) for error in errors}) == 1
            assert (await client.get(URL)).status_code == 200

    run_virtual_time(run())
    assert asked == [TOKEN_URL, TOKEN_URL, URL]


def test_a_refused_token_is_replaced_once() -> None:
    site = Site(refused=("t1",))
    worse = Site(refused=("t1", "t2", "t3"))

    async def run() -> None:
        async with Client(transport=MockTransport(site), auth=auth_of()) as client:
            assert (await client.get(URL)).status_code == 200
        async with Client(transport=MockTransport(worse), auth=auth_of()) as client:
            assert (await client.get(URL)).status_code == 401

    run_virtual_time(run())
    assert site.sent == ["Bearer t1", "Bearer t2"] == worse.sent


def test_a_body_that_can_be_sent_once_is_not_sent_again() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"once"

    async def run() -> None:
        async with Client(transport=MockTransport(Site(refused=("t1",))), auth=auth_of()) as client:
            with pytest.raises(BodyNotReplayable, match="new token"):
                await client.post(URL, content=pieces())

    run_virtual_time(run())


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (MockResponse(401, json={"error": "invalid_client"}), "invalid_client"),
        (MockResponse(400, json={"error": "invalid_scope"}), "invalid_scope"),
        (MockResponse(200, json={"error": "invalid_grant"}), "invalid_grant"),
        (MockResponse(400, json={"error": "hunter2"}), "invalid_response"),
        (MockResponse(503, content=b"busy"), "invalid_response"),
        (MockResponse(200, content=b"<html>"), "invalid_response"),
        (MockResponse(200, json=["a"]), "invalid_response"),
        (MockResponse(200, json={"access_token": "t"}), "invalid_response"),
        (MockResponse(200, json={"access_token": "t", "token_type": "mac"}), "invalid_response"),
        (MockResponse(200, json={"token_type": "Bearer"}), "invalid_response"),
        (
            MockResponse(200, json={"access_token": "t t", "token_type": "Bearer"}),
            "invalid_response",
        ),
        (
            MockResponse(
                200, json={"access_token": "t", "token_type": "Bearer", "expires_in": "x"}
            ),
            "invalid_response",
        ),
    ],
)
async def test_a_refused_token_request_is_a_typed_error(response: MockResponse, code: str) -> None:
    async with Client(transport=MockTransport(response), auth=auth_of()) as client:
        with pytest.raises(OAuth2Error) as caught:
            await client.get(URL)
    error = caught.value
    assert (error.code, error.status_code) == (code, response.status_code)
    assert "hunter2" not in f"{error!r} {error}"
    assert error.origin == "https://login.example.com"


async def test_what_the_server_has_written_is_not_part_of_the_error() -> None:
    body = {"error": "invalid_client", "error_description": "no such client: hunter2"}
    transport = MockTransport(MockResponse(401, json=body))
    async with Client(transport=transport, auth=auth_of()) as client:
        with pytest.raises(OAuth2Error) as caught:
            await client.get(URL)
    error = caught.value
    assert "hunter2" not in f"{error!r} {error} {error.explain()}"
    assert "s3cret" not in repr(pickle.loads(pickle.dumps(error)).request)


async def test_an_error_of_the_connection_is_raised_as_it_is_and_the_next_request_tries_again() -> (
    None
):
    transport = MockTransport([RefuseConnection(), RefuseConnection()])
    async with Client(transport=transport, auth=auth_of()) as client:
        for _ in range(2):
            with pytest.raises(ConnectError, match="refused"):
                await client.get(URL)


def test_secrets_are_never_shown() -> None:
    auth = auth_of()
    assert repr(auth) == (
        f"OAuth2ClientCredentials({TOKEN_URL!r}, client_id='app:1', client_secret=[secure])"
    )
    assert "s3cret" not in repr(vars(type(auth)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_id", ""),
        ("client_id", 5),
        ("client_secret", b"hunter2"),
        ("client_secret", ""),
        ("auth_method", "none"),
    ],
)
def test_wrong_arguments_are_refused_without_being_shown(name: str, value: object) -> None:
    options = {"client_id": "a", "client_secret": "hunter2", name: value}
    with pytest.raises(ConfigError) as caught:
        OAuth2ClientCredentials(TOKEN_URL, **cast("dict[str, str]", options))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert "hunter2" not in str(caught.value)


def test_the_flow_is_asynchronous_only() -> None:
    with pytest.raises(ConfigError, match="async_auth_flow"):
        next(auth_of().auth_flow(Request("GET", URL)))
