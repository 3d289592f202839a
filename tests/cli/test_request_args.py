"""From words to a request: what is sent, and which combinations are refused."""

from __future__ import annotations

import io
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hyperhttp import BasicAuth, BearerAuth, Client, DigestAuth, NetRCAuth, Request
from hyperhttp._cli.exit_codes import UsageError
from hyperhttp._cli.options import parse
from hyperhttp._cli.request_args import auth_of, build, read_request

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = "http://127.0.0.1/x"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def files() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def request_of(files: ExitStack, *words: str) -> Request:
    return build(Client(), read_request(parse(words), files), None)


async def body_of(request: Request) -> bytes:
    assert request.body is not None
    if request.content is not None:
        return request.content
    return b"".join([bytes(piece) async for piece in request.body.chunks()])  # type: ignore[union-attr]  # it comes in pieces


@pytest.mark.parametrize(
    ("words", "method"),
    [
        ([URL], "GET"),
        (["PURGE", URL], "PURGE"),
        (["-X", "purge", URL], "purge"),
        (["-I", URL], "HEAD"),
        ([URL, "a=b"], "POST"),
        (["-d", "", URL], "POST"),
        (["PUT", URL, "a=b"], "PUT"),
        (["-T", __file__, URL], "PUT"),
        (["-T", __file__, "-X", "POST", URL], "POST"),
    ],
    ids=str,
)
def test_the_method_is_said_or_follows_from_the_body(
    files: ExitStack, words: list[str], method: str
) -> None:
    request = request_of(files, *words)
    assert (request.method, str(request.url)) == (method, URL)


@pytest.mark.parametrize(
    ("words", "kind", "body"),
    [
        ([URL, "a=b", "n:=1"], "application/json", b'{"a":"b","n":1}'),
        ([URL, "a=b c", "n:=[1]", "--as-form"], FORM, b"a=b+c&n=%5B1%5D"),
        (["-d", "a=1", "-d", "b=2", URL], FORM, b"a=1&b=2"),
        (["-d", "x", "-H", "content-type: text/x", URL], "text/x", b"x"),
        (["--json", '{"a": 1.0}', URL], "application/json", b'{"a": 1.0}'),
        (["-d", "@body.txt", URL], FORM, b"line\n"),
        (["--data-raw", "@body.txt", URL], FORM, b"@body.txt"),
        (["-d", "@body.txt", "--data-raw", "@x", URL], FORM, b"line\n&@x"),
        (["-d", "x", "--", URL], FORM, b"x"),
        (["--", URL, "-a=b"], "application/json", b'{"-a":"b"}'),
        (["-d", "@body.txt", "-d", "x", URL], FORM, b"line\n&x"),
        (["--json", "@body.txt", URL], "application/json", b"line\n"),
        (["-T", "body.txt", URL], None, b"line\n"),
        (["-d", "@-", URL], FORM, b"typed"),
        (["-T", "-", URL], None, b"typed"),
    ],
    ids=str,
)
async def test_a_body_is_what_the_words_say(
    files: ExitStack,
    words: list[str],
    kind: str | None,
    body: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "body.txt").write_bytes(b"line\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"typed")))
    request = request_of(files, *words)
    assert request.headers.get("content-type") == kind
    assert await body_of(request) == body


@pytest.mark.parametrize(
    "words",
    [
        [URL, "a=1", "f@body.txt"],
        ["-F", "a=1", "-F", "f=@body.txt", URL],
        [URL, "a=1", "-F", "f=@body.txt"],
        [URL, "f@body.txt", "-F", "a=1"],
    ],
    ids=str,
)
async def test_files_make_a_multipart_body(
    files: ExitStack, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "body.txt").write_bytes(b"line\n")
    monkeypatch.chdir(tmp_path)
    request = request_of(files, *words)
    body = await body_of(request)
    assert request.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="a"\r\n\r\n1\r\n' in body
    assert b'name="f"; filename="body.txt"\r\nContent-Type: text/plain\r\n\r\nline\n\r\n' in body


async def test_a_form_of_curl_is_multipart_without_files_too(files: ExitStack) -> None:
    request = request_of(files, "-F", "a=1", URL)
    assert request.headers["content-type"].startswith("multipart/form-data")
    assert b'name="a"\r\n\r\n1\r\n' in await body_of(request)


@pytest.mark.parametrize("value", ["@body.txt", "<body.txt", "", "a=b", "x;type=text/html"])
async def test_a_form_string_is_taken_as_it_is(files: ExitStack, value: str) -> None:
    request = request_of(files, "--form-string", f"a={value}", "-F", "b=1", URL)
    body = await body_of(request)
    assert f'name="a"\r\n\r\n{value}\r\n'.encode() in body
    assert b'name="b"\r\n\r\n1\r\n' in body
    assert b"filename" not in body


def test_headers_query_and_cookies_come_from_options_and_items(files: ExitStack) -> None:
    request = request_of(files, "-H", "A: 1", "-q", "x=1", "-b", "c=d", f"{URL}?w=0", "y==2", "B:2")
    assert str(request.url) == f"{URL}?w=0&x=1&y=2"
    assert (request.headers["a"], request.headers["b"]) == ("1", "2")
    assert request.sent_cookies == {"c": "d"}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "the URL is missing"),
        (["-X", "GET"], "the URL is missing"),
        ([URL, "extra"], "invalid item 'extra'"),
        (["-d", "1", "--json", "1", URL], "but you passed -d and --json"),
        (["-d", "1", URL, "a=b"], "but you passed -d and name=value"),
        (["-F", "a=b", "-T", __file__, URL], "but you passed -T and -F"),
        (["--json", "{", URL], "invalid JSON in --json"),
        (["-d", "@no-such-file", URL], "cannot read no-such-file"),
        (["-T", "no-such-file", URL], "cannot read no-such-file"),
        (["-d", "@no-such-file", "-d", "x", URL], "cannot read no-such-file"),
        (["-q", "novalue", URL], "-q 'novalue'"),
        (["--form-string", "novalue", URL], "-F 'novalue'"),
        (["-b", "novalue", URL], "-b 'novalue'"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(words: list[str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read_request(parse(words), ExitStack())


@pytest.mark.parametrize(
    ("words", "kind", "sent"),
    [
        (["-u", "ann:open:sesame"], BasicAuth, "Basic YW5uOm9wZW46c2VzYW1l"),
        (["-u", "env:USER_AND_PASSWORD"], BasicAuth, "Basic YW5uOm9wZW46c2VzYW1l"),
        (["-u", "ann:env:PASSWORD"], BasicAuth, "Basic YW5uOm9wZW46c2VzYW1l"),
        (["--bearer", "t"], BearerAuth, "Bearer t"),
        (["--bearer", "env:PASSWORD"], BearerAuth, "Bearer open:sesame"),
        (["-u", "ann:x", "--digest"], DigestAuth, None),
    ],
    ids=str,
)
def test_credentials(
    words: list[str], kind: type, sent: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USER_AND_PASSWORD", "ann:open:sesame")
    monkeypatch.setenv("PASSWORD", "open:sesame")
    auth = auth_of(parse(words))
    assert type(auth) is kind
    assert auth is not None
    args = next(auth.auth_flow(Request("GET", URL)))
    assert args.headers.get("authorization") == sent


def test_a_netrc_file_may_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "n").write_text("machine 127.0.0.1 login a password b")
    (tmp_path / "n").chmod(0o604)
    auth = auth_of(parse(["--netrc-file", str(tmp_path / "n")]))
    assert isinstance(auth, NetRCAuth)
    assert "authorization" in next(auth.auth_flow(Request("GET", URL))).headers
    assert auth_of(parse([URL])) is None
    assert auth_of(parse(["--netrc-file", str(tmp_path / "n")])) is not None
    assert capsys.readouterr().err.count("chmod 600") == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["-u", "a:b", "--bearer", "t"], "-u and --bearer"),
        (["-n", "--bearer", "t"], "--bearer and --netrc"),
        (["--digest"], "--digest requires -u"),
        (["--bearer", "env:NO_SUCH_NAME"], "NO_SUCH_NAME isn't set"),
    ],
    ids=str,
)
def test_credentials_that_cannot_be_meant_are_refused(words: list[str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        auth_of(parse(words))
