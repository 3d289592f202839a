"""The real servers start, respond and stop; a missing one is a skip, or a failure if required."""

from __future__ import annotations

import http.client
import json
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from tests.servers.contents import LARGE_BODY
from tests.servers.programs import REQUIRE_VARIABLE, failed, find_program, missing, running

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.certificates import Certificates
    from tests.servers.hypercorn import Hypercorn
    from tests.servers.nghttpd import Nghttpd
    from tests.servers.nginx import Nginx


def fetch(
    method: str, port: int, path: str, body: bytes | None = None, ca: Certificates | None = None
) -> tuple[int, bytes]:
    connection = (
        http.client.HTTPSConnection("localhost", port, timeout=10, context=ca.client_context())
        if ca
        else http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    )
    try:
        connection.request(method, path, body)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_a_missing_program_skips() -> None:
    with pytest.raises(pytest.skip.Exception, match="no such thing"):
        missing("no such thing", {})


def test_a_missing_program_fails_where_peers_are_required() -> None:
    with pytest.raises(pytest.fail.Exception, match=REQUIRE_VARIABLE):
        missing("no such thing", {REQUIRE_VARIABLE: "1"})


def test_a_program_that_dies_is_reported_with_what_it_wrote(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running([sys.executable, "-c", "raise SystemExit('oh dear')"], log=log) as process:
        process.wait(30)
        assert "exit code 1): oh dear" in str(failed(process, log, "it did not start"))


@pytest.mark.peer
def test_an_installed_program_is_found_in_sbin_too() -> None:
    assert find_program("nginx").endswith("nginx")


@pytest.mark.peer
def test_nginx_serves_bytes_in_cleartext_and_tls(
    nginx_server: Nginx, certificates: Certificates
) -> None:
    assert fetch("GET", nginx_server.port, "/large.bin") == (200, LARGE_BODY)
    assert fetch("GET", nginx_server.tls_port, "/json", ca=certificates)[0] == 200


@pytest.mark.peer
def test_nginx_echoes_what_was_sent(nginx_server: Nginx) -> None:
    assert fetch("PUT", nginx_server.port, "/mirror", b"bytes") == (200, b"PUT bytes")


@pytest.mark.peer
def test_hypercorn_echoes_in_cleartext_and_tls(
    hypercorn_server: Hypercorn, certificates: Certificates
) -> None:
    for port, ca in ((hypercorn_server.port, None), (hypercorn_server.tls_port, certificates)):
        status, body = fetch("POST", port, "/echo?a=1", b"text", ca)
        echoed = json.loads(body)
        assert (status, echoed["method"], echoed["body"]) == (200, "POST", "text")
        assert echoed["params"] == [["a", "1"]]
        assert echoed["scheme"] == ("https" if ca else "http")


@pytest.mark.peer
def test_nghttpd_listens(nghttpd_server: Nghttpd) -> None:
    socket.create_connection(("127.0.0.1", nghttpd_server.port), 5).close()
