"""Secrets of the command line: literal, from the environment, or prompted for.

Other users of the machine can see a command line, and the shell keeps it in its history.
"""

from __future__ import annotations

import os
import sys
from getpass import getpass
from typing import Final

from hyperhttp._cli.exit_codes import UsageError

__all__ = ["ask", "secret"]

_FROM_ENVIRONMENT: Final = "env:"


def secret(text: str, what: str) -> str:
    """Return the secret: from `env:NAME`, prompted for with `-`, or the text itself.

    Raises UsageError.
    """
    if text == "-":
        return ask(what)
    if not text.startswith(_FROM_ENVIRONMENT):
        return text
    name = text.removeprefix(_FROM_ENVIRONMENT)
    found = os.environ.get(name)
    if not found:
        raise UsageError(f"cannot read the {what}: {name} isn't set in the environment")
    return found


def ask(what: str) -> str:
    """Prompt on the terminal without echo. Raises UsageError without a terminal."""
    if not sys.stdin.isatty():
        raise UsageError(
            f"the {what} is missing, and there is no terminal to enter it; use env:NAME"
        )
    try:
        return getpass(f"{what}: ")
    except EOFError:
        raise UsageError(f"the {what} is missing") from None
