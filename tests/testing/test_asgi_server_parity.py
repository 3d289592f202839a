"""An application responds through ASGITransport as it does behind a server on a socket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client
from hyperhttp.testing import ASGITransport
from tests.servers.app import app

if TYPE_CHECKING:
    from tests.servers.certificates import Certificates
    from tests.servers.hypercorn import Hypercorn

# Method, target, body; what the application says of itself is compared, not what servers add.
ASKED: list[tuple[str, str, bytes | None]] = [
    ("GET", "/status/200", None),
    ("GET", "/status/204", None),
    ("GET", "/status/404", None),
    ("HEAD", "/status/503", None),
    ("GET", "/redirect/3", None),
    ("POST", "/redirect/2?status=307", b"again"),
    ("GET", "/set-cookies?a=1&b=2", None),
    ("GET", "/args?q=%C3%AB&q=2", None),
    ("GET", "/drip", None),
    ("GET", "/stream", None),
    ("GET", "/lines", None),
    ("GET", "/gzip", None),
    ("PUT", "/status/201", bytes(100_000)),
    ("GET", "/nowhere", None),
]


async def came(client: Client, base: str) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for method, target, body in ASKED:
        content = hyperhttp.UNSET if body is None else body
        response = await client.request(
            method, f"{base}{target}", content=content, follow_redirects=True
        )
        data = await response.aread()
        kinds = response.headers.get("content-type"), response.headers.get("content-encoding")
        echoed = response.url.path == "/echo"  # which says who asked
        found.append(
            (
                response.status_code,
                response.http_version,
                response.url.path,
                kinds,
                len(response.history),
                sorted(client.cookies),
                response.json()["method"] if echoed else data,
            )
        )
    return found


@pytest.mark.peer
@pytest.mark.parametrize("protocol", ["cleartext", "tls", "h2"])
async def test_an_application_responses_as_behind_a_server(
    protocol: str, hypercorn_server: Hypercorn, certificates: Certificates
) -> None:
    ports = {
        "cleartext": hypercorn_server.port,
        "tls": hypercorn_server.tls_port,
        "h2": hypercorn_server.h2_port,
    }
    scheme = "http" if protocol == "cleartext" else "https"
    http2 = protocol == "h2"
    base = f"{scheme}://localhost:{ports[protocol]}"
    async with Client(verify=certificates.ca, http2=http2) as client:
        over_socket = await came(client, base)
    async with Client(transport=ASGITransport(app), http2=http2) as client:
        in_memory = await came(client, base)
    assert in_memory == over_socket
