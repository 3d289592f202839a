"""What `--verbose` tells; no secret is in it."""

from __future__ import annotations

import pytest

from hyperhttp import (
    Client,
    ConnectError,
    MockResponse,
    MockTransport,
    Request,
    Response,
    RetryPolicy,
)
from hyperhttp._cli.terminal import Colors
from hyperhttp._cli.verbose import VerboseReporter, milliseconds
from hyperhttp.config import Backoff
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, RawServer, replies
from tests.servers.sockets import refusing_port

STORY = VerboseReporter(Colors(is_colored=False), is_enabled=True)
MOVED = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"


async def test_each_hop_is_told_with_its_connection(capsys: pytest.CaptureFixture[str]) -> None:
    async with RawServer(replies((b"GET /a ", MOVED), (b"GET /b ", OK))) as server:
        async with Client(follow_redirects=True, auth=("ann", "open sesame")) as client:
            response = await client.get(server.url("/a"), headers={"Cookie": "k=v"})
            STORY.response_received(response)
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
async def test_tls_is_told_with_the_certificate_if_it_was_checked(
    certificates: Certificates, is_checked: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    context = server_context(certificates.good)
    async with RawServer(replies((b"GET / ", OK)), tls=context) as server:
        async with Client(verify=certificates.ca if is_checked else False) as client:
            STORY.response_received(await client.get(server.url(host="localhost")))
    err = capsys.readouterr().err
    assert "\n* TLSv1.3, TLS_AES_256_GCM_SHA384, ALPN http/1.1\n" in err
    assert ("\n* certificate of localhost, by trustme" in err) == is_checked
    assert ("\n* certificate: not checked\n" in err) != is_checked


async def test_attempts_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    answers = iter([503, 200])
    policy = RetryPolicy(backoff=Backoff(initial=0.001, maximum=0.001))
    transport = MockTransport(lambda request: MockResponse(next(answers)))
    async with Client(transport=transport, retry=policy) as client:
        response = await client.get("http://127.0.0.1/")
        STORY.response_received(response)
        await response.aread()
        STORY.body_received(response, 0.25, 1.5)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("* attempt 1: 503 after ")
    assert lines[1].startswith("* attempt 2: 200 after ")
    assert lines[-1] == "* body: 0 bytes on the wire in 250.0 ms, all in 1.50 s"


async def test_a_failure_is_told_with_its_request_phase_and_hint(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with refusing_port() as port:
        async with Client() as client:
            with pytest.raises(ConnectError) as caught:
                await client.get(f"http://127.0.0.1:{port}/x")
    STORY.request_failed(caught.value)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "> GET /x"
    assert "* failed in phase connect" in lines
    assert lines[-1] == f"* {caught.value.hint}"


def test_without_verbose_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    silent = VerboseReporter(Colors(is_colored=False), is_enabled=False)
    response = Response.create(Request("GET", "http://127.0.0.1/"))
    silent.response_received(response)
    silent.body_received(response, 0.0, 0.0)
    silent.request_failed(ConnectError(detail="x", host="h", port=1))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.0, "0.0 ms"), (0.00423, "4.2 ms"), (0.9999, "999.9 ms"), (1, "1.00 s")]
)
def test_times_are_for_people(seconds: float, text: str) -> None:
    assert milliseconds(seconds) == text
