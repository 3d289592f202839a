"""What moves through a client does not stay in it: its process's memory, as the kernel sees it.

Each transfer runs in a process of its own, since a small growth does not show in a large heap, and
the libraries that decompress allocate where Python does not look. The server is another process.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import brotli
import pytest

from tests.repo.trees import ROOT

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the peak is told by /proc"),
]

MIB = 1 << 20
GIB = 1 << 30
BOMB_BYTES = 300_000_000

# Each client does once in small what it will do, so that all code and buffers are there before.
CLIENT = """
import asyncio, sys
from pathlib import Path
import hyperhttp

def status(key):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key):
            return int(line.split()[1]) * 1024

class Peak:
    def __enter__(self):
        Path("/proc/self/clear_refs").write_text("5")
        self.before = status("VmRSS")
    def __exit__(self, *_):
        print(status("VmHWM") - self.before)

async def main(url, client):
BODY

async def run(url):
    async with hyperhttp.Client(timeout=60.0) as client:
        await main(url, client)

asyncio.run(run(sys.argv[1]))
"""
UPLOAD = """
    async def send(path):
        form = {"file": SOURCE}
        response = await client.post(url, data={"a": "b"}, files=form)
        return int(await response.aread())
    small, huge = map(Path, sys.argv[2:])
    await send(small)
    with Peak():
        sent = await send(huge)
    assert 0 < sent - huge.stat().st_size < 1000, sent
"""
DOWNLOAD = """
    async def get(size):
        response = await client.get(f"{url}{size}")
        return sum([len(piece) async for piece in response.aiter_bytes()])
    await get(5_000_000)
    with Peak():
        assert await get(1 << 30) == 1 << 30
"""
BOMB = """
    small, bomb = sys.argv[2:]
    async def whole(response):
        await response.aread()
    async def streamed(response):
        async for piece in response.aiter_bytes():
            assert not any(piece[:100])
    response = await client.get(url + small)
    assert len(await response.aread()) == 100_000
    with Peak():
        try:
            async with client.stream("GET", url + bomb) as response:
                await HOW(response)
        except hyperhttp.DecompressionError as error:
            print(error, file=sys.stderr)
        else:
            raise AssertionError("it was not refused")
"""


@contextmanager
def giver(directory: Path) -> Generator[str]:
    command = [sys.executable, "-m", "tests.servers.giver", str(directory)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{server.stdout.readline().strip()}/"
        finally:
            server.kill()


def growth_of(body: str, directory: Path, *arguments: str) -> int:
    """By how much a client's memory has grown at most, in bytes."""
    program = CLIENT.replace("BODY", body)
    with giver(directory) as url:
        command = [sys.executable, "-c", program, url, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.parametrize(
    "source", ["path", "path.open('rb')", "hyperhttp.MultipartFile(path.open('rb'))"]
)
def test_a_gibibyte_in_a_form_grows_by_8_mib_at_most(tmp_path: Path, source: str) -> None:
    small, huge = tmp_path / "small", tmp_path / "huge"
    small.write_bytes(bytes(5_000_000))
    with huge.open("wb") as file:
        file.truncate(GIB)  # It takes no place on the disk.
    growth = growth_of(UPLOAD.replace("SOURCE", source), tmp_path, str(small), str(huge))
    assert growth <= 8 * MIB


def test_a_gibibyte_that_comes_grows_by_8_mib_at_most(tmp_path: Path) -> None:
    assert growth_of(DOWNLOAD, tmp_path) <= 8 * MIB


def zeros(size: int) -> Iterator[bytes]:
    for start in range(0, size, MIB):
        yield bytes(min(MIB, size - start))


def gzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    yield from map(packer.compress, pieces)
    yield packer.flush()


def deflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(9)
    yield from map(packer.compress, pieces)
    yield packer.flush()


def in_br(pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield brotli.compress(b"".join(pieces), quality=1)


def in_zstd(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zstd.ZstdCompressor()
    yield from map(packer.compress, pieces)
    yield packer.flush()


PACKERS: dict[str, Callable[[Iterator[bytes]], Iterator[bytes]]] = {
    "gzip": gzipped,
    "deflate": deflated,
    "br": in_br,
    "zstd": in_zstd,
}
CHAINS = [
    "gzip",
    "deflate",
    "br",
    "zstd",
    "gzip, br",
    "br, gzip",
    "zstd, gzip, deflate",
    "br, zstd",
]


def packed(chain: str, size: int) -> bytes:
    pieces = zeros(size)
    for coding in chain.split(", "):
        pieces = PACKERS[coding](pieces)
    return b"".join(pieces)


@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("how", ["whole", "streamed"])
def test_a_bomb_of_300_mb_is_refused_with_less_than_16_mib_of_growth(
    tmp_path: Path, chain: str, how: str
) -> None:
    (tmp_path / "small").write_bytes(packed(chain, 100_000))
    (tmp_path / "bomb").write_bytes(packed(chain, BOMB_BYTES))
    paths = [f"file/{name}?{chain.replace(' ', '')}" for name in ("small", "bomb")]
    assert growth_of(BOMB.replace("HOW", how), tmp_path, *paths) < 16 * MIB


def test_the_measure_sees_what_stays(tmp_path: Path) -> None:
    keeping = DOWNLOAD.replace("sum([len(piece)", "len([piece").replace("1 << 30", "1 << 26")
    keeping = keeping.replace("response.aiter_bytes()])", "response.aiter_bytes()]) and 1 << 26")
    # What was read before has left up to 4 MiB of free heap (see `_transport.malloc_tuning`).
    assert growth_of(keeping, tmp_path) > (64 - 4 - 4) * MIB


def test_the_bombs_are_what_they_are_said_to_be() -> None:
    assert gzip.decompress(packed("gzip", 100_000)) == bytes(100_000)
    inner = brotli.Decompressor().process(packed("gzip, br", 100_000))
    assert gzip.decompress(inner) == bytes(100_000)
