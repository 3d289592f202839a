"""The choice of the proxy for a request: from the caller's patterns, or from the environment.

The functions are pure. The environment is passed once.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, final

from hyperhttp._base._generated.errors import ConfigError, InvalidURL
from hyperhttp._base.input_pairs import shown
from hyperhttp._message.request.proxy import PROXY_ALLOWED, Proxy, host_and_port
from hyperhttp._message.url.url import URL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._base._generated.config import ProxyConfig
    from hyperhttp._message.request.proxy import ProxyInput

__all__ = ["Choice", "ProxyRules"]

PATTERN_ALLOWED: Final = (
    'a pattern such as "all://", "https://", "http://example.com", "all://*.example.com:8080"'
)
_PATTERN: Final = re.compile(r"(all|https?)://(.*)", re.IGNORECASE | re.DOTALL)
_SEPARATORS: Final = re.compile(r"[,\s]+")
_Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"


@dataclass(frozen=True, slots=True)
class Choice:
    """The proxy for a URL, with the reason."""

    proxy: Proxy | None
    """None: straight to the server."""
    reason: str
    """Why, in words."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Some of all URLs; what is None or empty may be anything."""

    scheme: str = ""
    host: str = ""
    below: bool = False
    """True if the names below `host` are meant."""
    itself: bool = True
    """True if `host` itself is meant."""
    network: _Network | None = None
    port: int | None = None

    def holds(self, url: URL) -> bool:
        if self.scheme and self.scheme != url.scheme:
            return False
        if self.port is not None and self.port != url.effective_port:
            return False
        host = url.host.removesuffix(".")
        if self.network is not None:
            address = _address(host)
            return address is not None and address in self.network
        if not self.host:
            return True
        if self.itself and host == self.host:
            return True
        # An address isn't a name and has no subdomains.
        return self.below and host.endswith("." + self.host) and _address(host) is None

    @property
    def precision(self) -> tuple[bool, int, bool, bool]:
        """The more precise pattern is greater: a host, a longer domain, a port, a scheme."""
        exact = bool(self.host) and not self.below
        return exact, len(self.host), self.port is not None, bool(self.scheme)


@dataclass(frozen=True, slots=True)
class _Rule:
    place: _Place
    choice: Choice


@final
class ProxyRules:
    """An ordered list of rules; the first one that fits a URL decides."""

    __slots__ = ("_rules",)

    def __init__(self, rules: Sequence[_Rule]) -> None:
        self._rules = tuple(rules)

    @classmethod
    def of(cls, given: ProxyInput) -> ProxyRules:
        """Return the caller's rules: a proxy for all, or proxies by pattern. Raises ConfigError."""
        if not isinstance(given, Mapping):
            return cls([_Rule(_Place(), _choice(given, "the option proxy"))])
        rules = [
            _Rule(
                _place_of(pattern), _choice(proxy, f"the pattern {pattern!r} of the option proxy")
            )
            for pattern, proxy in given.items()
        ]
        # Sorting is stable: of two that are as precise, the first one counts.
        return cls(sorted(rules, key=lambda rule: rule.place.precision, reverse=True))

    @classmethod
    def of_config(cls, config: ProxyConfig) -> ProxyRules | None:
        """Return the rules of a configuration; None if it has none. Raises ConfigError."""
        if config.url is None:
            return None
        proxy = _choice_of_text("proxy.url", config.url.get_secret_value())
        return cls([*_bypassing("proxy.bypass", config.bypass), _Rule(_Place(), proxy)])

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> ProxyRules | None:
        """Return the rules of HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY; None without them.

        Lower-case names have priority. Raises ConfigError for an invalid proxy.
        """
        # A plain dict keeps the case of names, which the mapping of some systems doesn't.
        env = dict(environ)
        proxies: list[_Rule] = []
        for scheme, name in (("http", "http_proxy"), ("https", "https_proxy"), ("", "all_proxy")):
            found = _variable(env, name)
            if found is not None:
                proxies.append(_Rule(_Place(scheme), _choice_of_text(*found)))
        if not proxies:
            return None
        return cls(_bypasses(env) + proxies)

    def choose(self, url: URL) -> Choice:
        """Return the proxy for a URL, or none, and why."""
        for rule in self._rules:
            if rule.place.holds(url):
                return rule.choice
        return Choice(None, "no proxy is named for it")


# --- the caller's ---


def _choice(given: object, source: str) -> Choice:
    if given is None:
        return Choice(None, f"set by {source}")
    if isinstance(given, Proxy):
        proxy = given
    elif isinstance(given, str | URL):
        proxy = Proxy(given)
    else:
        raise ConfigError(option="proxy", given=shown(given), allowed=PROXY_ALLOWED)
    return Choice(proxy, f"{source} names {proxy.url}")


def _place_of(pattern: object) -> _Place:
    found = _PATTERN.fullmatch(pattern) if isinstance(pattern, str) else None
    if found is None:
        raise _no_pattern(pattern)
    scheme = "" if found[1].lower() == "all" else found[1].lower()
    rest = found[2].removesuffix("/")
    if rest in {"", "*"}:
        return _Place(scheme)
    below = rest.startswith("*.")
    try:
        host, port = host_and_port(rest[2:] if below else rest)
    except InvalidURL as error:
        raise _no_pattern(pattern) from error
    return _Place(scheme, host.removesuffix("."), below=below, itself=not below, port=port)


def _no_pattern(pattern: object) -> ConfigError:
    # The text may be a URL with a password, where a pattern should be.
    given = shown(pattern if not isinstance(pattern, str) else pattern.rpartition("@")[2])
    return ConfigError(option="proxy", given=f"the pattern {given}", allowed=PATTERN_ALLOWED)


# --- the environment's ---


def _variable(env: Mapping[str, str], name: str) -> tuple[str, str] | None:
    """Return name and value of a variable that is set and not empty."""
    upper = name.upper()
    if name in env:
        # An empty lower-case variable disables the proxy, and overrides the upper-case one.
        return (name, env[name]) if env[name].strip() else None
    if name == "http_proxy" and "REQUEST_METHOD" in env:
        # CGI hands the request's own header Proxy over as HTTP_PROXY (CVE-2016-5385, "httpoxy").
        return None
    value = env.get(upper, "")
    return (upper, value) if value.strip() else None


def _choice_of_text(name: str, value: str) -> Choice:
    try:
        return _choice(value, name)
    except ConfigError as error:
        raise ConfigError(option=name, given=error.given, allowed=error.allowed) from None


def _bypasses(env: Mapping[str, str]) -> list[_Rule]:
    found = _variable(env, "no_proxy")
    return [] if found is None else _bypassing(*found)


def _bypassing(name: str, value: str) -> list[_Rule]:
    return [
        _Rule(place, Choice(None, f"{name} has {entry!r}"))
        for entry in _SEPARATORS.split(value)
        if entry and (place := _bypass(entry)) is not None
    ]


def _bypass(entry: str) -> _Place | None:
    """Parse an entry of NO_PROXY; None for an entry without a meaning.

    All programs share the variable, and their syntax differs.
    """
    if entry == "*":
        return _Place()
    if "/" in entry:
        try:
            return _Place(network=ipaddress.ip_network(entry, strict=False))
        except ValueError:
            return None
    if (bare := _address(entry)) is not None:
        return _Place(host=str(bare))  # IPv6 addresses are allowed without brackets here.
    only_below = entry.startswith("*.")
    try:
        host, port = host_and_port(entry.removeprefix("*").removeprefix("."))
    except InvalidURL:
        return None
    return _Place(host=host.removesuffix("."), below=True, itself=not only_below, port=port)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    # Most hosts are names, and to find that out by an exception is slow.
    if not (host[-1:].isdigit() or ":" in host):
        return None
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
