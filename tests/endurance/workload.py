"""The requests of a run, each a function of the seed and its number; nothing here does I/O.

The token of a request is part of its URL, and comes back in its response. The bodies are made of
the token, so each side can compute what the other has to send.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from random import Random
from typing import Final

KIB: Final = 1024
# How many of 100 requests are of each kind, and the sizes of their bodies.
SHARES: Final = {
    "get": 58,
    "wait": 8,
    "post": 16,
    "keyed": 5,
    "upload": 4,
    "download": 4,
    "events": 5,
}
SIZES: Final = {
    "get": (0, 24 * KIB),
    "wait": (1, 2 * KIB),
    "post": (1, 4 * KIB),
    "keyed": (1, 4 * KIB),
    "upload": (32 * KIB, 200 * KIB),
    "download": (100 * KIB, 500 * KIB),
    "events": (3, 9),
}
# A server may process these once only: they are counted there.
AT_MOST_ONCE: Final = frozenset({"post", "upload"})
# If its connection to an upstream breaks, haproxy refuses the stream (REFUSED_STREAM), though the
# upstream may have processed the request. Clients may retry such streams (RFC 9113 8.7).
REFUSES_PROCESSED: Final = "haproxy"


@dataclass(frozen=True, slots=True)
class Planned:
    """One request: what it asks for, where, and with which client."""

    token: str
    kind: str
    route: str
    retries: bool
    size: int
    """The bytes of its body, or of the response's; the number of events."""

    @property
    def path(self) -> str:
        """The path of its URL."""
        return f"/{self.kind}/{self.token}/{self.size}"


def planned(seed: int, prefix: str, number: int, routes: tuple[str, ...]) -> Planned:
    """The request with this number; `prefix` keeps the tokens of several processes apart."""
    random = Random(f"{seed}/{prefix}/{number}")
    (kind,) = random.choices(list(SHARES), list(SHARES.values()))
    route = random.choice(routes)
    return Planned(
        token=f"{prefix}-{number}-{route}-{kind}",
        kind=kind,
        route=route,
        retries=random.random() < 0.5,
        size=random.randint(*SIZES[kind]),
    )


def kind_of(token: str) -> str:
    """The kind of the request that has this token."""
    return token.rpartition("-")[2]


def route_of(token: str) -> str:
    """The route of the request that has this token."""
    return token.split("-")[-2]


def body_of(token: str, size: int) -> bytes:
    """The body with this token: its lines repeat it, so that a piece of another one is seen."""
    line = f"{token}\n".encode()
    return (line * (size // len(line) + 1))[:size]


def digest_of(body: bytes) -> str:
    """The digest that a response carries."""
    return hashlib.sha256(body).hexdigest()
