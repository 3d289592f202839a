"""The output of `--verbose`; it contains no secret."""

from __future__ import annotations

import asyncio

import pytest

from hyperhttp import (
    Client,
    ConnectError,
    RetryPolicy,
)
from hyperhttp._cli.terminal import Colors
from hyperhttp._cli.verbose import VerboseReporter, milliseconds
from hyperhttp.config import Backoff
from hyperhttp.testing import Hang, MockTransport, Reset
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, RawServer, replies
from tests.servers.sockets import refusing_port

MOVED = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"


def reporter() -> VerboseReporter:
    return VerboseReporter(Colors(is_colored=False))


async def test_each_hop_is_printed_with_its_connection(capsys: pytest.CaptureFixture[str]) -> None:
    verbose = reporter()
    async with RawServer(replies((b"GET /a ", MOVED), (b"GET /b ", OK))) as server:
        async with Client(
            follow_redirects=True, auth=("ann", "open sesame"), on_event=verbose
        ) as client:
            response = await client.get(server.url("/a"), headers={"Cookie": "k=v"})
            verbose.response_received(response)
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert out == ""
    assert lines[0].startswith(f"* 127.0.0.1:{server.port} (")
    assert [line for line in lines if line.startswith("> GET")] == [
        "> GET /a HTTP/1.1",
        "> GET /b HTTP/1.1",
    ]
    assert f"* 127.0.0.1:{server.port}, used before" in lines
    assert "< HTTP/1.1 302 Found" in lines
    assert lines.count("> authorization: [secure]") == lines.count("> cookie: [secure]") == 2
    assert sum(line.endswith("of them waiting for the server") for line in lines) == 2


@pytest.mark.parametrize("is_checked", [True, False])
@pytest.mark.filterwarnings("ignore:TLS certificates are not verified")
async def test_tls_is_printed_with_the_certificate_if_it_was_checked(
    certificates: Certificates, is_checked: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    context, verbose = server_context(certificates.good), reporter()
    verify = certificates.ca if is_checked else False
    async with RawServer(replies((b"GET / ", OK)), tls=context) as server:
        async with Client(verify=verify, on_event=verbose) as client:
            verbose.response_received(await client.get(server.url(host="localhost")))
    err = capsys.readouterr().err
    assert "\n* TLSv1.3, TLS_AES_256_GCM_SHA384, ALPN http/1.1\n" in err
    assert ("\n* certificate of localhost, by trustme" in err) == is_checked
    assert ("\n* certificate: not checked\n" in err) != is_checked


async def test_retries_and_replays_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    verbose = reporter()
    policy = RetryPolicy(backoff=Backoff(initial=0.001, maximum=0.001))
    transport = MockTransport([503, 200, Reset(), "hello"], http2=False)
    async with Client(transport=transport, retry=policy, on_event=verbose) as client:
        for _ in range(2):
            response = await client.get("http://127.0.0.1/")
            verbose.response_received(response)
            await response.aread()
            verbose.body_received(response)
    lines = capsys.readouterr().err.splitlines()
    (retry,) = [line for line in lines if line.startswith("* attempt 1: ")]
    assert retry == "* attempt 1: 503, retry 1 of 3 in 0.001 s"
    (failed,) = [line for line in lines if line.startswith("* attempt 1 failed after ")]
    assert failed.endswith(": ReadError")
    assert sum(line == "> GET / HTTP/1.1" for line in lines) == 4
    assert lines[-1].startswith("* body: 5 bytes on the wire in ")


@pytest.mark.parametrize("http2", [False, True])
async def test_lines_are_printed_when_their_event_comes(
    http2: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    transport = MockTransport(Hang(), http2=http2)
    async with Client(transport=transport, on_event=reporter()) as client:
        call = asyncio.ensure_future(client.get("https://example.com/x?token=secret&page=2"))
        await until(lambda: bool(transport.requests))
        version = "HTTP/2" if http2 else "HTTP/1.1"
        lines = capsys.readouterr().err.splitlines()
        assert f"> GET /x?token=***&page=2 {version}" in lines
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
    assert "CancelledError" in capsys.readouterr().err


async def test_a_failure_is_printed_with_its_request_phase_and_hint(
    capsys: pytest.CaptureFixture[str],
) -> None:
    verbose = reporter()
    with refusing_port() as port:
        async with Client(on_event=verbose) as client:
            with pytest.raises(ConnectError) as caught:
                await client.get(f"http://127.0.0.1:{port}/x")
    verbose.request_failed(caught.value)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "> GET /x"
    assert "* failed in phase connect" in lines
    assert lines[-1] == f"* {caught.value.hint}"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0, "0.0 ms"), (0.00423, "4.2 ms"), (0.9999, "999.9 ms"), (1, "1.00 s")]
)
def test_times_are_for_people(seconds: float, text: str) -> None:
    assert milliseconds(seconds) == text
