"""The options of the command line, and their parser.

The options of the configuration are generated from the spec; those of a request and of the output
are listed here.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NoReturn, cast

from hyperhttp import __version__ as version
from hyperhttp._base.checked import nearest
from hyperhttp._cli._generated.command import COMMAND_GROUPS, COMMAND_OPTIONS
from hyperhttp._cli.exit_codes import EXIT_CODES, UsageError
from hyperhttp._cli.items import Verbatim

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hyperhttp._cli.command_option import CommandOption

__all__ = ["ParsedArguments", "parse"]

USAGE: Final = """hyperhttp [options] [METHOD] URL [ITEM ...]
       hyperhttp explain [options] URL   what would happen, and why; nothing is sent
       hyperhttp config --schema | --show [--explain]
       hyperhttp doctor                  what is installed, and what is wrong
       hyperhttp demo                    a tour without a network
       hyperhttp demo --serve            a small JSON API on loopback, to try requests on"""
ITEMS: Final = """items:
  name=value    a field of the body: JSON, or a form with --as-form
  name:=JSON    a field of the body that is no text: count:=3, tags:='["a"]'
  name==value   a query parameter
  Name:value    a header field
  name@path     a file: the body is multipart/form-data then
  name=@path, name:=@path   a field whose value is read from a file

A secret (a password, a token) that is given as env:NAME is taken from the environment, and one that
is given as - is asked for.
"""


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
    """Settings by their name in the environment: the flag as it was given, and the value."""


def parse(arguments: Sequence[str], *, prog: str = "hyperhttp") -> ParsedArguments:
    """Parse arguments. Raises UsageError, and SystemExit after help or version."""
    parser = _parser(prog, shows_all="--help-all" in arguments)
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
    meant = "see --help-all for all there are" if found is None else f"did you mean {found}?"
    return f"there is no option {flag}: {meant}"


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
        """Raises UsageError."""
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
    """True if the value is text, however it begins."""

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


_PART: Final = "a part of a multipart body; a file may have ;type=... and ;filename=..."
_COLORS: Final = ("auto", "always", "never")
REQUEST_OPTIONS: Final[Mapping[str, tuple[_Option, ...]]] = {
    "request": (
        _Option("method", ("-X", "--method", "--request"), "METHOD", "GET, or POST with a body"),
        _repeatable("headers", ("-H", "--header"), "'NAME: VALUE'", "a header field"),
        _repeatable("params", ("-q", "--query"), "NAME=VALUE", "a query parameter"),
        _repeatable(
            "data", ("-d", "--data"), "TEXT|@FILE", "a body; a form unless -H says otherwise"
        ),
        _verbatim("data", "--data-raw", "TEXT", "the same, but @ has no meaning"),
        _Option("json", ("--json",), "JSON|@FILE", "a body that is JSON"),
        _repeatable("form", ("-F", "--form"), "NAME=VALUE|NAME=@FILE", _PART),
        _verbatim("form", "--form-string", "NAME=VALUE", "the same, but @ and < have no meaning"),
        _Option("upload", ("-T", "--upload-file"), "FILE", "send a file by PUT; - is stdin"),
        _Option("as_form", ("--as-form",), "", "send items name=value as a form, not as JSON"),
        _repeatable("cookies", ("-b", "--cookie"), "NAME=VALUE", "a cookie"),
        _Option("head", ("-I", "--head"), "", "ask for the head only"),
    ),
    "who asks, and by which way": (
        _Option("user", ("-u", "--user"), "USER[:PASSWORD]", "Basic; the password is asked for"),
        _Option("digest", ("--digest",), "", "answer a challenge by Digest, not by Basic"),
        _Option("bearer", ("--bearer",), "TOKEN", "a bearer token"),
        _Option("netrc", ("-n", "--netrc"), "", "user and password from ~/.netrc, or NETRC"),
        _Option("netrc_file", ("--netrc-file",), "FILE", "the same from another file"),
        _Option("proxy", ("-x", "--proxy"), "URL", "an HTTP or SOCKS proxy"),
        _Option("no_proxy", ("--no-proxy",), "", "none, not even those of the environment"),
    ),
    "output": (
        _Option("output", ("-o", "--output"), "FILE", "write the body to a file; - is stdout"),
        _Option("remote_name", ("-O", "--remote-name"), "", "the same, named as in the URL"),
        _Option(
            "resume",
            ("--resume",),
            "",
            "go on with a download that an earlier try has left (default)",
            is_pair=True,
            default=True,
        ),
        _Option("checksum", ("--checksum",), "sha256:HEX", "what a download must give"),
        _Option("include", ("-i", "--include"), "", "show the head too when the output is piped"),
        _Option("verbose", ("-v", "--verbose"), "", "tell the whole exchange on stderr"),
        _Option("silent", ("-s", "--silent"), "", "no progress, no notes; errors are shown"),
        _Option("show_error", ("-S", "--show-error"), "", "they are shown in any case"),
        _Option("fail", ("-f", "--fail"), "", "exit with 1 when the status is 4xx or 5xx"),
        _Option("curl", ("--curl",), "", "print the request as a line for curl, do not send it"),
        _Option(
            "color", ("--color",), "WHEN", "auto, always or never", False, _COLORS, False, "auto"
        ),
        _Option(
            "pretty",
            ("--pretty",),
            "",
            "indent JSON (default: on a terminal, and with colours)",
            is_pair=True,
        ),
    ),
    "settings": (
        _Option("config", ("--config",), "FILE", "a TOML file with settings of the client"),
        _Option("config_table", ("--config-table",), "NAME", "its table", default=""),
        _Option("schema", ("--schema",), "", "config: the JSON Schema of the settings"),
        _Option("show", ("--show",), "", "config: the settings in force, as TOML"),
        _Option("explain", ("--explain",), "", "config: with --show, where each is from"),
    ),
    "demo": (
        _Option("serve", ("--serve",), "", "serve a small JSON API on 127.0.0.1"),
        _Option("port", ("--port",), "N", "its port (default: 8000; 0: any free port)"),
    ),
}


def _parser(prog: str, *, shows_all: bool) -> _Parser:
    parser = _Parser(
        prog=prog,
        usage=USAGE,
        epilog=f"{ITEMS}\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    for title, options in REQUEST_OPTIONS.items():
        group = parser.add_argument_group(title)
        for one in options:
            _add(group.add_argument, one)
    usual = parser.add_argument_group("usual settings of the client (--help-all shows all)")
    for name, doc in COMMAND_GROUPS.items():
        group = parser.add_argument_group(name, doc) if shows_all else usual
        for option in COMMAND_OPTIONS:
            if option.group == name:
                shown = shows_all or _is_common(option)
                _add_setting(group.add_argument, option, is_shown=shown)
    helping = parser.add_argument_group("help")
    helping.add_argument("-h", "--help", action="help", help="show this, and end")
    helping.add_argument("--help-all", action="help", help="show every setting too, and end")
    about = f"hyperhttp {version}"
    helping.add_argument("-V", "--version", action="version", version=about, help="show it")
    return parser


def _add(add: Callable[..., object], option: _Option) -> None:
    add(*option.flags, **option.argparse_keywords())


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
