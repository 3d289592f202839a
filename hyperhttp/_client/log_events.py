"""Writes the events of a client to loggers of the standard library.

No line has a secret, a control character or the value of a query. Fields for formatters are in
`extra`, with the names of OpenTelemetry's conventions.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, final

from hyperhttp._base._generated.events import (
    AttemptFailed,
    AttemptStarted,
    BodyEnded,
    CallEnded,
    ConnectionClosed,
    ConnectionOpened,
    RequestSent,
    ResponseStarted,
)
from hyperhttp._base.printable import printable
from hyperhttp._base.sensitive import is_sensitive_header, mask_parameters
from hyperhttp._message.headers.headers import raw_text
from hyperhttp._message.request.request import Request
from hyperhttp._message.url.url import URL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hyperhttp._base._generated.events import Event, EventHandler
    from hyperhttp._base.facts import RequestFacts

__all__ = ["log_breaker", "log_retry", "log_unclosed", "writer_of_logs"]

_CALL: Final = logging.getLogger("hyperhttp.call")
_RETRY: Final = logging.getLogger("hyperhttp.retry")
_BREAKER: Final = logging.getLogger("hyperhttp.breaker")
_CONNECTION: Final = logging.getLogger("hyperhttp.connection")
_WIRE: Final = logging.getLogger("hyperhttp.wire")
_MASK: Final = "***"

# The application decides whether anything is written.
logging.getLogger("hyperhttp").addHandler(logging.NullHandler())


def writer_of_logs() -> EventHandler | None:
    """Return what writes events to the loggers; None if those of events are off."""
    if any(one.isEnabledFor(logging.DEBUG) for one in (_CALL, _CONNECTION, _WIRE)):
        return _Writer().write
    return None


def log_retry(request: Request, delay_s: float, reason: str) -> None:
    """Write that a request will be retried, and why."""
    if _RETRY.isEnabledFor(logging.INFO):
        text = "retry of %s in %.3g s: %s"
        _RETRY.info(text, _target(request), delay_s, printable(reason), extra=_of(request))


def log_breaker(origin: str, before: str, after: str) -> None:
    """Write that a circuit breaker has changed its state."""
    text = "circuit breaker of %s: %s, was %s"
    now, earlier = after.replace("_", " "), before.replace("_", " ")
    _BREAKER.warning(text, origin, now, earlier, extra=_server(origin))


def log_unclosed(client: object) -> None:
    """Write that a client was dropped without being closed."""
    _CONNECTION.warning("%s was dropped without being closed", type(client).__name__)


@final
class _Writer:
    """Writes the events of one client; what a line needs of earlier events is kept until then."""

    __slots__ = ("_bodies", "_sending", "_versions")

    def __init__(self) -> None:
        self._sending: dict[tuple[int, int], RequestFacts] = {}
        self._versions: dict[int, str] = {}
        self._bodies: dict[int, int] = {}

    def write(self, event: Event) -> None:
        """Write an event, if its logger is enabled."""
        match event:
            case AttemptStarted():
                self._sending[event.call_id, event.attempt] = event.request
            case RequestSent():
                _log_request(self._sending[event.call_id, event.attempt])
            case ResponseStarted():
                self._versions[event.call_id] = event.http_version
                _log_response(event)
            case BodyEnded():
                self._bodies[event.call_id] = event.wire_bytes
                self._sending.pop((event.call_id, event.attempt), None)
            case AttemptFailed():
                self._sending.pop((event.call_id, event.attempt), None)
            case CallEnded():
                version = self._versions.pop(event.call_id, "")
                _log_call(event, version, self._bodies.pop(event.call_id, 0))
            case ConnectionOpened():
                _log_opened(event)
            case ConnectionClosed():
                _log_closed(event)
            case _:
                pass


def _log_call(event: CallEnded, version: str, wire_bytes: int) -> None:
    if not _CALL.isEnabledFor(logging.DEBUG):
        return
    extra: dict[str, object] = {
        **_of(event.request),
        "http.request.resend_count": max(0, event.attempt - 1),
        "hyperhttp.call.duration": event.duration_s,
        "hyperhttp.call.wire_bytes": wire_bytes,
    }
    result = "no response"
    if event.status_code is not None:
        result = f"{event.status_code} {version}".rstrip()
        extra["http.response.status_code"] = event.status_code
    if version:
        extra["network.protocol.version"] = version.removeprefix("HTTP/")
    if event.error is not None:
        extra["error.type"] = type(event.error).__name__
        result = f"{result} ({type(event.error).__name__})"
    _CALL.debug(
        "%s: %s, %.1f ms, %d bytes, attempts: %d",
        _target(event.request),
        result,
        event.duration_s * 1e3,
        wire_bytes,
        event.attempt,
        extra=extra,
    )


def _log_opened(event: ConnectionOpened) -> None:
    if _CONNECTION.isEnabledFor(logging.DEBUG):
        text = "connection %d to %s opened in %.1f ms"
        extra = {**_server(event.origin), **_peer(event.peer)}
        number, opened_ms = event.connection_id, event.duration_s * 1e3
        _CONNECTION.debug(text, number, event.origin, opened_ms, extra=extra)


def _log_closed(event: ConnectionClosed) -> None:
    if _CONNECTION.isEnabledFor(logging.DEBUG):
        _CONNECTION.debug(
            "connection %d to %s closed: %s, after %.1f s and %d requests",
            event.connection_id,
            event.origin,
            event.reason,
            event.duration_s,
            event.requests,
            extra=_server(event.origin),
        )


def _log_request(request: RequestFacts) -> None:
    if _WIRE.isEnabledFor(logging.DEBUG):
        headers = [*request.headers.items()]
        if isinstance(request, Request):  # the property would create a mapping that slows it down
            headers = raw_text(request._current_headers())  # pyright: ignore[reportPrivateUsage]
        _WIRE.debug("> %s %s", _target(request), _shown(headers), extra=_of(request))


def _log_response(event: ResponseStarted) -> None:
    if _WIRE.isEnabledFor(logging.DEBUG):
        pairs = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in event.head.fields]
        extra = {**_server(event.origin), "http.response.status_code": event.status_code}
        _WIRE.debug("< %d %s %s", event.status_code, event.http_version, _shown(pairs), extra=extra)


def _shown(headers: Iterable[tuple[str, str]]) -> str:
    """Return headers on one line, without secrets and values of queries."""
    return "; ".join([f"{printable(name)}: {_shown_value(name, value)}" for name, value in headers])


def _shown_value(name: str, value: str) -> str:
    if is_sensitive_header(name.lower()):
        return _MASK
    before, mark, _ = value.partition("?")
    return printable(mask_parameters(f"{before}?{_MASK}" if mark else value))


def _target(request: RequestFacts) -> str:
    """Return method, origin and path, without query."""
    url = request.url
    return printable(f"{request.method} {url.origin}{mask_parameters(url.path)}")


def _of(request: RequestFacts) -> dict[str, object]:
    return {
        "http.request.method": request.method,
        **_server(request.url.origin),
        "url.path": printable(mask_parameters(request.url.path)),
    }


def _server(origin: str) -> dict[str, object]:
    url = URL(origin)
    return {
        "server.address": url.host,
        "server.port": url.effective_port,
        "url.scheme": url.scheme,
    }


def _peer(peer: str | None) -> Mapping[str, object]:
    """Return host and port of an address such as "192.0.2.1:443"."""
    host, colon, port = (peer or "").rpartition(":")
    if not (colon and port.isdigit()):
        return {}
    return {"network.peer.address": host.strip("[]"), "network.peer.port": int(port)}
