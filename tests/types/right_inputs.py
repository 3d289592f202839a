"""Values of parameters, bodies and headers that type checkers accept."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hyperhttp import Client


class Order(enum.Enum):
    NEWEST = "-created"


async def parameters(client: Client, day: date, now: datetime, key: UUID, price: Decimal) -> None:
    await client.get("/", params={"day": day, "now": now, "key": key, "price": price})
    await client.get("/", params={"order": Order.NEWEST, "days": [day, None]})
    await client.get("/", params=[("day", day), ("key", key)])
    await client.post("/", data={"day": day, "order": Order.NEWEST})
    days = {"from": day, "to": day}
    mixed = {"from": day, "page": 1}
    await client.get("/", params=days)
    await client.get("/", params=mixed)
