"""What clients write to the loggers of the standard library, and that no line has a secret."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, SyncClient
from hyperhttp.testing import MockResponse, MockTransport, Reset, ResetStream
from tests.client.event_log import EventLog
from tests.client.scenarios import serving
from tests.client.secret_corpus import PLACES, REPLIES, SECRET, shows_any_query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.servers.certificates import Certificates

URL = "https://example.com/page"


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "hyperhttp")
    return caplog


def lines(caplog: pytest.LogCaptureFixture, name: str) -> Sequence[str]:
    return [one.getMessage() for one in caplog.records if one.name == f"hyperhttp.{name}"]


async def test_a_call_is_one_line(logs: pytest.LogCaptureFixture) -> None:
    async with Client(transport=MockTransport("hello")) as client:
        await (await client.get(f"{URL}?name=Ann")).aread()
    (line,) = lines(logs, "call")
    assert line.startswith("GET https://example.com/page: 200 HTTP/2, ")
    assert line.endswith("bytes, attempts: 1")
    (record,) = [one for one in logs.records if one.name == "hyperhttp.call"]
    assert record.levelno == logging.DEBUG
    expected = {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.request.resend_count": 0,
        "network.protocol.version": "2",
        "server.address": "example.com",
        "server.port": 443,
        "url.scheme": "https",
        "url.path": "/page",
    }
    assert expected.items() <= vars(record).items()


async def test_an_error_is_named_without_its_text(logs: pytest.LogCaptureFixture) -> None:
    async with Client(transport=MockTransport([Reset(), Reset()])) as client:
        with pytest.raises(hyperhttp.ReadError):
            await client.get(URL)
    assert "no response (ReadError)" in lines(logs, "call")[0]
    (record,) = [one for one in logs.records if one.name == "hyperhttp.call"]
    assert vars(record)["error.type"] == "ReadError"


async def test_connections_say_when_they_open_and_why_they_close(
    logs: pytest.LogCaptureFixture, certificates: Certificates
) -> None:
    async with serving("tls", certificates) as server, Client(verify=certificates.ca) as client:
        await (await client.get(server.url("/plain", host="localhost"))).aread()
    opened, closed = lines(logs, "connection")
    assert "opened in" in opened
    assert "closed: client closed, after" in closed
    record = next(one for one in logs.records if one.name == "hyperhttp.connection")
    assert vars(record)["network.peer.address"] == "127.0.0.1"
    assert vars(record)["network.peer.port"] == server.port


async def test_retries_are_written_at_info_and_breakers_at_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "hyperhttp")
    breaker = hyperhttp.CircuitBreakerPolicy(failure_threshold=2)
    transport = MockTransport([503, ResetStream(), 200])
    async with Client(
        transport=transport,
        retry=hyperhttp.RetryPolicy(backoff=hyperhttp.Backoff(initial=0.001)),
        circuit_breaker=breaker,
    ) as client:
        with pytest.raises(hyperhttp.CircuitBreakerOpen):
            await client.get(f"{URL}?a=b")
    first, second = lines(caplog, "retry")
    assert first.startswith("retry of GET https://example.com/page in ")
    assert "503" in first
    assert "StreamReset" in second
    assert lines(caplog, "breaker") == ["circuit breaker of https://example.com: open, was closed"]
    assert {one.levelname for one in caplog.records} == {"INFO", "WARNING"}
    assert client._observer is None


async def test_nothing_is_written_at_info_for_a_request(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "hyperhttp")
    async with Client(transport=MockTransport(200)) as client:
        await (await client.get(URL)).aread()
        assert client._observer is None
    assert caplog.records == []


async def test_headers_are_on_the_wire_logger_with_secrets_masked(
    logs: pytest.LogCaptureFixture,
) -> None:
    response = MockResponse(200, headers={"Set-Cookie": f"id={SECRET}", "X-Id": "7"})
    async with Client(transport=MockTransport(response), cookies={"a": SECRET}) as client:
        await (await client.get(URL, headers={"X-Trace": "1"}, auth=("ann", SECRET))).aread()
    sent, received = lines(logs, "wire")
    assert sent.startswith("> GET https://example.com/page Host: example.com; ")
    for part in ("X-Trace: 1", "Authorization: ***", "Cookie: ***"):
        assert part in sent
    assert received.startswith("< 200 HTTP/2 ")
    assert "set-cookie: ***" in received.lower()
    assert "x-id: 7" in received.lower()


async def test_the_function_and_the_loggers_have_the_same_events(
    logs: pytest.LogCaptureFixture,
) -> None:
    log = EventLog()
    async with Client(on_event=log, transport=MockTransport(200)) as client:
        await (await client.get(URL)).aread()
    log.check()
    assert len(lines(logs, "call")) == 1


def test_a_client_that_is_dropped_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    client = SyncClient(transport=MockTransport(200))
    client.get(URL).close()
    kept = [client]
    del client
    with pytest.warns(ResourceWarning, match="dropped"):
        kept.clear()
    gc.collect()
    assert "Client was dropped without being closed" in lines(caplog, "connection")


def test_the_package_has_a_handler_that_writes_nothing() -> None:
    handlers = logging.getLogger("hyperhttp").handlers
    assert any(isinstance(one, logging.NullHandler) for one in handlers)


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("reply", REPLIES, ids=str)
@pytest.mark.parametrize("follows", [False, True])
async def test_no_line_and_no_event_has_a_secret(
    place: dict[str, object],
    reply: MockResponse | ResetStream,
    follows: bool,
    logs: pytest.LogCaptureFixture,
) -> None:
    log = EventLog()
    given = {"method": "GET", "url": URL, **place}
    transport = MockTransport([reply, 200, 200])
    async with Client(on_event=log, transport=transport, follow_redirects=follows) as client:
        try:
            response = await client.request(**given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            await response.araise_for_status()
            await response.aread()
        except hyperhttp.HyperHTTPError:
            pass
    log.check()
    assert lines(logs, "call")
    for record in logs.records:
        shown = f"{record.getMessage()} {vars(record)}"
        assert SECRET not in shown
        assert record.getMessage().isprintable()
    shown = repr([one for one in log.events if not shows_any_query(place, reply)])
    assert SECRET not in shown


async def test_control_characters_are_replaced(logs: pytest.LogCaptureFixture) -> None:
    async with Client(transport=MockTransport(200)) as client:
        await (await client.get("https://example.com/a%0Ab\u202e", headers={"X-A": "a\tb"})).aread()
    assert all(record.getMessage().isprintable() for record in logs.records)
