"""Lets `example.com` and `api.example.com` be a server on loopback: names, ports, certificates.

The client is not told: names are looked up, ports dialled and certificates checked as ever. What is
replaced lies below it: the system's resolver, the loop's connect, the list of trusted CAs, the
environment, and the files of the directory that a reader would be in. Port 8000 of loopback is
`hyperhttp demo --serve`.
"""

from __future__ import annotations

import asyncio.selector_events
import logging
import os
import socket
import tempfile
import threading
from contextlib import ExitStack, chdir, contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from unittest.mock import patch

from hyperhttp._cli.demo_server import DEMO_PORT, demo_server
from hyperhttp._network import tls
from hyperhttp._network.tls_contexts import TLSContexts
from tests.docs.snippets import ROOT
from tests.servers.client_certificates import PASSWORD, make_client_certificates

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from tests.servers.hypercorn import Hypercorn

    SocketAddress: TypeAlias = tuple[str, int] | tuple[str, int, int, int]
    Found: TypeAlias = list[tuple[int, int, int, str, SocketAddress]]

# Unused addresses that are globally reachable (RFC 7450), as an address policy wants them.
ADDRESSES = {"example.com": "192.52.193.101", "api.example.com": "192.52.193.102"}
# Those, and one for documentation (RFC 5737) that a scenario names.
STAGED = frozenset({*ADDRESSES.values(), "192.0.2.1"})


@contextmanager
def stage(server: Hypercorn, ca: Path, *, h2: bool = False) -> Generator[None]:
    """Play the guide's hosts with `server`, whose certificate the CA in `ca` has signed.

    `h2`: where TLS is spoken, the hosts offer HTTP/2 too.
    """
    ports = {443: server.h2_port if h2 else server.tls_port, 80: server.port}
    with ExitStack() as stack:
        ports[DEMO_PORT] = stack.enter_context(demo_running())
        for target, replacement in (
            ("socket.getaddrinfo", _look_up),
            ("asyncio.selector_events.BaseSelectorEventLoop.sock_connect", _connect_to(ports)),
            ("certifi.where", lambda: str(ca)),
        ):
            stack.enter_context(patch(target, replacement))
        # It names our CA for who trusts the environment, and for OpenSSL's own store.
        environment = {"SSL_CERT_FILE": str(ca), "CLIENT_KEY_PASSWORD": PASSWORD}
        stack.enter_context(patch.dict(os.environ, environment))
        for name in ("SSL_CERT_DIR", "SSLKEYLOGFILE"):
            os.environ.pop(name, None)
        directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="hyperhttp-stage-"))
        _lay_out(Path(directory), server, ca)
        stack.enter_context(chdir(directory))
        # TLS contexts are made once a process: none made before or in here may be mixed up.
        stack.enter_context(patch.object(tls, "CONTEXTS", TLSContexts(tls.make_context)))
        stack.enter_context(_logging_as_before())
        yield


@contextmanager
def _logging_as_before() -> Generator[None]:
    """Undo what a snippet sets up for its program."""
    root, factory = logging.getLogger(), logging.getLogRecordFactory()
    level, handlers = root.level, root.handlers[:]
    try:
        yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
        logging.setLogRecordFactory(factory)
        for name in root.manager.loggerDict:
            if name.partition(".")[0] == "hyperhttp":
                logging.getLogger(name).setLevel(logging.NOTSET)


@contextmanager
def demo_running() -> Generator[int]:
    """Run `hyperhttp demo --serve` in a thread; yields its port."""
    with demo_server(0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def _lay_out(directory: Path, server: Hypercorn, ca: Path) -> None:
    """The files that the guide names."""
    made = make_client_certificates(directory)
    for name, path in {
        "private-ca.pem": ca,
        "client.pem": made.whole,
        "client-chain.pem": made.chain,
        "client-key.pem": made.key,
        "client-locked-key.pem": made.locked_key,
        "app.sock": server.path,
    }.items():
        (directory / name).symlink_to(path)
    (directory / "report.pdf").write_bytes(bytes(300_000))
    page = (ROOT / "docs/guide/configuration.md").read_text(encoding="utf-8")
    toml = page.split("```toml\n")[1].split("```")[0]
    (directory / "client.toml").write_text(toml, encoding="utf-8")


def _look_up(host: str, port: int, *_: object, **__: object) -> Found:
    if host not in ADDRESSES and not _is_address(host) and host != "localhost":
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    address = ADDRESSES.get(host, "127.0.0.1" if host == "localhost" else host)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port))]


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _connect_to(ports: Mapping[int, int]) -> object:
    connect = asyncio.selector_events.BaseSelectorEventLoop.sock_connect

    async def sock_connect(
        loop: asyncio.selector_events.BaseSelectorEventLoop,
        sock: socket.socket,
        address: SocketAddress,
    ) -> None:
        if address[0] in STAGED or address[:2] == ("127.0.0.1", DEMO_PORT):
            address = ("127.0.0.1", ports[address[1]])
        await connect(loop, sock, address)

    return sock_connect
