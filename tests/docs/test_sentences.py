"""What the guide says in words is true: each test quotes the sentence that it demonstrates."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import hyperhttp
import hyperhttp.exceptions
from hyperhttp import Client, Timeout
from tests.docs.snippets import ROOT
from tests.servers.raw import OK, Peer, RawServer, replies
from tests.servers.sockets import refusing_port, unreplied_port

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

API = "https://api.example.com"
GUIDE = " ".join((ROOT / "docs/guide/basic-usage.md").read_text(encoding="utf-8").split())
SOON_S = 0.05
# More than the kernel takes on both sides of a loopback connection.
LARGE = bytes(16 << 20)

staged = [pytest.mark.peer, pytest.mark.usefixtures("on_stage")]


def says(sentence: str) -> None:
    """The guide still says so: a sentence that was changed wants its test changed too."""
    assert " ".join(sentence.split()) in GUIDE


@dataclass
class Came:
    """What `/echo` saw of a request."""

    method: str
    headers: dict[str, str]
    cookies: dict[str, str]
    body: str


async def echoed(response: hyperhttp.Response) -> Came:
    await response.raise_for_status().aread()
    return response.json(Came)


class TestBodies:
    pytestmark = staged

    async def test_json_sets_its_content_type(self) -> None:
        says("JSON body (also sets Content-Type: application/json)")
        async with Client() as client:
            came = await echoed(await client.post(f"{API}/echo", json={"name": "John"}))
        assert came.headers["content-type"] == "application/json"
        assert json.loads(came.body) == {"name": "John"}

    async def test_data_is_a_form(self) -> None:
        says("Form-encoded body (Content-Type: application/x-www-form-urlencoded)")
        async with Client() as client:
            came = await echoed(await client.post(f"{API}/echo", data={"user": "a b", "n": "1&2"}))
        assert came.headers["content-type"] == "application/x-www-form-urlencoded"
        assert came.body == "user=a+b&n=1%262"

    async def test_content_is_sent_as_it_is(self) -> None:
        says("Raw bytes")
        async with Client() as client:
            came = await echoed(await client.put(f"{API}/echo", content=bytes(range(256))))
        assert came.body.encode("latin-1") == bytes(range(256))
        assert came.headers["content-length"] == "256"

    async def test_a_generator_is_streamed(self) -> None:
        says("Async generator for streaming uploads")

        async def chunks() -> AsyncGenerator[bytes]:
            for number in range(100):
                yield f"chunk-{number}\n".encode()

        async with Client() as client:
            response = await client.post(f"{API}/upload", content=chunks())
            await response.aread()
        whole = b"".join([piece async for piece in chunks()])
        came = response.json(dict[str, object])
        assert came["sha256"] == hashlib.sha256(whole).hexdigest()
        assert came["framing"] == "chunked"

    async def test_any_method_can_be_asked(self) -> None:
        says("Or call `client.request(method, url, ...)` for arbitrary methods.")
        async with Client() as client:
            assert (await echoed(await client.request("PURGE", f"{API}/echo"))).method == "PURGE"


async def test_two_bodies_are_refused_before_anything_is_sent() -> None:
    says("and raises a `ConfigError` before anything is sent.")
    async with RawServer(replies((b"", OK))) as server, Client() as client:
        with pytest.raises(hyperhttp.ConfigError, match="data"):
            await client.post(server.url(), json={}, data={})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # on purpose
        assert server.peers == []


class TestResponses:
    async def test_the_body_is_lazy(self) -> None:
        says("Call `await response.aread()` once to read it into memory")
        head_was_seen = asyncio.Event()

        async def script(peer: Peer) -> None:
            await peer.read_request()
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
            await head_was_seen.wait()
            await peer.send(b"late")

        async with RawServer(script) as server, Client() as client:
            response = await client.get(server.url())
            head_was_seen.set()
            assert await response.aread() == response.content == b"late"
            assert await response.aread() == b"late"

    async def test_before_aread_the_error_says_what_to_call(self) -> None:
        says("Before `aread()`, all three raise `ResponseNotRead`.")
        async with RawServer(replies((b"", OK))) as server, Client() as client:
            response = await client.get(server.url())
            for ask in (lambda: response.content, lambda: response.text, response.json):
                with pytest.raises(hyperhttp.ResponseNotRead, match="aread"):
                    ask()

    @pytest.mark.parametrize(
        ("status", "error"),
        [
            (400, hyperhttp.ClientStatusError),
            (499, hyperhttp.ClientStatusError),
            (500, hyperhttp.ServerStatusError),
            (599, hyperhttp.ServerStatusError),
        ],
    )
    async def test_an_error_status_raises(
        self, status: int, error: type[hyperhttp.HTTPStatusError]
    ) -> None:
        says("It raises a `ClientStatusError` for 4xx and a `ServerStatusError` for 5xx.")
        reply = OK.replace(b"200 OK", f"{status} Oh".encode())
        async with RawServer(replies((b"", reply))) as server, Client() as client:
            response = await client.get(server.url())
            with pytest.raises(error) as caught:
                response.raise_for_status()
            assert isinstance(caught.value, hyperhttp.HTTPStatusError)
            assert caught.value.response is response

    @pytest.mark.parametrize("status", [200, 204, 299, 304, 302])
    async def test_another_status_gives_the_response_itself(self, status: int) -> None:
        says("For any other status it returns the response, so you can chain calls.")
        reply = f"HTTP/1.1 {status} Fine\r\nContent-Length: 0\r\n\r\n".encode()
        async with RawServer(replies((b"", reply))) as server, Client() as client:
            response = await client.get(server.url())
            assert response.raise_for_status() is response
            assert response.is_success == (200 <= status < 300)
            assert response.is_redirect == (300 <= status < 400)

    async def test_lines_come_without_their_endings(self) -> None:
        says("Or lines, each without its line ending:")
        reply = b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\none\ntwo\r\n\nend"
        async with RawServer(replies((b"", reply))) as server, Client() as client:
            response = await client.get(server.url())
            assert [line async for line in response.aiter_lines()] == ["one", "two", "", "end"]

    async def test_an_iterated_response_gives_its_connection_back(self) -> None:
        says("Iterating a response fully consumes it; the connection is returned to the pool")
        async with RawServer(replies((b"", OK), (b"", OK))) as server, Client() as client:
            for _ in range(2):
                response = await client.get(server.url())
                assert [piece async for piece in response.aiter_bytes()] == [b"ok"]
            assert len(server.peers) == 1

    async def test_an_early_end_releases_the_connection_by_aclose(self) -> None:
        says("If you break out early, use `await response.aclose()` to release the connection.")

        async def endless(peer: Peer) -> None:
            await peer.read_request()
            await peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n")
            await peer.stall()

        async with (
            RawServer(endless, replies((b"", OK))) as server,
            Client(max_connections=1, timeout=Timeout(5.0)) as client,
        ):
            response = await client.get(server.url())
            async for piece in response.aiter_bytes():
                assert piece == b"ok"
                break
            await response.aclose()
            assert await (await client.get(server.url())).aread() == b"ok"

    async def test_a_second_iteration_needs_aread(self) -> None:
        says(
            "A second iteration raises `StreamConsumed`. After `aread()`, the iterators return the"
        )
        script = replies((b"", OK), (b"", OK))
        async with RawServer(script) as server, Client() as client:
            response = await client.get(server.url())
            assert [piece async for piece in response.aiter_bytes()] == [b"ok"]
            with pytest.raises(hyperhttp.StreamConsumed):
                assert [piece async for piece in response.aiter_bytes()]
            response = await client.get(server.url())
            await response.aread()
            for _ in range(2):
                assert [text async for text in response.aiter_text()] == ["ok"]

    async def test_async_with_cleans_up(self) -> None:
        says("Responses also support `async with` for deterministic cleanup:")
        async with RawServer(replies((b"", OK))) as server, Client() as client:
            async with await client.get(server.url()) as response:
                pass
            with pytest.raises(hyperhttp.ResponseClosed):
                await response.aread()

    async def test_a_response_dropped_unread_gives_its_connection_back_and_warns(self) -> None:
        says("A response that you drop without reading it releases its connection too, with a")

        async def half(peer: Peer) -> None:
            await peer.read_request()
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhalf"[:-2])
            await peer.stall()

        async with (
            RawServer(half, replies((b"", OK))) as server,
            Client(max_connections=1, timeout=Timeout(5.0)) as client,
        ):
            response = await client.get(server.url())
            with pytest.warns(ResourceWarning, match="dropped before its body was read"):
                del response
            assert await (await client.get(server.url())).aread() == b"ok"


class TestConfiguration:
    async def test_a_calls_headers_and_cookies_merge_on_top(self) -> None:
        says("per-request `headers=` and `cookies=` merge on top.")
        async with (
            RawServer(replies((b"", OK))) as server,
            Client(headers={"A": "1", "B": "1"}, cookies={"c": "1", "d": "1"}) as client,
        ):
            await client.get(server.url(), headers={"b": "2"}, cookies={"d": "2"})
            lines = set(server.received[0].decode().splitlines())
        assert {"A: 1", "b: 2"} <= lines
        assert "B: 1" not in lines
        (cookies,) = [line for line in lines if line.startswith("Cookie: ")]
        assert set(cookies.removeprefix("Cookie: ").split("; ")) == {"c=1", "d=2"}

    async def test_client_cookies_are_bound_to_one_host(self) -> None:
        says("Cookies set on the client are sent to the host of `base_url` only.")
        async with RawServer(replies((b"", OK))) as server, RawServer(replies((b"", OK))) as other:
            base = server.url(host="localhost")
            cookies = {"session": "abc"}
            for client in (Client(cookies=cookies, base_url=base), Client(cookies=cookies)):
                async with client:
                    await client.get(base)
                    await client.get(other.url())
            assert all(b"session=abc" in received for received in server.received)
            assert not any(b"session" in received for received in other.received)
            assert len(other.received) == 2

    def test_the_values_shown_are_the_defaults(self) -> None:
        says("The values above are the defaults, except `base_url`, `headers` and `cookies`.")
        shown = Client(
            timeout=30.0,
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=120.0,
            http2=True,
            follow_redirects=False,
            max_redirects=20,
            verify=True,
        )
        assert shown.config == Client().config

    def test_a_wrong_option_is_responded_at_once(self) -> None:
        says("An invalid value raises a `ConfigError` when you create the client.")
        with pytest.raises(hyperhttp.ConfigError, match="max_connections") as caught:
            Client(max_connections=-1)
        assert caught.value.allowed

    @pytest.mark.peer
    @pytest.mark.usefixtures("on_stage")
    @pytest.mark.parametrize(("h2", "version"), [(False, "HTTP/1.1"), (True, "HTTP/2")])
    async def test_http2_is_spoken_where_the_server_chooses_it(self, version: str) -> None:
        says("`http2=True` uses HTTP/2 if the server supports it")
        async with Client(http2=True) as client:
            response = await client.get(f"{API}/data")
            await response.aread()
        assert response.http_version == version


class TestTimeouts:
    def test_a_number_is_for_all_phases(self) -> None:
        says("The simplest case is a single scalar:")
        phases = Timeout(connect=10.0, read=10.0, write=10.0, pool=10.0)
        assert Client(timeout=10.0).timeout == phases == Timeout(10.0)

    async def test_a_silent_server_is_a_read_timeout(self) -> None:
        says("Each phase raises its own error: `ConnectTimeout`, `ReadTimeout`, `WriteTimeout` and")
        async with RawServer(Peer.stall) as server, Client(timeout=60.0) as client:
            with pytest.raises(hyperhttp.ReadTimeout) as caught:
                await client.get(server.url(), timeout=SOON_S)
        assert caught.value.timeout_s == SOON_S

    async def test_a_server_that_does_not_accept_is_a_connect_timeout(self) -> None:
        with unreplied_port() as port:
            async with Client(timeout=Timeout(connect=SOON_S)) as client:
                with pytest.raises(hyperhttp.ConnectTimeout):
                    await client.get(f"http://127.0.0.1:{port}/")

    async def test_a_server_that_stops_reading_is_a_write_timeout(self) -> None:
        async def script(peer: Peer) -> None:
            peer.pause_reading()
            await peer.stall()

        async with RawServer(script) as server, Client() as client:
            with pytest.raises(hyperhttp.WriteTimeout):
                await client.post(server.url(), content=LARGE, timeout=Timeout(write=SOON_S))

    async def test_a_full_pool_is_a_pool_timeout(self) -> None:
        async with RawServer(Peer.stall) as server, Client(max_connections=1) as client:
            running = asyncio.ensure_future(client.get(server.url()))
            await server.connected(1)
            with pytest.raises(hyperhttp.PoolTimeout):
                await client.get(server.url(), timeout=Timeout(pool=SOON_S))
            running.cancel()
            await asyncio.wait([running])

    async def test_none_disables_a_phase(self) -> None:
        says("Set any phase to `None` to disable it.")
        async with RawServer(Peer.stall) as server, Client(timeout=SOON_S) as client:
            patient = client.get(server.url(), timeout=Timeout(SOON_S, read=None))
            running = asyncio.ensure_future(patient)
            # Ten times as long as the client would have waited; longer than that proves no more.
            assert await asyncio.wait([running], timeout=10 * SOON_S) == (set(), {running})
            running.cancel()
            await asyncio.wait([running])

    @pytest.mark.parametrize("phase", ["Connect", "Read", "Write", "Pool", "Total"])
    def test_every_timeout_is_pythons_own_too(self, phase: str) -> None:
        says("All of them are subclasses of `TimeoutException` and of Python's `TimeoutError`.")
        error = getattr(hyperhttp, f"{phase}Timeout")
        assert issubclass(error, hyperhttp.TimeoutException)
        assert issubclass(error, TimeoutError)


class TestRedirects:
    pytestmark = staged

    async def test_they_are_off_by_default(self) -> None:
        says("Redirects are off by default so you can decide how to handle them.")
        async with Client() as client:
            response = await client.get(f"{API}/old")
            await response.aread()
        assert (response.status_code, response.is_redirect) == (302, True)
        assert response.url == f"{API}/old"

    async def test_the_url_is_the_final_one(self) -> None:
        says("`response.url` always reflects the final URL after any redirects.")
        async with Client(follow_redirects=True) as client:
            response = await client.get(f"{API}/redirect/3")
            await response.aread()
        assert response.url == f"{API}/echo"
        assert [hop.status_code for hop in response.history] == [302, 302, 302]

    @pytest.mark.parametrize("hops", [2, 3])
    async def test_max_redirects_is_the_number_of_hops(self, hops: int) -> None:
        async with Client(follow_redirects=True, max_redirects=2) as client:
            if hops > 2:
                with pytest.raises(hyperhttp.TooManyRedirects):
                    await client.get(f"{API}/redirect/{hops}")
            else:
                assert (await echoed(await client.get(f"{API}/redirect/{hops}"))).method == "GET"


class TestCookies:
    pytestmark = staged

    async def test_they_are_kept_for_matching_hosts_only(self) -> None:
        says("and sent with subsequent requests to matching hosts.")
        async with Client() as client:
            first = await client.get("https://example.com/set-cookies?session=new")
            await first.aread()
            same = await client.get("https://example.com/cookies")
            other = await client.get(f"{API}/cookies")
            await same.aread()
            await other.aread()
        assert same.json() == {"session": "new"}
        assert other.json() == {}


class TestErrors:
    def test_all_inherit_from_one(self) -> None:
        says("All exceptions inherit from `hyperhttp.HyperHTTPError`:")
        named = [getattr(hyperhttp.exceptions, name) for name in dir(hyperhttp.exceptions)]
        errors = [kind for kind in named if isinstance(kind, type) and issubclass(kind, Exception)]
        assert len(errors) > 20
        assert all(issubclass(kind, hyperhttp.HyperHTTPError) for kind in errors)

    async def test_an_error_tells_what_it_knows(self) -> None:
        says("Every error has the attributes `request`, `url`, `origin`, `elapsed` and `hint`.")
        with refusing_port() as port:
            async with Client() as client:
                with pytest.raises(hyperhttp.ConnectError) as caught:
                    await client.get(f"http://alice:secret@127.0.0.1:{port}/path")
        error = caught.value
        assert error.request is not None
        assert error.request.method == "GET"
        assert error.origin == f"http://127.0.0.1:{port}"
        assert str(error.url).endswith(f"127.0.0.1:{port}/path")
        assert error.elapsed is not None
        assert error.elapsed >= 0
        assert (error.phase, error.retryable) == ("connect", "always")
        assert error.hint
        assert str(error)
        assert "secret" not in f"{error} {error!r} {error.request!r} {error.url!r}"

    @pytest.mark.parametrize("name", ["ConnectTimeout", "ReadTimeout", "TLSError"])
    def test_the_clauses_of_the_guide_are_in_an_order_that_works(self, name: str) -> None:
        assert issubclass(getattr(hyperhttp, name), hyperhttp.TransportError)
        assert not issubclass(hyperhttp.HTTPStatusError, hyperhttp.TransportError)
