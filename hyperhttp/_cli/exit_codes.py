"""How the command line ends: exit codes, and the one line that says what is wrong."""

from __future__ import annotations

import sys
from enum import IntEnum
from typing import Final

__all__ = ["EXIT_CODES", "Exit", "UsageError", "print_note", "report_error"]


class Exit(IntEnum):
    """What the exit code says."""

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
    """The command line is wrong; its text says what, and what would be right."""


def report_error(error: Exception, code: Exit) -> Exit:
    """One line on stderr, whatever the error's own text looks like."""
    text = " ".join(str(error).split())
    kind = "" if isinstance(error, UsageError) else f"{type(error).__name__}: "
    print_note(f"{kind}{text}" if text else type(error).__name__)
    return code


def print_note(text: str) -> None:
    """A line of our own, on stderr."""
    sys.stderr.write(f"hyperhttp: {text}\n")
