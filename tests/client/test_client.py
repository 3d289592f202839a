"""The client as its users put it together: what merges with what, and what reaches the wire."""

from __future__ import annotations

import gc
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import (
    URL,
    Client,
    ClientConfig,
    ClientOptions,
    ConfigError,
    Headers,
    LocalProtocolError,
    MockTransport,
    Request,
    RequestOptions,
    Timeout,
)
from hyperhttp._network import tls
from hyperhttp._network.tls_contexts import TLSContexts
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd, replies

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Sequence
    from pathlib import Path


class Echo:
    """Responds to `ok` to everything and keeps each request, split."""

    def __init__(self, *responses: bytes) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self._responses = list(responses)

    async def __call__(self, peer: Peer) -> None:
        try:
            while True:
                raw = await peer.read_request()
                head, _, body = raw.partition(b"\r\n\r\n")
                line, *fields = head.decode("latin-1").split("\r\n")
                pairs = [field.split(": ", 1) for field in fields]
                self.requests.append((line, {name.lower(): value for name, value in pairs}, body))
                await peer.send(self._responses.pop(0) if self._responses else OK)
        except UnexpectedEnd:
            pass

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the last request."""
        return self.requests[-1][1]

    @property
    def line(self) -> str:
        """The first line of the last request."""
        return self.requests[-1][0]


async def test_what_the_client_has_goes_with_every_request_and_the_requests_own_on_top() -> None:
    echo = Echo()
    async with (
        RawServer(echo) as server,
        Client(headers={"X-A": "client", "X-B": "client"}, params={"p": 1}) as client,
    ):
        await client.get(server.url("/x?q=0"), headers={"x-b": "request"}, params={"p": [2, 3]})
        assert echo.line == "GET /x?q=0&p=1&p=2&p=3 HTTP/1.1"
        assert (echo.fields["x-a"], echo.fields["x-b"]) == ("client", "request")
        assert echo.fields["user-agent"] == "hyperhttp"
        await client.get(server.url())
        assert echo.fields["x-b"] == "client"


NOTHING: RequestOptions = {
    "params": None,
    "headers": None,
    "cookies": None,
    "follow_redirects": None,
    "max_redirects": None,
    "extensions": None,
}


async def test_none_for_an_option_of_a_request_is_as_if_it_were_not_given(tmp_path: Path) -> None:
    echo = Echo()
    async with (
        RawServer(echo) as server,
        Client(
            config=None,
            base_url=server.url("/v1/"),
            headers={"X-A": "client"},
            params={"p": 1},
            cookies={"c": "1"},
        ) as client,
    ):
        await client.get("x")
        await client.get("x", **NOTHING)
        await client.request("GET", "x", data=None, files=None, **NOTHING)
        await client.request("GET", "x", content=None, **NOTHING)
        await client.send(client.build_request("GET", "x", **NOTHING))
        async with client.stream("GET", "x", **NOTHING) as response:
            await response.aread()
        assert all(request == echo.requests[0] for request in echo.requests)
        assert (len(echo.requests), echo.fields["x-a"], echo.fields["cookie"]) == (
            6,
            "client",
            "c=1",
        )
        await client.download("x", tmp_path / "x", resume=None, **NOTHING)


async def test_none_for_an_option_of_the_client_is_as_if_it_were_not_given() -> None:
    echo = Echo()
    async with RawServer(echo) as server:
        nothing: ClientOptions = {
            "base_url": None,
            "params": None,
            "headers": None,
            "cookies": None,
            "event_hooks": None,
            "middleware": None,
            "transport": None,
            "user_agent": None,
            "verify": None,
        }
        async with Client(**nothing) as client, Client() as usual:
            assert client.config == usual.config
            await client.get(server.url())
            await usual.get(server.url())
    assert echo.requests[0] == echo.requests[1]


async def test_the_clients_headers_may_be_changed_at_any_time() -> None:
    echo = Echo()
    async with RawServer(echo) as server, Client() as client:
        await client.get(server.url())
        client.headers["X-Late"] = "1"
        del client.headers["accept"]
        await client.get(server.url())
        assert echo.fields["x-late"] == "1"
        assert "accept" not in echo.fields
        client.headers = {"X-New": "2"}
        await client.get(server.url())
        assert (echo.fields["x-new"], echo.fields["accept"]) == ("2", "*/*")
        assert "x-late" not in echo.fields


async def test_a_client_may_name_itself_or_not_at_all() -> None:
    echo = Echo()
    async with RawServer(echo) as server:
        async with Client(user_agent="mine/1") as client:
            await client.get(server.url())
            assert echo.fields["user-agent"] == "mine/1"
        async with Client(user_agent="") as client:
            await client.get(server.url())
            assert "user-agent" not in echo.fields


async def test_relative_urls_are_joined_to_the_base_and_absolute_ones_are_not() -> None:
    echo = Echo()
    async with RawServer(echo) as server:
        async with Client(base_url=server.url("/v1")) as client:
            assert client.base_url == URL(server.url("/v1"))
            await client.get("/users")
            assert echo.line == "GET /v1/users HTTP/1.1"
            await client.get(server.url("/other"))
            assert echo.line == "GET /other HTTP/1.1"
            client.base_url = server.url("/v2")
            await client.get("users")
            assert echo.line == "GET /v2/users HTTP/1.1"


async def test_a_relative_url_without_a_base_is_refused() -> None:
    async with Client() as client:
        assert client.base_url is None
        with pytest.raises(hyperhttp.InvalidURL):
            await client.get("/users")


async def test_cookies_go_to_their_host_only_and_those_of_a_request_with_it_only() -> None:
    setting = b"HTTP/1.1 200 OK\r\nSet-Cookie: set=1\r\nContent-Length: 0\r\n\r\n"
    echo, other = Echo(setting), Echo()
    async with RawServer(echo) as server, RawServer(other) as elsewhere:
        async with Client(cookies={"mine": "0"}) as client:
            await client.get(server.url())
            assert echo.fields["cookie"] == "mine=0"
            await client.get(server.url(), cookies={"once": "2", "mine": "3"})
            assert echo.fields["cookie"] == "set=1; once=2; mine=3"
            await client.get(server.url())
            assert echo.fields["cookie"] == "mine=0; set=1"
            await client.get(elsewhere.url(host="localhost"))
            assert "cookie" not in other.fields
            assert dict(client.cookies) == {"mine": "0", "set": "1"}
            client.cookies = {"new": "4"}
            await client.get(server.url())
            assert echo.fields["cookie"] == "new=4"


async def test_cookies_of_the_client_are_bound_to_the_base_url() -> None:
    echo, other = Echo(), Echo()
    async with RawServer(echo) as server, RawServer(other) as elsewhere:
        async with Client(base_url=server.url(), cookies={"mine": "0"}) as client:
            await client.get(elsewhere.url(host="localhost"))
            assert "cookie" not in other.fields
            await client.get("/")
            assert echo.fields["cookie"] == "mine=0"


async def test_cookies_of_an_https_base_url_are_not_sent_over_http() -> None:
    transport = MockTransport(200)
    async with Client(
        base_url="https://example.com", cookies={"mine": "0"}, transport=transport
    ) as client:
        await client.get("http://example.com/")
        await client.get("/")
        await client.get("https://example.com:8443/")
    sent = [request.headers.get("cookie") for request in transport.requests]
    assert sent == [None, "mine=0", "mine=0"]


@pytest.mark.parametrize("http2", [False, True])
async def test_two_hosts_are_refused(http2: bool) -> None:
    hosts = [("Host", "a.example"), ("Host", "b.example")]
    transport = MockTransport(200, http2=http2)
    async with Client(headers=hosts, transport=transport) as client:
        with pytest.raises(LocalProtocolError, match="more than one Host"):
            await client.get("https://example.com/")
        await client.get("https://example.com/", headers={"Host": "c.example"})
    async with Client(headers={"Host": "a.example"}, transport=transport) as client:
        with pytest.raises(LocalProtocolError, match="more than one Host"):
            await client.get("https://example.com/", headers=hosts)
        with pytest.raises(LocalProtocolError, match="more than one Host"):
            await client.send(Request("GET", "https://example.com/", headers=[*hosts, *hosts]))
    assert len(transport.requests) == 1


async def test_redirects_are_followed_when_asked_for_by_client_or_request() -> None:
    found = (
        b"HTTP/1.1 302 Found\r\nLocation: /next\r\nSet-Cookie: hop=1\r\nContent-Length: 0\r\n\r\n"
    )
    for client_follows, request_follows, followed in (
        (False, None, False),
        (True, None, True),
        (False, True, True),
        (True, False, False),
    ):
        echo = Echo(found)
        async with RawServer(echo) as server:
            async with Client(follow_redirects=client_follows) as client:
                if request_follows is None:
                    response = await client.get(server.url("/a"))
                else:
                    response = await client.get(server.url("/a"), follow_redirects=request_follows)
                assert response.is_success == followed
                assert response.url == server.url("/next" if followed else "/a")
                assert [hop.status_code for hop in response.history] == [302] * followed
                if followed:
                    assert echo.fields["cookie"] == "hop=1"


async def test_a_limit_of_redirects_may_be_given_for_one_request() -> None:
    found = b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"
    async with RawServer(Echo(found, found)) as server:
        async with Client(follow_redirects=True) as client:
            with pytest.raises(hyperhttp.TooManyRedirects) as caught:
                await client.get(server.url(), max_redirects=1)
            assert caught.value.max_redirects == 1


async def test_secrets_stay_with_their_origin_on_a_redirect() -> None:
    other = Echo()
    async with RawServer(other) as elsewhere:
        away = b"HTTP/1.1 307 Away\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
        echo = Echo(away % elsewhere.url("/", host="localhost").encode())
        async with RawServer(echo) as server:
            async with Client(
                follow_redirects=True,
                headers={"Authorization": "Bearer secret", "X-Own": "kept"},
                cookies={"session": "secret"},
            ) as client:
                await client.post(server.url(), json={"a": 1}, cookies={"once": "secret"})
        assert echo.fields["authorization"] == "Bearer secret"
        assert "secret" not in str(other.requests)
        assert other.fields["x-own"] == "kept"
        assert other.requests[-1][2] == b'{"a":1}'


async def test_user_and_password_in_a_url_become_basic_and_are_never_shown() -> None:
    echo = Echo()
    async with RawServer(echo) as server, Client() as client:
        url = server.url().replace("://", "://user:geheim@")
        response = await client.get(url)
        assert echo.fields["authorization"] == "Basic dXNlcjpnZWhlaW0="
        shown = f"{response.url} {response!r} {response.request!r} {response.request.headers!r}"
        assert "geheim" not in shown
        assert "dXNlcjpnZWhlaW0=" not in shown


async def test_a_request_may_be_built_looked_at_changed_and_sent() -> None:
    echo = Echo()
    async with RawServer(echo) as server, Client(headers={"X-A": "1"}) as client:
        request = client.build_request("PUT", server.url("/x"), content=b"abc", timeout=5.0)
        assert (request.method, request.content) == ("PUT", b"abc")
        assert request.url == URL(server.url("/x"))
        assert request.timeout == Timeout(5.0)
        assert request.headers["x-a"] == "1"
        request.headers["X-B"] = "2"
        response = await client.send(request)
        assert response.request is request
        assert (echo.fields["x-a"], echo.fields["x-b"]) == ("1", "2")
        bare = Request("GET", server.url("/bare"))
        await client.send(bare)
        assert set(echo.fields) == {"host"}


async def test_stream_may_be_awaited_or_entered() -> None:
    async with RawServer(replies(*[(b"GET", OK)] * 2)) as server, Client() as client:
        response = await client.stream("GET", server.url())
        assert await response.aread() == b"ok"
        async with client.stream("GET", server.url()) as streamed:
            assert [piece async for piece in streamed.aiter_bytes()] == [b"ok"]
        assert len(server.peers) == 1


async def test_leaving_a_stream_early_costs_the_connection_and_nothing_else() -> None:
    large = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1000
    async with RawServer(Echo(large), Echo()) as server:
        async with Client(max_connections=1, timeout=5.0) as client:
            async with client.stream("GET", server.url()) as response:
                assert response.status_code == 200
            with pytest.raises(hyperhttp.ResponseClosed):
                await response.aread()
            assert await (await client.get(server.url())).aread() == b"ok"


async def test_an_error_status_with_a_short_body_has_it_at_hand() -> None:
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\n"

    async def slowly(peer: Peer) -> None:
        await peer.read_request()
        await peer.drip(missing + b"gone")

    async with RawServer(slowly) as server, Client() as client:
        response = await client.get(server.url())
        with pytest.raises(hyperhttp.ClientStatusError) as caught:
            response.raise_for_status()
        assert caught.value.excerpt == "gone"
        assert caught.value.response.text == "gone"


async def test_elapsed_and_properties() -> None:
    async with RawServer(Echo()) as server:
        config = ClientConfig(timeout=Timeout(7.0))
        async with Client(config=config) as client:
            assert client.config is config
            assert client.timeout == Timeout(7.0)
            client.timeout = 3.0
            assert client.timeout == Timeout(3.0)
            response = await client.get(server.url())
            assert 0 < response.elapsed < 5
            assert response.http_version == "HTTP/1.1"
            assert "closed" not in repr(client)
        assert client.is_closed
        assert "closed" in repr(client)


BAD: list[tuple[str, Callable[[Client], object], type[hyperhttp.HyperHTTPError], Sequence[str]]] = [
    (
        "misspelt option",
        lambda client: client.get("http://example.com/", timout=3),  # type: ignore[call-arg]
        ConfigError,
        ("timout", "did you mean 'timeout'?"),
    ),
    (
        "negative timeout",
        lambda client: client.get("http://example.com/", timeout=-1),
        ConfigError,
        ("timeout", "-1", "seconds > 0"),
    ),
    (
        "timeout of a wrong type",
        lambda client: client.get("http://example.com/", timeout="5"),  # type: ignore[arg-type]
        ConfigError,
        ("timeout", "'5'", "seconds"),
    ),
    (
        "two bodies",
        lambda client: client.post("http://example.com/", json={}, data={}),  # type: ignore[arg-type]
        ConfigError,
        ("json", "data"),
    ),
    (
        "line break in a header",
        lambda client: client.get("http://example.com/", headers={"X-A": "a\r\nX-B: b"}),
        hyperhttp.LocalProtocolError,
        ("X-A",),
    ),
    (
        "NUL in a header",
        lambda client: client.get("http://example.com/", headers={"X-A": "a\0"}),
        hyperhttp.LocalProtocolError,
        ("X-A",),
    ),
    (
        "line break in a header's name",
        lambda client: client.get("http://example.com/", headers={"X-A\r\nX-B": "b"}),
        hyperhttp.LocalProtocolError,
        ("X-A",),
    ),
    (
        "line break in the method",
        lambda client: client.request("GET / HTTP/1.1\r\nX: y", "http://example.com/"),
        hyperhttp.LocalProtocolError,
        ("method",),
    ),
    (
        "CONNECT",
        lambda client: client.request("CONNECT", "http://example.com/"),
        hyperhttp.LocalProtocolError,
        ("CONNECT",),
    ),
    (
        "method of a wrong type",
        lambda client: client.request(b"GET", "http://example.com/"),  # type: ignore[arg-type]
        ConfigError,
        ("method",),
    ),
    (
        "line break in the URL",
        lambda client: client.get("http://example.com/\r\nX: y"),
        hyperhttp.InvalidURL,
        ("http://example.com/",),
    ),
    (
        "URL of another scheme",
        lambda client: client.get("ftp://example.com/"),
        hyperhttp.InvalidURL,
        ("ftp",),
    ),
    (
        "header that is no text",
        lambda client: client.get("http://example.com/", headers={"X-A": 1}),  # type: ignore[dict-item]
        ConfigError,
        ("headers", "X-A"),
    ),
    (
        "value that JSON cannot say",
        lambda client: client.post("http://example.com/", json={"when": {1, 2}}),  # type: ignore[arg-type]
        ConfigError,
        ("json", "when"),
    ),
    (
        "parameters that are no pairs",
        lambda client: client.get("http://example.com/", params=["a"]),  # type: ignore[arg-type]
        ConfigError,
        ("params",),
    ),
    (
        "redirects beyond counting",
        lambda client: client.get("http://example.com/", max_redirects=-1),
        ConfigError,
        ("max_redirects", "-1"),
    ),
    (
        "redirects neither followed nor not",
        lambda client: client.get("http://example.com/", follow_redirects="yes"),  # type: ignore[arg-type]
        ConfigError,
        ("follow_redirects", "str", "True or False"),
    ),
]


@pytest.mark.parametrize(
    ("ask", "kind", "says"), [case[1:] for case in BAD], ids=[c[0] for c in BAD]
)
async def test_bad_input_is_a_typed_error_before_any_byte_is_sent(
    ask: Callable[[Client], object], kind: type[hyperhttp.HyperHTTPError], says: Sequence[str]
) -> None:
    async with Client() as client:
        with pytest.raises(kind) as caught:
            await ask(client)  # type: ignore[misc]  # a coroutine, if nothing is wrong with it
        for words in says:
            assert words in str(caught.value)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"timout": 3}, ("timout", "did you mean 'timeout'?")),
        ({"timeout": -1}, ("timeout", "-1")),
        ({"max_connections": 0}, ("max_connections", "0", ">= 1")),
        ({"http2": "yes"}, ("http2", "'yes'")),
        ({"base_url": "ftp://example.com"}, ("ftp",)),
        ({"verify": 7}, ("verify",)),
        ({"headers": {"a b": "c"}}, ("a b",)),
        ({"default_encoding": "klingon"}, ("default_encoding", "klingon")),
        ({"config": {}}, ("config",)),
    ],
)
def test_a_bad_option_of_the_client_is_a_typed_error_that_is_also_a_value_error(
    options: dict[str, object], says: Sequence[str]
) -> None:
    with pytest.raises(hyperhttp.HyperHTTPError) as caught:
        Client(**options)  # type: ignore[arg-type]  # wrong on purpose
    for words in says:
        assert words in str(caught.value)


def test_a_misspelt_option_is_also_the_type_error_that_python_would_raise() -> None:
    with pytest.raises(TypeError, match="did you mean 'timeout'"):
        Client(timout=3)  # type: ignore[call-arg]  # wrong on purpose


async def test_verify_takes_a_context_a_path_and_false(
    certificates: Certificates, trusting: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The warning comes once for each context, and contexts are made once a process.
    monkeypatch.setattr(tls, "CONTEXTS", TLSContexts(tls.make_context))
    async with RawServer(Echo(), tls=server_context(certificates.good)) as server:
        url = server.url(host="localhost")
        for verify in (trusting, certificates.ca, str(certificates.ca)):
            async with Client(verify=verify) as client:
                assert (await client.get(url)).is_success
        async with Client(verify=False) as client:
            with pytest.warns(UserWarning, match="not verified"):
                assert (await client.get(url)).is_success
        async with Client() as client:
            with pytest.raises(hyperhttp.TLSError):
                await client.get(url)


def test_importing_the_package_loads_no_library_before_it_is_used() -> None:
    code = (
        "import sys, hyperhttp;"
        "print(sorted({'pydantic', 'asyncio', 'ssl', 'h11', 'h2', 'certifi', 'idna'}"
        " & set(sys.modules)));"
        "hyperhttp.Timeout; print('asyncio' in sys.modules); hyperhttp.Client;"
        "print('asyncio' in sys.modules, hyperhttp.Headers({'a': 'b'}))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["[]", "False", "True Headers([('a', 'b')])"]


def test_headers_of_one_client_do_not_reach_another() -> None:
    shared = Headers({"X-A": "1"})
    one, two = Client(headers=shared), Client(headers=shared)
    one.headers["X-A"] = "2"
    assert (shared["x-a"], two.headers["x-a"]) == ("1", "1")


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [(None, "<Client>"), ("https://ann:x@example.com/v1", "<Client https://example.com/v1>")],
)
async def test_the_repr_has_the_base_url_without_credentials(
    base_url: str | None, expected: str
) -> None:
    async with Client() if base_url is None else Client(base_url=base_url) as client:
        assert repr(client) == expected
    assert repr(client) == f"{expected[:-1]} (closed)>"


@pytest.mark.parametrize(
    ("sends", "closes", "warns"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
async def test_a_client_that_was_used_and_not_closed_is_logged_when_it_is_dropped(
    sends: bool, closes: bool, warns: bool, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client(transport=hyperhttp.MockTransport(lambda _: 204))
    if sends:
        await client.get("http://example.com/")
    if closes:
        await client.aclose()
    with caplog.at_level("WARNING", logger="hyperhttp"):
        del client
        gc.collect()
    texts = [record.getMessage() for record in caplog.records]
    assert texts == (["Client was dropped without being closed"] if warns else [])
