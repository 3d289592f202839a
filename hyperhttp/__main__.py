"""The command line: `hyperhttp URL`, or `python -m hyperhttp URL`.

Chooses the command and turns errors into exit codes; the commands themselves are in `_cli`.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final

from hyperhttp import ConfigError, DownloadError, HyperHTTPError, InvalidURL, LocalProtocolError
from hyperhttp._cli.exit_codes import EXIT_CODES, Exit, UsageError, report_error
from hyperhttp._cli.fetch import explain, fetch
from hyperhttp._cli.options import parse
from hyperhttp._cli.terminal import Colors, use_color

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hyperhttp._cli.options import ParsedArguments

__all__ = ["EXIT_CODES", "Exit", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. Raises SystemExit only after help."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # escape what it can't encode
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(sys.argv[1:] if arguments is None else list(arguments))
    except (UsageError, ConfigError, InvalidURL, LocalProtocolError) as error:
        return report_error(error, Exit.USAGE)
    except HyperHTTPError as error:
        is_of_disk = isinstance(error, DownloadError) and isinstance(error.__cause__, OSError)
        return report_error(error, Exit.OUTPUT if is_of_disk else Exit.FAILED)
    except BrokenPipeError:
        # Python flushes stdout again at exit, which would fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.PIPE_CLOSED
    except OSError as error:
        return report_error(error, Exit.OUTPUT)
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            sys.stderr.write("\n")  # the terminal has written ^C
        return Exit.INTERRUPTED


def _run(arguments: list[str]) -> int:
    """Run the command that the first word names; without one, send a request."""
    name = arguments[0] if arguments else ""
    command = _COMMANDS.get(name)
    if command is None:
        return fetch(parse(arguments))
    return command(parse(arguments[1:], prog=f"hyperhttp {name}"))


def _config(args: ParsedArguments) -> Exit:
    from hyperhttp._cli.config_command import config_command  # noqa: PLC0415 - requests don't need it

    return config_command(args)


def _doctor(args: ParsedArguments) -> Exit:
    from hyperhttp._cli.doctor import doctor  # noqa: PLC0415 - nor this

    _refuse_words(args, "doctor")
    return doctor(_colors(args))


def _demo(args: ParsedArguments) -> Exit:
    from hyperhttp._cli.demo import demo  # noqa: PLC0415 - costs 0.1 s

    _refuse_words(args, "demo")
    return demo(_colors(args))


def _colors(args: ParsedArguments) -> Colors:
    return Colors(use_color(args.color, sys.stdout))


def _refuse_words(args: ParsedArguments, command: str) -> None:
    if args.words:
        raise UsageError(f"{command} takes nothing beside options, not {args.words[0]!r}")


_COMMANDS: Final[Mapping[str, Callable[[ParsedArguments], Exit]]] = {
    "explain": explain,
    "config": _config,
    "doctor": _doctor,
    "demo": _demo,
}

if __name__ == "__main__":
    sys.exit(main())
