"""The types of responses for a type checker; checked, never executed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, NewType, TypeAlias, TypedDict, TypeVar, assert_type

from pydantic import BaseModel, Field

from hyperhttp import (
    URL,
    CacheControl,
    Client,
    ContentDisposition,
    ContentRange,
    DecodeError,
    EventSource,
    Link,
    Links,
    Problem,
    Response,
    ServerSentEvent,
    ServerTiming,
)

T = TypeVar("T")
UserId = NewType("UserId", int)


@dataclass
class Point:
    x: int
    y: int


class Query(TypedDict):
    name: str
    page: int


class User(BaseModel):
    name: str


UserOrList: TypeAlias = User | list[User]


async def the_body_as_any_type(response: Response) -> None:
    assert_type(response.json(), Any)
    assert_type(response.json(User), User)
    assert_type(response.json(list[User]), list[User])
    assert_type(response.json(User | None), User | None)
    assert_type(response.json(int | str), int | str)
    assert_type(response.json(dict[str, User]), dict[str, User])
    assert_type(response.json(Query), Query)
    assert_type(response.json(Point), Point)
    assert_type(response.json(tuple[int, ...]), tuple[int, ...])
    assert_type(response.json(Literal["a", "b"]), Literal["a", "b"])
    assert_type(response.json(Annotated[int, Field(gt=0)]), int)
    assert_type(response.json(UserId), UserId)
    assert_type(response.json(UserOrList), User | list[User])


async def the_body_in_records(response: Response) -> None:
    assert_type(response.aiter_json(), AsyncGenerator[Any, None])
    async for user in response.aiter_json(User):
        assert_type(user, User)
    async for either in response.aiter_json(User | None):
        assert_type(either, User | None)
    async for row in response.aiter_json(list[int]):
        assert_type(row, list[int])
    events = response.aiter_sse()
    assert_type(events.last_event_id, str)
    assert_type(events.retry_s, float | None)
    async for event in events:
        assert_type(event, ServerSentEvent)
        assert_type(event.retry_s, float | None)
        assert_type(event.json(), Any)
        assert_type(event.json(User), User)
        assert_type(event.json(User | None), User | None)


async def decoded(response: Response, model: type[T]) -> T:
    """A wrapper with a type of its own."""
    async for item in response.aiter_json(model):
        assert_type(item, T)
    return response.json(model)


async def events_over_connections(client: Client) -> None:
    async with EventSource(client, "https://example.com/events", timeout=60.0) as source:
        assert_type(source, EventSource)
        async for event in source:
            assert_type(event, ServerSentEvent)
        assert_type(source.last_event_id, str)
        assert_type(source.retry_s, float)


async def the_parsed_fields(response: Response) -> None:
    assert_type(response.links, Links)
    assert_type(response.links.get("next"), Link | None)
    assert_type(response.links["next"].target, URL)
    assert_type([link.rel for link in response.links], list[tuple[str, ...]])
    assert_type(response.content_disposition, ContentDisposition | None)
    if response.content_disposition is not None:
        assert_type(response.content_disposition.safe_filename, str | None)
    assert_type(response.content_range, ContentRange | None)
    assert_type(response.cache_control, CacheControl | None)
    if response.cache_control is not None:
        assert_type(response.cache_control.max_age, int | None)
        assert_type(response.cache_control.no_store, bool)
    assert_type(response.problem, Problem | None)
    if response.problem is not None:
        assert_type(response.problem.extensions, Mapping[str, object])
    assert_type(response.server_timing, tuple[ServerTiming, ...])
    assert_type(response.date, datetime | None)
    assert_type(response.expires, datetime | None)
    assert_type(response.age, float | None)
    assert_type(response.vary, tuple[str, ...])
    assert_type(response.allow, tuple[str, ...])
    assert_type(response.location, URL | None)


def detect(start: bytes) -> str | None:
    return "utf-8" if start else None


def encodings_by_name_and_by_function() -> None:
    Client(default_encoding="latin-1")
    Client(default_encoding=detect)
    Client(default_encoding=lambda start: "koi8-r" if start else None)


def facts_of_a_misfit(error: DecodeError) -> None:
    assert_type(error.json_path, str)
    assert_type(error.line, int | None)
    assert_type(error.excerpt, str)
