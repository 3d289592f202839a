"""The command line: `python -m hyperhttp URL` fetches one URL and shows what came back.

Turns arguments into one call of the client, and its answer or its error into text and an exit code.
It knows nothing of how a request is made.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from hyperhttp import Client, ConfigError, HyperHTTPError, InvalidURL, LocalProtocolError
from hyperhttp import __version__ as version

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from hyperhttp import Response


class Exit(IntEnum):
    """What the exit code says."""

    OK = 0
    STATUS = 1
    USAGE = 2
    FAILED = 3
    OUTPUT = 4
    INTERRUPTED = 130
    PIPE_CLOSED = 141


EXIT_CODES = """exit codes:
  0    an answer came (whatever its status, without --fail)
  1    the answer's status is 4xx or 5xx, and --fail was given
  2    the command line is wrong: an argument, the URL, a header
  3    no answer came, or not all of it: DNS, connection, TLS, timeout, protocol
  4    the output cannot be written
  130  interrupted by Ctrl-C
  141  whoever read our output stopped reading"""

FORM = "application/x-www-form-urlencoded"
_TEXT_ENDINGS = ("json", "xml", "javascript", "yaml", "x-www-form-urlencoded")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    url: str
    method: str
    headers: list[tuple[str, str]]
    body: bytes | None
    timeout_s: float | None
    verify: bool
    follow: bool
    fail: bool
    output: Path | None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code, and leaves by SystemExit only for usage."""
    wanted = _parse(arguments)
    try:
        return _run(wanted)
    except (ConfigError, InvalidURL, LocalProtocolError) as error:
        return _complain(error, Exit.USAGE)
    except HyperHTTPError as error:
        return _complain(error, Exit.FAILED)
    except BrokenPipeError:
        # Python flushes stdout once more when it ends: give that flush somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.PIPE_CLOSED
    except OSError as error:
        return _complain(error, Exit.OUTPUT)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def _run(wanted: Wanted) -> int:
    with _output(wanted.output) as file, warnings.catch_warnings():
        if not wanted.verify:
            warnings.simplefilter("ignore")  # --insecure was asked for: no need to warn of it
        return asyncio.run(_fetch(wanted, file))


async def _fetch(wanted: Wanted, file: BinaryIO | None) -> int:
    async with Client(
        timeout=wanted.timeout_s, verify=wanted.verify, follow_redirects=wanted.follow
    ) as client:
        response = await _send(client, wanted)
        async with response:
            _show_head(response, has_body_apart=file is None and not sys.stdout.isatty())
            await _show_body(response, file)
    return Exit.STATUS if wanted.fail and response.is_error else Exit.OK


async def _send(client: Client, wanted: Wanted) -> Response:
    method, url, headers = wanted.method, wanted.url, wanted.headers
    if wanted.body is None:
        return await client.request(method, url, headers=headers)
    return await client.request(method, url, headers=headers, content=wanted.body)


def _show_head(response: Response, *, has_body_apart: bool) -> None:
    """The status line and the fields: beside a body that is piped away, on stderr."""
    fields = "".join(f"{name}: {value}\n" for name, value in response.headers.multi_items())
    status = f"{response.http_version} {response.status_code} {response.reason_phrase}".rstrip()
    stream = sys.stderr if has_body_apart else sys.stdout
    stream.write(f"{status}\n{fields}\n")
    stream.flush()


async def _show_body(response: Response, file: BinaryIO | None) -> None:
    if file is None and sys.stdout.isatty():
        await _show_on_terminal(response)
        return
    target = file or sys.stdout.buffer
    async for piece in response.aiter_bytes():
        target.write(piece)
    target.flush()


async def _show_on_terminal(response: Response) -> None:
    if not _is_text(response.headers.get("content-type")):
        size = sum([len(piece) async for piece in response.aiter_bytes()])
        sys.stdout.write(f"[{size} bytes that are no text: keep them with -o FILE]\n" * (size > 0))
        return
    last = ""
    async for text in response.aiter_text():
        sys.stdout.write(text)
        last = text or last
    if last and not last.endswith("\n"):
        sys.stdout.write("\n")


def _is_text(content_type: str | None) -> bool:
    kind = (content_type or "").partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind.endswith(_TEXT_ENDINGS)


@contextmanager
def _output(path: Path | None) -> Generator[BinaryIO | None]:
    """The file that -o names; it has its name only once it is complete."""
    if path is None:
        yield None
        return
    partial = path.with_name(f"{path.name}.part")
    complete = False
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
        complete = True
    finally:
        if not complete:
            partial.unlink(missing_ok=True)


def _complain(error: Exception, code: Exit) -> Exit:
    """One line on stderr, whatever the error's own text looks like."""
    text = " ".join(str(error).split()) or type(error).__name__
    sys.stderr.write(f"hyperhttp: {type(error).__name__}: {text}\n")
    return code


def _parse(arguments: Sequence[str] | None) -> Wanted:
    parser = _parser()
    given = parser.parse_args(arguments)
    body: str | None = given.data if given.json is None else given.json
    headers: list[tuple[str, str]] = given.header
    if body is not None and not any(name.lower() == "content-type" for name, _ in headers):
        headers = [*headers, ("Content-Type", FORM if given.json is None else "application/json")]
    return Wanted(
        url=given.url,
        method=given.method or ("GET" if body is None else "POST"),
        headers=headers,
        body=None if body is None else body.encode(),
        timeout_s=given.timeout,
        verify=not given.insecure,
        follow=given.location,
        fail=given.fail,
        output=given.output,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hyperhttp",
        description="Fetch a URL: the status line and headers are shown, then the body. When the "
        "output is piped, the body's bytes go there, and the rest to stderr.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("url", metavar="URL", help="an http or https URL")
    add("-X", "--method", metavar="METHOD", help="GET, or POST when there is a body")
    add("-H", "--header", metavar="'NAME: VALUE'", type=_header, action="append", default=[])
    body = parser.add_mutually_exclusive_group()
    body.add_argument("-d", "--data", metavar="TEXT", help=f"send a body, as {FORM}")
    body.add_argument("--json", metavar="JSON", type=_json, help="send a JSON body")
    add("--timeout", metavar="SECONDS", type=float, default=30.0, help="of each phase (30)")
    add("--insecure", action="store_true", help="do not verify the server's certificate")
    add("-L", "--location", action="store_true", help="follow redirects")
    add("--fail", action="store_true", help="exit with 1 when the status is 4xx or 5xx")
    add("-o", "--output", metavar="FILE", type=Path, help="write the body to a file")
    add("--version", action="version", version=f"hyperhttp {version}")
    return parser


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon:
        raise argparse.ArgumentTypeError(f"{text!r} is no header: give it as 'Name: value'")
    return name.strip(), value.strip()


def _json(text: str) -> str:
    try:
        json.loads(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no JSON: {error}") from error
    return text


if __name__ == "__main__":
    sys.exit(main())
