# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/ and run the command again.

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
from hyperhttp.testing._lifespan import ASGIApp, ASGIMessage, ASGIReceive, ASGISend, LifespanError
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
    "Matchers",
    "MatchOn",
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
