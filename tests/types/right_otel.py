"""Instrumenting clients; checked, never executed."""

from __future__ import annotations

import hyperhttp
from hyperhttp import Client, SyncClient, otel


def instrument(client: Client, other: SyncClient) -> None:
    otel.instrument(client, request_headers=["accept"], span_end="headers", incubating=True)
    hyperhttp.otel.instrument(other, url_template=lambda request: request.url.path)
    otel.uninstrument(other)
    otel.instrument_all(response_headers=("content-type",))
    Client(on_event=otel.Instrumentation())
