"""The cookie jar: it stores the cookies of servers and callers, and selects those of a request.

It follows RFC 6265bis; `parsing` reads its lines and dates. The caller passes the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from hyperhttp._base._generated.bounds import (
    COOKIE_BYTES_MAX,
    COOKIE_LIFETIME_MAX_S,
    COOKIES_MAX,
    COOKIES_PER_DOMAIN_MAX,
)
from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import pairs_of, shown
from hyperhttp._base.other_names import CookiesNames
from hyperhttp._message.cookies import files
from hyperhttp._message.cookies.cookie import Cookie, goes_to, is_expired
from hyperhttp._message.cookies.parsing import (
    SetCookie,
    default_path,
    domain_matches,
    is_address,
    parse_set_cookie,
    path_matches,
)
from hyperhttp._message.cookies.public_suffix import is_public_suffix

if TYPE_CHECKING:
    from os import PathLike

    from hyperhttp._message.url.url import URL

__all__ = ["Cookies", "CookiesInput", "bind_jar", "cookie_header", "store_cookies"]

CookiesInput: TypeAlias = Mapping[str, str] | Sequence[tuple[str, str]]
"""Cookies by name. `Cookies` is a mapping too."""


# What callers set: no controls, nothing that would end the pair, and ASCII, since a server could
# only guess how the rest was meant.
_NAME: Final = re.compile(r"[\x21-\x3a\x3c\x3e-\x7e]+")
_VALUE: Final = re.compile(r"[\x20-\x3a\x3c-\x7e]*")
_DOMAIN: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f:]*:[0-9a-f:.]*")


# A cookie replaces one with the same name, domain, host-only flag and path (6265bis 5.7). The jar
# groups cookies by domain, so that a request only looks at its own domains. The number is the order
# of insertion, and a replaced cookie keeps its number.
_Key: TypeAlias = tuple[str, str, bool]
_Shelf: TypeAlias = dict[_Key, tuple[int, Cookie]]
_UNBOUND: Final = ""


class Cookies(CookiesNames, MutableMapping[str, str]):
    """Cookies by name, with the rules of RFC 6265bis about their scope.

        cookies = Cookies({"session": "abc"})
        cookies.set("theme", "dark", domain="example.com")
        cookies["session"]  # "abc"

    A cookie without a domain belongs to the first host that the jar is used with, and is sent to no
    other. In a client with a `base_url`, that is its host. If several hosts have a cookie with the
    same name, the mapping returns the newest. Raises `ConfigError` for values that a cookie can't
    contain.
    """

    __slots__ = ("_home", "_next", "_shelves")

    def __init__(self, cookies: CookiesInput | None = None) -> None:
        self._shelves: dict[str, _Shelf] = {}
        self._next = 0
        self._home: tuple[str, bool] | None = None
        if isinstance(cookies, Cookies):
            self._shelves = {domain: shelf.copy() for domain, shelf in cookies._shelves.items()}
            self._next = cookies._next
            self._home = cookies._home
        elif cookies is not None:
            for name, value in pairs_of(cookies, option="cookies"):
                self._put(_given(name, value, None, "/"))

    def set(self, name: str, value: str, *, domain: str | None = None, path: str = "/") -> None:
        """Add a cookie, in place of one with the same name, domain and path.

        With a `domain` it goes to that host and all below it; without one to the first host only.
        """
        self._put(_given(name, value, domain, path))

    def delete(self, name: str, *, domain: str | None = None, path: str | None = None) -> None:
        """Drop the cookies of this name, of this domain and path only if given; none is fine."""
        self._drop(
            cookie
            for cookie in self.entries()
            if cookie.name == name
            and (domain is None or cookie.domain == domain.removeprefix(".").lower())
            and (path is None or cookie.path == path)
        )

    def clear(self) -> None:
        """Drop all cookies."""
        self._shelves.clear()

    def copy(self) -> Cookies:
        """Return a new jar with the same cookies."""
        return Cookies(self)

    def entries(self) -> tuple[Cookie, ...]:
        """Return every cookie with its domain, path and flags, the oldest first."""
        numbered = [entry for shelf in self._shelves.values() for entry in shelf.values()]
        return tuple(cookie for _, cookie in sorted(numbered, key=itemgetter(0)))

    def save(self, path: str | PathLike[str], *, netscape: bool = False) -> None:
        """Write all cookies to a file that only its owner can read. An existing file is replaced.

        The format is JSON. With `netscape`, it is the format of curl and http.cookiejar, which
        can't contain cookies without a host or with a tab. Raises OSError.

            client.cookies.save("cookies.json")
        """
        write = files.write_netscape if netscape else files.write_json
        files.replace_file(Path(path), write(self.entries()))

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Cookies:
        """Read a saved jar in either format. Raises OSError, and ConfigError for other files.

            client = hyperhttp.Client(cookies=Cookies.load("cookies.json"))

        Cookies that have expired since are loaded too; they are sent nowhere.
        """
        jar = cls()
        for cookie in files.read_cookies(Path(path).read_bytes()):
            jar._put(cookie)
        return jar

    def _bind(self, host: str, *, secure: bool = False) -> None:
        """Give the cookies that have no domain to this host; with `secure`, over https only.

        The first call decides, also for cookies that are set later; other calls change nothing.
        """
        if self._home is None:
            self._home = (host, secure)
            for _, cookie in self._shelves.pop(_UNBOUND, {}).values():
                self._put(cookie)

    def _store(self, url: URL, set_cookie: Sequence[str], now: float) -> None:
        """Take in the Set-Cookie fields of a response from `url`; malformed ones are ignored.

        `now` is seconds since 1970.
        """
        for line in set_cookie:
            parsed = parse_set_cookie(line)
            cookie = None if parsed is None else _accepted(parsed, url, now)
            if cookie is None or (not url.is_tls and self._would_shadow_secure(cookie)):
                continue
            if is_expired(cookie, now):
                self._drop((cookie,))
            else:
                self._put(cookie)
                self._make_room(cookie, now)

    def _header_for(
        self, url: URL, now: float, extra: Mapping[str, str] | None = None
    ) -> str | None:
        """Return the Cookie header of a request for `url`; None if no cookie applies.

        Longest paths first, then the oldest (6265bis 5.8.3). The cookies of `extra` come last, and
        in place of those of the same name. `now` is seconds since 1970.
        """
        found = self._matching(url, now) if self._shelves else []
        if len(found) > 1:
            found.sort(key=_by_path_and_age)
        pairs = [(cookie.name, cookie.value) for _, cookie in found]
        if extra:
            pairs = [*(pair for pair in pairs if pair[0] not in extra), *extra.items()]
        # A cookie without a name is sent as its value alone (6265bis 5.8.3 step 4).
        return "; ".join([f"{name}={value}" if name else value for name, value in pairs]) or None

    def __getitem__(self, name: str) -> str:
        for cookie in reversed(self.entries()):
            if cookie.name == name:
                return cookie.value
        raise KeyError(name)

    def __setitem__(self, name: str, value: str) -> None:
        self._put(_given(name, value, None, "/"))

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self.delete(name)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(cookie.name for cookie in self.entries()))

    def __len__(self) -> int:
        return len({key[0] for shelf in self._shelves.values() for key in shelf})

    def __bool__(self) -> bool:
        return bool(self._shelves)

    def __repr__(self) -> str:
        return f"Cookies({list(self.entries())})"

    def _put(self, cookie: Cookie) -> None:
        if cookie.domain is None and self._home is not None:
            host, secure = self._home
            cookie = replace(cookie, domain=host, secure=secure or cookie.secure)
        shelf = self._shelves.setdefault(cookie.domain or _UNBOUND, {})
        key = _key(cookie)
        if key in shelf:
            shelf[key] = (shelf[key][0], cookie)
        else:
            shelf[key] = (self._next, cookie)
            self._next += 1

    def _drop(self, cookies: Iterable[Cookie]) -> None:
        for cookie in cookies:
            domain = cookie.domain or _UNBOUND
            shelf = self._shelves.get(domain, {})
            shelf.pop(_key(cookie), None)
            # No empty shelves: an empty jar must be seen to be empty at a glance.
            if not shelf:
                self._shelves.pop(domain, None)

    def _matching(self, url: URL, now: float) -> list[tuple[int, Cookie]]:
        found: list[tuple[int, Cookie]] = []
        domain = url.host
        while domain:
            if shelf := self._shelves.get(domain):
                found += [entry for entry in shelf.values() if goes_to(entry[1], url, now)]
            domain = domain.partition(".")[2]
        return found

    def _would_shadow_secure(self, new: Cookie) -> bool:
        # 6265bis 5.7: a cookie set without TLS doesn't hide one that was set over TLS.
        return any(
            old.secure
            and old.name == new.name
            and old.domain is not None
            and new.domain is not None
            and (domain_matches(old.domain, new.domain) or domain_matches(new.domain, old.domain))
            and path_matches(new.path, old.path)
            for old in self.entries()
        )

    def _make_room(self, added: Cookie, now: float) -> None:
        shelf = self._shelves[added.domain or _UNBOUND]
        if len(shelf) > COOKIES_PER_DOMAIN_MAX:
            self._evict([cookie for _, cookie in shelf.values()], COOKIES_PER_DOMAIN_MAX, now)
        if sum(map(len, self._shelves.values())) > COOKIES_MAX:
            self._evict(self.entries(), COOKIES_MAX, now)

    def _evict(self, cookies: Sequence[Cookie], kept: int, now: float) -> None:
        """Expired ones go first, then those without Secure, then the oldest (6265bis 5.7)."""
        ranked = sorted(cookies, key=lambda cookie: (not is_expired(cookie, now), cookie.secure))
        self._drop(ranked[: len(ranked) - kept])


# Inside the package only: a caller of the client has no use for them.
bind_jar: Final = Cookies._bind  # pyright: ignore[reportPrivateUsage]
cookie_header: Final = Cookies._header_for  # pyright: ignore[reportPrivateUsage]


def _key(cookie: Cookie) -> _Key:
    return (cookie.name, cookie.path, cookie.host_only)


def _by_path_and_age(entry: tuple[int, Cookie]) -> tuple[int, int]:
    number, cookie = entry
    return (-len(cookie.path), number)


def _given(name: object, value: object, domain: object, path: object) -> Cookie:
    """Return a cookie of the caller, validated."""
    if not isinstance(name, str) or _NAME.fullmatch(name) is None:
        what = ascii(name[:80]) if isinstance(name, str) else shown(name)
        raise _refused(f"the name {what}", "names of visible ASCII without '=' and ';'")
    if not isinstance(value, str) or _VALUE.fullmatch(value) is None:
        what = "" if isinstance(value, str) else f" that is {shown(value)}"
        raise _refused(
            f"a value of {name[:80]!r}{what}", "str values of ASCII without controls and ';'"
        )
    if len(name) + len(value) > COOKIE_BYTES_MAX:
        raise _refused(f"{name[:80]!r}", f"name and value of at most {COOKIE_BYTES_MAX} bytes")
    if not isinstance(path, str) or not path.startswith("/") or _VALUE.fullmatch(path) is None:
        raise _refused("this path", "a path that starts with '/'")
    if domain is None:
        return Cookie(str.__str__(name), str.__str__(value), None, path)
    bare = domain.removeprefix(".").lower() if isinstance(domain, str) else ""
    if _DOMAIN.fullmatch(bare) is None:
        raise _refused("this domain", "a host name in ASCII")
    return Cookie(str.__str__(name), str.__str__(value), bare, path, host_only=is_address(bare))


def _refused(given: str, allowed: str) -> ConfigError:
    return ConfigError(option="cookies", given=given, allowed=allowed)


def _accepted(parsed: SetCookie, url: URL, now: float) -> Cookie | None:
    """Return the cookie of a line, if a server at `url` may set it (6265bis 5.7)."""
    host, domain = url.host, parsed.domain or url.host
    if not domain_matches(host, domain) or (parsed.secure and not url.is_tls):
        return None
    # 6265bis 5.7: a public suffix can set a cookie only for itself, not for all domains below it.
    alone = parsed.domain is None or is_address(domain) or is_public_suffix(domain)
    if (alone and domain != host) or not _keeps_prefix(parsed):
        return None
    return Cookie(
        parsed.name,
        parsed.value,
        domain,
        parsed.path or default_path(url.path),
        host_only=alone,
        secure=parsed.secure,
        expires=_expiry(parsed, now),
    )


def _keeps_prefix(parsed: SetCookie) -> bool:
    """Return whether the cookie is what the prefix of its name promises (6265bis 4.1.3 and 5.7)."""
    name = parsed.name.lower()
    if not name:
        return not parsed.value.lower().startswith(("__secure-", "__host-"))
    if name.startswith("__host-"):
        return parsed.secure and parsed.domain is None and parsed.path == "/"
    return parsed.secure or not name.startswith("__secure-")


def _expiry(parsed: SetCookie, now: float) -> float | None:
    # 6265bis 5.6.2: Max-Age overrides Expires, and 0 or less means the past.
    if parsed.max_age is not None:
        return now + min(parsed.max_age, COOKIE_LIFETIME_MAX_S) if parsed.max_age > 0 else now
    return None if parsed.expires is None else min(parsed.expires, now + COOKIE_LIFETIME_MAX_S)


def store_cookies(jar: Cookies, url: URL, set_cookie: Sequence[str], now: float) -> None:
    """Store the cookies of a response, unless a subclass of the jar keeps none."""
    jar._store(url, set_cookie, now)  # pyright: ignore[reportPrivateUsage]
