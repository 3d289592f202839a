"""Cookies as bytes: JSON, and the format that Netscape began and curl and browsers' tools read.

Bytes in and bytes out, and a file that is replaced as a whole; which cookies is the jar's business.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

from hyperhttp._message.cookies.cookie import Cookie, checked_cookie, refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["read_cookies", "replace_file", "write_json", "write_netscape"]

_MAGIC: Final = "# Netscape HTTP Cookie File"
_HTTP_ONLY: Final = "#HttpOnly_"
_COLUMNS: Final = 7
_FLAGS: Final = {"TRUE": True, "FALSE": False}
# http.cookiejar leaves it empty for the life of a jar; some tools of browsers write fractions.
_MOMENT_MAX: Final = 10**19
_MOMENT: Final = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?|")
_FIELDS: Final = ("name", "value", "domain", "path", "host_only", "secure", "expires")


def write_json(cookies: Iterable[Cookie]) -> bytes:
    """Return a JSON array with an object for each cookie."""
    found = [{name: getattr(cookie, name) for name in _FIELDS} for cookie in cookies]
    return json.dumps(found).encode("ascii")


def write_netscape(cookies: Iterable[Cookie]) -> bytes:
    """Return a line of seven columns for each cookie that has a domain and no tab.

    Values are written byte for byte as a server sent them, as curl does.
    """
    lines = (
        "\t".join(_columns(cookie, cookie.domain))
        for cookie in cookies
        if cookie.domain is not None and "\t" not in f"{cookie.name}{cookie.value}{cookie.path}"
    )
    return "\n".join([_MAGIC, "", *lines, ""]).encode("latin-1")


def read_cookies(data: bytes) -> list[Cookie]:
    """Read a file of `write_json`, `write_netscape`, curl, http.cookiejar or a browser tool.

    Raises ConfigError, which contains no value, for anything else.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.lstrip().startswith(b"["):
        return _read_json(data)
    lines = enumerate(data.decode("latin-1").split("\n"), 1)
    # Not `splitlines`, which would also split at bytes that are allowed in a value.
    read = (_from_line(number, line.removesuffix("\r")) for number, line in lines)
    return [cookie for cookie in read if cookie is not None]


def replace_file(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".cookies-")
    is_in_place = False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
        is_in_place = True
    finally:
        if not is_in_place:
            with suppress(OSError):
                os.unlink(name)


def _columns(cookie: Cookie, domain: str) -> tuple[str, ...]:
    expires = cookie.expires
    # A later moment would have more digits than are read.
    moment = 0 if expires is None else max(-_MOMENT_MAX, min(int(expires), _MOMENT_MAX)) or 1
    return (
        domain if cookie.host_only else f".{domain}",
        _flag(not cookie.host_only),
        cookie.path,
        _flag(cookie.secure),
        # In this format, 0 means the lifetime of a jar.
        str(moment),
        cookie.name,
        cookie.value,
    )


def _from_line(number: int, line: str) -> Cookie | None:
    line = line.removeprefix(_HTTP_ONLY)
    if not line.strip() or line.startswith("#"):
        return None
    columns = line.split("\t")
    if len(columns) == _COLUMNS - 1:
        columns.append("")  # as old curls wrote a cookie without a value
    if len(columns) != _COLUMNS:
        raise refused(f"line {number}, which is not {_COLUMNS} columns with tabs between")
    domain, below, path, secure, expires, name, value = columns
    if _MOMENT.fullmatch(expires) is None or not _FLAGS.keys() >= {below.upper(), secure.upper()}:
        raise refused(f"line {number}, whose flags are not TRUE and FALSE, or whose time is none")
    # http.cookiejar, too, writes a cookie without a name as a value after an empty column.
    return checked_cookie(
        name,
        value,
        domain.removeprefix(".").lower(),
        path,
        host_only=not _FLAGS[below.upper()],
        secure=_FLAGS[secure.upper()],
        expires=float(expires or 0) or None,
    )


def _read_json(data: bytes) -> list[Cookie]:
    try:
        # Text that starts with "[" is an array, or isn't JSON.
        found = cast("list[object]", json.loads(data))
    except (ValueError, RecursionError) as error:
        raise refused("text that is not JSON") from error
    return [_from_json(one) for one in found]


def _from_json(found: object) -> Cookie:
    if not isinstance(found, dict) or found.keys() != set(_FIELDS):
        raise refused(f"an entry without exactly {', '.join(_FIELDS)}")
    entry = cast("dict[str, object]", found)
    host_only, secure = entry["host_only"], entry["secure"]
    if not isinstance(host_only, bool) or not isinstance(secure, bool):
        raise refused("an entry whose flags are not true or false")
    return checked_cookie(
        entry["name"],
        entry["value"],
        entry["domain"],
        entry["path"],
        host_only=host_only,
        secure=secure,
        expires=_moment(entry["expires"]),
    )


def _moment(expires: object) -> float | None:
    if expires is None:
        return None
    if isinstance(expires, bool) or not isinstance(expires, int | float):
        raise refused("an entry with an invalid expires")
    try:
        return float(expires)
    except OverflowError as error:
        raise refused("an entry whose expires is beyond all time") from error


def _flag(is_set: bool) -> str:
    return "TRUE" if is_set else "FALSE"
