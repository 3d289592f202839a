"""The command line: `hyperhttp URL`, or `python -m hyperhttp URL`.

Chooses the command and turns errors into exit codes; the commands themselves are in `_cli`.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from io import TextIOWrapper, UnsupportedOperation
from typing import TYPE_CHECKING, Final, cast

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
    _prepare_streams()
    code = _exit_code(sys.argv[1:] if arguments is None else list(arguments))
    try:
        sys.stdout.flush()
    except OSError as error:  # a short output is only written now
        _discard_output()
        return _output_error(error) if code == Exit.OK else code
    return code


def _prepare_streams() -> None:
    if cast("object", sys.stdout) is None:  # stdout is closed: writing to it fails as it should
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), closefd=False)
    if cast("object", sys.stderr) is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # escape what it can't encode
            stream.reconfigure(errors="backslashreplace")


def _exit_code(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except (UsageError, ConfigError, InvalidURL, LocalProtocolError) as error:
        return report_error(error, Exit.USAGE)
    except HyperHTTPError as error:
        is_of_disk = isinstance(error, DownloadError) and isinstance(error.__cause__, OSError)
        return report_error(error, Exit.OUTPUT if is_of_disk else Exit.FAILED)
    except OSError as error:
        return _output_error(error)
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            sys.stderr.write("\n")  # the terminal has written ^C
        return Exit.INTERRUPTED


def _output_error(error: OSError) -> Exit:
    """Return the exit code for output that can't be written, and print the error."""
    if isinstance(error, BrokenPipeError):
        return Exit.PIPE_CLOSED
    if isinstance(error, UnsupportedOperation):
        error = OSError(errno.EBADF, "stdout is closed")
    return report_error(error, Exit.OUTPUT)


def _discard_output() -> None:
    """Direct stdout to nowhere: Python flushes it again at exit, which would fail."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str]) -> int:
    """Run the command that the first word names; without one, send a request."""
    name = arguments[0] if arguments else ""
    command = _COMMANDS.get(name)
    if command is None:
        return fetch(parse(arguments))
    return command(parse(arguments[1:], command=name))


def _config(args: ParsedArguments) -> Exit:
    from hyperhttp._cli.config_command import config_command  # noqa: PLC0415 - requests don't need it

    return config_command(args)


def _doctor(args: ParsedArguments) -> Exit:
    from hyperhttp._cli.doctor import doctor  # noqa: PLC0415 - requests don't need it

    _refuse_words(args, "doctor")
    return doctor(_colors(args))


def _demo(args: ParsedArguments) -> Exit:
    _refuse_words(args, "demo")
    if args.serve or args.port is not None:
        from hyperhttp._cli.demo_server import port_of, serve  # noqa: PLC0415 - requests don't need it

        if not args.serve:
            raise UsageError("--port needs --serve: hyperhttp demo --serve --port 8000")
        return serve(port_of(args.port))
    from hyperhttp._cli.demo import demo  # noqa: PLC0415 - costs 0.1 s

    return demo(_colors(args))


def _colors(args: ParsedArguments) -> Colors:
    return Colors(use_color(args.color, sys.stdout))


def _refuse_words(args: ParsedArguments, command: str) -> None:
    if args.words:
        raise UsageError(f"{command} takes only options, not {args.words[0]!r}")


_COMMANDS: Final[Mapping[str, Callable[[ParsedArguments], Exit]]] = {
    "explain": explain,
    "config": _config,
    "doctor": _doctor,
    "demo": _demo,
}

if __name__ == "__main__":
    sys.exit(main())
