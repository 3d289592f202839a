"""What is written to stdout for whom."""

from __future__ import annotations

import io
import sys

import pytest

from hyperhttp import Headers, Progress, Request, Response
from hyperhttp._cli import show
from hyperhttp._cli.options import parse
from hyperhttp._cli.show import (
    ResponsePrinter,
    field_lines,
    head_lines,
    response_printer,
    write_bytes,
)
from hyperhttp._cli.terminal import Colors

REQUEST = Request("GET", "http://127.0.0.1/")
PLAIN = Colors(is_colored=False)
TERMINAL = ResponsePrinter(is_terminal=True, colors=PLAIN, is_pretty=True, shows_head=True)
PIPE = ResponsePrinter(is_terminal=False, colors=PLAIN, is_pretty=False, shows_head=False)
RAW = ResponsePrinter(is_terminal=True, colors=PLAIN, is_pretty=False, shows_head=True)
PRETTY_PIPE = ResponsePrinter(is_terminal=False, colors=PLAIN, is_pretty=True, shows_head=False)


def reply(content: bytes, kind: str | None = "application/json", status: int = 200) -> Response:
    headers = Headers({"Content-Length": str(len(content))})
    if kind is not None:
        headers["Content-Type"] = kind
    return Response.create(REQUEST, status, headers=headers, content=content)


async def shown(
    printer: ResponsePrinter, response: Response, capsys: pytest.CaptureFixture[str]
) -> str:
    await printer.body(response, None)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("printer", "content", "kind", "text"),
    [
        (TERMINAL, b'{"a":1}', "application/json", '{\n  "a": 1\n}\n'),
        (TERMINAL, b'{"a":1}\n', "application/problem+json", '{\n  "a": 1\n}\n'),
        (TERMINAL, b'{"a":1', "application/json", '{"a":1\n'),
        (TERMINAL, b'"\x7f"', "application/json", '"\\x7f"\n'),
        (TERMINAL, b"", "application/json", ""),
        (TERMINAL, b"a\nb", "text/plain", "a\nb\n"),
        (TERMINAL, b"a\x1b[2Jb\n", "text/html", "a\\x1b[2Jb\n"),
        (TERMINAL, b"caf\xe9", "text/plain; charset=latin-1", "café\n"),
        (TERMINAL, b"\x89PNG", "image/png", "[4 bytes of binary data: save it with -o FILE]\n"),
        (TERMINAL, b"", "image/png", ""),
        (RAW, b'{"a":1}', "application/json", '{"a":1}\n'),
        (PIPE, b'{"a":1}', "application/json", '{"a":1}'),
        (PIPE, b"a\x1b[2Jb", "text/plain", "a\x1b[2Jb"),
        (PRETTY_PIPE, b'{"a":1}', "application/json", '{\n  "a": 1\n}\n'),
        (PRETTY_PIPE, b"\x00\x01", "image/png", "\x00\x01"),
    ],
)
async def test_a_body_is_shown_as_fits_who_looks(
    printer: ResponsePrinter,
    content: bytes,
    kind: str,
    text: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert await shown(printer, reply(content, kind), capsys) == text


async def test_bytes_are_piped_as_they_are(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    await PIPE.body(reply(b"\xff\x00\r\n", None), None)
    assert capfdbinary.readouterr().out == b"\xff\x00\r\n"


async def test_json_that_nobody_reads_is_shown_as_it_comes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(show, "_PRETTY_CHARS_MAX", 3)
    assert await shown(TERMINAL, reply(b'{"a":1}'), capsys) == '{"a":1}\n'


async def test_json_too_deep_to_be_read_is_shown_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    deep = b"[" * 200_000
    assert await shown(TERMINAL, reply(deep), capsys) == f"{deep.decode()}\n"


@pytest.mark.parametrize("flat", ["[1]", '{"a":1}'])
async def test_json_that_would_grow_without_bound_is_shown_as_it_is(
    flat: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "[" * 400 + ",".join([flat] * 20_000) + "]" * 400
    response = reply(text.encode())
    assert await shown(TERMINAL, response, capsys) == f"{text}\n"


@pytest.mark.parametrize("is_coded", [False, True])
async def test_progress_is_told_with_the_length_where_it_is_that_of_the_content(
    is_coded: bool,
) -> None:
    response, told, file = reply(b"12345"), list[Progress](), io.BytesIO()
    if is_coded:
        response.headers["Content-Encoding"] = "identity"
    await write_bytes(response, file, told.append)
    assert file.getvalue() == b"12345"
    assert told == [Progress(5, None if is_coded else 5)]


def test_a_head_is_a_status_line_and_fields_without_commands() -> None:
    response = Response.create(
        REQUEST, 404, headers=[("A", "x\x9by"), ("Set-Cookie", "k=v"), ("A", "z")]
    )
    assert head_lines(response, PLAIN) == [
        "HTTP/1.1 404",
        "a: x\\x9by",
        "set-cookie: k=v",
        "a: z",
    ]
    assert "set-cookie: [secure]" in head_lines(response, PLAIN, masks=True)
    assert field_lines([("N", "v")], Colors(is_colored=True)) == ["\x1b[34mN\x1b[0m: v"]


@pytest.mark.parametrize(
    ("words", "is_terminal", "printer"),
    [
        ([], True, (True, True, True)),
        ([], False, (False, False, False)),
        (["-i"], False, (False, False, True)),
        (["-I"], False, (False, False, True)),
        (["-v"], True, (True, True, False)),
        (["--no-pretty"], True, (True, False, True)),
        (["--pretty"], False, (False, True, False)),
        (["--color=always"], False, (False, True, False)),
    ],
    ids=str,
)
def test_the_screen_is_what_the_words_say(
    words: list[str],
    is_terminal: bool,
    printer: tuple[bool, bool, bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    found = response_printer(parse(words))
    assert (found.is_terminal, found.is_pretty, found.shows_head) == printer
