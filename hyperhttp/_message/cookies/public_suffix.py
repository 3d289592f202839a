"""Public suffixes: domains such as "co.uk" below which independent owners register names.

A server must not set a cookie for one, because all its subdomains would get it (RFC 6265bis 5.7).
The extra `cookies` contains the list. Without it, only top-level domains are public suffixes.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Protocol

from hyperhttp._base.optional_modules import optional_module

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["is_public_suffix", "is_same_site"]


class _PublicSuffixList(Protocol):
    """The used methods of publicsuffixlist."""

    def publicsuffix(self, domain: str, /) -> str | None: ...


def is_same_site(host: str, other: str) -> bool:
    """Return whether two hosts are below one registrable domain; an address is its own site.

    Without the list, only hosts above and below each other are. Both are in lower case ASCII.
    """
    host, other = host.removesuffix("."), other.removesuffix(".")
    if host == other:
        return True
    if _is_address(host) or _is_address(other):
        return False
    shared = _shared_domain(host, other)
    if not shared or is_public_suffix(shared):
        return False
    return _judge() is not None or shared in {host, other}


def _is_address(host: str) -> bool:
    return ":" in host or host.rpartition(".")[2].isdigit()


def _shared_domain(host: str, other: str) -> str:
    """Return the labels that both names end with."""
    pairs = zip(reversed(host.split(".")), reversed(other.split(".")), strict=False)
    shared = [label for label, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
    return ".".join(reversed(shared))


@lru_cache(maxsize=1024)
def is_public_suffix(domain: str) -> bool:
    """Return True if a domain, in lower-case ASCII, is a public suffix. A final dot is ignored."""
    domain = domain.removesuffix(".")
    if "." not in domain:
        return True
    judge = _judge()
    return judge is not None and judge(domain)


@cache
def _judge() -> Callable[[str], bool] | None:
    library = optional_module("publicsuffixlist")  # 30 ms that few programs need
    if library is None:
        return None
    suffixes: _PublicSuffixList = library.PublicSuffixList(accept_unknown=False)
    return lambda domain: suffixes.publicsuffix(domain) == domain
