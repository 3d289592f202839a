"""Credentials from a netrc file: which user and password a host gets.

The file is read once, when the `NetRCAuth` is made; requests only look into what was read. Not by
the parser of the standard library: it stumbles over a comment after an empty line, and its errors
quote the file.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.headers.basic_auth import basic_credentials
from hyperhttp._policy.auth import Auth, own_copy

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from hyperhttp._base.input_types import PathInput
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response

__all__ = ["NetRCAuth", "parse_netrc"]

_Entry: TypeAlias = tuple[str, str]

# The second is what curl and Python look for on Windows.
_NAMES: Final = (".netrc", "_netrc")
_DEFAULT: Final = ""  # no URL has such a host
_NO_WORD: Final = "an empty word"
_KEYWORDS: Final = frozenset(
    {"machine", "default", "macdef", "login", "user", "password", "account"}
)
_SPACE: Final = re.compile(r"\s*+")
# A backslash takes the next character as it is, with quotes and without.
_WORD: Final = re.compile(r'"((?:[^"\\]|\\.)*+)"|(?!")((?:[^\s\\]|\\.)++)', re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
# The files that were warned of.
_warned: set[Path] = set()
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")


@final
class NetRCAuth(Auth):
    """Basic credentials for the hosts in a netrc file, and for all hosts if it has a `default`.

        client = hyperhttp.Client(auth=hyperhttp.NetRCAuth())

    `file` defaults to the file in the environment variable NETRC, or to `~/.netrc` if it exists. A
    request with its own Authorization header keeps it. Ports, the file's `account` and `macdef`,
    and entries of other programs (`protocol https`) are ignored.

    Warns once if all users of the machine can read a file with passwords.

    Raises `ConfigError` for a file that can't be read or has a mistake. Raises `LocalProtocolError`
    while sending, for a user that Basic can't represent. Errors don't contain the content of the
    file.
    """

    __slots__ = ("_entries", "_file")

    _knows_origins = True
    _never_blocks = True

    def __init__(self, file: PathInput | None = None) -> None:
        self._file = _usual_file() if file is None else _expanded(file)
        self._entries: Mapping[str, _Entry] = (
            {} if self._file is None else parse_netrc(_text_of(self._file))
        )
        if self._file is not None and any(password for _, password in self._entries.values()):
            _warn_of_readers(self._file)

    def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
        """Send a request, with Authorization if the file has an entry for its host."""
        request = own_copy(request)
        entry = self._entries.get(request.url.host, self._entries.get(_DEFAULT))
        # An entry for another purpose may name the host without a user.
        if entry is not None and any(entry) and "authorization" not in request.headers:
            request.headers["Authorization"] = basic_credentials(*entry)
        yield request

    def __repr__(self) -> str:
        return f"NetRCAuth({None if self._file is None else str(self._file)!r})"


def parse_netrc(text: str) -> dict[str, _Entry]:
    """Return user and password by host name in lower case; the empty name is that of `default`.

    The last of several entries for a host is used. Raises `ConfigError`, which contains the line
    number of a mistake but not its content.
    """
    words = _Words(text)
    entries: dict[str, dict[str, str]] = {}
    entry: dict[str, str] | None = None
    while keyword := words.keyword():
        match keyword:
            case "machine":
                entry = entries[words.value().lower()] = {}
            case "default":
                entry = entries[_DEFAULT] = {}
            case "macdef":
                words.value()
                words.skip_macro()
            case "login" | "user" | "password" | "account" if entry is not None:
                entry["login" if keyword == "user" else keyword] = words.value(may_be_empty=True)
            case _:
                # `port`, `protocol` or `method` of other programs, with their values.
                if entry is None or keyword == _NO_WORD or words.value().lower() in _KEYWORDS:
                    raise words.mistake()
    return {
        host: (entry.get("login", ""), entry.get("password", "")) for host, entry in entries.items()
    }


@final
class _Words:
    """The words of a netrc file, one after another."""

    __slots__ = ("_at", "_end", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0  # where the last word began
        self._end = 0

    def keyword(self) -> str:
        """Return the next word in lower case; empty at the end. Comments begin with "#"."""
        while (word := self._next()) is not None and self._text.startswith("#", self._at):
            line_end = self._text.find("\n", self._at)
            self._end = len(self._text) if line_end < 0 else line_end
        return "" if word is None else word.lower() or _NO_WORD

    def value(self, *, may_be_empty: bool = False) -> str:
        """Return the word after a keyword; it can begin with "#"."""
        word = self._next()
        if word is None or not (word or may_be_empty):
            raise self.mistake()
        return word

    def skip_macro(self) -> None:
        """Continue after the next empty line."""
        blank = _BLANK_LINE.search(self._text, self._end)
        self._end = len(self._text) if blank is None else blank.end()

    def mistake(self) -> ConfigError:
        """Return the error about the last word."""
        line = self._text.count("\n", 0, self._at) + 1
        return ConfigError(
            option="auth",
            given=f"a netrc file with a mistake on line {line}",
            allowed="entries of machine (or default), login and password",
        )

    def _next(self) -> str | None:
        space = _SPACE.match(self._text, self._end)
        self._at = self._end if space is None else space.end()
        if self._at == len(self._text):
            return None
        word = _WORD.match(self._text, self._at)
        if word is None:  # a quote that is left open, or a backslash with nothing after it
            raise self.mistake()
        self._end = word.end()
        return _ESCAPED.sub(r"\1", word[2] if word[1] is None else word[1])


def _warn_of_readers(file: Path) -> None:
    """Warn, once for each file, if all users of the machine can read its passwords."""
    if sys.platform == "win32" or file in _warned or not file.stat().st_mode & stat.S_IROTH:
        return
    _warned.add(file)
    text = f"all users of this machine can read the passwords in {str(file)!r}: run chmod 600"
    warnings.warn(text, stacklevel=3)


def _usual_file() -> Path | None:
    if named := os.environ.get("NETRC"):
        return _expanded(named)
    files = (_expanded(f"~/{name}") for name in _NAMES)
    return next((file for file in files if file.is_file()), None)


def _expanded(file: PathInput) -> Path:
    # Path.expanduser() raises where there is no home.
    return Path(os.path.expanduser(file))


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        given = (
            "a netrc file that is not UTF-8"  # that error has the file in it: it goes no further
        )
    except OSError as error:
        given = f"the netrc file {str(file)!r} ({error.strerror})"
    raise ConfigError(option="auth", given=given, allowed="a text file that can be read")
