"""A reader that pauses gets everything once it reads on: each byte in order, and then the end."""

from __future__ import annotations

import asyncio
import random
import socket
from typing import TYPE_CHECKING

import pytest

from tests.network.tls_line import TLS12, TLS13, Line, talking

if TYPE_CHECKING:
    import ssl

    from tests.servers.certificates import Certificates

ENDS = {"close_notify": ["close_notify", "lost"], "close": ["truncated", "lost"]}


class SlowLine(Line):
    """Has buffers of random sizes, and pauses after random parts, each time for a few turns."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance

    def get_buffer(self, sizehint: int) -> bytearray:
        self._buffer = bytearray(self._chance.choice((1, 300, 16_383, 16_384, 40_000, 1 << 18)))
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        super().buffer_updated(nbytes)
        if self._chance.random() < 0.5:
            self.transport.pause_reading()
            self._resume_after(self._chance.randrange(4))

    def _resume_after(self, turns: int) -> None:
        loop = asyncio.get_running_loop()
        if turns:
            loop.call_soon(self._resume_after, turns - 1)
        else:
            loop.call_soon(self.transport.resume_reading)


@pytest.mark.parametrize("ending", ENDS)
@pytest.mark.parametrize("version", [TLS12, TLS13])
@pytest.mark.parametrize("seed", range(6))
async def test_a_slow_reader_gets_every_byte_and_then_the_end(
    seed: int, version: ssl.TLSVersion, ending: str, certificates: Certificates
) -> None:
    chance = random.Random(seed)
    async with talking(certificates, lambda: SlowLine(chance), version=version) as (line, end):
        data = [bytes([n]) * chance.choice((1, 50, 900, 16_384, 50_000)) for n in range(30)]
        raw = b"".join(end.records(part) for part in data)
        while raw:
            cut = chance.choice((3, 700, 16_000, 100_000))
            await end.send(raw[:cut])
            raw = raw[cut:]
            await asyncio.sleep(0)
        if ending == "close_notify":
            await end.send(end.close_notify())
        end.raw.shutdown(socket.SHUT_WR)
        await asyncio.wait_for(line.is_lost.wait(), 20)
        assert line.received == b"".join(data)
        assert line.events == ENDS[ending]
