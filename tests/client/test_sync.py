"""The synchronous client: calls, threads, interrupts, forks, its options and its end."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
import warnings
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Literal, cast

import pytest

import hyperhttp
from hyperhttp import (
    Client,
    ClientClosed,
    ConfigError,
    MockResponse,
    MockTransport,
    ReadTimeout,
    Request,
    Response,
    SyncClient,
    SyncResponse,
    TotalTimeout,
    WrongEventLoop,
)
from hyperhttp._base.other_names import OtherName
from hyperhttp._network.tls_channel import TLSChannel
from hyperhttp._transport.pool import Pool
from tests.servers import contents
from tests.servers.certificates import server_context
from tests.servers.raw import UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server
from tests.servers.threaded import echo_path, in_a_thread, read_head, response, serving

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable, Generator, Iterator
    from pathlib import Path

    from tests.servers.certificates import Certificates
    from tests.servers.hypercorn import Hypercorn

URL = "https://example.com/"
VARIABLE = ContextVar("VARIABLE", default="outside")


@pytest.fixture(autouse=True)
def ctrl_c_raises() -> Iterator[None]:
    """Install Python's handler: a program that a shell starts in the background ignores Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


# --- calls ---


@pytest.mark.peer
@pytest.mark.parametrize("wire", ["cleartext", "tls", "h2", "h2c"])
def test_calls_work_over_every_wire(
    hypercorn_server: Hypercorn, certificates: Certificates, wire: str, tmp_path: Path
) -> None:
    base = {
        "cleartext": hypercorn_server.url(""),
        "tls": hypercorn_server.url("", tls=True),
        "h2": hypercorn_server.h2_url(""),
        "h2c": hypercorn_server.h2c_url(""),
    }[wire]
    http2: bool | Literal["prior-knowledge"] = "prior-knowledge" if wire == "h2c" else wire == "h2"
    with SyncClient(base_url=base, verify=certificates.ca, http2=http2) as client:
        assert client.get("/json").json() == {"id": 7, "name": "hyper"}
        assert client.fetch("/json", into=dict[str, object])["name"] == "hyper"
        assert client.post("/mirror", content=[b"a", b"b"]).text == "POST ab"
        assert client.put("/mirror", json={"a": 1}).text == 'PUT {"a":1}'
        assert client.head("/json").content == b""
        assert client.request("PATCH", "/mirror", data={"a": "1"}).text == "PATCH a=1"
        assert client.get("/gzip").text == contents.LONG_TEXT
        with client.stream("GET", "/large.bin") as streamed:
            assert b"".join(streamed.iter_bytes()) == contents.LARGE_BODY
        done = client.download("/large.bin", tmp_path / "large.bin")
        assert done.path.read_bytes() == contents.LARGE_BODY
        assert done.response.status_code == 200
        request = client.build_request("GET", "/args", params={"q": "x"})
        assert client.send(request).text == "q=x"
        last = client.get("/json")
        assert last.content
        assert last.http_version == ("HTTP/2" if "h2" in wire else "HTTP/1.1")
        assert client.stats().active == 0


def test_fetch_reads_the_body_of_an_error() -> None:
    transport = MockTransport(MockResponse(404, json={"detail": "none"}))
    with (
        SyncClient(transport=transport) as client,
        pytest.raises(hyperhttp.ClientStatusError) as caught,
    ):
        client.fetch(URL, into=int)
    assert caught.value.response.json() == {"detail": "none"}


def test_properties_are_those_of_the_engine() -> None:
    with SyncClient(base_url=URL, timeout=3.0, headers={"X-A": "1"}) as client:
        assert client.config.timeout.read == 3.0
        client.timeout = 4.0
        client.headers = {"X-B": "2"}
        client.cookies = {"c": "3"}
        client.base_url = "https://example.com/v1/"
        assert client.timeout.read == 4.0
        assert client.headers["x-b"] == "2"
        assert client.cookies["c"] == "3"
        assert str(client.build_request("GET", "users").url) == "https://example.com/v1/users"
        assert "example.com" in str(client.explain("users"))
        assert client.stats().active == 0
        assert repr(client) == "<SyncClient https://example.com/v1/>"
    assert client.is_closed
    assert "closed" in repr(client)


# --- what it refuses ---


class AsyncAuth(hyperhttp.Auth):
    async def async_auth_flow(self, request: Request) -> AsyncIterator[Request]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        yield request


async def async_token(_: str | None) -> str:
    return "token"


async def async_hook(_: object) -> None: ...


class AsyncCall:
    async def __call__(self, _: object) -> None: ...


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("auth", AsyncAuth()),
        ("auth", hyperhttp.BearerAuth(async_token)),
        ("auth", hyperhttp.BearerAuth(AsyncCall())),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        ("event_hooks", {"request": [async_hook]}),
        ("event_hooks", {"response": [AsyncCall()]}),
        ("middleware", [async_hook]),
        ("call_middleware", [async_hook]),
    ],
)
def test_async_code_is_refused_when_the_client_is_created(option: str, value: object) -> None:
    with pytest.raises(ConfigError) as caught:
        SyncClient(**{option: value})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert "async" in str(caught.value)


async def pieces() -> AsyncIterator[bytes]:
    yield b"piece"


@pytest.mark.parametrize(
    "options",
    [
        {"content": pieces()},
        {"files": {"a": pieces()}},
        {"auth": AsyncAuth()},
        {"auth": hyperhttp.BearerAuth(async_token)},
    ],
)
def test_async_code_is_refused_before_a_request_is_sent(options: dict[str, object]) -> None:
    transport = MockTransport("never")
    with SyncClient(transport=transport) as client, pytest.raises(ConfigError, match="async"):
        call = cast("Callable[..., object]", client.post)
        call(URL, **options)
    assert transport.requests == []


# --- functions of the user ---


def test_a_token_provider_may_use_the_same_client() -> None:
    transport = MockTransport({"GET /token": "secret", "GET /data": "data"})

    def token(_: str | None) -> str:
        return client.get("https://example.com/token").text

    with SyncClient(transport=transport, auth=hyperhttp.BearerAuth(token)) as client:
        assert client.get("https://example.com/data").text == "data"
    assert [r.headers.get("authorization") for r in transport.requests] == [None, "Bearer secret"]


def test_an_auth_flow_runs_in_the_thread_of_its_call() -> None:
    threads: list[int] = []

    class Twice(hyperhttp.Auth):
        def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
            threads.append(threading.get_ident())
            assert asyncio._get_running_loop() is None
            given = yield request
            assert given.status_code == 401
            request.headers["X-Key"] = "k"
            yield request

    transport = MockTransport(
        lambda request: MockResponse(200 if "x-key" in request.headers else 401)
    )
    with SyncClient(transport=transport, auth=Twice()) as client, ThreadPoolExecutor(1) as pool:
        assert client.get(URL).status_code == 200
        assert pool.submit(client.get, URL).result(10).status_code == 200
        other = pool.submit(threading.get_ident).result()
    assert threads == [threading.get_ident(), other]


@pytest.mark.parametrize("http2", [False, True])
def test_a_body_that_blocks_holds_up_no_other_call(*, http2: bool) -> None:
    waits, go = threading.Event(), threading.Event()
    threads: list[int] = []

    def body() -> Iterator[bytes]:
        threads.append(threading.get_ident())
        yield b"first "
        waits.set()
        assert go.wait(10)
        yield b"second"

    transport = MockTransport(lambda request: MockResponse(content=request.content), http2=http2)
    with SyncClient(transport=transport) as client, ThreadPoolExecutor(1) as pool:
        slow = pool.submit(client.post, URL, content=body())
        assert waits.wait(10)
        assert client.post(URL, content=b"quick").content == b"quick"
        go.set()
        assert slow.result(10).content == b"first second"
        assert threads == [pool.submit(threading.get_ident).result()]


def test_a_body_that_fails_ends_the_call_with_its_own_error() -> None:
    def body() -> Iterator[bytes]:
        yield b"first"
        raise KeyError("mine")

    transport = MockTransport(lambda request: MockResponse(content=request.content))
    with SyncClient(transport=transport) as client:
        with pytest.raises(KeyError, match="mine"):
            client.post(URL, content=body())
        assert client.post(URL, content=b"next").text == "next"


def test_progress_is_reported_in_the_thread_of_the_call(tmp_path: Path) -> None:
    threads: set[int] = set()

    def report(_: hyperhttp.Progress) -> None:
        threads.add(threading.get_ident())

    transport = MockTransport("x" * 100_000)
    with SyncClient(transport=transport) as client, ThreadPoolExecutor(1) as pool:
        file = tmp_path / "file"
        pool.submit(client.post, URL, content=b"y" * 100_000, on_upload=report).result(10)
        pool.submit(client.download, URL, file, on_download=report).result(10)
        assert threads == {pool.submit(threading.get_ident).result()}


def test_context_variables_flow_into_the_call() -> None:
    seen: list[str] = []
    hooks: hyperhttp.SyncEventHooks = {"request": [lambda _: seen.append(VARIABLE.get())]}
    with SyncClient(transport=MockTransport("x"), event_hooks=hooks) as client:
        client.get(URL)
        token = VARIABLE.set("inside")
        client.get(URL)
        VARIABLE.reset(token)
    assert seen == ["outside", "inside"]


# --- time limits ---


def test_the_total_deadline_covers_a_function_that_uses_the_client() -> None:
    def silent(connection: socket.socket) -> None:
        while read_head(connection):
            pass

    with serving(silent) as url:

        def hook(request: Request) -> None:
            if request.url.path == "/":
                client.get(f"{url}/nested", timeout=None)

        with SyncClient(event_hooks={"request": [hook]}) as client:
            with pytest.raises(TotalTimeout):
                client.get(url, timeout=hyperhttp.Timeout(total=0.05))
            with pytest.raises(ReadTimeout):
                client.get(f"{url}/other", timeout=hyperhttp.Timeout(read=0.01))


# --- threads ---


@pytest.mark.slow
def test_64_threads_get_each_their_own_response() -> None:
    def faulty(connection: socket.socket) -> None:
        served = 0
        while head := read_head(connection):
            path = head.split(b" ", 2)[1]
            served += 1
            if served == 7:  # closed instead of a response: the request is retried
                return
            connection.sendall(response(path) if served % 3 else response(path, b"404 Not Found"))

    def calls(client: SyncClient, number: int) -> list[str]:
        found: list[str] = []
        for n in range(20):
            path = f"/{number}/{n}"
            if n % 5 == 0:
                with client.stream("GET", path) as streamed:
                    found.append("".join(streamed.iter_text()))
            else:
                found.append(client.get(path).text)
        return found

    with (
        serving(faulty) as url,
        SyncClient(base_url=url, retry=True, max_connections=10) as client,
        ThreadPoolExecutor(64) as pool,
    ):
        results = list(pool.map(partial(calls, client), range(64)))
        assert client.stats().active == 0
    assert results == [[f"/{number}/{n}" for n in range(20)] for number in range(64)]


def test_it_works_where_an_event_loop_runs_already() -> None:
    async def notebook() -> str:
        with SyncClient(transport=MockTransport("cell")) as client:
            return client.get(URL).text  # as a cell of a notebook does

    assert asyncio.run(notebook()) == "cell"


def test_a_hook_that_must_not_block_cannot_use_the_client() -> None:
    def opened(_: hyperhttp.BreakerChange) -> None:
        client.get(URL)

    policy = hyperhttp.CircuitBreakerPolicy(failure_threshold=1)
    with SyncClient(
        transport=MockTransport(MockResponse(503)),
        circuit_breaker=policy,
        event_hooks={"breaker": [opened]},
    ) as client:
        with pytest.raises(WrongEventLoop, match="must not block"):
            client.get(URL)


# --- interrupts ---


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="there are no signals to threads")
@pytest.mark.parametrize("iterates", [False, True])
def test_ctrl_c_ends_only_the_call_of_its_thread(*, iterates: bool) -> None:
    arrived, go = threading.Event(), threading.Event()

    def script(connection: socket.socket) -> None:
        while head := read_head(connection):
            if b"/held" in head:
                connection.sendall(response(b"held")[: -2 if iterates else 0])
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            elif b"/other" in head:
                arrived.set()
                assert go.wait(10)
                connection.sendall(response(b"other"))
            else:
                connection.sendall(response(b"next"))

    with serving(script) as url, SyncClient(base_url=url) as client, ThreadPoolExecutor(1) as pool:
        other = pool.submit(client.get, "/other")
        assert arrived.wait(10)
        with pytest.raises(KeyboardInterrupt):
            if iterates:
                with client.stream("GET", "/held") as streamed:
                    list(streamed.iter_bytes())
            else:
                client.get("/held")
        go.set()
        assert other.result(10).text == "other"
        assert client.get("/next").text == "next"


# --- forks ---


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("is_tls", [False, True])
def test_a_forked_process_has_connections_of_its_own(
    certificates: Certificates, trusting: ssl.SSLContext, *, is_tls: bool
) -> None:
    tls = server_context(certificates.good) if is_tls else None
    with serving(echo_path, tls=tls) as url, SyncClient(base_url=url, verify=trusting) as client:
        assert client.get("/parent").text == "/parent"
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = 0 if client.get("/child").text == "/child" else 2
            finally:
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0
        assert client.get("/again").text == "/again"
        assert sum(one.idle for one in client.stats().origins.values()) == 1


# --- idle connections ---


def test_what_happens_between_calls_is_seen_before_the_next_one() -> None:
    closed = threading.Event()
    heads: list[bytes] = []

    def closing(connection: socket.socket) -> None:
        head = read_head(connection)
        if head:
            heads.append(head)
            connection.sendall(response(b"once"))
        connection.close()
        closed.set()

    with serving(closing) as url, SyncClient(base_url=url) as client:
        for _ in range(5):
            assert client.post("/", content=b"").text == "once"
            assert closed.wait(10)
            closed.clear()
    assert len(heads) == 5


# --- its end ---


def test_a_closed_client_refuses_calls_and_closes_twice() -> None:
    client = SyncClient(transport=MockTransport("x"))
    client.get(URL)
    client.close()
    client.close()
    with pytest.raises(ClientClosed):
        client.get(URL)
    with pytest.raises(ClientClosed), client:
        pass


def test_closing_in_another_thread_ends_running_calls() -> None:
    arrived = threading.Event()

    def silent(connection: socket.socket) -> None:
        while read_head(connection):
            arrived.set()

    with serving(silent) as url, ThreadPoolExecutor(2) as pool:
        client = SyncClient(base_url=url, timeout=None)
        calls = [pool.submit(client.get, "/") for _ in range(2)]
        assert arrived.wait(10)
        client.close()
        for call in calls:
            with pytest.raises(ClientClosed):
                call.result(10)


@pytest.mark.slow
def test_a_client_that_is_dropped_warns_and_closes_its_sockets() -> None:
    ended = threading.Event()

    def until_end(connection: socket.socket) -> None:
        while head := read_head(connection):
            connection.sendall(response(head.split(b" ", 2)[1]))
        ended.set()

    with serving(until_end) as url:
        client = SyncClient(base_url=url)
        assert client.get("/a").text == "/a"
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            del client
            gc.collect()
            texts = [str(one.message) for one in caught]
            caught.clear()  # they refer to the client
            gc.collect()  # asyncio warns of its transport too
        assert any("was dropped without being closed" in text for text in texts)
        assert ended.wait(10)


def test_a_client_that_was_never_used_needs_no_closing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        SyncClient()
        gc.collect()


def test_a_traceback_has_few_internal_frames() -> None:
    with SyncClient() as client:
        with pytest.raises(hyperhttp.ConnectError) as caught:
            client.get("http://127.0.0.1:1/")
        frames = traceback.extract_tb(caught.value.__traceback__)
    inside = [frame.name for frame in frames if "/hyperhttp/" in frame.filename]
    assert len(inside) <= 10, inside


def test_both_clients_have_the_same_options_and_calls() -> None:
    import inspect  # noqa: PLC0415 - of one test

    def names(call: Callable[..., object]) -> list[str]:
        return list(inspect.signature(call).parameters)

    def public(kind: type) -> set[str]:
        found = {name for name in dir(kind) if not name.startswith("_")}
        # Those that only raise an error, with the counterpart in this library, don't count.
        return {n for n in found if not isinstance(inspect.getattr_static(kind, n), OtherName)}

    assert names(SyncClient.__init__) == names(Client.__init__)
    renamed = {"aclose": "close", "aread": "read"}
    assert {renamed.get(name, name) for name in public(Client)} == public(SyncClient)
    for call in ("get", "post", "request", "fetch", "stream", "download", "paginate", "send"):
        assert names(getattr(SyncClient, call)) == names(getattr(Client, call))
    assert isinstance(SyncResponse.create(Request("GET", URL), json=1), SyncResponse)


def test_a_goaway_between_calls_is_seen_before_the_next_one() -> None:
    gone = threading.Event()
    streams: list[int] = []

    async def script(peer: H2Peer) -> None:
        with suppress(UnexpectedEnd):
            await peer.handshake()
            stream_id, _ = await peer.request()
            streams.append(stream_id)
            await peer.respond(stream_id, b"once")
            await peer.goaway(stream_id)
            gone.set()
            await peer.read_to_end()

    with (
        in_a_thread(lambda: RawH2Server(script)) as server,
        SyncClient(base_url=server.url(), http2="prior-knowledge") as client,
    ):
        for _ in range(4):
            # A POST isn't retried unless the server reports that it hasn't processed it.
            assert client.post("/", content=b"x").text == "once"
            assert gone.wait(10)
            gone.clear()
    assert streams == [1] * 4


PROGRAM = """
import sys, threading
from hyperhttp import SyncClient

client = SyncClient()
assert client.get(sys.argv[1]).text == "/"
if sys.argv[2] == "helper":
    import asyncio

    async def notebook():
        assert client.get(sys.argv[1]).text == "/"

    asyncio.run(notebook())
elif sys.argv[2] == "stream":
    response = client.stream("GET", sys.argv[1]).__enter__()
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", ["idle", "helper", "stream"])
def test_the_end_of_the_program_is_quiet(how: str) -> None:
    with serving(echo_path) as url:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, f"{url}/", how],
            capture_output=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_closed_client_has_no_connections() -> None:
    with SyncClient(transport=MockTransport(200)) as client:
        client.get("https://example.com/")
        assert client.stats().idle == 1
    assert client.stats().origins == {}


@pytest.mark.slow
def test_calls_leave_nothing_for_the_garbage_collector() -> None:
    def status_error(client: SyncClient) -> None:
        with suppress(hyperhttp.HTTPStatusError):
            client.get("https://example.com/missing").raise_for_status()

    def stream(client: SyncClient) -> None:
        with client.stream("GET", "https://example.com/") as response:
            assert b"".join(response.iter_bytes()) == b"ok"

    calls: list[Callable[[SyncClient], object]] = [
        lambda client: client.get("https://example.com/").content,
        stream,
        status_error,
    ]
    transport = MockTransport(
        lambda request: MockResponse(404 if "missing" in str(request.url) else 200, content=b"ok"),
        http2=False,
    )
    with SyncClient(transport=transport) as client:
        for call in calls:
            call(client)
            gc.collect()
            gc.disable()
            try:
                call(client)
                assert gc.collect() == 0
            finally:
                gc.enable()


def alive(kind: type[object], before: int = 0) -> int:
    """How many objects of this type there are."""
    gc.collect()
    return sum(isinstance(one, kind) for one in gc.get_objects()) - before


@pytest.mark.slow
@pytest.mark.parametrize("http2", [False, True])
def test_a_response_lives_no_longer_than_the_caller_uses_it(http2: bool) -> None:
    before = alive(hyperhttp.Response)
    transport = MockTransport(MockResponse(200, content=b"x" * 10_000), http2=http2)
    with SyncClient(transport=transport, http2=http2) as client:
        for number in range(10):
            assert len(client.get(f"https://{number}.example.com/").content) == 10_000
        assert client.stats().idle == 10
        assert alive(hyperhttp.Response, before) == 0


@pytest.mark.slow
@pytest.mark.parametrize("http2", [False, True])
def test_a_response_keeps_no_pool_alive(http2: bool) -> None:
    before = alive(Pool)
    with SyncClient(transport=MockTransport(200, http2=http2), http2=http2) as client:
        response = client.get("https://example.com/")
        assert alive(Pool, before) == 1
    del client
    assert alive(Pool, before) == 0
    assert response.status_code == 200


@pytest.mark.slow
def test_the_response_of_an_observed_call_keeps_no_buffer_alive() -> None:
    gc.collect()
    before = {id(one) for one in gc.get_objects() if isinstance(one, Pool)}
    transport = MockTransport(200)
    with SyncClient(transport=transport, on_event=lambda _: None) as client:
        response = client.get("https://example.com/")
        pools = [one for one in gc.get_objects() if isinstance(one, Pool) and id(one) not in before]
        buffers = [weakref.ref(pool._buffer) for pool in pools]  # pyright: ignore[reportPrivateUsage]
        del pools
    assert len(buffers) == 1
    gc.collect()
    assert buffers[0]() is None
    assert response.status_code == 200


@pytest.mark.slow
def test_a_response_keeps_no_tls_alive(certificates: Certificates) -> None:
    before = alive(TLSChannel)
    with serving(echo_path, tls=server_context(certificates.good)) as url:
        with SyncClient(verify=certificates.client_context()) as client:
            response = client.get(url)
            assert alive(TLSChannel, before) == 1
        assert alive(TLSChannel, before) == 0
    assert response.text == "/"
    assert response.connection
    assert response.connection.tls
