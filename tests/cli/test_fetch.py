"""One request or one download from words to screen or disk, in this process."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
import warnings
from pathlib import Path

import pytest

from hyperhttp import ClientConfig, ConfigError, DigestMismatch, RemoteProtocolError
from hyperhttp._cli.exit_codes import Exit, UsageError
from hyperhttp._cli.fetch import client_of, explain, fetch
from hyperhttp._cli.options import parse
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, replies

CONTENT = b"0123456789"
HEAD = b'HTTP/1.1 200 OK\r\nETag: "v1"\r\nAccept-Ranges: bytes\r\nContent-Length: 10\r\n\r\n'
REST = (
    b'HTTP/1.1 206 Partial Content\r\nETag: "v1"\r\nContent-Range: bytes 4-9/10\r\n'
    b"Content-Length: 6\r\n\r\n456789"
)
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"


async def run(*words: str) -> Exit:
    return await asyncio.to_thread(fetch, parse(words))


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", [["-O"], ["-o", "file.bin"]], ids=str)
async def test_a_download_is_a_file_and_nothing_else(
    words: list[str], directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with RawServer(replies((b"GET /a/file.bin?x=1 ", HEAD + CONTENT))) as server:
        assert await run(*words, server.url("/a/file.bin?x=1")) is Exit.OK
    assert [path.name for path in directory.iterdir()] == ["file.bin"]
    assert (directory / "file.bin").read_bytes() == CONTENT
    assert capsys.readouterr() == ("", "")


async def test_a_download_goes_on_where_an_earlier_one_was_cut(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def cut(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(HEAD + CONTENT[:4])
        peer.close()

    async def refuse(peer: Peer) -> None:
        await peer.read_request()
        peer.close()

    async with RawServer(cut, refuse, replies((b"GET /f ", REST))) as server:
        with pytest.raises(RemoteProtocolError):
            await run("-O", "--no-retry", server.url("/f"))
        assert (
            "f.part contains 4 B; to resume, run the same command again" in capsys.readouterr().err
        )
        assert await run("-O", server.url("/f")) is Exit.OK
        assert b"range: bytes=4-" in server.received[-1].lower()
    assert (directory / "f").read_bytes() == CONTENT
    assert [path.name for path in directory.iterdir()] == ["f"]


@pytest.mark.parametrize("is_right", [True, False])
async def test_a_checksum_is_looked_at(directory: Path, is_right: bool) -> None:
    digest = hashlib.sha256(CONTENT if is_right else b"").hexdigest()
    async with RawServer(replies((b"GET /f ", HEAD + CONTENT))) as server:
        words = ["-O", "--checksum", f"sha256:{digest}", server.url("/f")]
        if is_right:
            assert await run(*words) is Exit.OK
        else:
            with pytest.raises(DigestMismatch):
                await run(*words)
    assert len(list(directory.iterdir())) == is_right


async def test_an_error_status_is_no_file(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with RawServer(replies((b"GET /f ", MISSING))) as server:
        assert await run("-O", server.url("/f")) is Exit.STATUS
    assert list(directory.iterdir()) == []
    assert capsys.readouterr().err.startswith("hyperhttp: 404 Not Found")


async def test_what_is_no_get_is_written_too_once_it_is_whole(directory: Path) -> None:
    async with RawServer(replies((b"POST / ", HEAD + CONTENT))) as server:
        assert await run("-o", "out", server.url(), "a=b") is Exit.OK
    assert [path.name for path in directory.iterdir()] == ["out"]


async def test_what_is_cut_leaves_nothing(directory: Path) -> None:
    async def cut(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(HEAD + CONTENT[:4])
        peer.close()

    async with RawServer(cut) as server:
        with pytest.raises(RemoteProtocolError):
            await run("-o", "out", server.url(), "a=b")
    assert list(directory.iterdir()) == []


async def test_a_device_is_written_into(directory: Path) -> None:
    async with RawServer(replies((b"GET / ", OK))) as server:
        assert await run("-o", os.devnull, server.url()) is Exit.OK
    assert Path(os.devnull).is_char_device()
    assert list(directory.iterdir()) == []


async def test_a_minus_is_stdout(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    async with RawServer(replies((b"GET / ", OK))) as server:
        assert await run("-o", "-", server.url()) is Exit.OK
    assert capfdbinary.readouterr().out == b"ok"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["-O", "http://127.0.0.1/"], "has no file name"),
        (["-O", "http://127.0.0.1"], "has no file name"),
        (["-O", "http://127.0.0.1/a/.."], "has no file name"),
        (["-O", "http://127.0.0.1/a\\b"], "has no file name"),
        (["-O", "-o", "x", "http://127.0.0.1/a"], "-o and -O"),
        (["--checksum", "sha256:00", "http://127.0.0.1/a"], "--checksum requires a download"),
        (["--checksum", "sha256:00", "-O", "http://127.0.0.1/a", "b=c"], "--checksum requires"),
        (["-x", "http://127.0.0.1:1", "--no-proxy", "http://127.0.0.1/a"], "--proxy and --no"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(words: list[str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        fetch(parse(words))


def test_a_directory_that_is_not_there_is_told_before_anything_is_asked() -> None:
    with pytest.raises(NotADirectoryError):
        fetch(parse(["-o", "no/such", "http://127.0.0.1:1/"]))


def test_a_checksum_that_is_none_is_told_before_anything_is_asked() -> None:
    with pytest.raises(ConfigError, match="digest"):
        fetch(parse(["-O", "--checksum", "sha256:00", "http://127.0.0.1:1/x"]))


async def test_fail_makes_an_error_status_an_exit_code() -> None:
    async with RawServer(replies((b"GET / ", MISSING))) as server:
        assert await run("-f", server.url()) is Exit.STATUS
    async with RawServer(replies((b"GET / ", MISSING))) as server:
        assert await run(server.url()) is Exit.OK


async def test_insecure_takes_any_certificate_without_a_word(certificates: Certificates) -> None:
    context = server_context(certificates.self_signed)
    async with RawServer(replies((b"GET / ", OK)), tls=context) as server:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert await run("-k", server.url(host="localhost")) is Exit.OK


@pytest.mark.parametrize("words", [["-T", "up"], ["-d", "@up"], ["-F", "f=@up"]], ids=str)
async def test_an_upload_tells_how_far_it_is_where_a_terminal_looks(
    words: list[str],
    directory: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (directory / "up").write_bytes(bytes(300_000))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr("hyperhttp._cli.progress._PATIENCE_S", 0.0)

    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(OK)

    async with RawServer(script) as server:
        assert await run(*words, server.url()) is Exit.OK
    assert "100%" in capsys.readouterr().err
    async with RawServer(script) as server:
        assert await run("-s", *words, server.url()) is Exit.OK
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (["-u", "a:b"], ["-H 'Authorization: [secure]'"]),
        (["-u", "a:b", "--digest"], ["--digest", "-u 'a:[secure]'"]),
        (["-L", "-k"], ["-L", "-k"]),
        (["-x", "http://u:p@127.0.0.1:1"], ["-x http://127.0.0.1:1"]),
        (["-d", "a=b"], ["-X POST", "--data-raw a=b"]),
    ],
    ids=str,
)
def test_a_line_for_curl_says_the_same_and_sends_nothing(
    words: list[str], parts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetch(parse(["--curl", *words, "http://127.0.0.1:1/x"])) is Exit.OK
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("curl -X ")
    assert all(part in line for part in parts)
    assert "b'" not in line
    assert "u:p" not in line


def test_explain_tells_what_would_happen(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(parse(["-L", "--timeout-read", "7", "http://127.0.0.1:1/x"])) is Exit.OK
    out = capsys.readouterr().out
    assert out.startswith("GET http://127.0.0.1:1/x\n")
    assert "redirects: at most 20 (-L)" in out
    assert "timeout.read: 7 s (--timeout-read)" in out


def test_a_proxy_of_the_words_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:3")
    found = [
        client_of(parse(words), ClientConfig()).explain("http://example.com/")["proxy"].value
        for words in ([], ["--no-proxy"], ["-x", "127.0.0.1:4"])
    ]
    assert found == ["http://127.0.0.1:3", "none", "http://127.0.0.1:4"]
