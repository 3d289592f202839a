"""A reset ends a connection at once on each event loop, whatever has arrived before it.

uvloop calls back once for a reset, and stops to watch the socket.
"""

from __future__ import annotations

import asyncio
import importlib
import ssl
from typing import TYPE_CHECKING, TypeAlias

import pytest

from hyperhttp._network.server_tls import ServerTLS
from hyperhttp._network.tls_start import connect_protocol
from tests.network.tls_line import Line, ShortLine, lost, talking
from tests.servers.certificates import Certificates, server_context
from tests.servers.tls_end import TLSEnd, connected

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Coroutine

    Run: TypeAlias = Callable[[Coroutine[None, None, None]], None]

VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]
WAIT_S = 10.0


@pytest.fixture(params=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest) -> Run:
    """Runs a coroutine on an event loop of the kind."""
    if request.param == "uvloop":
        pytest.importorskip("uvloop")
    module = importlib.import_module(request.param)

    def run_on_it(main: Coroutine[None, None, None]) -> None:
        with asyncio.Runner(loop_factory=module.new_event_loop) as runner:
            runner.run(asyncio.wait_for(main, WAIT_S))

    return run_on_it


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", [Line, ShortLine])
@pytest.mark.parametrize("size", [10, 5_000, 60_000])
def test_data_and_a_reset_that_arrive_together(
    size: int,
    kind: type[Line],
    version: ssl.TLSVersion,
    certificates: Certificates,
    run: Run,
) -> None:
    async def main() -> None:
        async with talking(certificates, kind, version=version) as (line, end):
            # The socket has everything when the loop looks at it next.
            end.raw.setblocking(True)
            end.raw.sendall(end.records(bytes(size)))
            end.reset()
            await lost(line)
            assert len(line.received) == size
            assert isinstance(line.error, ConnectionResetError)
            assert line.events == ["lost"]

    run(main())


@pytest.mark.parametrize("is_paused_before", [True, False])
def test_reading_is_resumed_after_a_reset(
    is_paused_before: bool,
    certificates: Certificates,
    run: Run,
) -> None:
    async def main() -> None:
        async with talking(certificates, ShortLine) as (line, end):
            if is_paused_before:
                line.transport.pause_reading()
            else:
                line.on_data = line.transport.pause_reading
            end.raw.setblocking(True)
            end.raw.sendall(end.records(bytes(50_000)))
            end.reset()
            while len(line.received) < 50_000:
                for _ in range(5):
                    await asyncio.sleep(0)
                line.transport.resume_reading()
            line.on_data = None
            await lost(line)
            assert isinstance(line.error, ConnectionResetError)

    run(main())


def test_a_reset_while_it_closes(certificates: Certificates, run: Run) -> None:
    async def main() -> None:
        async with talking(certificates) as (line, end):
            line.transport.close()
            end.raw.setblocking(True)
            end.raw.sendall(end.records(bytes(10)))
            end.reset()
            async with asyncio.timeout(0.5):  # it doesn't wait for close_notify
                await line.is_lost.wait()

    run(main())


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("share", [0.5, 1.0])
def test_a_reset_after_messages_of_the_handshake(
    share: float,
    version: ssl.TLSVersion,
    certificates: Certificates,
    run: Run,
) -> None:
    async def main() -> None:
        ours, theirs = await connected()
        context = certificates.client_context()
        context.maximum_version = version
        end = ResettingEnd(theirs, share, certificates)
        served = asyncio.ensure_future(end.shake_hands())
        with pytest.raises(ConnectionError):
            await _lost(connect_protocol(ours, Line, ServerTLS(context), "localhost"))
        await asyncio.wait([served])
        assert isinstance(served.exception(), ConnectionResetError)

    run(main())


async def _lost(connecting: Coroutine[None, None, Line]) -> None:
    line = await connecting
    await lost(line)
    assert line.error is not None
    raise line.error


class ResettingEnd(TLSEnd):
    """Sends a share of its first message, and resets the connection."""

    def __init__(self, raw: socket.socket, share: float, certificates: Certificates) -> None:
        super().__init__(raw, server_context(certificates.good))
        self._share = share

    async def send(self, raw: bytes | bytearray) -> None:
        await super().send(raw[: int(len(raw) * self._share)])
        if raw:
            self.reset()
            raise ConnectionResetError
