"""Spans, metrics and propagation, checked with the in-memory exporters of the SDK."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

import hyperhttp
from hyperhttp import Client, SyncClient, otel
from hyperhttp.testing import Hang, MockResponse, MockTransport, Reset, ResetStream
from tests.client.scenarios import serving
from tests.client.secret_corpus import PLACES, REPLIES, SECRET, shows_any_query
from tests.clock import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.servers.certificates import Certificates

pytest.importorskip("opentelemetry.sdk")

from opentelemetry import context, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

URL = "https://example.com/page"
# The attributes of HTTP client spans in the conventions (v1.44), by stability.
STABLE = {
    "error.type",
    "http.request.method",
    "http.request.method_original",
    "http.request.resend_count",
    "http.response.status_code",
    "network.peer.address",
    "network.peer.port",
    "network.protocol.version",
    "server.address",
    "server.port",
    "url.full",
}
INCUBATING = {"url.template", "http.request.body.size", "http.response.body.size"}
SHOWN = [one for one in PLACES if not shows_any_query(one, None)]
REQUIRED = {"http.request.method", "server.address", "server.port", "url.full"}


class Backend:
    """The spans and metrics of a test."""

    def __init__(self) -> None:
        self.exporter = InMemorySpanExporter()
        self.tracers = TracerProvider()
        self.tracers.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.reader = InMemoryMetricReader()
        self.meters = MeterProvider([self.reader])

    @property
    def spans(self) -> list[Any]:
        return [*self.exporter.get_finished_spans()]

    def points(self, name: str) -> list[Any]:
        data = self.reader.get_metrics_data()
        return [
            point
            for resource in (data.resource_metrics if data else ())
            for scope in resource.scope_metrics
            for metric in scope.metrics
            if metric.name == name
            for point in metric.data.data_points
        ]

    def instrument(self, client: Client | SyncClient, **options: Any) -> None:
        otel.instrument(client, tracer_provider=self.tracers, meter_provider=self.meters, **options)


@pytest.fixture
def backend() -> Backend:
    return Backend()


def check_names(spans: list[Any], *, incubating: bool = False) -> None:
    for span in spans:
        assert span.kind is trace.SpanKind.CLIENT
        names = {one for one in span.attributes if ".header." not in one}
        assert names >= REQUIRED
        assert names <= (STABLE | INCUBATING if incubating else STABLE)


async def test_a_request_is_one_client_span(backend: Backend) -> None:
    transport = MockTransport("hello")
    async with Client(transport=transport) as client:
        backend.instrument(client)
        await (await client.get(f"{URL}?a=1#part")).aread()
    (span,) = backend.spans
    check_names([span])
    assert span.name == "GET"
    assert dict(span.attributes) == {
        "http.request.method": "GET",
        "server.address": "example.com",
        "server.port": 443,
        "url.full": f"{URL}?a=1",
        "http.response.status_code": 200,
        "network.protocol.version": "2",
    }
    assert span.status.status_code is trace.StatusCode.UNSET
    assert span.instrumentation_scope.name == "hyperhttp"
    (sent,) = transport.requests
    ids = span.get_span_context()
    assert (
        sent.headers["traceparent"]
        == f"00-{ids.trace_id:032x}-{ids.span_id:016x}-{ids.trace_flags:02x}"
    )


async def test_two_retries_and_a_redirect_are_four_spans_of_one_trace(backend: Backend) -> None:
    moved = MockResponse(302, headers={"Location": "https://b.example.com/x"})
    transport = MockTransport([503, ResetStream(), moved, 200])
    retry = hyperhttp.RetryPolicy(backoff=hyperhttp.Backoff(initial=0.001))
    tracer = backend.tracers.get_tracer("mine")
    async with Client(transport=transport, retry=retry, follow_redirects=True) as client:
        backend.instrument(client)
        with tracer.start_as_current_span("work") as parent:
            await (await client.get(URL)).aread()
    *spans, work = backend.spans
    check_names(spans)
    assert work.name == "work"
    assert {span.parent.span_id for span in spans} == {parent.get_span_context().span_id}
    found = [
        (
            span.attributes.get("http.request.resend_count"),
            span.attributes.get("http.response.status_code"),
            span.attributes.get("error.type"),
            span.attributes["server.address"],
        )
        for span in spans
    ]
    assert found == [
        (None, 503, "503", "example.com"),
        (1, None, "hyperhttp.StreamReset", "example.com"),
        (2, 302, None, "example.com"),
        (3, 200, None, "b.example.com"),
    ]
    errors = [span.status.status_code is trace.StatusCode.ERROR for span in spans]
    assert errors == [True, True, False, False]
    parents = [one.headers["traceparent"] for one in transport.requests]
    assert len({*parents}) == 4
    assert len({one.split("-")[1] for one in parents}) == 1


async def test_the_peer_is_recorded(backend: Backend, certificates: Certificates) -> None:
    async with serving("tls", certificates) as server, Client(verify=certificates.ca) as client:
        backend.instrument(client)
        await (await client.get(server.url("/plain", host="localhost"))).aread()
    (span,) = backend.spans
    assert span.attributes["network.peer.address"] == "127.0.0.1"
    assert span.attributes["network.peer.port"] == server.port
    assert span.attributes["network.protocol.version"] == "1.1"


async def test_chosen_headers_are_recorded_and_secrets_redacted(backend: Backend) -> None:
    reply = MockResponse(200, headers={"X-Id": "7", "Set-Cookie": f"id={SECRET}"})
    async with Client(transport=MockTransport(reply)) as client:
        backend.instrument(
            client,
            request_headers=["X-Trace", "Authorization", "X-Missing"],
            response_headers=["x-id", "set-cookie"],
        )
        headers = {"X-Trace": "1", "Authorization": f"Bearer {SECRET}"}
        url = f"https://ann:{SECRET}@example.com/?sig={SECRET}&q=1"
        await (await client.get(url, headers=headers)).aread()
    (span,) = backend.spans
    assert span.attributes["http.request.header.x-trace"] == ("1",)
    assert span.attributes["http.request.header.authorization"] == ("REDACTED",)
    assert span.attributes["http.response.header.x-id"] == ("7",)
    assert span.attributes["http.response.header.set-cookie"] == ("REDACTED",)
    assert span.attributes["url.full"] == "https://example.com/?sig=REDACTED&q=1"
    assert "http.request.header.x-missing" not in span.attributes
    assert SECRET not in span.to_json()


async def test_methods_that_are_not_known_are_other(backend: Backend) -> None:
    async with Client(transport=MockTransport(200)) as client:
        backend.instrument(client)
        await (await client.request("purge", URL)).aread()
    (span,) = backend.spans
    assert span.name == "HTTP"
    assert span.attributes["http.request.method"] == "_OTHER"
    assert span.attributes["http.request.method_original"] == "purge"


async def test_an_error_is_its_class(backend: Backend) -> None:
    async with Client(transport=MockTransport([Reset(), Reset()])) as client:
        backend.instrument(client)
        with pytest.raises(hyperhttp.ReadError):
            await client.get(URL)
    assert {span.attributes["error.type"] for span in backend.spans} == {"hyperhttp.ReadError"}


async def test_a_cancelled_call_ends_its_span(backend: Backend) -> None:
    transport = MockTransport(Hang())
    async with Client(transport=transport) as client:
        backend.instrument(client)
        call = asyncio.ensure_future(client.get(URL))
        await until(lambda: bool(transport.requests))
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    (span,) = backend.spans
    assert span.attributes["error.type"] == "asyncio.exceptions.CancelledError"


@pytest.mark.parametrize("span_end", ["body", "headers"])
async def test_a_span_ends_with_the_body_or_with_the_headers(
    backend: Backend, span_end: str
) -> None:
    transport = MockTransport(MockResponse(200, content=b"x" * 3_000_000))
    async with Client(transport=transport) as client:
        backend.instrument(client, span_end=span_end)
        async with client.stream("GET", URL) as response:
            assert len(backend.spans) == (span_end == "headers")
            await response.aread()
        assert len(backend.spans) == 1


async def test_suppression_is_honored(backend: Backend) -> None:
    transport = MockTransport(200)
    async with Client(transport=transport) as client:
        backend.instrument(client)
        token = context.attach(context.set_value("suppress_instrumentation", True))
        try:
            await (await client.get(URL)).aread()
        finally:
            context.detach(token)
    assert backend.spans == []
    assert "traceparent" not in transport.requests[0].headers


async def test_durations_are_a_histogram_with_the_buckets_of_the_conventions(
    backend: Backend,
) -> None:
    async with Client(transport=MockTransport([200, 200, 404])) as client:
        backend.instrument(client)
        for _ in range(3):
            await (await client.get(URL)).aread()
    points = backend.points("http.client.request.duration")
    found = {point.attributes["http.response.status_code"]: point for point in points}
    assert (found[200].count, found[404].count) == (2, 1)
    assert found[404].attributes["error.type"] == "404"
    assert {*found[200].attributes} == {
        "http.request.method",
        "http.response.status_code",
        "network.protocol.version",
        "server.address",
        "server.port",
    }
    assert tuple(found[200].explicit_bounds) == otel.DURATION_BUCKETS
    for name in ("http.client.active_requests", "http.client.connection.duration"):
        assert backend.points(name) == []


async def test_incubating_names_are_there_when_they_are_asked_for(backend: Backend) -> None:
    async with Client(transport=MockTransport("hello")) as client:
        backend.instrument(client, incubating=True)
        response = await client.post(URL, content=b"body", extensions={"url_template": "/{page}"})
        await response.aread()
        await (await client.get(URL)).aread()
    first, second = backend.spans
    check_names(backend.spans, incubating=True)
    assert first.name == "POST /{page}"
    assert first.attributes["url.template"] == "/{page}"
    assert first.attributes["http.request.body.size"] == 4
    assert second.name == "GET"
    assert all(point.value == 0 for point in backend.points("http.client.active_requests"))
    assert backend.points("http.client.connection.duration")[0].count == 1
    assert {one.value for one in backend.points("http.client.open_connections")} == {0}
    assert backend.points("http.client.request.body.size")[0].sum == 4


async def test_open_connections_are_counted_by_state(
    backend: Backend, certificates: Certificates
) -> None:
    def counts() -> dict[str, int]:
        points = backend.points("http.client.open_connections")
        return {one.attributes["http.connection.state"]: one.value for one in points}

    async with serving("tls", certificates) as server, Client(verify=certificates.ca) as client:
        backend.instrument(client, incubating=True)
        url = server.url("/plain", host="localhost")
        async with client.stream("GET", url) as response:
            await response.aread()
            assert counts() == {"active": 0, "idle": 1}
        (point, *_) = backend.points("http.client.open_connections")
        assert {*point.attributes} == {
            "http.connection.state",
            "network.peer.address",
            "network.protocol.version",
            "server.address",
            "server.port",
            "url.scheme",
        }
        assert point.attributes["server.port"] == server.port
    assert counts() == {"active": 0, "idle": 0}


def test_the_metrics_are_those_of_the_conventions() -> None:
    names = pytest.importorskip("opentelemetry.semconv._incubating.metrics.http_metrics")
    assert names.HTTP_CLIENT_OPEN_CONNECTIONS == "http.client.open_connections"
    assert names.HTTP_CLIENT_CONNECTION_DURATION == "http.client.connection.duration"
    assert names.HTTP_CLIENT_ACTIVE_REQUESTS == "http.client.active_requests"


@pytest.mark.parametrize("http2", [False, True])
async def test_sizes_of_chunked_bodies_are_recorded(backend: Backend, http2: bool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"hello"
        yield b" world"

    transport = MockTransport(MockResponse(200, content=pieces()), http2=http2)
    async with Client(transport=transport) as client:
        backend.instrument(client, incubating=True)
        await (await client.get(URL)).aread()
    assert backend.spans[0].attributes["http.response.body.size"] == 11


async def test_a_template_may_be_computed(backend: Backend) -> None:
    async with Client(transport=MockTransport(200)) as client:
        backend.instrument(client, incubating=True, url_template=lambda request: "/all")
        await (await client.get(URL)).aread()
    assert backend.spans[0].name == "GET /all"


async def test_instrumenting_twice_makes_one_span_and_it_can_be_undone(backend: Backend) -> None:
    async with Client(transport=MockTransport(200)) as client:
        backend.instrument(client)
        backend.instrument(client)
        await (await client.get(URL)).aread()
        assert len(backend.spans) == 1
        otel.uninstrument(client)
        otel.uninstrument(client)
        await (await client.get(URL)).aread()
        assert len(backend.spans) == 1


async def test_all_clients_can_be_instrumented(backend: Backend) -> None:
    otel.instrument_all(tracer_provider=backend.tracers, meter_provider=backend.meters)
    try:
        async with Client(transport=MockTransport(200)) as client:
            await (await client.get(URL)).aread()
    finally:
        otel.uninstrument_all()
    assert len(backend.spans) == 1
    async with Client(transport=MockTransport(200)) as client:
        await (await client.get(URL)).aread()
    assert len(backend.spans) == 1


def test_a_synchronous_client_has_the_span_of_its_caller_as_parent(backend: Backend) -> None:
    tracer = backend.tracers.get_tracer("mine")
    with SyncClient(transport=MockTransport(200)) as client:
        backend.instrument(client)
        with tracer.start_as_current_span("work") as parent:
            client.get(URL).close()
    span = backend.spans[0]
    assert span.parent.span_id == parent.get_span_context().span_id


async def test_the_function_of_the_client_is_still_called(backend: Backend) -> None:
    seen: list[hyperhttp.Event] = []
    async with Client(transport=MockTransport(200), on_event=seen.append) as client:
        backend.instrument(client)
        await (await client.get(URL)).aread()
    assert any(isinstance(one, hyperhttp.CallEnded) for one in seen)
    assert len(backend.spans) == 1


async def test_without_the_extra_it_is_a_clear_error() -> None:
    async with Client(transport=MockTransport(200)) as client:
        with (
            mock.patch.dict("sys.modules", {"opentelemetry.trace": None}),
            pytest.raises(hyperhttp.ConfigError, match="pip install opentelemetry-api"),
        ):
            otel.instrument(client)


@pytest.mark.parametrize(
    "place", [one for one in PLACES if not shows_any_query(one, None)], ids=str
)
@pytest.mark.parametrize("reply", REPLIES, ids=str)
async def test_no_span_has_a_secret(
    backend: Backend, place: dict[str, object], reply: MockResponse | ResetStream
) -> None:
    given: dict[str, Any] = {"method": "GET", "url": URL, **place}
    async with Client(transport=MockTransport([reply, 200])) as client:
        backend.instrument(
            client,
            request_headers=["authorization", "x-api-key", "cookie"],
            response_headers=["set-cookie", "x-auth-token"],
            incubating=True,
        )
        try:
            response = await client.request(**given)
            await response.araise_for_status()
            await response.aread()
        except hyperhttp.HyperHTTPError:
            pass
    assert backend.spans
    for span in backend.spans:
        assert SECRET not in span.to_json()
    assert SECRET not in str(backend.reader.get_metrics_data())
