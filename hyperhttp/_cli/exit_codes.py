"""Exit codes of the command line, and the error messages on stderr."""

from __future__ import annotations

import sys
from enum import IntEnum
from typing import Final

__all__ = ["EXIT_CODES", "Exit", "UsageError", "print_note", "report_error"]


class Exit(IntEnum):
    """The exit codes."""

    OK = 0
    STATUS = 1
    USAGE = 2
    FAILED = 3
    OUTPUT = 4
    INTERRUPTED = 130
    PIPE_CLOSED = 141


EXIT_CODES: Final = """exit codes:
  0    a response was received; without --fail, its status doesn't matter
  1    the status is 4xx or 5xx, with --fail or for a download; doctor: a check is wrong
  2    the command line is invalid: an argument, the URL, a header or a setting
  3    no complete response: DNS, connection, TLS, timeout, protocol or checksum
  4    the output can't be written
  130  interrupted by Ctrl-C
  141  the reader of the output closed the pipe"""


class UsageError(Exception):
    """An invalid command line. The message describes the mistake and its correction."""


def report_error(error: Exception, code: Exit) -> Exit:
    """Print an error as one line on stderr; return the exit code."""
    text = " ".join(str(error).split())
    kind = "" if isinstance(error, UsageError) else f"{type(error).__name__}: "
    print_note(f"{kind}{text}" if text else type(error).__name__)
    return code


def print_note(text: str) -> None:
    """Print a line on stderr."""
    sys.stderr.write(f"hyperhttp: {text}\n")
