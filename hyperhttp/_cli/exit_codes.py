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
  0    an answer came (whatever its status, without --fail)
  1    the answer's status is 4xx or 5xx, with --fail or for a download; doctor: something is wrong
  2    the command line is wrong: an argument, the URL, a header, a setting
  3    no answer came, or not all of it: DNS, connection, TLS, timeout, protocol, checksum
  4    the output cannot be written
  130  interrupted by Ctrl-C
  141  whoever read our output stopped reading"""


class UsageError(Exception):
    """The command line is wrong; the text names the mistake and what is right."""


def report_error(error: Exception, code: Exit) -> Exit:
    """Print an error as one line on stderr; return the exit code."""
    text = " ".join(str(error).split())
    kind = "" if isinstance(error, UsageError) else f"{type(error).__name__}: "
    print_note(f"{kind}{text}" if text else type(error).__name__)
    return code


def print_note(text: str) -> None:
    """Print a line on stderr."""
    sys.stderr.write(f"hyperhttp: {text}\n")
