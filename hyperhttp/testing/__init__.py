# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/public.toml and run the command again.
"""Tools for tests of code that uses hyperhttp: in-memory servers, cassettes, faults and a clock.

Only the network is replaced: everything above the socket is the real client. Names are imported at
first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyperhttp._base.lazy_names import lazy_names

if TYPE_CHECKING:
    from hyperhttp._network.transport import Endpoint, Transport
    from hyperhttp.testing._asgi import ASGIError, ASGITransport
    from hyperhttp.testing._cassette import Cassette, CassetteMode, MatchOn, UnrecordedRequest
    from hyperhttp.testing._clock import VirtualTimeLoop, run_virtual_time, virtual_time
    from hyperhttp.testing._conversation import NeedsHTTP2
    from hyperhttp.testing._faults import (
        BadChunk,
        Bomb,
        Delay,
        Fault,
        Garbage,
        GoAway,
        Hang,
        RefuseConnection,
        RefuseStream,
        Reset,
        ResetStream,
        SlowBody,
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
    from hyperhttp.testing._message import Handler, MockRequest, MockResponse, ResponseInput
    from hyperhttp.testing._mock import MockInput, MockTransport
    from hyperhttp.testing._router import Matchers, Route, Router, UnmatchedRequest
    from hyperhttp.testing._wsgi import WSGIApp, WSGIError, WSGITransport

__all__ = [
    "ASGIApp",
    "ASGIError",
    "ASGIMessage",
    "ASGIReceive",
    "ASGISend",
    "ASGITransport",
    "BadChunk",
    "Bomb",
    "Cassette",
    "CassetteMode",
    "Delay",
    "Endpoint",
    "Fault",
    "FaultChoice",
    "FaultyTransport",
    "Garbage",
    "GoAway",
    "Handler",
    "Hang",
    "LifespanError",
    "MatchOn",
    "Matchers",
    "MockInput",
    "MockRequest",
    "MockResponse",
    "MockTransport",
    "NeedsHTTP2",
    "RefuseConnection",
    "RefuseStream",
    "Reset",
    "ResetStream",
    "ResponseInput",
    "Route",
    "Router",
    "SlowBody",
    "Transport",
    "Truncate",
    "UnmatchedRequest",
    "UnrecordedRequest",
    "VirtualTimeLoop",
    "WSGIApp",
    "WSGIError",
    "WSGITransport",
    "run_virtual_time",
    "virtual_time",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy_names(
        __name__,
        {
            "hyperhttp._network.transport": (
                "Endpoint",
                "Transport",
            ),
            "hyperhttp.testing._asgi": (
                "ASGIError",
                "ASGITransport",
            ),
            "hyperhttp.testing._cassette": (
                "Cassette",
                "CassetteMode",
                "MatchOn",
                "UnrecordedRequest",
            ),
            "hyperhttp.testing._clock": (
                "VirtualTimeLoop",
                "run_virtual_time",
                "virtual_time",
            ),
            "hyperhttp.testing._conversation": ("NeedsHTTP2",),
            "hyperhttp.testing._faults": (
                "BadChunk",
                "Bomb",
                "Delay",
                "Fault",
                "Garbage",
                "GoAway",
                "Hang",
                "RefuseConnection",
                "RefuseStream",
                "Reset",
                "ResetStream",
                "SlowBody",
                "Truncate",
            ),
            "hyperhttp.testing._faulty": (
                "FaultChoice",
                "FaultyTransport",
            ),
            "hyperhttp.testing._lifespan": (
                "ASGIApp",
                "ASGIMessage",
                "ASGIReceive",
                "ASGISend",
                "LifespanError",
            ),
            "hyperhttp.testing._message": (
                "Handler",
                "MockRequest",
                "MockResponse",
                "ResponseInput",
            ),
            "hyperhttp.testing._mock": (
                "MockInput",
                "MockTransport",
            ),
            "hyperhttp.testing._router": (
                "Matchers",
                "Route",
                "Router",
                "UnmatchedRequest",
            ),
            "hyperhttp.testing._wsgi": (
                "WSGIApp",
                "WSGIError",
                "WSGITransport",
            ),
        },
    )
