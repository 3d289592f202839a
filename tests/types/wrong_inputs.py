"""Values of parameters, bodies and headers that type checkers must refuse."""

from __future__ import annotations

from datetime import time, timedelta

from hyperhttp import Client


async def parameters(client: Client, hour: time, delay: timedelta) -> None:
    await client.get("/", params={"hour": hour})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params={"delay": delay})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.get("/", params=[("delay", delay)])  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
