"""Patterns of URLs in routes: `/users/{id}`, `https://*.example.com/{rest:path}?page=2`.

This module matches URLs, returns the values of parameters, and describes a mismatch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hyperhttp._message.url.url import URL

_WHOLE: Final = re.compile(
    r"(?:(?P<scheme>https?)://(?P<host>[^/?#]+))?(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?"
)
_BRACES: Final = re.compile(r"\{(?P<name>[A-Za-z_]\w*)(?::(?P<kind>\w+))?\}|(?P<star>\*)")
_KINDS: Final = {None: "[^/]+", "str": "[^/]+", "int": "[0-9]+", "path": ".*"}


@final
@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read; an empty part fits anything."""

    text: str
    scheme: str
    host: re.Pattern[str] | None
    path: re.Pattern[str] | None
    query: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, text: str) -> Pattern:
        """Parse a pattern. Raises ValueError if it is invalid."""
        found = _WHOLE.fullmatch(text)
        if (
            found is None
            or not text
            or (found["path"] and not found["path"].startswith(("/", "*")))
        ):
            raise ValueError(f"invalid pattern {text!r}; expected '/path' or 'https://host/path'")
        host, path = found["host"], found["path"]
        return cls(
            text,
            found["scheme"] or "",
            None if host is None else _host(host),
            None if path in {"", "*"} and host is None else _path(path or "/", text),
            tuple(parse_qsl(found["query"] or "", keep_blank_values=True)),
        )

    def params(self, url: URL) -> Mapping[str, str] | None:
        """Return the values of the parameters in a URL; None if it doesn't match."""
        if any(self.misfits(url)):
            return None
        found = None if self.path is None else self.path.fullmatch(url.path or "/")
        groups = {} if found is None else found.groupdict()
        return {name: unquote(value) for name, value in groups.items()}

    def misfits(self, url: URL) -> Iterator[str]:
        """Return the parts of a URL that don't match."""
        if self.scheme and url.scheme != self.scheme:
            yield f"scheme {url.scheme}, not {self.scheme}"
        if self.host is not None and not self.host.fullmatch(_authority(url)):
            yield f"host {_authority(url)}"
        if self.path is not None and not self.path.fullmatch(url.path or "/"):
            yield f"path {url.path or '/'}"
        there = url.params
        for pair in self.query:
            if pair not in there:
                yield f"no {pair[0]}={pair[1]} in the query"


def _authority(url: URL) -> str:
    return url.host if url.port is None else f"{url.host}:{url.port}"


def _host(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text.lower()).replace(r"\*", "[^/]+"))


def _path(text: str, whole: str) -> re.Pattern[str]:
    parts: list[str] = []
    end = 0
    for found in _BRACES.finditer(text):
        parts.append(re.escape(text[end : found.start()]))
        end = found.end()
        if found["star"]:
            parts.append(".*")
        elif found["kind"] in _KINDS:
            parts.append(f"(?P<{found['name']}>{_KINDS[found['kind']]})")
        else:
            raise ValueError(f"{whole!r}: {{name}}, {{name:int}} and {{name:path}} are known")
    parts.append(re.escape(text[end:]))
    return re.compile("".join(parts))
