"""OpenTelemetry: spans, metrics and propagation, by the semantic conventions for HTTP.

    import hyperhttp.otel

    hyperhttp.otel.instrument(client)

It needs the extra `otel`, which is `opentelemetry-api` alone. It is made of the events of a client
(`on_event`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, cast, final
from weakref import WeakKeyDictionary

from hyperhttp._base._generated.errors import ConfigError, HyperHTTPError
from hyperhttp._base._generated.events import (
    AttemptFailed,
    AttemptStarted,
    BodyEnded,
    ResponseStarted,
)
from hyperhttp._base.optional_modules import optional_module
from hyperhttp._base.sensitive import is_sensitive_header, mask_parameters
from hyperhttp._client.connection_metrics import ConnectionMetrics
from hyperhttp._client.observer import EVERY_CLIENT, Observer
from hyperhttp._message.headers.headers import Headers, headers_from_wire, merged_headers
from hyperhttp._message.request.request import Request
from hyperhttp.client import Client
from hyperhttp.sync import SyncClient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import ModuleType
    from typing import TypeAlias

    from hyperhttp._base._generated.events import Event, EventHandler
    from hyperhttp._base.facts import RequestFacts
    from hyperhttp._message.url.url import URL

    Value: TypeAlias = str | int | float | Sequence[str]

__all__ = ["Instrumentation", "instrument", "instrument_all", "uninstrument", "uninstrument_all"]

SCOPE: Final = "hyperhttp"
SCHEMA_URL: Final = "https://opentelemetry.io/schemas/1.44.0"
REDACTED: Final = "REDACTED"
KNOWN_METHODS: Final = frozenset(
    ("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE")
)
DURATION_BUCKETS: Final = (
    *(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75),
    *(1.0, 2.5, 5.0, 7.5, 10.0),
)
ERROR_STATUS: Final = 400
"""Statuses from here on are errors of a client's span."""

_HANDLED: Final = frozenset({AttemptStarted, ResponseStarted, BodyEnded, AttemptFailed})

_before: Final[WeakKeyDictionary[Client, Observer | None]] = WeakKeyDictionary()
"""The observers of instrumented clients before they were instrumented."""
_of_all: Final[list[EventHandler]] = []


def instrument(
    client: Client | SyncClient,
    *,
    tracer_provider: object = None,
    meter_provider: object = None,
    request_headers: Iterable[str] = (),
    response_headers: Iterable[str] = (),
    url_template: Callable[[RequestFacts], str | None] | None = None,
    span_end: Literal["body", "headers"] = "body",
    incubating: bool = False,
) -> None:
    """Create a span for each attempt of a client, record metrics, and propagate the context.

    Args:
        client: The client. Instrumenting it twice has no effect.
        tracer_provider: Provides the tracer; the global provider by default.
        meter_provider: Provides the meter; the global provider by default.
        request_headers: Names of request headers to record.
        response_headers: Names of response headers to record.
        url_template: Returns the template of a request's URL, such as "/users/{id}", for
            `incubating`. By default it is `request.extensions["url_template"]`.
        span_end: When spans end: with the body, or with the response headers.
        incubating: Whether to add what the conventions may still change: `url.template`, sizes of
            bodies, active requests, and open connections and their durations.

    Raises:
        ConfigError: `opentelemetry-api` isn't installed.
    """
    inner = client._client if isinstance(client, SyncClient) else client  # pyright: ignore[reportPrivateUsage]
    if inner in _before:
        return
    handler = Instrumentation(
        tracer_provider=tracer_provider,
        meter_provider=meter_provider,
        request_headers=request_headers,
        response_headers=response_headers,
        url_template=url_template,
        span_end=span_end,
        incubating=incubating,
    )
    observer = _before[inner] = inner._observer  # pyright: ignore[reportPrivateUsage]
    handlers: list[EventHandler] = [handler]
    if observer is not None:
        handlers.append(observer.emit)
    inner._observer = Observer.all_of(handlers)  # pyright: ignore[reportPrivateUsage]


def uninstrument(client: Client | SyncClient) -> None:
    """Undo `instrument`. Calls that are running complete their spans."""
    inner = client._client if isinstance(client, SyncClient) else client  # pyright: ignore[reportPrivateUsage]
    if inner in _before:
        inner._observer = _before.pop(inner)  # pyright: ignore[reportPrivateUsage]


def instrument_all(
    *,
    tracer_provider: object = None,
    meter_provider: object = None,
    request_headers: Iterable[str] = (),
    response_headers: Iterable[str] = (),
    url_template: Callable[[RequestFacts], str | None] | None = None,
    span_end: Literal["body", "headers"] = "body",
    incubating: bool = False,
) -> None:
    """Instrument all clients that are created from now on; the arguments are those above."""
    uninstrument_all()
    handler = Instrumentation(
        tracer_provider=tracer_provider,
        meter_provider=meter_provider,
        request_headers=request_headers,
        response_headers=response_headers,
        url_template=url_template,
        span_end=span_end,
        incubating=incubating,
    )
    EVERY_CLIENT.append(handler)
    _of_all.append(handler)


def uninstrument_all() -> None:
    """Undo `instrument_all` for clients that are created from now on."""
    while _of_all:
        EVERY_CLIENT.remove(_of_all.pop())


class _Span(Protocol):
    def set_attributes(self, attributes: Mapping[str, Value], /) -> None: ...
    def set_status(self, status: object, /) -> None: ...
    def end(self) -> None: ...


@final
class Instrumentation:
    """The event handler behind `instrument`; pass it as `on_event` if you prefer that.

    client = hyperhttp.Client(on_event=hyperhttp.otel.Instrumentation())
    """

    def __init__(
        self,
        *,
        tracer_provider: object = None,
        meter_provider: object = None,
        request_headers: Iterable[str] = (),
        response_headers: Iterable[str] = (),
        url_template: Callable[[RequestFacts], str | None] | None = None,
        span_end: Literal["body", "headers"] = "body",
        incubating: bool = False,
    ) -> None:
        trace, metrics = _module("opentelemetry.trace"), _module("opentelemetry.metrics")
        context = _module("opentelemetry.context")
        self._current_context: Callable[[], Mapping[str, object]] = context.get_current
        names = ("_SUPPRESS_INSTRUMENTATION_KEY", "_SUPPRESS_HTTP_INSTRUMENTATION_KEY")
        keys = [key for name in names if isinstance(key := getattr(context, name, None), str)]
        self._suppressing = ("suppress_instrumentation", *keys)
        self._with_span: Callable[[_Span, object], object] = trace.set_span_in_context
        self._inject: Callable[..., None] = _module("opentelemetry.propagate").inject
        self._client_kind: object = trace.SpanKind.CLIENT
        self._error_status: object = trace.Status(trace.StatusCode.ERROR)
        self._tracer: Any = trace.get_tracer(
            SCOPE, tracer_provider=tracer_provider, schema_url=SCHEMA_URL
        )
        meter = metrics.get_meter(SCOPE, meter_provider=meter_provider, schema_url=SCHEMA_URL)
        self._metrics = _Metrics(meter, incubating=incubating)
        self._request_headers = [name.lower() for name in request_headers]
        self._response_headers = [name.lower() for name in response_headers]
        self._template = (url_template or _template_of) if incubating else None
        self._is_incubating = incubating
        self._ends_with_headers = span_end == "headers"
        self._open: dict[tuple[int, int], _Attempt] = {}

    def __call__(self, event: Event) -> None:
        """Handle an event."""
        if self._metrics.connections is not None:
            self._metrics.connections.note(event)
        if type(event) not in _HANDLED:
            return
        if isinstance(event, AttemptStarted):
            self._start(event)
        elif isinstance(event, ResponseStarted):
            self._respond(event)
        elif isinstance(event, (BodyEnded, AttemptFailed)):
            attempt = self._open.pop((event.call_id, event.attempt), None)
            if attempt is not None:
                self._end(attempt, event)

    def _start(self, event: AttemptStarted) -> None:
        current = self._current_context()
        for key in self._suppressing:
            if current.get(key):
                return
        request = event.request
        common = _common(request)
        attributes: dict[str, Value] = {**common, "url.full": redacted(request.url)}
        name = method = str(common["http.request.method"])
        if method == "_OTHER":
            attributes["http.request.method_original"] = request.method
            name = "HTTP"
        if event.attempt > 1:
            attributes["http.request.resend_count"] = event.attempt - 1
        template = None if self._template is None else self._template(request)
        if template is not None:
            attributes["url.template"] = common["url.template"] = template
            name = f"{name} {template}"
        for header in self._request_headers:
            _record(attributes, "request", header, request.headers.get(header))
        span = self._tracer.start_span(name, current, self._client_kind, attributes)
        carrier: dict[str, str] = {}
        self._inject(carrier, context=self._with_span(span, current))
        if carrier and isinstance(request, Request):
            _add_headers(request, carrier)
        self._open[event.call_id, event.attempt] = _Attempt(span, common, event.time, request)
        self._metrics.active(common, 1)

    def _respond(self, event: ResponseStarted) -> None:
        attempt = self._open.get((event.call_id, event.attempt))
        if attempt is None:
            return
        version = event.http_version.removeprefix("HTTP/")
        result: dict[str, Value] = {
            "http.response.status_code": event.status_code,
            "network.protocol.version": version,
        }
        if event.status_code >= ERROR_STATUS:
            result["error.type"] = str(event.status_code)
            attempt.span.set_status(self._error_status)
        attempt.common.update(result)
        result.update(_peer(event.peer))
        for header in self._response_headers:
            values = [one.decode("latin-1") for one in event.head.values(header.encode())]
            _record(result, "response", header, values)
        attempt.span.set_attributes(result)
        if self._ends_with_headers:
            del self._open[event.call_id, event.attempt]
            self._finish(attempt, event.ended)

    def _end(self, attempt: _Attempt, event: BodyEnded | AttemptFailed) -> None:
        if event.error is not None:
            kind = error_type(event.error)
            attempt.common["error.type"] = kind
            attempt.span.set_attributes({"error.type": kind})
            attempt.span.set_status(self._error_status)
        if self._is_incubating and isinstance(event, BodyEnded):
            self._add_sizes(attempt, event.body_bytes if event.complete else None)
        self._finish(attempt, event.ended)

    def _add_sizes(self, attempt: _Attempt, body_bytes: int | None) -> None:
        sent = attempt.request.headers.get("content-length", "0")
        sizes = {} if body_bytes is None else {"http.response.body.size": body_bytes}
        if sent.isdigit():
            sizes["http.request.body.size"] = int(sent)
        attempt.span.set_attributes(sizes)
        self._metrics.sizes(sizes, attempt.common)

    def _finish(self, attempt: _Attempt, ended: float) -> None:
        self._metrics.active(attempt.common, -1)
        self._metrics.duration(ended - attempt.started, attempt.common)
        attempt.span.end()


@final
class _Attempt:
    __slots__ = ("common", "request", "span", "started")

    def __init__(
        self, span: _Span, common: dict[str, Value], started: float, request: RequestFacts
    ) -> None:
        self.span = span
        self.common = common
        """The attributes of metrics."""
        self.started = started
        self.request = request


@final
class _Metrics:
    """The instruments of one meter."""

    def __init__(self, meter: Any, *, incubating: bool) -> None:
        histogram = meter.create_histogram
        self._duration: Any = histogram(
            "http.client.request.duration",
            unit="s",
            description="Duration of HTTP client requests.",
            explicit_bucket_boundaries_advisory=DURATION_BUCKETS,
        )
        self._active: Any = None
        self.connections: ConnectionMetrics | None = None
        self._sizes: dict[str, Any] = {}
        if incubating:
            self._active = meter.create_up_down_counter(
                "http.client.active_requests",
                unit="{request}",
                description="Number of active HTTP requests.",
            )
            self.connections = ConnectionMetrics(
                meter.create_up_down_counter(
                    "http.client.open_connections",
                    unit="{connection}",
                    description="Number of outbound HTTP connections that are active or idle.",
                ),
                histogram(
                    "http.client.connection.duration",
                    unit="s",
                    description="The duration of the established outbound HTTP connections.",
                    explicit_bucket_boundaries_advisory=DURATION_BUCKETS,
                ),
            )
            for side in ("request", "response"):
                self._sizes[f"http.{side}.body.size"] = histogram(
                    f"http.client.{side}.body.size",
                    unit="By",
                    description=f"Size of HTTP client {side} bodies.",
                )

    def duration(self, seconds: float, attributes: Mapping[str, Value]) -> None:
        """Record the duration of an attempt."""
        self._duration.record(seconds, attributes)

    def active(self, common: Mapping[str, Value], change: int) -> None:
        """Count an attempt that starts or ends."""
        if self._active is not None:
            names = ("http.request.method", "server.address", "server.port", "url.template")
            self._active.add(change, {name: common[name] for name in names if name in common})

    def sizes(self, sizes: Mapping[str, int], common: Mapping[str, Value]) -> None:
        """Record the sizes of the bodies of an attempt."""
        for name, size in sizes.items():
            self._sizes[name].record(size, common)


def redacted(url: object) -> str:
    """Return a URL for `url.full`: without user, password and fragment, and secrets redacted."""
    text = str(cast("URL", url).without_userinfo()).partition("#")[0]
    return mask_parameters(text, REDACTED)


def error_type(error: BaseException) -> str:
    """Return the class of an error, with the module that users import it from."""
    kind = type(error)
    if isinstance(error, HyperHTTPError):
        return f"{SCOPE}.{kind.__name__}"
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _common(request: RequestFacts) -> dict[str, Value]:
    url = cast("URL", request.url)
    method = request.method if request.method in KNOWN_METHODS else "_OTHER"
    return {
        "http.request.method": method,
        "server.address": url.host,
        "server.port": url.effective_port,
    }


def _template_of(request: RequestFacts) -> str | None:
    found = request.extensions.get("url_template") if isinstance(request, Request) else None
    return found if isinstance(found, str) else None


def _record(
    attributes: dict[str, Value], side: str, header: str, value: str | Sequence[str] | None
) -> None:
    """Add a header, as a list of its values; those of sensitive headers are redacted."""
    if value:
        values = [value] if isinstance(value, str) else value
        shown = [REDACTED] if is_sensitive_header(header) else [*map(mask_parameters, values)]
        attributes[f"http.{side}.header.{header}"] = shown


def _peer(peer: str | None) -> Mapping[str, Value]:
    """Return host and port of an address such as "192.0.2.1:443", or the path of a socket."""
    if peer is None:
        return {}
    host, colon, port = peer.rpartition(":")
    if colon and port.isdigit():
        return {"network.peer.address": host.strip("[]"), "network.peer.port": int(port)}
    return {"network.peer.address": peer}


def _add_headers(request: Request, headers: Mapping[str, str]) -> None:
    """Set headers of a request; without creating its mapping, which would slow it down."""
    if request._headers is not None:  # pyright: ignore[reportPrivateUsage]
        request._headers.update(headers)  # pyright: ignore[reportPrivateUsage]
        return
    extra = request._extra  # pyright: ignore[reportPrivateUsage]
    is_plain = all(value.isascii() and value.isprintable() for value in headers.values())
    if is_plain:  # what a constructor would check again
        own = headers_from_wire([(k.encode(), v.encode()) for k, v in headers.items()])
    else:
        own = Headers(headers)
    request._extra = own if extra is None else merged_headers(extra, own)  # pyright: ignore[reportPrivateUsage]


def _module(name: str) -> ModuleType:
    found = optional_module(name)
    if found is None:
        given = "opentelemetry-api isn't installed"
        raise ConfigError(option="otel", given=given, allowed="pip install opentelemetry-api")
    return found
