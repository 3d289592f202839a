# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/body.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from hyperhttp._generated.unset import UNSET, Unset
from hyperhttp._message.inputs import ContentInput, DataInput, JSONInput
from hyperhttp._message.json_text import encode_json

__all__ = [
    "AsyncBody",
    "BytesBody",
    "IterableBody",
    "RequestBody",
    "encode_form",
    "encode_json",
    "prepare_body",
]

@dataclass(frozen=True, slots=True)
class BytesBody:
    data: bytes
    content_type: str | None = None
    replayable: ClassVar[bool] = True

    @property
    def length(self) -> int: ...

class IterableBody:
    replayable: Final[bool]
    length: Final[int | None]
    content_type: ClassVar[None] = None

    def __init__(
        self, iterable: Iterable[object], *, replayable: bool, length: int | None = None
    ) -> None: ...
    def chunks(self) -> Generator[bytes, None, None]: ...

class AsyncBody:
    replayable: Final[bool]
    content_type: ClassVar[None] = None
    length: ClassVar[None] = None

    def __init__(self, iterable: AsyncIterable[object], *, replayable: bool) -> None: ...
    def chunks(self) -> AsyncGenerator[bytes, None]: ...

RequestBody: TypeAlias = BytesBody | IterableBody | AsyncBody

def encode_form(data: DataInput) -> bytes: ...
def prepare_body(
    *,
    json: JSONInput | Unset = UNSET,
    data: DataInput | Unset | None = UNSET,
    content: ContentInput | Unset | None = UNSET,
) -> RequestBody | None: ...
