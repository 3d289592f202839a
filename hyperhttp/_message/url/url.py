"""The URL type: immutable, and cached by its text.

This module implements comparison, repr, joining and parameters. `grammar` implements validation.
Passwords are never shown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias, cast, final
from urllib.parse import parse_qsl, quote, unquote

from hyperhttp._base._generated.bounds import URL_CHARS_MAX
from hyperhttp._base._generated.errors import InvalidURL
from hyperhttp._base.input_pairs import shown
from hyperhttp._base.other_names import URLNames
from hyperhttp._base.sensitive import mask_parameters
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._message.url.grammar import (
    URLParts,
    check_characters,
    check_part,
    encode_path,
    encode_query,
    encode_userinfo,
    invalid,
    read_fast,
    read_host,
    read_port,
    read_reference,
    read_scheme,
    read_slow,
)
from hyperhttp._message.url.query import encode_params, join_query

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "URL",
    "URLInput",
    "base_join",
    "encode_params",
    "parse_url",
    "reference_from_wire",
    "url_of_wire",
]


# "http:x" is meant to be absolute too, and is then refused.
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://|https?:", re.IGNORECASE)
_SLASHES: Final = ("/", "\\")
_WIRE_TARGET: Final = re.compile(r"[!-~]+")
_Pickled: TypeAlias = tuple[str, str, str, int | None, str, str | None, str]

# Longer texts are parsed anew each time, which bounds the cache to 2 MiB. So are those that may
# contain user and password, because the caches live as long as the process.
_CACHED_CHARS: Final = 2048


@final
class URL(URLParts, URLNames):
    """An http or https URL, validated and normalized.

    Host names are A-labels in lower case. Default ports are left out, and dot segments are
    resolved. Disallowed characters in a path or query are percent-encoded as UTF-8, and the rest is
    unchanged. A URL is immutable and hashable, and equal to an equivalent text. `str()` and
    `repr()` leave out user and password, which are in `userinfo`. `repr()` and errors mask the
    values of sensitive parameters, such as signatures. `str()` contains them.

        page = URL("https://example.com/search?q=1")
        page.host, page.effective_port, page.path  # ("example.com", 443, "/search")

    Raises `InvalidURL`, which is also a `ValueError`.
    """

    __slots__ = ()

    def __new__(cls, url: str | URL) -> URL:
        """Return the parsed URL. A URL is returned unchanged."""
        return url if type(url) is URL else parse_url(url)

    def __init__(self, url: str | URL) -> None:
        """Do nothing: `__new__` does all, and can return a cached URL."""

    @property
    def params(self) -> tuple[tuple[str, str], ...]:
        """The query as decoded pairs, in order; values may be empty."""
        return tuple(parse_qsl(self.query, keep_blank_values=True))

    @property
    def credentials(self) -> tuple[str, str] | None:
        """User and password, decoded; None when the URL has none."""
        if not self.userinfo:
            return None
        user, _, password = self.userinfo.partition(":")
        return unquote(user), unquote(password)

    @property
    def display(self) -> str:
        """Return the URL for logs, with "***" for user, password and sensitive parameters."""
        text = mask_parameters(str(self))
        return text.replace("//", "//***@", 1) if self.userinfo else text

    def join(self, other: str | URL) -> URL:
        """Resolve `other` relative to this URL, as a browser resolves a link.

            URL("https://example.com/a/b").join("../c")  # URL("https://example.com/c")

        Raises `InvalidURL` if the result isn't an http or https URL.
        """
        if isinstance(other, URL):
            return other
        if not isinstance(cast("object", other), str):
            return _parse_odd(other)
        return _sealed(read_reference(self, other))

    def copy_with(
        self,
        *,
        scheme: str | Unset = UNSET,
        host: str | Unset = UNSET,
        port: int | Unset | None = UNSET,
        path: str | Unset = UNSET,
        query: str | Unset | None = UNSET,
        fragment: str | Unset = UNSET,
        userinfo: str | Unset = UNSET,
    ) -> URL:
        """Return a copy with some parts replaced, each validated and encoded.

        `port=None` is the default port of the scheme; `query=None` and the empty texts remove.
        Raises `InvalidURL`.
        """
        text = self.display
        parts = URLParts(
            self.scheme
            if isinstance(scheme, Unset)
            else read_scheme(check_part(scheme, text), text),
            self.userinfo
            if isinstance(userinfo, Unset)
            else encode_userinfo(check_part(userinfo, text)),
            self.host if isinstance(host, Unset) else _bare_host(host, text),
            self.port if isinstance(port, Unset) else _port(port, text),
            self.path if isinstance(path, Unset) else _rooted_path(path, text),
            self._query if isinstance(query, Unset) else _query_or_none(query, text),
            self.fragment
            if isinstance(fragment, Unset)
            else encode_query(check_part(fragment, text)),
        )
        return _bounded(parts)

    def with_params(self, pairs: Iterable[tuple[str, str]]) -> URL:
        """Return a copy with pairs appended to its query; unchanged without pairs.

        Example:
            URL("https://example.com/?a=1").with_params([("b", "x y")])
            # URL("https://example.com/?a=1&b=x%20y")
        """
        added = join_query(pairs)
        if not added:
            return self
        query = f"{self.query}&{added}" if self.query else added
        return _bounded(
            URLParts(
                self.scheme, self.userinfo, self.host, self.port, self.path, query, self.fragment
            )
        )

    def without_userinfo(self) -> URL:
        """Return a copy without user and password."""
        return self.copy_with(userinfo="") if self.userinfo else self

    def without_secrets(self) -> URL:
        """Return this URL with the values of sensitive parameters masked, as `repr` shows it.

        Example:
            URL("https://example.com/?token=abc&page=2").without_secrets()  # ...?token=***&page=2
        """
        text = str(self)
        masked = mask_parameters(text)
        return self if masked == text else URL(masked)

    def __str__(self) -> str:
        text = self.origin + self.target
        return f"{text}#{self.fragment}" if self.fragment else text

    def __repr__(self) -> str:
        return f"URL({self.display!r})"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            try:
                other = parse_url(other)
            except InvalidURL:
                return False
        if not isinstance(other, URL):
            return NotImplemented
        return self is other or (
            self.target == other.target
            and self.origin == other.origin
            and self.fragment == other.fragment
            and self.userinfo == other.userinfo
        )

    def __hash__(self) -> int:
        # As the text that `str` gives, because the two are equal.
        return hash(str(self))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a URL cannot be changed; use copy_with({name}=...)")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a URL cannot be changed; use copy_with()")

    def __copy__(self) -> URL:
        return self

    def __deepcopy__(self, memo: object) -> URL:
        return self

    def __reduce__(self) -> tuple[object, _Pickled]:
        return _unpickle, (
            self.scheme, self.userinfo, self.host, self.port, self.path, self._query, self.fragment
        )  # fmt: skip

    @property
    def _query(self) -> str | None:
        # "/?" and "/" are different targets, though the query is empty in both.
        return None if self.target == self.path else self.query


URLInput: TypeAlias = str | URL
"""An address, as text or parsed."""


def base_join(base: URL, relative: str) -> URL:
    """Join the URL of a request to a client's `base_url`.

    | base                     | given                    | result                            |
    |--------------------------|--------------------------|-----------------------------------|
    | https://example.com/v1   | users                    | https://example.com/v1/users      |
    | https://example.com/v1/  | /users                   | https://example.com/v1/users      |
    | https://example.com/v1   | (empty)                  | https://example.com/v1            |
    | https://example.com/v1   | ?page=2                  | https://example.com/v1?page=2     |
    | https://example.com/?k=1 | users?page=2             | https://example.com/users?k=1&page=2 |
    | https://example.com/v1   | ../v2                    | https://example.com/v2            |
    | https://example.com/v1   | items:search             | https://example.com/v1/items:search |
    | https://example.com/v1   | https://api.example.com/ | https://api.example.com/          |
    | https://example.com/v1   | //api.example.com/       | InvalidURL                        |

    The last one would leave the base unnoticed: a path from user input could select the host.
    """
    if type(relative) is not str:
        return _parse_odd(relative)
    if len(relative) > _CACHED_CHARS or base.userinfo or ("@" in relative and "//" in relative):
        return _base_join(base, relative)
    return _base_join_cached(base, relative)


def reference_from_wire(value: str) -> str:
    """Return the text of a Location header: it is read as Latin-1, and servers send UTF-8."""
    if value.isascii():
        return value
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def _base_join(base: URL, relative: str) -> URL:
    check_characters(relative)
    if _ABSOLUTE.match(relative):
        return parse_url(relative)
    if relative[:1] in _SLASHES and relative[1:2] in _SLASHES:
        raise invalid(relative, "under a base_url give an absolute URL or a path with one slash")
    rest, _, fragment = relative.partition("#")
    path, _, query = rest.partition("?")
    if path:
        path = f"{base.path.removesuffix('/')}/{path.removeprefix('/')}"
    if query and base.query:
        query = f"{base.query}&{query}"
    return base.copy_with(
        path=path or base.path, query=query or base.query or None, fragment=fragment
    )


_base_join_cached = lru_cache(maxsize=512)(_base_join)


def parse_url(text: str) -> URL:
    """Return `URL(text)`, with recent texts from a cache.

    Raises `InvalidURL` if the text isn't an http or https URL, or isn't text.
    """
    if type(text) is not str:
        return _parse_odd(text)
    is_cached = len(text) <= _CACHED_CHARS and "@" not in text
    return _parse_cached(text) if is_cached else _parse(text)


def _parse(text: str) -> URL:
    parts = read_fast(text)
    return _sealed(read_slow(text) if parts is None else parts)


_parse_cached = lru_cache(maxsize=1024)(_parse)


def _parse_odd(given: object) -> URL:
    if isinstance(given, URL):
        return given
    if isinstance(given, str):
        return parse_url(str.__str__(given))
    raise InvalidURL(given=shown(given), detail="a URL is given as str or hyperhttp.URL")


def _sealed(parts: URLParts) -> URL:
    # Filling the slots of a class that refuses assignment costs 0.6 us more, a third of a parse.
    parts.__class__ = URL
    return cast("URL", parts)


def _bounded(parts: URLParts) -> URL:
    url = _sealed(parts)
    if len(url.target) > URL_CHARS_MAX:
        raise invalid(str(url), f"it is longer than {URL_CHARS_MAX} characters")
    return url


def url_of_wire(origin: URL, target: str) -> URL:
    """Return the URL of a request with exactly this target, such as "/a?b" or "*".

    Raises InvalidURL for a target that isn't visible ASCII.
    """
    if _WIRE_TARGET.fullmatch(target) is None:
        raise invalid(origin.origin, "its path or query has characters that can't be sent")
    path, mark, query = target.partition("?")
    return _bounded(
        URLParts(origin.scheme, "", origin.host, origin.port, path, query if mark else None, "")
    )


def _unpickle(
    scheme: str,
    userinfo: str,
    host: str,
    port: int | None,
    path: str,
    query: str | None,
    fragment: str,
) -> URL:
    return _sealed(URLParts(scheme, userinfo, host, port, path, query, fragment))


def _bare_host(host: str, text: str) -> str:
    checked = check_part(host, text)
    bare_ipv6 = ":" in checked and not checked.startswith("[")
    if bare_ipv6:  # as `URL.host` returns it: a zone isn't encoded
        address, percent, zone = checked.partition("%")
        checked = f"[{address}%25{quote(zone, safe='')}]" if percent else f"[{address}]"
    return read_host(checked, text)


def _port(port: int | None, text: str) -> int | None:
    return None if port is None else read_port(str(port), text)


def _rooted_path(path: str, text: str) -> str:
    checked = check_part(path, text)
    rooted = checked if checked.startswith("/") or not checked else f"/{checked}"
    return encode_path(rooted, text)


def _query_or_none(query: str | None, text: str) -> str | None:
    return encode_query(check_part(query or "", text)) or None
