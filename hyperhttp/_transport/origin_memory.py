"""The protocols and limits that a client has learned about the servers of its origins."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    from hyperhttp._base._generated.client_config import ClientConfig

HTTP1: Final = "http/1.1"
HTTP2: Final = "h2"
# Origins that are remembered; a forgotten one is learned again.
KNOWN_MAX: Final = 4096


@final
class OriginMemory:
    """The protocols and stream limits of origins, by the keys of the pool."""

    __slots__ = ("_alpn", "_capacities", "_http1_only", "may_use_http1")

    def __init__(self, config: ClientConfig, *, has_own_context: bool) -> None:
        self._alpn = _alpn_protocols(config.http2)
        self._http1_only: OrderedDict[str, int] = OrderedDict()
        self._capacities: OrderedDict[str, int] = OrderedDict()
        self.may_use_http1: bool = len(self._alpn) > 1 and not has_own_context
        """True if HTTP/1.1 can take the place of HTTP/2. A context of the caller sets its ALPN."""

    def alpn(self, key: str) -> tuple[str, ...]:
        """Return the protocols to offer by ALPN, in order of preference (RFC 7301 3.1)."""
        return (HTTP1,) if key in self._http1_only else self._alpn

    def may_use_http2(self, key: str) -> bool:
        """Return whether HTTP/2 may be negotiated, so that one connection may be enough."""
        return self._alpn == (HTTP2,) or (HTTP2 in self._alpn and key.startswith("https:"))

    def require_http1(self, key: str) -> None:
        """Offer only HTTP/1.1 from now on (RFC 9113 7, HTTP_1_1_REQUIRED)."""
        _remember(self._http1_only, key, 1)

    def learn_capacity(self, key: str, capacity: int) -> None:
        """Remember how many streams the server allows; 0 is a passing state."""
        if capacity and self._capacities.get(key) != capacity:
            _remember(self._capacities, key, capacity)

    def capacity(self, key: str) -> int | None:
        """Return how many streams the server allowed on its last connection; None if unknown."""
        return self._capacities.get(key)


def _remember(known: OrderedDict[str, int], key: str, value: int) -> None:
    known[key] = value
    known.move_to_end(key)
    if len(known) > KNOWN_MAX:
        known.popitem(last=False)


def _alpn_protocols(http2: object) -> tuple[str, ...]:
    match http2:
        case False:
            return (HTTP1,)
        case "prior-knowledge":
            return (HTTP2,)
        case _:
            return (HTTP2, HTTP1)
