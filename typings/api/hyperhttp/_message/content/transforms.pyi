# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/content/transforms.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Callable, Iterable, Iterator
from typing import AnyStr, Generic, Protocol, TypeVar, final

from hyperhttp._base._generated.config import Limits
from hyperhttp._message.content.charset import EncodingInput

__all__ = ["AsText", "Chain", "Decoding", "Identity", "OfSize", "Transform", "sized"]

A = TypeVar("A")

B = TypeVar("B")

C = TypeVar("C")

In_contra = TypeVar("In_contra", contravariant=True)

Out_co = TypeVar("Out_co", covariant=True)

class Transform(Protocol[In_contra, Out_co]):
    def feed(self, piece: In_contra, /) -> Iterable[Out_co]: ...
    def finish(self) -> Iterable[Out_co]: ...

@final
class Identity(Generic[AnyStr]):
    def feed(self, piece: AnyStr, /) -> Iterable[AnyStr]: ...
    def finish(self) -> Iterable[AnyStr]: ...

@final
class OfSize(Generic[AnyStr]):
    def __init__(self, size: int, join: Callable[[list[AnyStr]], AnyStr]) -> None: ...
    def feed(self, piece: AnyStr, /) -> Iterator[AnyStr]: ...
    def finish(self) -> Iterable[AnyStr]: ...

def sized(
    chunk_size: int | None, join: Callable[[list[AnyStr]], AnyStr]
) -> Transform[AnyStr, AnyStr]: ...

@final
class Decoding:
    def __init__(self, coding: str, limits: Limits) -> None: ...
    def steps(self, piece: bytes, /) -> Iterable[bytes]: ...
    def finish(self) -> None: ...

@final
class AsText:
    def __init__(self, content_type: str | None, default: EncodingInput) -> None: ...
    def feed(self, piece: bytes, /) -> Iterable[str]: ...
    def finish(self) -> Iterable[str]: ...

@final
class Chain(Generic[A, B, C]):
    def __init__(self, first: Transform[A, B], second: Transform[B, C]) -> None: ...
    def feed(self, piece: A, /) -> Iterator[C]: ...
    def finish(self) -> Iterator[C]: ...
