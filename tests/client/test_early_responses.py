"""A final response during an upload, and the end of the connection: the response is delivered."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

import pytest

from hyperhttp import Client
from tests.client.quiet import unused
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.refusing import Version, refusing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hyperhttp import Progress
    from hyperhttp._message.request.raw_body import ContentInput

PIECE = 1 << 16
SIZE = 80 * PIECE
HOLD_AT = 5 * PIECE
PATIENCE_S = 10.0


def generated() -> Iterator[bytes]:
    for _ in range(SIZE // PIECE):
        yield bytes(PIECE)


CONTENTS: dict[str, Callable[[], ContentInput]] = {
    "bytes": lambda: bytes(SIZE),
    "generator": generated,
}


async def upload(
    version: Version, content: ContentInput, certificates: Certificates, *, secure: bool
) -> tuple[int, bytes]:
    alpn = ("h2",) if version == "HTTP/2" else ("http/1.1",)
    tls = server_context(certificates.good, alpn=alpn) if secure else None
    http2: bool | Literal["prior-knowledge"] = version == "HTTP/2"
    if http2 and not secure:
        http2 = "prior-knowledge"
    with refusing(version, tls) as (url, closed):

        def hold(progress: Progress) -> None:
            # The next block is written after the server has reset the connection, and before the
            # event loop reads again.
            if progress.transferred_bytes == HOLD_AT:
                closed.wait(PATIENCE_S)

        async with Client(verify=certificates.ca, http2=http2) as client:
            response = await client.post(url, content=content, on_upload=hold)
            body = await response.aread()
            await until(lambda: unused(client))
            return response.status_code, body


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/2"])
async def test_an_early_response_in_cleartext_is_delivered(
    version: Version, content: str, certificates: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="asyncio")
    received = await upload(version, CONTENTS[content](), certificates, secure=False)
    assert received == (413, b"too large")
    assert not caplog.records


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/2"])
async def test_an_early_response_over_tls_is_delivered(
    version: Version, content: str, certificates: Certificates, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="asyncio")
    received = await upload(version, CONTENTS[content](), certificates, secure=True)
    assert received == (413, b"too large")
    assert not caplog.records
