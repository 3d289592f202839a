"""Prints a response on stdout: the headers, and the body.

On a terminal text is printed, JSON is indented, and binary bodies aren't shown. Elsewhere the bytes
are written as they are.
"""

from __future__ import annotations

import json
import sys
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, final

from hyperhttp import Progress
from hyperhttp._base._generated.bounds import PRETTY_CHARS_MAX
from hyperhttp._base.sensitive import is_sensitive_header, mask_parameters
from hyperhttp._cli.terminal import Colors, escape_controls, is_short_indented, use_color
from hyperhttp._message.headers.headers import MASK

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from hyperhttp import ProgressCallback, Response
    from hyperhttp._cli.options import ParsedArguments

__all__ = ["ResponsePrinter", "field_lines", "head_lines", "response_printer", "write_bytes"]

# A larger body is printed as it arrives, without indentation.
_PRETTY_CHARS_MAX: Final = 1 << 21
_TEXT_ENDINGS: Final = ("json", "xml", "javascript", "yaml", "x-www-form-urlencoded")


@final
@dataclass(frozen=True, slots=True)
class ResponsePrinter:
    """Prints responses on stdout."""

    is_terminal: bool
    colors: Colors
    is_pretty: bool
    shows_head: bool

    def head(self, response: Response) -> None:
        """Print the status line and the headers."""
        if self.shows_head:
            sys.stdout.write("\n".join([*head_lines(response, self.colors), "", ""]))
            sys.stdout.flush()

    async def body(self, response: Response, on_progress: ProgressCallback | None) -> None:
        """Print the body, as it arrives if possible."""
        if self.is_pretty and _is_text(response.content_type):
            await self._text(response)
        elif self.is_terminal and not _is_text(response.content_type):
            await _no_text(response)
        elif self.is_terminal:
            await self._stream(response.aiter_text(), "")
        else:
            await write_bytes(response, sys.stdout.buffer, on_progress)

    async def _text(self, response: Response) -> None:
        """Print text; JSON is indented once it is complete, unless it is too large."""
        pieces, start, size = response.aiter_text(), list[str](), 0
        if (response.content_type or "").endswith("json"):
            async for piece in pieces:
                start.append(piece)
                size += len(piece)
                if size > _PRETTY_CHARS_MAX:
                    break
            else:
                self._json("".join(start))
                return
        await self._stream(pieces, "".join(start))

    async def _stream(self, pieces: AsyncGenerator[str, None], start: str) -> None:
        self._write(start)
        last = start
        async with aclosing(pieces):
            async for piece in pieces:
                self._write(piece)
                last = piece or last
        if self.is_terminal and last and not last.endswith("\n"):
            self._write("\n")

    def _json(self, text: str) -> None:
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            self._write(text)
        else:
            text = escape_controls(text) if self.is_terminal else text
            if is_short_indented(text, PRETTY_CHARS_MAX):
                text = self.colors.json(text)
            sys.stdout.write(text)
        if text and not text.endswith("\n"):
            sys.stdout.write("\n")
        sys.stdout.flush()

    def _write(self, text: str) -> None:
        sys.stdout.write(escape_controls(text) if self.is_terminal else text)
        sys.stdout.flush()


def response_printer(args: ParsedArguments) -> ResponsePrinter:
    """Return the printer that the command line asks for."""
    is_terminal = sys.stdout.isatty()
    colors = Colors(use_color(args.color, sys.stdout))
    is_pretty = args.pretty if args.pretty is not None else is_terminal or colors.is_colored
    shows_head = (is_terminal or args.include or args.head) and not args.verbose
    return ResponsePrinter(is_terminal, colors, is_pretty, shows_head)


def head_lines(response: Response, colors: Colors, *, masks: bool = False) -> list[str]:
    """Return the status line and the headers; `masks` hides secrets."""
    code, reason = response.status_code, response.reason_phrase
    return [
        status_line(response.http_version, code, reason, colors),
        *field_lines(response.headers.multi_items(), colors, masks=masks),
    ]


def status_line(version: str, status_code: int, reason_phrase: str, colors: Colors) -> str:
    """Return the status line."""
    words = escape_controls(f"{status_code} {reason_phrase}".rstrip())
    return f"{colors('dim', version)} {colors.status(status_code, words)}"


def field_lines(
    fields: Iterable[tuple[str, str]], colors: Colors, *, masks: bool = False
) -> list[str]:
    """Return headers, one per line; `masks` hides secrets."""
    shown = [(name, _masked(name, value) if masks else value) for name, value in fields]
    return [f"{colors('name', name)}: {escape_controls(value)}" for name, value in shown]


def _masked(name: str, value: str) -> str:
    return MASK if is_sensitive_header(name.lower()) else mask_parameters(value)


async def write_bytes(
    response: Response, file: BinaryIO, on_progress: ProgressCallback | None
) -> None:
    """Write the body to a file; `on_progress` is called with the progress."""
    # Content-Length is that of the encoded body.
    total = None if "content-encoding" in response.headers else response.content_length
    size_bytes = 0
    async with aclosing(response.aiter_bytes()) as pieces:
        async for piece in pieces:
            file.write(piece)
            size_bytes += len(piece)
            if on_progress is not None:
                on_progress(Progress(size_bytes, total))
    file.flush()


async def _no_text(response: Response) -> None:
    """Print a note in place of a binary body."""
    async with aclosing(response.aiter_bytes()) as pieces:
        if not await anext(pieces, b""):
            return
    length = response.content_length
    size = "bytes" if length is None else f"{length} bytes"
    sys.stdout.write(f"[{size} of binary data: save it with -o FILE]\n")


def _is_text(content_type: str | None) -> bool:
    kind = content_type or ""
    return kind.startswith("text/") or kind.endswith(_TEXT_ENDINGS)
