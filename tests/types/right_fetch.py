"""`fetch` returns its `into`, whatever type that is; checked, never executed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, assert_type

from pydantic import BaseModel, Field

from hyperhttp import Client


class User(BaseModel):
    name: str


@dataclass
class Point:
    x: int


async def any_type(client: Client) -> None:
    url = "/users/1"
    assert_type(await client.fetch(url, into=User), User)
    assert_type(await client.fetch(url, into=Point), Point)
    assert_type(await client.fetch(url, into=list[User]), list[User])
    assert_type(await client.fetch(url, into=dict[str, int]), dict[str, int])
    assert_type(await client.fetch(url, into=User | None), User | None)
    assert_type(await client.fetch(url, into=Literal["a", "b"]), Literal["a", "b"])
    assert_type(await client.fetch(url, into=Annotated[int, Field(gt=0)]), int)


async def options_as_usual(client: Client) -> None:
    assert_type(await client.fetch("/", into=User, method="POST", json={"a": 1}), User)
    assert_type(await client.fetch("/", into=User, method="PUT", data={"a": 1}), User)
    assert_type(await client.fetch("/", into=User, params={"q": "a"}, timeout=5.0), User)
