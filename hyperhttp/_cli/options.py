"""The options of the command line, and their parser.

The options of the configuration are generated from the spec. The options of a request and of the
output are listed here, and the help of each command is in `commands`.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NoReturn, cast

from hyperhttp import __version__ as version
from hyperhttp._base.checked import nearest
from hyperhttp._cli._generated.command import COMMAND_GROUPS, COMMAND_OPTIONS
from hyperhttp._cli.commands import COMMANDS, SEND
from hyperhttp._cli.exit_codes import UsageError
from hyperhttp._cli.items import Verbatim

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hyperhttp._cli.command_option import CommandOption

__all__ = ["ParsedArguments", "parse"]


class ParsedArguments(argparse.Namespace):
    """The parsed command line."""

    words: list[str]
    method: str | None
    headers: list[str]
    params: list[str]
    data: list[str]
    json: str | None
    form: list[str]
    upload: str | None
    as_form: bool
    cookies: list[str]
    user: str | None
    digest: bool
    bearer: str | None
    netrc: bool
    netrc_file: str | None
    proxy: str | None
    no_proxy: bool
    config: str | None
    config_table: str
    output: str | None
    remote_name: bool
    resume: bool
    checksum: str | None
    head: bool
    include: bool
    verbose: bool
    silent: bool
    fail: bool
    curl: bool
    color: Literal["auto", "always", "never"]
    pretty: bool | None
    schema: bool
    show: bool
    explain: bool
    serve: bool
    port: str | None
    settings: dict[str, tuple[str, str]]
    """Settings by their environment name: the flag on the command line, and the value."""


def parse(arguments: Sequence[str], *, command: str = "") -> ParsedArguments:
    """Parse the arguments of a command; the empty command sends a request.

    Raises UsageError, and SystemExit after help or version.
    """
    parser = _parser(command, shows_all="--help-all" in arguments)
    args = ParsedArguments(settings={})
    # argparse forgets where "--" was when options and words are mixed.
    end = arguments.index("--") if "--" in arguments else len(arguments)
    args, extra = parser.parse_known_intermixed_args([*arguments[:end]], args)
    for word in extra:
        raise UsageError(_unknown(word, parser.known))
    args.words = [*args.words, *arguments[end + 1 :]]
    args.settings = _in_order(args.settings)
    return args


def _unknown(word: str, known: Sequence[str]) -> str:
    flag = word.partition("=")[0]
    found = nearest(flag, known)
    if found is None:
        return f"unknown option {flag} (for all options, run hyperhttp --help-all)"
    return f"unknown option {flag}; did you mean {found}?"


def _in_order(settings: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return the settings by name; a specific option overrides one that sets several."""
    found: dict[str, tuple[str, str]] = {}
    for option in COMMAND_OPTIONS:
        key = ",".join(option.names)
        if key in settings:
            found |= dict.fromkeys(option.names, settings[key])
    return found


class _Parser(argparse.ArgumentParser):
    """A parser that raises UsageError."""

    @property
    def known(self) -> list[str]:
        """All flags."""
        return [flag for action in self._actions for flag in action.option_strings]

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(message)


class _Setting(argparse.Action):
    """An option of the configuration; stores the flag and the value."""

    def __init__(
        self, option_strings: Sequence[str], dest: str, const: object = None, **more: object
    ) -> None:
        super().__init__(
            option_strings,
            dest,
            nargs=None if const is None else 0,
            const=const,
            default=argparse.SUPPRESS,
            metavar=cast("str | None", more.get("metavar")),
            help=cast("str | None", more.get("help")),
        )

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Store the flag and the value."""
        flag = option_string or ""
        texts = cast("dict[str, str] | None", self.const)
        text = str(values) if texts is None else texts[flag]
        cast("ParsedArguments", namespace).settings[self.dest] = (flag, text)


@dataclass(frozen=True, slots=True)
class _Option:
    """An option that isn't a setting of the client."""

    dest: str
    flags: tuple[str, ...]
    metavar: str
    """Empty if it takes no value."""
    doc: str
    is_many: bool = False
    choices: tuple[str, ...] = ()
    is_pair: bool = False
    """True if there is also a `--no-` flag."""
    default: object = None
    is_verbatim: bool = False
    """True if `@` and `<` have no meaning in the value."""

    def argparse_keywords(self) -> dict[str, object]:
        """Return the keyword arguments of `add_argument`."""
        keywords: dict[str, object] = {"dest": self.dest, "help": self.doc}
        if self.is_pair:
            return {**keywords, "action": argparse.BooleanOptionalAction, "default": self.default}
        if not self.metavar:
            return {**keywords, "action": "store_true"}
        if self.is_many:
            keywords["type"] = Verbatim if self.is_verbatim else str
            return {**keywords, "metavar": self.metavar, "action": "append", "default": []}
        if self.choices:
            keywords["choices"] = self.choices
        return {**keywords, "metavar": self.metavar, "default": self.default}


def _repeatable(dest: str, flags: tuple[str, ...], metavar: str, doc: str) -> _Option:
    return _Option(dest, flags, metavar, doc, is_many=True)


def _verbatim(dest: str, flag: str, metavar: str, doc: str) -> _Option:
    return _Option(dest, (flag,), metavar, doc, is_many=True, is_verbatim=True)


_PART: Final = "add a part of a multipart body; a file can have ;type=... and ;filename=..."
_COLORS: Final = ("auto", "always", "never")
REQUEST_OPTIONS: Final[Mapping[str, tuple[_Option, ...]]] = {
    "request": (
        _Option(
            "method",
            ("-X", "--method", "--request"),
            "METHOD",
            "the method; defaults to GET, or to POST with a body",
        ),
        _repeatable("headers", ("-H", "--header"), "'NAME: VALUE'", "add a header"),
        _repeatable("params", ("-q", "--query"), "NAME=VALUE", "add a query parameter"),
        _repeatable(
            "data",
            ("-d", "--data"),
            "TEXT|@FILE",
            "send a body, as a form unless -H sets Content-Type",
        ),
        _verbatim("data", "--data-raw", "TEXT", "like --data, but @ has no meaning"),
        _Option("json", ("--json",), "JSON|@FILE", "send a JSON body"),
        _repeatable("form", ("-F", "--form"), "NAME=VALUE|NAME=@FILE", _PART),
        _verbatim(
            "form", "--form-string", "NAME=VALUE", "like --form, but @ and < have no meaning"
        ),
        _Option("upload", ("-T", "--upload-file"), "FILE", "send a file with PUT; - is stdin"),
        _Option("as_form", ("--as-form",), "", "send name=value items as a form instead of JSON"),
        _repeatable("cookies", ("-b", "--cookie"), "NAME=VALUE", "add a cookie"),
        _Option("head", ("-I", "--head"), "", "send HEAD, and print only the response headers"),
    ),
    "authentication and proxy": (
        _Option(
            "user",
            ("-u", "--user"),
            "USER[:PASSWORD]",
            "use Basic authentication; prompts for a missing password",
        ),
        _Option("digest", ("--digest",), "", "use Digest authentication instead of Basic"),
        _Option("bearer", ("--bearer",), "TOKEN", "send a bearer token"),
        _Option(
            "netrc",
            ("-n", "--netrc"),
            "",
            "read user and password from ~/.netrc, or from the file in NETRC",
        ),
        _Option(
            "netrc_file", ("--netrc-file",), "FILE", "read user and password from this netrc file"
        ),
        _Option("proxy", ("-x", "--proxy"), "URL", "use an HTTP or SOCKS proxy"),
        _Option("no_proxy", ("--no-proxy",), "", "use no proxy, not even that of the environment"),
    ),
    "output": (
        _Option("output", ("-o", "--output"), "FILE", "write the body to a file; - is stdout"),
        _Option(
            "remote_name",
            ("-O", "--remote-name"),
            "",
            "write the body to a file named as in the URL",
        ),
        _Option(
            "resume",
            ("--resume",),
            "",
            "resume an earlier partial download (default)",
            is_pair=True,
            default=True,
        ),
        _Option("checksum", ("--checksum",), "sha256:HEX", "the expected digest of a download"),
        _Option(
            "include",
            ("-i", "--include"),
            "",
            "print the response headers even if the output is piped",
        ),
        _Option(
            "verbose", ("-v", "--verbose"), "", "print requests, responses and times on stderr"
        ),
        _Option(
            "silent", ("-s", "--silent"), "", "print no progress and no notes; errors are printed"
        ),
        _Option(
            "show_error", ("-S", "--show-error"), "", "accepted for curl; errors are always printed"
        ),
        _Option("fail", ("-f", "--fail"), "", "exit with 1 if the status is 4xx or 5xx"),
        _Option("curl", ("--curl",), "", "print the request as a curl command, without sending it"),
        _Option(
            "color", ("--color",), "WHEN", "auto, always or never", False, _COLORS, False, "auto"
        ),
        _Option(
            "pretty",
            ("--pretty",),
            "",
            "indent JSON (default: on a terminal, and with colors)",
            is_pair=True,
        ),
    ),
    "configuration": (
        _Option("config", ("--config",), "FILE", "a TOML file with settings of the client"),
        _Option(
            "config_table",
            ("--config-table",),
            "NAME",
            "the table of that file to read",
            default="",
        ),
    ),
    "config": (
        _Option("schema", ("--schema",), "", "print the JSON Schema of the settings"),
        _Option("show", ("--show",), "", "print the current settings as TOML"),
        _Option("explain", ("--explain",), "", "with --show: add the source of each setting"),
    ),
    "demo": (
        _Option("serve", ("--serve",), "", "serve a small JSON API on 127.0.0.1"),
        _Option("port", ("--port",), "N", "its port (default: 8000; 0: any free port)"),
    ),
}


def _parser(command: str, *, shows_all: bool) -> _Parser:
    helped = COMMANDS.get(command, SEND)
    parser = _Parser(
        prog=f"hyperhttp {command}".rstrip(),
        usage=helped.usage,
        description=helped.description,
        epilog=helped.epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    for title, options in REQUEST_OPTIONS.items():
        group = parser.add_argument_group(title)
        for one in options:
            is_shown = title in helped.groups or one.dest in helped.groups
            _add(group.add_argument, one, is_shown=is_shown)
    _add_settings(parser, is_shown=helped.has_settings, shows_all=shows_all)
    helping = parser.add_argument_group("help")
    helping.add_argument("-h", "--help", action="help", help="show this help and exit")
    all_help = "show this help with all settings and exit"
    helping.add_argument(
        "--help-all", action="help", help=all_help if helped.has_settings else argparse.SUPPRESS
    )
    about = f"hyperhttp {version}"
    helping.add_argument(
        "-V", "--version", action="version", version=about, help="show the version and exit"
    )
    return parser


def _add_settings(parser: _Parser, *, is_shown: bool, shows_all: bool) -> None:
    """Add the settings of the client: the common ones in one group, or all by model."""
    usual = parser.add_argument_group("common settings of the client (for all, use --help-all)")
    for name, doc in COMMAND_GROUPS.items():
        group = parser.add_argument_group(name, doc) if shows_all and is_shown else usual
        for option in COMMAND_OPTIONS:
            if option.group == name:
                shown = is_shown and (shows_all or _is_common(option))
                _add_setting(group.add_argument, option, is_shown=shown)


def _add(add: Callable[..., object], option: _Option, *, is_shown: bool) -> None:
    keywords = option.argparse_keywords()
    if not is_shown:
        keywords["help"] = argparse.SUPPRESS
    add(*option.flags, **keywords)


def _add_setting(add: Callable[..., object], option: CommandOption, *, is_shown: bool) -> None:
    """Add one option of the configuration, with its switches."""
    key, text = ",".join(option.names), _help_of(option) if is_shown else argparse.SUPPRESS
    if option.flags:
        metavar = option.metavar
        add(*option.flags, dest=key, action=_Setting, metavar=metavar, help=text)
        text = argparse.SUPPRESS
    if option.switches:
        switches = dict(option.switches)
        add(*switches, dest=key, action=_Setting, const=switches, help=text)


def _is_common(option: CommandOption) -> bool:
    """Return whether it has an alias, such as that of curl, or sets several options."""
    offs = sum(text == "false" for _, text in option.switches)
    ons = len(option.flags) or sum(text == "true" for _, text in option.switches)
    return len(option.names) > 1 or max(ons, offs) > 1


def _help_of(option: CommandOption) -> str:
    notes = [f"default: {option.default}"] if option.default else []
    if option.flags:
        notes.insert(0, option.allowed)
        notes += [f"or {flag}" for flag, _ in option.switches]
    if len(option.names) == 1:
        notes.append(f"HYPERHTTP_{option.names[0]}")
    shown = "; ".join(filter(None, notes))
    return f"{option.doc} ({shown})".replace("%", "%%")
