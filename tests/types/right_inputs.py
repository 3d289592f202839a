"""Values of parameters, bodies and headers that type checkers accept."""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel

from hyperhttp import Client, FileSlice, JSONConfig


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


class User(BaseModel):
    born: date


async def models(client: Client, user: User) -> None:
    await client.post("/", json=user, json_config=JSONConfig(exclude_unset=True, by_alias=False))
    await client.put("/", json={"users": [user]}, json_config=None)
    Client(json_config=JSONConfig(exclude_none=True))


async def files(client: Client, path: Path) -> None:
    await client.put("/", content=path)
    await client.put("/", content=FileSlice(path, offset=5, length=10))
    await client.put("/", content=FileSlice("data.bin", length=None))
    await client.put("/", content=FileSlice(BytesIO(b"x")))
    await client.post("/", files={"part": FileSlice(path)})
