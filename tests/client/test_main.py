"""The command line: what it prints where, what it sends, and the exit code for each way to end."""

from __future__ import annotations

import asyncio
import base64
import fcntl
import os
import pty
import re
import select
import signal
import sys
import termios
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hyperhttp.__main__ import EXIT_CODES, Exit, main
from tests.repo.trees import ROOT
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, replies
from tests.servers.sockets import refusing_port

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.slow

HELLO = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=latin-1\r\nX-Two: a\r\nX-Two: b\r\n"
    b"Content-Length: 5\r\n\r\ncaf\xe9\n"
)
# A terminal on which nothing happens for so long is given up.
PATIENCE_S = 10.0
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"


@dataclass(frozen=True)
class Ended:
    """How a run of the command line ended."""

    code: int
    out: bytes
    err: str


async def run(*arguments: str, cwd: Path | None = None) -> Ended:
    """Run `python -m hyperhttp` with its output piped."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-m", "hyperhttp", *arguments),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    out, err = await process.communicate()
    return Ended(process.returncode or 0, out, err.decode())


async def test_only_the_body_is_piped_byte_by_byte() -> None:
    async with RawServer(replies((b"GET /x HTTP/1.1\r\n", HELLO))) as server:
        ended = await run(server.url("/x"))
    assert ended == Ended(Exit.OK, b"caf\xe9\n", "")


async def test_the_head_is_piped_before_the_body_when_asked() -> None:
    async with RawServer(replies((b"GET /x HTTP/1.1\r\n", HELLO))) as server:
        ended = await run("-i", server.url("/x"))
    head, body = ended.out.split(b"\n\n")
    lines = ["http/1.1 200 ok", "content-type: text/plain; charset=latin-1", "x-two: a", "x-two: b"]
    assert head.decode().lower().splitlines()[:4] == lines
    assert (body, ended.err) == (b"caf\xe9\n", "")


async def on_terminal(
    *arguments: str,
    response: tuple[bytes, bytes] | None = None,
    environ: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run it in a terminal of its own: the exit code, and all that was shown.

    `response`: what is waited for, and what is typed then.
    """
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hyperhttp", *arguments),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        | {"TERM": "xterm", "NO_COLOR": "", **(environ or {})},
    )
    os.close(theirs)
    try:
        shown = await asyncio.to_thread(_all_of, ours, response)
        code = await asyncio.wait_for(process.wait(), PATIENCE_S)
    except BaseException:
        # Not otherwise: `kill` looks first whether it has ended, and so takes the exit code away.
        with suppress(ProcessLookupError):
            process.kill()
        raise
    return code, shown.decode().replace("\r\n", "\n")


def _take_terminal() -> None:
    """Make stdin the terminal that Ctrl-C comes from."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _all_of(terminal: int, response: tuple[bytes, bytes] | None) -> bytes:
    """What is written to a terminal until nobody has it open any more."""
    shown = bytearray()
    with open(terminal, "r+b", buffering=0) as file, suppress(OSError):  # so Linux tells the end
        while select.select([file], [], [], PATIENCE_S)[0] and (piece := file.read(65536)):
            shown += piece
            if response is not None and response[0] in shown:
                file.write(response[1])
                response = None
    return bytes(shown)


JSON = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n"
    b'{"a": [1.50, "x\\u0000"]}'
)
EVIL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Evil: a\x9b2Jb\r\nContent-Length: 8\r\n\r\n"
    b"a\x1b]0;b\x07\n"
)


async def test_on_a_terminal_head_and_decoded_text_are_shown_together() -> None:
    async with RawServer(replies((b"GET / ", HELLO))) as server:
        code, shown = await on_terminal("--color=never", server.url())
    assert code == Exit.OK
    assert shown.lower().startswith("http/1.1 200 ok\ncontent-type:")
    assert shown.endswith("\n\ncafé\n")


async def test_on_a_terminal_json_is_indented_and_coloured() -> None:
    async with RawServer(replies((b"GET / ", JSON))) as server:
        _, shown = await on_terminal(server.url())
    assert "\x1b[32m200 OK\x1b[0m" in shown
    assert '\x1b[34m"a"\x1b[0m: [\n    \x1b[36m1.50\x1b[0m,\n    ' in shown


async def test_what_a_terminal_cannot_write_is_written_otherwise() -> None:
    async with RawServer(replies((b"GET / ", HELLO))) as server:
        code, shown = await on_terminal(
            "--color=never", server.url(), environ={"PYTHONIOENCODING": "ascii"}
        )
    assert code == Exit.OK
    assert shown.endswith("\n\ncaf\\xe9\n")


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
async def test_colours_can_be_refused_by_the_environment(environ: dict[str, str]) -> None:
    async with RawServer(replies((b"GET / ", JSON))) as server:
        _, shown = await on_terminal(server.url(), environ=environ)
    assert "\x1b" not in shown
    assert '{\n  "a": [\n    1.50,\n' in shown


async def test_a_server_does_not_command_the_terminal() -> None:
    async with RawServer(replies((b"GET / ", EVIL))) as server:
        _, shown = await on_terminal("--color=never", server.url())
    assert "x-evil: a\\x9b2Jb\n" in shown.lower().replace("2jb", "2Jb")
    assert shown.endswith("a\\x1b]0;b\\x07\n")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


async def test_on_a_terminal_bytes_that_are_no_text_are_not_shown() -> None:
    reply = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\n\x1b[2"
    async with RawServer(replies((b"GET / ", reply))) as server:
        _, shown = await on_terminal("--color=never", server.url())
    assert "[3 bytes of binary data: save it with -o FILE]" in shown
    assert "\x1b" not in shown


async def test_a_password_is_asked_for_and_not_shown() -> None:
    async with RawServer(replies((b"GET / ", OK))) as server:
        code, shown = await on_terminal(
            "-u", "ann", server.url(), response=(b"password of ann: ", b"open sesame\n")
        )
        (received,) = server.received
    assert code == Exit.OK
    assert b"Basic " + base64.b64encode(b"ann:open sesame") in received
    assert "password of ann: " in shown
    assert "open sesame" not in shown.partition("password of ann: ")[2]


async def test_a_long_download_shows_how_far_it_is_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(RANGED)
        while True:  # until it is interrupted
            await peer.send(b"x")
            await asyncio.sleep(0)

    target = tmp_path / "file.bin"
    async with RawServer(script) as server:
        code, shown = await on_terminal("-o", str(target), server.url(), response=(b"%", b"\x03"))
    assert code == Exit.INTERRUPTED
    assert "to resume, run the same command again" in shown
    assert not target.exists()
    assert target.with_name("file.bin.part").exists()


@pytest.mark.parametrize(
    ("arguments", "line", "field", "body"),
    [
        (["-X", "PURGE"], b"PURGE / ", b"\r\nHost: ", b""),
        (["-H", "X-Test: a b"], b"GET / ", b"\r\nX-Test: a b\r\n", b""),
        (["-d", "a=1"], b"POST / ", b"\r\nContent-Type: application/x-www-form-urlencoded", b"a=1"),
        (["-d", "x", "-H", "content-type: text/x"], b"POST / ", b"\r\ncontent-type: text/x", b"x"),
        (["--json", '{"a": 1}'], b"POST / ", b"\r\nContent-Type: application/json", b'{"a": 1}'),
        (["--json", "null", "-X", "PUT"], b"PUT / ", b"\r\nContent-Length: 4", b"null"),
        (["-d", ""], b"POST / ", b"\r\nContent-Length: 0", b""),
    ],
    ids=str,
)
async def test_an_option_changes_what_is_sent(
    arguments: list[str], line: bytes, field: bytes, body: bytes
) -> None:
    async with RawServer(replies((line, OK))) as server:
        assert (await run(*arguments, server.url())).code == Exit.OK
        (received,) = server.received
    assert field.lower() in received.lower()
    assert received.endswith(b"\r\n\r\n" + body)


async def test_an_output_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    async with RawServer(replies((b"GET / ", HELLO))) as server:
        ended = await run("-o", "body.txt", server.url(), cwd=tmp_path)
    assert ended == Ended(Exit.OK, b"", "")
    assert [path.name for path in tmp_path.iterdir()] == ["body.txt"]
    assert (tmp_path / "body.txt").read_bytes() == b"caf\xe9\n"


async def test_a_cut_body_leaves_no_output_file(tmp_path: Path) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        peer.close()

    async with RawServer(script) as server:
        ended = await run("-o", "body.bin", server.url(), cwd=tmp_path)
    assert ended.code == Exit.FAILED
    assert list(tmp_path.iterdir()) == []


async def test_redirects_are_followed_when_asked() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 0\r\n\r\n"
    async with RawServer(replies((b"GET / ", moved))) as server:
        assert b"302 Found" in (await run("-i", server.url())).out
    async with RawServer(replies((b"GET / ", moved), (b"GET /new ", OK))) as server:
        assert (await run("-L", server.url())).out == b"ok"


async def test_an_error_status_fails_only_when_asked() -> None:
    async with RawServer(replies((b"GET / ", MISSING))) as server:
        without, with_fail = await run(server.url()), await run("--fail", server.url())
    assert (without.code, with_fail.code) == (Exit.OK, Exit.STATUS)
    assert without.out == with_fail.out == b"gone"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["http://127.0.0.1/", "extra"],
        ["--no-such-option", "http://127.0.0.1/"],
        ["-H", "no colon", "http://127.0.0.1/"],
        ["-H", "Bad Name: x", "http://127.0.0.1/"],
        ["-H", "X: a\r\nB: c", "http://127.0.0.1/"],
        ["--json", "{", "http://127.0.0.1/"],
        ["--json", "1", "-d", "1", "http://127.0.0.1/"],
        ["--timeout", "-1", "http://127.0.0.1/"],
        ["--timeout", "soon", "http://127.0.0.1/"],
        ["-X", "BAD METHOD", "http://127.0.0.1/"],
        ["ftp://127.0.0.1/"],
        ["127.0.0.1"],
        ["http://"],
    ],
    ids=str,
)
async def test_a_wrong_command_line_says_so(arguments: list[str]) -> None:
    ended = await run(*arguments)
    assert ended.code == Exit.USAGE
    assert ended.out == b""
    assert "Traceback" not in ended.err
    assert ended.err.splitlines()[-1].startswith("hyperhttp: ")


async def test_a_refused_connection_is_one_clear_line() -> None:
    with refusing_port() as port:
        ended = await run(f"http://127.0.0.1:{port}/")
    assert ended.code == Exit.FAILED
    (line,) = ended.err.splitlines()
    assert line.startswith("hyperhttp: ConnectError: ")
    assert str(port) in line


async def test_a_silent_server_ends_in_a_timeout() -> None:
    async with RawServer(Peer.stall) as server:
        ended = await run("--timeout", "0.05", server.url())
    assert ended.code == Exit.FAILED
    assert ended.err.startswith("hyperhttp: ReadTimeout: ")


async def test_an_unknown_certificate_fails_unless_insecure(certificates: Certificates) -> None:
    context = server_context(certificates.self_signed)
    async with RawServer(replies((b"GET / ", OK)), tls=context) as server:
        refused = await run(server.url(host="localhost"))
        accepted = await run("--insecure", server.url(host="localhost"))
    assert refused.code == Exit.FAILED
    assert refused.err.startswith("hyperhttp: TLSError: ")
    assert (accepted.code, accepted.out) == (Exit.OK, b"ok")


async def test_an_output_that_cannot_be_written_has_its_own_code(tmp_path: Path) -> None:
    ended = await run("-o", str(tmp_path / "no" / "such" / "folder"), "http://127.0.0.1/")
    assert ended.code == Exit.OUTPUT
    assert len(ended.err.splitlines()) == 1


async def test_ctrl_c_ends_it_without_a_traceback() -> None:
    async with RawServer(Peer.stall) as server:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "hyperhttp", server.url()),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        await server.connected(1)
        process.send_signal(signal.SIGINT)
        out, err = await process.communicate()
    assert (process.returncode, out, err) == (Exit.INTERRUPTED, b"", b"")


SIZE = 1 << 20
RANGED = (
    b'HTTP/1.1 200 OK\r\nETag: "v1"\r\nAccept-Ranges: bytes\r\nContent-Length: %d\r\n\r\n' % SIZE
)


@pytest.mark.parametrize("is_ranged", [True, False])
async def test_ctrl_c_leaves_no_file_but_what_can_be_gone_on_with(
    tmp_path: Path, is_ranged: bool
) -> None:
    head = RANGED if is_ranged else RANGED.replace(b'ETag: "v1"', b"X-Tag: none")

    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(head + bytes(SIZE // 2))
        started.set()
        await peer.stall()

    started = asyncio.Event()
    async with RawServer(script) as server:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "hyperhttp", "-O", server.url("/file.bin")),
            stderr=asyncio.subprocess.PIPE,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        await started.wait()
        part = tmp_path / "file.bin.part"
        while not part.exists():  # noqa: ASYNC110 - another process makes it
            await asyncio.sleep(0)
        process.send_signal(signal.SIGINT)
        _, err = await process.communicate()
    assert process.returncode == Exit.INTERRUPTED
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == (["file.bin.part", "file.bin.part.json"] if is_ranged else [])
    assert (b"to resume, run the same command again" in err) == is_ranged
    assert b"Traceback" not in err


async def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    size = 1 << 22
    large = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (size, bytes(size))
    reading, writing = os.pipe()
    os.close(reading)

    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(large)

    async with RawServer(script) as server:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "hyperhttp", server.url()),
            stdout=writing,
            stderr=asyncio.subprocess.PIPE,
        )
        os.close(writing)
        _, err = await process.communicate()
    assert process.returncode == Exit.PIPE_CLOSED
    assert b"Traceback" not in err


PAGE = (ROOT / "docs/guide/command-line.md").read_text(encoding="utf-8")


def test_every_exit_code_is_documented() -> None:
    listed = dict(line.split(maxsplit=1) for line in EXIT_CODES.splitlines()[1:])
    assert set(map(int, listed)) == set(Exit)
    rows = dict(re.findall(r"^\| (\d+) \| (.+) \|$", PAGE, re.MULTILINE))
    assert {code: text.replace("`", "") for code, text in rows.items()} == listed


def test_every_option_is_on_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help-all"])
    options = set(re.findall(r"(?<=[\s,])--?[a-zA-Z][a-z0-9-]*", capsys.readouterr().out))
    assert ended.value.code == Exit.OK
    assert len(options) > 30
    listed = PAGE + (ROOT / "docs/reference/command.md").read_text(encoding="utf-8")
    assert [option for option in sorted(options) if f"`{option}" not in listed] == []


# -- output that cannot be written -----------------------------------------------------------------


async def run_redirected(redirection: str, *arguments: str, cwd: Path | None = None) -> Ended:
    """Run it by a shell, with its output sent somewhere."""
    process = await asyncio.create_subprocess_exec(
        *("bash", "-c", f'"$@" {redirection}', "bash"),
        *(sys.executable, "-W", "error", "-m", "hyperhttp", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    out, err = await process.communicate()
    return Ended(process.returncode or 0, out, err.decode())


WRITES = [
    ["URL"],
    ["-i", "URL"],
    ["--curl", "URL"],
    ["explain", "URL"],
    ["config", "--show"],
    ["doctor"],
]


@pytest.mark.parametrize("arguments", WRITES, ids=str)
async def test_a_closed_stdout_is_told_in_one_line(arguments: list[str]) -> None:
    async with RawServer(replies((b"GET / HTTP/1.1\r\n", HELLO))) as server:
        given = [server.url() if word == "URL" else word for word in arguments]
        ended = await run_redirected(">&-", *given)
    assert (ended.code, ended.out) == (Exit.OUTPUT, b"")
    assert ended.err.splitlines()[-1] == "hyperhttp: OSError: [Errno 9] stdout is closed"
    assert "Traceback" not in ended.err
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", WRITES, ids=str)
async def test_a_full_disk_is_told_in_one_line(arguments: list[str]) -> None:
    async with RawServer(replies((b"GET / HTTP/1.1\r\n", HELLO))) as server:
        given = [server.url() if word == "URL" else word for word in arguments]
        ended = await run_redirected(">/dev/full", *given)
    assert (ended.code, ended.out) == (Exit.OUTPUT, b"")
    assert ended.err == "hyperhttp: OSError: [Errno 28] No space left on device\n"


@pytest.mark.parametrize("arguments", WRITES, ids=str)
async def test_a_reader_that_has_stopped_is_told_by_the_exit_code(arguments: list[str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        async with RawServer(replies((b"GET / HTTP/1.1\r\n", HELLO))) as server:
            given = [server.url() if word == "URL" else word for word in arguments]
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-W", "error", "-m", "hyperhttp", *given),
                stdout=theirs,
                stderr=asyncio.subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
            _, err = await process.communicate()
    finally:
        os.close(theirs)
    assert (process.returncode, err) == (Exit.PIPE_CLOSED, b"")


async def test_a_file_is_written_without_stdout_and_stderr(tmp_path: Path) -> None:
    async with RawServer(replies((b"GET / HTTP/1.1\r\n", HELLO))) as server:
        ended = await run_redirected(">&- 2>&-", "-o", "x", server.url(), cwd=tmp_path)
    assert ended == Ended(Exit.OK, b"", "")
    assert (tmp_path / "x").read_bytes() == b"caf\xe9\n"
