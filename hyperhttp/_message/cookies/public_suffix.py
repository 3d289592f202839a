"""Public suffixes: domains such as "co.uk" below which anybody may have a name of their own.

No server may set a cookie for one, since all its neighbours would get it (RFC 6265bis 5.7). The
list comes with the extra `cookies`; without it only whole top-level domains are known as such.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Protocol

from hyperhttp._base.optional_modules import optional_module

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["is_public_suffix"]


class _PublicSuffixList(Protocol):
    """What is used of publicsuffixlist."""

    def publicsuffix(self, domain: str, /) -> str | None: ...


@lru_cache(maxsize=1024)
def is_public_suffix(domain: str) -> bool:
    """Whether this domain, in lower case ASCII, is nobody's own; a dot at its end counts not."""
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
