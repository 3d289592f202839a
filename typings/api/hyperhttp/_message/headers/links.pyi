# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/headers/links.py and run the command again.

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import final

from hyperhttp._message.url.url import URL

@final
@dataclass(frozen=True, slots=True)
class Link:
    target: URL
    rel: tuple[str, ...] = ()
    anchor: URL | None = None
    title: str | None = None
    type: str | None = None
    media: str | None = None
    hreflang: tuple[str, ...] = ()
    extensions: Mapping[str, str | None] = ...

@final
@dataclass(frozen=True, slots=True)
class Links:
    all: tuple[Link, ...] = ()

    def __iter__(self) -> Iterator[Link]: ...
    def __len__(self) -> int: ...
    def __contains__(self, rel: str) -> bool: ...
    def __getitem__(self, rel: str) -> Link: ...
    def get(self, rel: str) -> Link | None: ...
    def get_all(self, rel: str) -> tuple[Link, ...]: ...
