"""What tests of code that uses hyperhttp want: servers in memory, tapes, faults, and a clock.

All above the socket is the real client; only the network is replaced. Names are loaded when they
are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hyperhttp._network.transport import Endpoint, Transport
    from hyperhttp.testing._asgi import ASGIError, ASGITransport
    from hyperhttp.testing._cassette import Cassette, CassetteMode, MatchOn, UnrecordedRequest
    from hyperhttp.testing._clock import InstantLoop, run_instantly
    from hyperhttp.testing._conversation import NeedsHTTP2
    from hyperhttp.testing._faults import (
        BadChunk,
        Bomb,
        Delay,
        Drip,
        Fault,
        Garbage,
        GoAway,
        Hang,
        Refuse,
        RefuseStream,
        Reset,
        ResetStream,
        Truncate,
    )
    from hyperhttp.testing._faulty import FaultChoice, FaultyTransport
    from hyperhttp.testing._lifespan import (
        ASGIApp,
        ASGIMessage,
        ASGIReceive,
        ASGISend,
        LifespanError,
    )
    from hyperhttp.testing._message import Answer, Handler, MockRequest, MockResponse
    from hyperhttp.testing._mock import MockInput, MockTransport
    from hyperhttp.testing._router import Matchers, Route, Router, UnmatchedRequest

__all__ = [
    "ASGIApp",
    "ASGIError",
    "ASGIMessage",
    "ASGIReceive",
    "ASGISend",
    "ASGITransport",
    "Answer",
    "BadChunk",
    "Bomb",
    "Cassette",
    "CassetteMode",
    "Delay",
    "Drip",
    "Endpoint",
    "Fault",
    "FaultChoice",
    "FaultyTransport",
    "Garbage",
    "GoAway",
    "Handler",
    "Hang",
    "InstantLoop",
    "LifespanError",
    "MatchOn",
    "Matchers",
    "MockInput",
    "MockRequest",
    "MockResponse",
    "MockTransport",
    "NeedsHTTP2",
    "Refuse",
    "RefuseStream",
    "Reset",
    "ResetStream",
    "Route",
    "Router",
    "Transport",
    "Truncate",
    "UnmatchedRequest",
    "UnrecordedRequest",
    "run_instantly",
]

_HOMES: Final = {
    "_asgi": ("ASGIError", "ASGITransport"),
    "_cassette": ("Cassette", "CassetteMode", "MatchOn", "UnrecordedRequest"),
    "_clock": ("InstantLoop", "run_instantly"),
    "_conversation": ("NeedsHTTP2",),
    "_faults": (
        "BadChunk",
        "Bomb",
        "Delay",
        "Drip",
        "Fault",
        "Garbage",
        "GoAway",
        "Hang",
        "Refuse",
        "RefuseStream",
        "Reset",
        "ResetStream",
        "Truncate",
    ),
    "_faulty": ("FaultChoice", "FaultyTransport"),
    "_lifespan": ("ASGIApp", "ASGIMessage", "ASGIReceive", "ASGISend", "LifespanError"),
    "_message": ("Answer", "Handler", "MockRequest", "MockResponse"),
    "_mock": ("MockInput", "MockTransport"),
    "_router": ("Matchers", "Route", "Router", "UnmatchedRequest"),
}
_MODULES: Final = {name: f"{__name__}.{home}" for home, names in _HOMES.items() for name in names}
_MODULES.update(dict.fromkeys(("Endpoint", "Transport"), "hyperhttp._network.transport"))


def __getattr__(name: str) -> object:
    home = _MODULES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
