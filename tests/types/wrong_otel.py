"""What a type checker must refuse of instrumentation; checked, never executed."""

from __future__ import annotations

from hyperhttp import Client, otel


def instrument(client: Client) -> None:
    otel.instrument()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    otel.instrument(client, span_end="soon")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    otel.instrument(client, headers=["accept"])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    otel.instrument(client, url_template="/all")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
