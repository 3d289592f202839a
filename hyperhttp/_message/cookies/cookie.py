"""A cookie: its value, its scope, and its validity.

The caller passes the time.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.bounds import COOKIE_BYTES_MAX
from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.cookies.parsing import domain_matches, is_address, path_matches

if TYPE_CHECKING:
    from hyperhttp._message.url.url import URL

__all__ = ["Cookie", "checked_cookie", "goes_to", "is_expired", "refused"]

# What a server may have set (6265bis 5.6): a Cookie field takes it as bytes, here as Latin-1.
# Latin-1 without controls but the tab, and without ";": what is left out would take longer to
# compile, and every import would pay for it.
_NAME: Final = re.compile(r"[\t\x20-:<>-~\x80-\xff]*")
_TEXT: Final = re.compile(r"[\t\x20-:<-~\x80-\xff]*")
# A host as a URL has it.
_HOST: Final = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]+\.?|[0-9a-f:]*:[0-9a-f:.]*")


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie and its scope. Its repr doesn't contain the value.

    `domain` is None until the cookie is bound to a host. `host_only` cookies aren't sent to
    subdomains, and `secure` cookies are only sent over https. `expires` is in seconds since 1970;
    None means the lifetime of the jar.
    """

    name: str
    value: str
    domain: str | None
    path: str = "/"
    host_only: bool = True
    secure: bool = False
    expires: float | None = None

    def __repr__(self) -> str:
        return f"Cookie({self.name!r} for {self.domain or 'the first host'}{self.path})"


def is_expired(cookie: Cookie, now: float) -> bool:
    """Return whether its time has come; `now` is seconds since 1970."""
    return cookie.expires is not None and cookie.expires <= now


def goes_to(cookie: Cookie, url: URL, now: float) -> bool:
    """Return whether a request for `url` takes it along (6265bis 5.8.3)."""
    domain = cookie.domain
    if domain is None or (cookie.secure and not url.is_tls) or is_expired(cookie, now):
        return False
    matches = url.host == domain if cookie.host_only else domain_matches(url.host, domain)
    return matches and path_matches(url.path, cookie.path)


def checked_cookie(
    name: object,
    value: object,
    domain: object,
    path: object,
    *,
    host_only: bool,
    secure: bool,
    expires: float | None,
) -> Cookie:
    """Return a saved cookie. Raises ConfigError, which doesn't contain it, if it is invalid."""
    name, value = _text(name, _NAME), _text(value, _TEXT)
    path = _text(path, _TEXT)
    if not (name or value) or len(name) + len(value) > COOKIE_BYTES_MAX:
        raise refused("a cookie that is empty or too long")
    if not path.startswith("/"):
        raise refused("a cookie whose path does not start with '/'")
    if expires is not None and not math.isfinite(expires):
        raise refused("a cookie that expires at no moment")
    if domain is None:
        # Whatever host it will be bound to, it goes to no other.
        return Cookie(name, value, None, path, secure=secure, expires=expires)
    if not isinstance(domain, str) or _HOST.fullmatch(domain) is None:
        raise refused("a cookie with a domain that isn't a host")
    alone = host_only or is_address(domain)
    return Cookie(name, value, domain, path, alone, secure, expires)


def refused(given: str) -> ConfigError:
    """Return the error for invalid saved cookies."""
    return ConfigError(option="cookies", given=given, allowed="what `Cookies.save` writes")


def _text(given: object, allowed: re.Pattern[str]) -> str:
    if not isinstance(given, str) or allowed.fullmatch(given) is None:
        raise refused("a cookie with a control character, ';' or text outside Latin-1")
    return given
