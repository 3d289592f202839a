from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp.__main__ import main
from hyperhttp._cli.demo_server import DEMO_PORT, demo_server, port_of
from hyperhttp._cli.exit_codes import UsageError

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def running() -> Generator[str]:
    with demo_server(0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def exchange(port: int, request: bytes) -> bytes:
    """Send bytes, and read until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: sock.recv(65536), b""))


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/users/1", 200, {"id": 1, "name": "John"}),
        ("/users", 200, [{"id": 1, "name": "John"}, {"id": 2, "name": "Ann"}]),
        ("/search?q=python&page=2", 200, {"query": "q=python&page=2"}),
        ("/users/99", 404, {"detail": "no such resource"}),
        ("/", 404, {"detail": "no such resource"}),
    ],
)
async def test_each_resource(path: str, status: int, body: object) -> None:
    with running() as url:
        async with hyperhttp.Client(base_url=url) as client:
            response = await client.get(path)
            await response.aread()
    assert (response.status_code, response.json()) == (status, body)


async def test_a_user_is_created_on_the_same_connection() -> None:
    with running() as url:
        async with hyperhttp.Client(base_url=url) as client:
            first = await client.post("/users", json={"name": "Ann"})
            await first.aread()
            response = await client.post("/users", json={"name": "Eve"})
            await response.aread()
            lost = await client.post("/elsewhere", json={})
            await lost.aread()
    assert (response.status_code, response.json()) == (201, {"id": 3, "name": "Eve"})
    assert response.connection is not None
    assert response.connection.is_reused
    assert lost.status_code == 404


@pytest.mark.parametrize("body", [b"[1]", b"{", b"\xff", b""])
async def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    with running() as url:
        async with hyperhttp.Client(base_url=url) as client:
            response = await client.post("/users", content=body)
            await response.aread()
    assert response.status_code == 400


@pytest.mark.parametrize(
    "length",
    [b"", b"Content-Length: -1\r\n", b"Content-Length: 1048577\r\n", b"Content-Length: x\r\n"],
)
def test_a_body_without_a_usable_length_ends_the_connection(length: bytes) -> None:
    with running() as url:
        request = b"POST /users HTTP/1.1\r\nHost: x\r\n" + length + b"\r\n"
        received = exchange(int(url.rpartition(":")[2]), request)
    assert received.startswith(b"HTTP/1.1 411 ")
    assert received.count(b"HTTP/1.1 ") == 1


def test_the_log_has_one_line_for_each_request(capsys: pytest.CaptureFixture[str]) -> None:
    with running() as url:
        exchange(int(url.rpartition(":")[2]), b"GET /\x1b[2J HTTP/1.0\r\n\r\n")
    (line,) = capsys.readouterr().out.splitlines()
    assert "404" in line
    assert line.isprintable()


@pytest.mark.parametrize(("text", "port"), [(None, DEMO_PORT), ("0", 0), ("65535", 65535)])
def test_the_port(text: str | None, port: int) -> None:
    assert port_of(text) == port


@pytest.mark.parametrize("text", ["", "-1", "65536", "x", "\u0661"])
def test_a_port_that_does_not_exist_is_named(text: str) -> None:
    with pytest.raises(UsageError, match="from 0 to 65535"):
        port_of(text)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "8000"], "--port needs --serve"),
        (["--serve", "x"], "demo takes only options"),
        (["--serve", "--port", "99999"], "invalid port '99999'"),
    ],
)
def test_arguments_that_do_not_fit(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["demo", "--serve", "--port", str(port)]) == 2
    assert f"cannot listen on port {port}: Address already in use" in capsys.readouterr().err


def test_the_command_serves_until_ctrl_c() -> None:
    command = [sys.executable, "-m", "hyperhttp", "demo", "--serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("Serving on http://127.0.0.1:")
        port = int(said.split()[2].rpartition(":")[2])
        received = exchange(port, b"GET /users/1 HTTP/1.0\r\n\r\n")
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(30) == 0
    assert json.loads(received.partition(b"\r\n\r\n")[2]) == {"id": 1, "name": "John"}
