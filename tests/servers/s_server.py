"""`openssl s_server` on loopback: OpenSSL's own server, which can do what Python's `ssl` can't.

With its terminal, a test reads what the client sent and writes the response; single letters make it
update keys or ask for a certificate. Its port is chosen just before it starts.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.servers.programs import find_program, local_url
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

ANSWER_WITHIN_S = 10.0
_IS_LISTENING = b"ACCEPT"


@dataclass
class SServer:
    """A running server."""

    port: int
    process: asyncio.subprocess.Process
    written: bytearray = field(default_factory=bytearray)
    """What it wrote to the terminal, up to the last mark."""

    def url(self, path: str = "/") -> str:
        """The URL of `path`."""
        return local_url(self.port, path, tls=True)

    async def shows(self, mark: bytes) -> bytes:
        """Wait until it writes `mark`, such as the end of a request; return what came before."""
        output = self.process.stdout
        assert output is not None
        async with asyncio.timeout(ANSWER_WITHIN_S):
            while mark not in self.written:
                piece = await output.read(1 << 16)
                assert piece, f"it ended: {bytes(self.written)!r}"
                self.written += piece
        shown, _, rest = bytes(self.written).partition(mark)
        self.written[:] = rest
        return shown

    async def type(self, text: bytes) -> None:
        """Type: data for the client, or a command if a line has one letter."""
        keyboard = self.process.stdin
        assert keyboard is not None
        keyboard.write(text)
        await keyboard.drain()


@asynccontextmanager
async def s_server(
    certificate: Path, *options: str, folder: Path | None = None
) -> AsyncGenerator[SServer]:
    """Serve while the block lasts; `options` are its own, such as `-tls1_2`."""
    program = find_program("openssl")
    with listening() as listener:
        port = port_of(listener)
    process = await asyncio.create_subprocess_exec(
        *(program, "s_server", "-accept", f"127.0.0.1:{port}"),
        *("-cert", str(certificate), "-key", str(certificate), *options),
        cwd=folder,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    server = SServer(port, process)
    try:
        await server.shows(_IS_LISTENING)
        yield server
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
