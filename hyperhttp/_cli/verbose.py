"""The output of `--verbose` on stderr, from the events of the client: requests, responses, times.

`>` marks what was sent, `<` what was received, `*` other information. Secrets are masked.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TypeAlias, final

from hyperhttp import (
    AttemptFailed,
    AttemptStarted,
    BodyEnded,
    CallEnded,
    CallStarted,
    Connected,
    ConnectionOpened,
    NameResolved,
    PoolWaited,
    RequestSent,
    ResponseStarted,
    RetryScheduled,
    TLSReady,
    TunnelEstablished,
)
from hyperhttp._base.sensitive import mask_parameters
from hyperhttp._cli.show import field_lines, status_line
from hyperhttp._cli.terminal import Colors, escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hyperhttp import ConnectionInfo, Event, HyperHTTPError, Response
    from hyperhttp._base.facts import RequestFacts

__all__ = ["VerboseReporter", "milliseconds"]

Step: TypeAlias = NameResolved | Connected | TunnelEstablished | TLSReady

_STEPS: Final[dict[type[Step], str]] = {
    NameResolved: "dns",
    Connected: "connect",
    TunnelEstablished: "proxy",
    TLSReady: "tls",
}


@final
class _Attempt:
    """An attempt until its request was printed."""

    def __init__(self, request: RequestFacts, started: float) -> None:
        self.request = request
        self.started = started
        self.is_shown = False
        self.waited: PoolWaited | None = None
        self.steps: list[Step] = []


@final
class VerboseReporter:
    """Prints what happens. Pass it as `on_event`, and call its methods with the results."""

    def __init__(self, colors: Colors) -> None:
        self._colors = colors
        self._attempts: dict[tuple[int, int], _Attempt] = {}
        self._connections: dict[int, ConnectionOpened] = {}
        self._body: BodyEnded | None = None
        self._started: float | None = None
        self._ended = 0.0

    def __call__(self, event: Event) -> None:
        """Print an event, or keep what a later line needs of it."""
        match event:
            case CallStarted():
                self._started = event.time if self._started is None else self._started
            case CallEnded():
                self._ended = event.ended
            case ConnectionOpened():
                self._connections[event.connection_id] = event
            case RetryScheduled():
                self._write([f"* attempt {event.attempt}: {escape_controls(event.reason)}"])
            case AttemptStarted():
                attempt = _Attempt(event.request, event.time)
                self._attempts[event.call_id, event.attempt] = attempt
            case _:
                self._note_phase(event)

    def response_received(self, response: Response) -> None:
        """Print the certificates of the connections that were opened for a response."""
        for hop in (*response.history, response):
            if hop.connection is not None and not hop.connection.is_reused:
                self._write([*_certificate(hop.connection)])

    def body_received(self, response: Response) -> None:
        """Print the size of the body, the trailers and the times."""
        lines = [
            *self._marked(
                "<", field_lines(response.trailers.multi_items(), self._colors, masks=True)
            )
        ]
        if self._body is not None and self._started is not None:
            took = milliseconds(self._body.duration_s)
            total = milliseconds(self._ended - self._started)
            lines.append(
                f"* body: {self._body.body_bytes} bytes on the wire in {took}, all in {total}"
            )
        self._write(lines)

    def request_failed(self, error: HyperHTTPError) -> None:
        """Print what is known about a request that failed."""
        phase = [] if error.phase is None else [f"* failed in phase {error.phase}"]
        self._write([*phase, *([f"* {error.hint}"] if error.hint else [])])

    def _note_phase(self, event: Event) -> None:
        if isinstance(event, (BodyEnded, AttemptFailed)):
            attempt = self._attempts.pop((event.call_id, event.attempt))
            if isinstance(event, BodyEnded):
                self._body = event
            else:
                failed = (
                    f"failed after {milliseconds(event.duration_s)}: {type(event.error).__name__}"
                )
                self._write([*self._request(attempt), f"* attempt {event.attempt} {failed}"])
        elif isinstance(event, (NameResolved, Connected, TunnelEstablished, TLSReady)):
            self._attempts[event.call_id, event.attempt].steps.append(event)
        elif isinstance(event, PoolWaited):
            self._attempts[event.call_id, event.attempt].waited = event
        elif isinstance(event, (RequestSent, ResponseStarted)):
            attempt = self._attempts[event.call_id, event.attempt]
            self._write([*self._request(attempt)])
            if isinstance(event, ResponseStarted):
                self._write([*self._headers(attempt, event)])

    def _headers(self, attempt: _Attempt, event: ResponseStarted) -> Iterator[str]:
        colors, head = self._colors, event.head
        fields = [
            (name.decode("latin-1").lower(), one.decode("latin-1")) for name, one in head.fields
        ]
        status = status_line(event.http_version, event.status_code, head.reason_phrase, colors)
        yield from self._marked("<", [status, *field_lines(fields, colors, masks=True)])
        elapsed = milliseconds(event.ended - attempt.started)
        waited = milliseconds(event.duration_s)
        yield f"* headers after {elapsed}, {waited} of them waiting for the server"

    def _request(self, attempt: _Attempt) -> Iterator[str]:
        """Return the lines of the request and of its connection, unless they were printed."""
        if attempt.is_shown:
            return
        attempt.is_shown = True
        waited, request = attempt.waited, attempt.request
        opened = None
        if waited is not None and waited.connection_id is not None:
            opened = self._connections[waited.connection_id]
            yield from _connection(opened, attempt.steps, is_reused=waited.reused)
        version = "" if opened is None else opened.http_version
        path, query = request.url.path or "/", request.url.query
        target = mask_parameters(f"{path}?{query}" if query else path)
        line = f"{request.method} {target} {version}".rstrip()
        fields = field_lines(request.headers.items(), self._colors, masks=True)
        yield from self._marked(">", [line, *fields])

    def _marked(self, mark: str, lines: Iterable[str]) -> Iterator[str]:
        return (f"{self._colors('dim', mark)} {line}" for line in lines)

    def _write(self, lines: Sequence[str]) -> None:
        sys.stderr.write("".join(f"{line}\n" for line in lines))
        sys.stderr.flush()


def _connection(
    opened: ConnectionOpened, steps: Sequence[Step], *, is_reused: bool
) -> Iterator[str]:
    where = opened.peer or "a connection without an address"
    if is_reused:
        yield f"* {where}, used before"
        return
    shown = ", ".join(f"{_STEPS[type(one)]} {milliseconds(one.duration_s)}" for one in steps)
    yield f"* {where}{f' ({shown})' if shown else ''}"
    for tls in steps:
        if isinstance(tls, TLSReady):
            yield f"* {tls.version}, {tls.cipher}, ALPN {tls.alpn or 'not used'}"


def _certificate(connection: ConnectionInfo) -> Iterator[str]:
    tls = connection.tls
    if tls is None:
        return
    if tls.subject is None:
        yield "* certificate: not checked"
        return
    expires = "" if tls.expires is None else f", expires {tls.expires:%Y-%m-%d}"
    issuer = escape_controls(tls.issuer or "unknown")
    yield f"* certificate of {escape_controls(tls.subject)}, by {issuer}{expires}"


def milliseconds(seconds: float) -> str:
    """Return a readable time: `4.2 ms`, `1.50 s`."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
