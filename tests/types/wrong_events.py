"""What a type checker must refuse of events; checked, never executed."""

from __future__ import annotations

import hyperhttp
from hyperhttp import Client, Event, SyncClient


def handle_calls(event: hyperhttp.CallEnded) -> None:
    event.status_code = 200  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    event.status  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def handle(event: Event) -> None:
    event.call_id  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


async def awaits(event: Event) -> None:
    pass


def options() -> None:
    Client(on_event=handle_calls)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(on_event=awaits)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    Client(on_event=[handle])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    SyncClient(on_event="print")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
