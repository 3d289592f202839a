"""Each kind of request gets the right response from the upstream, with each client that is here."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.endurance.clients.base import Setting, client_module
from tests.endurance.outcome import judge
from tests.endurance.sending import send, send_sync
from tests.endurance.upstream import Upstream
from tests.endurance.workload import SHARES, Planned

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.servers.certificates import Certificates

CLIENTS = ("hyperhttp", "httpx2")


@pytest.fixture
async def upstream(tmp_path: Path) -> AsyncIterator[str]:
    served = Upstream(str(tmp_path / "processed"), Random(1))
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


def requests() -> list[Planned]:
    return [Planned(f"a-1-direct-{kind}", kind, "direct", retries=False, size=4) for kind in SHARES]


@pytest.mark.parametrize("retries", [False, True])
@pytest.mark.parametrize("name", CLIENTS)
async def test_the_asynchronous_client_gets_what_it_wants(
    name: str, retries: bool, upstream: str, certificates: Certificates, tmp_path: Path
) -> None:
    adapter = client_module(name).Async
    assert adapter is not None
    client = adapter(Setting(certificates.ca, retries, None))
    for request in requests():
        path = tmp_path / "downloads" / request.token
        path.parent.mkdir(exist_ok=True)
        response = await send(client, request, upstream + request.path, path)
        assert judge(request, response) == "right", request
        assert not list(path.parent.iterdir())
    await client.aclose()


@pytest.mark.parametrize("retries", [False, True])
@pytest.mark.parametrize("name", CLIENTS)
async def test_the_synchronous_client_gets_what_it_wants(
    name: str, retries: bool, upstream: str, certificates: Certificates, tmp_path: Path
) -> None:
    adapter = client_module(name).Sync
    assert adapter is not None
    client = adapter(Setting(certificates.ca, retries, None))
    for request in requests():
        response = await asyncio.to_thread(
            send_sync, client, request, upstream + request.path, tmp_path / request.token
        )
        assert judge(request, response) == "right", request
    client.close()


@pytest.mark.parametrize("name", CLIENTS)
async def test_errors_of_the_client_are_typed_and_others_are_not(
    name: str, certificates: Certificates
) -> None:
    adapter = client_module(name).Async
    assert adapter is not None
    client = adapter(Setting(certificates.ca, retries=False, proxy=None))
    with pytest.raises(Exception, match=r".") as caught:
        await client.get("http://127.0.0.1:1/")
    assert client.is_typed(caught.value)
    assert not client.is_typed(KeyError())
    await client.aclose()
