"""What goes wrong in a run, and when: a function of the seed. Nothing here does I/O.

Troubles come in rounds, in which each kind occurs once, in an order that the seed decides. Between
two there is time to recover. In some slots, two troubles happen together.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

WARM_UP_S: Final = 8.0
COOL_DOWN_S: Final = 8.0
# From the start of a trouble to the start of the next one; the trouble lasts up to `LASTS_MAX_S`.
SLOT_S: Final = 11.0
SHORT_SLOT_S: Final = 4.0
LASTS_S: Final = (1.0, 3.0)
TOGETHER: Final = 0.2

SERVER_TROUBLES: Final = (
    "nginx-reload",
    "nginx-restart",
    "nginx-worker-kill",
    "haproxy-reload",
    "haproxy-kill",
    "rolling-restart",
    "upstream-kill",
    "upstream-freeze",
    "upstream-slow",
    "upstream-silent",
    "upstream-cut",
    "upstream-reset",
    "upstream-close",
    "upstream-busy",
    "certificate-rotates",
    "certificate-expires",
    "proxy-kill",
)
NETWORK_TROUBLES: Final = ("loss-1", "loss-5", "partition")
PROCESS_TROUBLES: Final = (
    "dns-changes",
    "dns-fails",
    "dns-hangs",
    "descriptors",
    "executor",
    "stalls",
    "cancellation",
    "clients-closed",
    "fork",
    "clock",
)
ALL: Final = (*SERVER_TROUBLES, *NETWORK_TROUBLES, *PROCESS_TROUBLES)
# What has to be there for a trouble, beside nginx and the upstreams.
NEEDS: Final = {
    "haproxy-reload": "haproxy",
    "haproxy-kill": "haproxy",
    "proxy-kill": "proxy",
    **dict.fromkeys(NETWORK_TROUBLES, "namespace"),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One trouble; times are seconds from the start of the run."""

    at_s: float
    kind: str
    lasts_s: float


def script(
    seed: int, minutes: float, missing: Collection[str] = (), only: Collection[str] = ALL
) -> list[Trouble]:
    """The troubles of a run in their order, without those that need something missing."""
    random = Random(f"{seed}/script")
    end_s = minutes * 60 - COOL_DOWN_S
    slot_s = SHORT_SLOT_S if minutes < 5 else SLOT_S
    kinds, troubles, at_s = _rounds(random, missing, only), list[Trouble](), WARM_UP_S
    while at_s + slot_s <= end_s:
        for _ in range(2 if random.random() < TOGETHER else 1):
            lasts_s = round(random.uniform(*LASTS_S) * min(1.0, slot_s / SLOT_S * 2), 2)
            troubles.append(Trouble(round(at_s, 2), next(kinds), lasts_s))
        at_s += slot_s
    return troubles


def _rounds(random: Random, missing: Collection[str], only: Collection[str]) -> Iterator[str]:
    usable = [kind for kind in ALL if kind in only and NEEDS.get(kind) not in missing]
    if not usable:
        raise ValueError("no trouble is left")
    while True:
        yield from random.sample(usable, len(usable))


def pending(troubles: list[Trouble], done_until_s: float) -> list[Trouble]:
    """The troubles that are left when a run is continued."""
    return [trouble for trouble in troubles if trouble.at_s >= done_until_s]
