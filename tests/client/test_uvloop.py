"""The same client on another event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, Timeout, TimeoutException

if TYPE_CHECKING:
    from tests.servers.certificates import Certificates
    from tests.servers.hypercorn import Hypercorn

uvloop = pytest.importorskip("uvloop")
pytestmark = pytest.mark.peer


@pytest.mark.parametrize("kind", ["cleartext", "tls", "h2", "h2c"])
def test_it_runs_on_uvloop_too(
    hypercorn_server: Hypercorn, certificates: Certificates, kind: str
) -> None:
    urls = {
        "cleartext": hypercorn_server.url("/"),
        "tls": hypercorn_server.url("/", tls=True),
        "h2": hypercorn_server.h2_url("/"),
        "h2c": hypercorn_server.h2c_url("/"),
    }

    async def main() -> None:
        async with Client(
            base_url=urls[kind],
            verify=certificates.ca,
            http2="prior-knowledge" if kind == "h2c" else True,
        ) as client:
            for size in (10, 1_000_000):
                response = await client.post("upload", content=iter([bytes(size)]))
                await response.aread()
                assert response.json()["bytes"] == size
            bodies = await asyncio.gather(*(client.get("large.bin") for _ in range(20)))
            assert len({await one.aread() for one in bodies}) == 1
            version = "HTTP/2" if kind in {"h2", "h2c"} else "HTTP/1.1"
            assert {one.http_version for one in bodies} == {version}
            with pytest.raises(TimeoutException):
                await client.get("delay", timeout=Timeout(total=0.05))
            assert client.stats().active == 0

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
