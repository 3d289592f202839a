"""What requests cost in calls of our own functions: the same on every machine, unlike time.

A change that makes a request do more fails here, and so does one that makes it do less, so that
what was won stays won: the budget is what it costs, to the call.
"""

from __future__ import annotations

import asyncio
import gc
import gzip
import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest import mock

import pytest

import hyperhttp
from hyperhttp import Client, SyncClient
from tests.benchmarks.canned import FIELDS, Canned, H2Canned, reply
from tests.servers.raw import RawServer, replies

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from types import CodeType, FrameType

    Ask = Callable[[Client], Awaitable[object]]

URL = "http://example.com/page"
PACKAGE = hyperhttp.__file__.removesuffix("__init__.py")
ROUNDS = 20
# Caches keep what has come twice, and HPACK changes its table meanwhile.
WARM_UP_ROUNDS = 6


async def get(client: Client) -> object:
    return await (await client.get(URL)).aread()


async def post(client: Client) -> object:
    response = await client.post(URL, json={"name": "Ann"})
    await response.aread()
    return response.json()


async def stream(client: Client) -> object:
    async with client.stream("GET", URL) as response:
        return [piece async for piece in response.aiter_bytes()]


async def look(client: Client) -> object:
    response = await client.get(URL, headers={"X-Id": "1"}, params={"page": 1})
    return (response.headers["content-type"], await response.aread())


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Count the calls of each function of the package."""
    called = Counter[str]()

    def note(frame: FrameType, event: str, arg: object) -> None:
        code: CodeType = frame.f_code
        # Comprehensions are calls in some versions of Python only.
        if event == "call" and code.co_filename.startswith(PACKAGE) and code.co_name[0] != "<":
            called[f"{code.co_filename.removeprefix(PACKAGE)} {code.co_qualname}"] += 1

    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(None)


async def calls_of(client: Client, ask: Ask) -> Counter[str]:
    """How often each function of the package is called for one request, on average."""
    for _ in range(WARM_UP_ROUNDS):
        await ask(client)
    gc.collect()  # the responses of earlier tests, which would be dropped in between
    # The clock stands still, so that no timer of the client falls into the measurement.
    loop, now = asyncio.get_running_loop(), asyncio.get_running_loop().time()
    with mock.patch.object(loop, "time", return_value=now), counting() as called:
        for _ in range(ROUNDS):
            await ask(client)
    uneven = {name: count for name, count in called.items() if count % ROUNDS}
    assert uneven == {}
    return Counter({name: count // ROUNDS for name, count in called.items()})


PLAIN = reply()
JSON = reply(b'{"name": "Ann"}')
CHUNKED = b"HTTP/1.1 200 OK\r\n" + FIELDS + b"Transfer-Encoding: chunked\r\n\r\n"
CHUNKED += b"5\r\nhello\r\n" * 2 + b"0\r\n\r\n"
ZIPPED = reply(gzip.compress(b"hello" * 100), FIELDS + b"Content-Encoding: gzip\r\n")


@pytest.mark.parametrize(
    ("ask", "said", "options", "budget"),
    [
        pytest.param(get, PLAIN, {}, 93, id="get"),
        pytest.param(stream, PLAIN, {}, 106, id="stream"),
        pytest.param(post, JSON, {}, 103, id="json"),
        pytest.param(look, PLAIN, {}, 123, id="own fields and parameters"),
        pytest.param(get, CHUNKED, {}, 97, id="chunked"),
        pytest.param(get, ZIPPED, {}, 112, id="gzip"),
        pytest.param(get, PLAIN, {"cookies": {"a": "b"}}, 104, id="cookies"),
        pytest.param(get, PLAIN, {"follow_redirects": True}, 109, id="redirects"),
        pytest.param(get, PLAIN, {"retry": True}, 114, id="retries"),
        pytest.param(get, PLAIN, {"circuit_breaker": True}, 114, id="breaker"),
        pytest.param(get, PLAIN, {"auth": ("ann", "secret")}, 167, id="basic"),
    ],
)
async def test_a_request_costs_what_it_is_known_to_cost(
    ask: Ask, said: bytes, options: dict[str, object], budget: int
) -> None:
    async with Client(transport=Canned(said), **options) as client:  # type: ignore[arg-type]  # by the case
        called = await calls_of(client, ask)
    told = "\n".join(f"{count:4} {name}" for name, count in called.most_common())
    assert called.total() == budget, told


async def test_a_new_connection_costs_what_it_is_known_to_cost() -> None:
    closing = reply(fields=FIELDS.replace(b"keep-alive", b"close"))

    async def once(client: Client) -> object:
        result = await (await client.get(server.url())).aread()
        for _ in range(5):  # until the connection is gone
            await asyncio.sleep(0)
        return result

    async with RawServer(replies((b"GET / ", closing))) as server, Client() as client:
        called = await calls_of(client, once)
    told = "\n".join(f"{count:4} {name}" for name, count in called.most_common())
    assert called.total() == 203, told


def test_a_synchronous_request_costs_what_it_is_known_to_cost() -> None:
    with SyncClient(transport=Canned(PLAIN)) as client:
        for _ in range(3):
            assert client.get(URL).content
        gc.collect()
        with counting() as called:
            for _ in range(ROUNDS):
                assert client.get(URL).content
    per_call = Counter({name: count // ROUNDS for name, count in called.items()})
    # Before Python 3.12, the task of a call needs one more turn of the loop to start.
    budget = 123 if sys.version_info >= (3, 12) else 124
    assert per_call.total() == budget, "\n".join(
        f"{n:4} {name}" for name, n in per_call.most_common()
    )


@pytest.mark.slow
@pytest.mark.parametrize("fields", [4, 20, 50, 100])
async def test_fields_that_nobody_reads_cost_no_calls(fields: int) -> None:
    said = reply(fields=b"".join(b"X-%d: value\r\n" % number for number in range(fields)))
    async with Client(transport=Canned(said)) as client:
        many = await calls_of(client, get)
    async with Client(transport=Canned(PLAIN)) as client:
        few = await calls_of(client, get)
    assert many.total() == few.total()


async def test_chunks_that_come_together_cost_no_calls_of_their_own() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    totals: list[int] = []
    for count in (10, 1000):
        said = head + b"5\r\nhello\r\n" * count + b"0\r\n\r\n"
        async with Client(transport=Canned(said)) as client:
            called = await calls_of(client, get)
        totals.append(called.total() - called["_protocol/h1/fast_parser.py _crlf_verdict"])
    assert totals[0] == totals[1]


async def test_a_request_over_http2_costs_what_it_is_known_to_cost() -> None:
    async with Client(transport=H2Canned(b"x" * 200), http2="prior-knowledge") as client:
        called = await calls_of(client, get)
    told = "\n".join(f"{count:4} {name}" for name, count in called.most_common())
    assert called.total() == 118, told


async def test_frames_that_come_together_cost_no_calls_of_their_own() -> None:
    totals: list[int] = []
    for frames in (2, 200):
        transport = H2Canned(b"hello", frames)
        async with Client(transport=transport, http2="prior-knowledge") as client:
            assert len(await (await client.get(URL)).aread()) == 5 * frames
            totals.append((await calls_of(client, get)).total())
    assert totals[0] == totals[1]


@pytest.mark.slow
async def test_a_request_costs_the_same_among_many_hosts() -> None:
    async def other(client: Client) -> object:
        return await (await client.get("http://host-7.example.com/page")).aread()

    totals: list[int] = []
    for hosts in (10, 1000):
        async with Client(
            transport=Canned(PLAIN), max_connections=None, max_keepalive_connections=None
        ) as client:
            for number in range(hosts):
                await (await client.get(f"http://host-{number}.example.com/page")).aread()
            totals.append((await calls_of(client, other)).total())
    assert totals[0] == totals[1]


@pytest.mark.slow
async def test_requests_leave_nothing_behind() -> None:
    async with Client(transport=Canned(PLAIN)) as client:
        # A first collection empties the interpreter's free lists, and requests fill them again.
        gc.collect()
        for _ in range(3000):
            await get(client)
        left: list[int] = []
        # What a request leaves behind shows in each round, what the interpreter keeps in some.
        for _ in range(3):
            gc.collect()
            before = sys.getallocatedblocks()
            for _ in range(1000):
                await get(client)
            gc.collect()
            left.append(sys.getallocatedblocks() - before)
        assert min(left) < 50


@pytest.mark.slow
async def test_a_request_makes_no_cycles_for_the_collector() -> None:
    async with Client(transport=Canned(PLAIN)) as client:
        await get(client)
        gc.collect()
        gc.disable()
        try:
            for _ in range(200):
                await get(client)
            assert gc.collect() < 20
        finally:
            gc.enable()


@pytest.mark.parametrize(
    ("ask", "said", "options", "budget"),
    [
        pytest.param(get, PLAIN, {}, 100, id="get"),
        pytest.param(stream, PLAIN, {}, 113, id="stream"),
        pytest.param(post, JSON, {}, 112, id="json"),
        pytest.param(get, CHUNKED, {}, 104, id="chunked"),
        pytest.param(get, ZIPPED, {}, 120, id="gzip"),
        pytest.param(get, PLAIN, {"retry": True}, 130, id="retries"),
    ],
)
async def test_events_cost_what_they_are_known_to_cost(
    ask: Ask, said: bytes, options: dict[str, object], budget: int
) -> None:
    kinds = Counter[str]()

    def note(event: hyperhttp.Event) -> None:
        kinds[type(event).__name__] += 1

    async with Client(transport=Canned(said), on_event=note, **options) as client:  # type: ignore[arg-type]  # by the case
        called = await calls_of(client, ask)
    told = "\n".join(f"{count:4} {name}" for name, count in called.most_common())
    assert called.total() == budget, told
    assert not any(name.startswith("_base/_generated/events.py") for name in called), told
    assert [*kinds.values()].count(WARM_UP_ROUNDS + ROUNDS) == 7, (
        "each event of a request is reported once"
    )


@pytest.mark.slow
async def test_an_observed_request_makes_no_cycles_for_the_collector() -> None:
    async with Client(transport=Canned(PLAIN), on_event=lambda _: None) as client:
        await get(client)
        gc.collect()
        gc.disable()
        try:
            for _ in range(200):
                await get(client)
            assert gc.collect() < 20
        finally:
            gc.enable()
