# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/content/sse.py and run the command again.

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, final, overload

from typing_extensions import TypeForm

T = TypeVar("T")

@final
@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    event: str = "message"
    data: str = ""
    id: str = ""
    retry_s: float | None = None

    @overload
    def json(self, model: None = None) -> Any: ...
    @overload
    def json(self, model: type[T]) -> T: ...
    @overload
    def json(self, model: TypeForm[T]) -> T: ...

@final
class EventReader:
    last_event_id: str
    retry_s: float | None

    def __init__(self, size_max: int | None = None, last_event_id: str = "") -> None: ...
    def feed(self, line: str, /) -> Iterable[ServerSentEvent]: ...
    def finish(self) -> Iterable[ServerSentEvent]: ...

@final
class EventStream:
    def __init__(
        self, events: AsyncGenerator[ServerSentEvent, None], reader: EventReader
    ) -> None: ...
    @property
    def last_event_id(self) -> str: ...
    @property
    def retry_s(self) -> float | None: ...
    def __aiter__(self) -> AsyncIterator[ServerSentEvent]: ...
    def __anext__(self) -> Awaitable[ServerSentEvent]: ...
    async def aclose(self) -> None: ...
