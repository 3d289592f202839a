"""A fork while a connection is being opened: the child has no part in it, the parent's succeeds."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.client.test_fork import LOOPS, Site

if TYPE_CHECKING:
    from tests.servers.certificates import Certificates

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

# Forks at a moment of the first dial. The child makes a request of its own, and lives until the
# parent has closed its connection.
PROGRAM = """
import asyncio, os, socket, ssl, stat, sys
import hyperhttp

url, ca, http2, kind, moment = sys.argv[1:]
http2 = "prior-knowledge" if http2 == "prior-knowledge" else True
client = hyperhttp.Client(base_url=url, verify=ca, http2=http2)
base = asyncio.SelectorEventLoop
if kind == "uvloop":
    import uvloop
    base = uvloop.Loop
ready, let_go = os.pipe(), os.pipe()
forked = []

def inet_sockets():
    found = []
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as copy:
                    found += [number] if copy.family != socket.AF_UNIX else []
        except OSError:
            pass
    return found

async def ask(path):
    return await (await client.get(path)).aread()

async def child():
    assert not inet_sockets(), inet_sockets()
    assert client.stats().origins == {}
    assert await ask("child") == b"/child"
    await client.aclose()

def fork():
    if forked:
        return
    assert inet_sockets()
    forked.append(os.fork())
    if forked[0]:
        return
    code = 1
    os.close(let_go[1])
    try:
        asyncio.run(asyncio.wait_for(child(), 20))
        os.write(ready[1], b"x")
        os.read(let_go[0], 1)
        code = 0
    except BaseException:
        import traceback
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)

class Loop(base):
    async def sock_connect(self, sock, address):
        if moment == "connecting":
            self.call_soon(fork)
        await super().sock_connect(sock, address)
        if moment == "connected":
            fork()

wrap_bio = ssl.SSLContext.wrap_bio

def wrap_and_fork(*arguments, **options):
    if moment == "handshake":
        asyncio.get_running_loop().call_soon(fork)
    return wrap_bio(*arguments, **options)

ssl.SSLContext.wrap_bio = wrap_and_fork

async def parent():
    assert await ask("parent") == b"/parent"
    assert forked
    assert os.read(ready[0], 1) == b"x"
    assert await ask("parent") == b"/parent"
    await client.aclose()
    print("closed", flush=True)
    sys.stdin.readline()
    os.write(let_go[1], b"x")
    assert os.waitpid(forked[0], 0)[1] == 0

with asyncio.Runner(loop_factory=Loop) as runner:
    runner.run(parent())
"""

CASES = [
    *((kind, "connecting") for kind in ("cleartext", "tls", "h2", "h2 over TLS")),
    *((kind, "connected") for kind in ("cleartext", "tls", "h2", "h2 over TLS")),
    *((kind, "handshake") for kind in ("tls", "h2 over TLS")),
]


@pytest.mark.slow
@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize(("kind", "moment"), CASES)
async def test_a_child_has_no_part_in_a_dial_of_its_parent(
    kind: str, moment: str, loop: str, certificates: Certificates
) -> None:
    site = Site()
    async with site.server(kind, certificates) as server:
        http2 = "prior-knowledge" if kind == "h2" else "by ALPN"
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-W", "error", "-W", "ignore:This process:DeprecationWarning", "-c", PROGRAM),
            *(server.url("/"), str(certificates.ca), http2, loop, moment),
            cwd=Path(__file__).parents[2],
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        try:
            said = await asyncio.wait_for(process.stdout.readline(), 30)
            if said == b"closed\n":
                # The child still lives; a copy of the socket would keep the connection open.
                ended = asyncio.gather(*(peer.ended.wait() for peer in server.peers))
                await asyncio.wait_for(ended, 10)
            _, errors = await asyncio.wait_for(process.communicate(b"go on\n"), 30)
        finally:
            if process.returncode is None:
                process.kill()
        assert (process.returncode, errors.decode()) == (0, "")
        assert [path for _, path in site.paths if path == "/child"] == ["/child"]
        assert [path for _, path in site.paths if path == "/parent"] == ["/parent"] * 2
        assert len(server.peers) == 2
