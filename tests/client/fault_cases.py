"""The fault matrix as data: which faults meet which requests, and what must become of each.

`expected` is the oracle. It is written from RFC 9110, RFC 9112, the documentation of the errors and
the rules for connections, and knows nothing of how the client is built.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from itertools import product
from typing import TYPE_CHECKING

import hyperhttp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hyperhttp import HyperHTTPError


class Fault(Enum):
    """What the server does."""

    NONE = "nothing wrong"
    REFUSE = "refuses the connection"
    RESET = "resets the connection"
    CLOSE = "closes the connection in order"
    CUT = "closes the connection without taking leave of TLS"
    HALF_CLOSE = "sends FIN and goes on reading"
    STALL = "does nothing more"
    GARBAGE = "sends what is not HTTP"
    UNASKED = "sends a whole response that nobody asked for"
    INTERIM = "sends as many interim responses as are allowed"
    ODD = "sends an odd response that is to be accepted"
    TOO_LONG = "announces a chunk of more than 2^63 bytes"
    FLOOD = "sends one interim response too many"
    ENDLESS = "sends fields for ever"
    DRIP = "sends byte by byte, never silent for as long as the limit"
    EARLY_KEEP = "refuses the upload, and keeps the connection open without reading"
    EARLY_CLOSE = "refuses the upload and closes"
    EARLY_RESET = "refuses the upload and resets"
    EARLY_SHORT = "refuses the upload with a body that is cut short"
    EARLY_SUCCESS = "has all it needs, sends a 200, and reads no further"


class Phase(Enum):
    """When it does that."""

    CONNECT = "when the connection is asked for"
    HANDSHAKE = "in the TLS handshake"
    SENDING_HEAD = "while the head of the request is on its way"
    SENDING_BODY = "while the body of the request is on its way"
    BEFORE_REPLY = "when it has the request, before the first byte of the response"
    IN_HEAD = "within the headers of the response"
    IN_BODY = "within a body of known length"
    IN_OPEN_BODY = "within a body that ends with the connection"
    BETWEEN_CHUNKS = "between two chunks of the body"
    AFTER_END = "right after the response"
    IDLE = "while the kept connection is idle, and the client sees it"
    CROSSING = "while the kept connection is idle, and only the client's kernel sees it"


class Body(Enum):
    """What the request carries."""

    NONE = "no body"
    BYTES = "bytes that leave with the head"
    LARGE = "more bytes than the buffers on the way hold"
    REPLAYABLE = "pieces that can be had again"
    ONE_SHOT = "pieces of an async generator"


@dataclass(frozen=True)
class Case:
    """One request that meets one fault."""

    fault: Fault
    phase: Phase
    reused: bool
    method: str
    body: Body
    tls: bool = False

    @property
    def id(self) -> str:
        """Its name in the report of the tests."""
        reused, tls = "reused" if self.reused else "new", "-tls" if self.tls else ""
        return (
            f"{self.phase.name}-{self.fault.name}-{reused}-{self.method}-{self.body.name}{tls}"
        ).lower()


@dataclass(frozen=True)
class Outcome:
    """What becomes of a request; `expected` says it beforehand, the test afterwards."""

    connections: int
    """How many were made, until the caller knew."""
    deliveries: int
    """How often the server saw the request begin."""
    kept: bool
    """Whether the connection of this request serves the next one."""
    error: type[HyperHTTPError] | None = None
    while_reading: bool = False
    """The head of the response was returned; the error came with the body."""
    status: int | None = 200
    received_bytes: int | None = None
    """The fact of a ReadError."""
    limit_s: float | None = None
    """The fact of a timeout."""


# --- what a server sends; the stage and the oracle have to agree on it ---

REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer"
REPLY_TEXT = b"answer"
# What has gone out of a response when the fault strikes.
BEGUN = {
    Phase.BEFORE_REPLY: b"",
    Phase.IN_HEAD: b"HTTP/1.1 200 OK\r\nContent-Le",
    Phase.IN_BODY: b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nans",
    Phase.IN_OPEN_BODY: b"HTTP/1.1 200 OK\r\n\r\nanswer",
    Phase.BETWEEN_CHUNKS: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nans\r\n",
}
CONNECT_S, READ_S, WRITE_S, POOL_S, TOTAL_S = 10.0, 20.0, 30.0, 40.0, 100.0

# --- which cases there are ---

_IDEMPOTENT = {"GET", "HEAD", "PUT", "DELETE"}
_REQUESTS = [
    ("GET", Body.NONE),
    ("HEAD", Body.NONE),
    *product(("PUT", "POST", "DELETE"), Body),
]
_ENDS = (Fault.RESET, Fault.CLOSE, Fault.HALF_CLOSE)
_EARLY_AND_WHOLE = (
    Fault.EARLY_KEEP,
    Fault.EARLY_CLOSE,
    Fault.EARLY_RESET,
    Fault.EARLY_SUCCESS,
)
_EARLY = (*_EARLY_AND_WHOLE, Fault.EARLY_SHORT)
_FAULTS = {
    Phase.CONNECT: (Fault.REFUSE, Fault.STALL),
    Phase.HANDSHAKE: (Fault.RESET, Fault.CLOSE, Fault.STALL, Fault.GARBAGE),
    Phase.SENDING_HEAD: (*_ENDS, Fault.STALL),
    Phase.SENDING_BODY: (*_ENDS, Fault.STALL, Fault.GARBAGE, *_EARLY),
    Phase.BEFORE_REPLY: (
        *_ENDS,
        Fault.STALL,
        Fault.GARBAGE,
        Fault.INTERIM,
        Fault.FLOOD,
        Fault.ODD,
    ),
    Phase.IN_HEAD: (*_ENDS, Fault.STALL, Fault.GARBAGE, Fault.ENDLESS, Fault.DRIP),
    Phase.IN_BODY: (*_ENDS, Fault.STALL, Fault.DRIP),
    Phase.IN_OPEN_BODY: (*_ENDS, Fault.STALL),
    Phase.BETWEEN_CHUNKS: (*_ENDS, Fault.STALL, Fault.GARBAGE, Fault.DRIP, Fault.TOO_LONG),
    Phase.AFTER_END: (*_ENDS, Fault.NONE, Fault.GARBAGE, Fault.UNASKED),
    Phase.IDLE: (*_ENDS, Fault.GARBAGE, Fault.UNASKED),
    Phase.CROSSING: (Fault.RESET, Fault.HALF_CLOSE, Fault.GARBAGE, Fault.UNASKED),
}
_TLS_ENDS = (Fault.RESET, Fault.CLOSE, Fault.CUT)
_TLS_FAULTS = {
    Phase.SENDING_BODY: (*_TLS_ENDS, Fault.STALL, Fault.GARBAGE, *_EARLY_AND_WHOLE),
    Phase.BEFORE_REPLY: (*_TLS_ENDS, Fault.STALL, Fault.GARBAGE, Fault.FLOOD, Fault.ODD),
    Phase.IN_HEAD: (*_TLS_ENDS, Fault.STALL, Fault.DRIP),
    Phase.IN_BODY: (*_TLS_ENDS, Fault.STALL),
    Phase.IN_OPEN_BODY: (*_TLS_ENDS, Fault.STALL),
    Phase.BETWEEN_CHUNKS: (*_TLS_ENDS, Fault.STALL, Fault.DRIP, Fault.TOO_LONG),
    Phase.AFTER_END: (*_TLS_ENDS, Fault.NONE, Fault.UNASKED),
    Phase.IDLE: (*_TLS_ENDS, Fault.UNASKED),
}
_TLS_REQUESTS = (
    ("GET", Body.NONE),
    ("HEAD", Body.NONE),
    ("POST", Body.BYTES),
    ("PUT", Body.LARGE),
    ("POST", Body.LARGE),
    ("PUT", Body.ONE_SHOT),
)
_WITH_BODY = (Phase.IN_BODY, Phase.IN_OPEN_BODY, Phase.BETWEEN_CHUNKS)


def cases() -> Iterator[Case]:
    """All cases that can be, in the clear; and over TLS those that may differ there."""
    for tls, faults, requests in (
        (False, _FAULTS, _REQUESTS),
        (True, _TLS_FAULTS, _TLS_REQUESTS),
    ):
        for phase in faults:
            for fault, reused, request in product(faults[phase], (False, True), requests):
                case = Case(fault, phase, reused, *request, tls=tls)
                if impossible(case) is None:
                    yield case


def impossible(case: Case) -> str | None:
    """Why there is no such case."""
    phase = case.phase
    if phase is Phase.CONNECT and case.reused and case.fault is not Fault.REFUSE:
        return "a port that once responded is never silent on loopback"
    if phase is Phase.HANDSHAKE and case.reused:
        return "the handshake of a kept connection is over"
    if phase in {Phase.IDLE, Phase.CROSSING} and not case.reused:
        return "a new connection was never idle"
    if phase is Phase.SENDING_BODY and case.body in {Body.NONE, Body.BYTES}:
        return "there is no body, or it leaves with the head"
    if phase in _WITH_BODY and case.method == "HEAD":
        return "the response to HEAD has no body"
    return None


# --- the oracle ---


def expected(case: Case) -> Outcome:
    """What the specifications and our own rules say about a case."""
    match case.phase:
        case Phase.CONNECT | Phase.HANDSHAKE:
            return _without_connection(case)
        case Phase.SENDING_HEAD | Phase.SENDING_BODY | Phase.BEFORE_REPLY | Phase.CROSSING:
            return _before_the_reply(case)
        case Phase.IN_HEAD:
            return _in_the_reply(case, while_reading=False)
        case Phase.IN_BODY | Phase.IN_OPEN_BODY | Phase.BETWEEN_CHUNKS:
            return _in_the_reply(case, while_reading=True)
        case Phase.AFTER_END:
            # The response was complete; only an undisturbed connection serves another request.
            return Outcome(1, 1, kept=case.fault is Fault.NONE)
        case Phase.IDLE:
            # The client knows that the connection is gone, so even POST is sent on a new one.
            return Outcome(2, 1, kept=True)


def may_be_sent_again(case: Case) -> bool:
    """RFC 9110 9.2.2: no harm in doing it twice, and the body is still there.

    A source is asked for its first piece once the head is out.
    """
    begun = case.body is Body.ONE_SHOT and case.phase is not Phase.SENDING_HEAD
    return case.method in _IDEMPOTENT and not begun


def _failure(
    case: Case,
    error: type[HyperHTTPError],
    *,
    while_reading: bool = False,
    received: int | None = None,
    limit_s: float | None = None,
) -> Outcome:
    """An error after one try; whatever was under way, its connection is not used again."""
    return Outcome(
        connections=1,
        deliveries=1,
        kept=False,
        error=error,
        while_reading=while_reading,
        status=200 if while_reading else None,
        received_bytes=received,
        limit_s=limit_s,
    )


def _without_connection(case: Case) -> Outcome:
    """Nothing of the request goes out."""
    if case.reused:
        # The kept connection died under the request, and no new one can be had: the caller is told
        # of the connection only if the request would have been sent again.
        if may_be_sent_again(case):
            return _failure(case, hyperhttp.ConnectError)
        return _failure(case, hyperhttp.ReadError, received=0)
    error, limit_s = {
        Fault.REFUSE: (hyperhttp.ConnectError, None),
        Fault.RESET: (hyperhttp.TLSError, None),
        Fault.CLOSE: (hyperhttp.TLSError, None),
        Fault.GARBAGE: (hyperhttp.TLSError, None),
        Fault.STALL: (hyperhttp.ConnectTimeout, CONNECT_S),
    }[case.fault]
    outcome = _failure(case, error, limit_s=limit_s)
    return replace(outcome, deliveries=0, connections=int(case.phase is Phase.HANDSHAKE))


def _before_the_reply(case: Case) -> Outcome:
    fault, sending = case.fault, case.phase in {Phase.SENDING_HEAD, Phase.SENDING_BODY}
    if case.phase is Phase.CROSSING:
        # The kernel is asked before a request goes out. Nothing went out, so nothing is sent twice.
        return Outcome(2, 1, kept=True)
    if fault in {Fault.RESET, Fault.CLOSE, Fault.CUT, Fault.HALF_CLOSE}:
        if case.reused and may_be_sent_again(case):
            return Outcome(2, 2, kept=True)
        if sending:
            return _failure(case, hyperhttp.WriteError)
        if fault in {Fault.RESET, Fault.CUT}:
            return _failure(case, hyperhttp.ReadError, received=0)
        return _failure(case, hyperhttp.RemoteProtocolError)
    if fault is Fault.STALL:
        return _stalled(case)
    if fault in {Fault.INTERIM, Fault.ODD}:
        return Outcome(1, 1, kept=True)
    if fault is Fault.EARLY_SUCCESS:
        return Outcome(1, 1, kept=False)
    if fault is Fault.EARLY_SHORT:
        short = _failure(case, hyperhttp.RemoteProtocolError, while_reading=True)
        return replace(short, status=413)
    if fault in _EARLY:
        # RFC 9112 9.3: what was not sent whole leaves a connection that nobody can use.
        return Outcome(1, 1, kept=False, status=413)
    # Bytes have come: whatever they are, the request is never sent again.
    return _failure(case, hyperhttp.RemoteProtocolError)


def _stalled(case: Case) -> Outcome:
    """A silent server is alive: its request is not sent again, to it or to another."""
    if case.phase is Phase.BEFORE_REPLY:
        return _failure(case, hyperhttp.ReadTimeout, received=0, limit_s=READ_S)
    if case.phase is Phase.SENDING_BODY and case.body is Body.ONE_SHOT:
        # It is the caller's generator that everybody waits for; no phase has a limit for that.
        return _failure(case, hyperhttp.TotalTimeout, limit_s=TOTAL_S)
    return _failure(case, hyperhttp.WriteTimeout, limit_s=WRITE_S)


def _in_the_reply(case: Case, *, while_reading: bool) -> Outcome:
    come = len(BEGUN[case.phase])
    match case.fault:
        case Fault.DRIP:
            return Outcome(1, 1, kept=True)
        case Fault.CLOSE | Fault.HALF_CLOSE if case.phase is Phase.IN_OPEN_BODY:
            # RFC 9112 6.3: this is how such a body ends.
            return Outcome(1, 1, kept=False)
        case Fault.RESET | Fault.CUT:
            return _failure(case, hyperhttp.ReadError, while_reading=while_reading, received=come)
        case Fault.STALL:
            return _failure(
                case,
                hyperhttp.ReadTimeout,
                while_reading=while_reading,
                received=come,
                limit_s=READ_S,
            )
        case _:
            return _failure(case, hyperhttp.RemoteProtocolError, while_reading=while_reading)
