# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/headers/cache_control.py and run the command again.

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

@final
@dataclass(frozen=True, slots=True)
class CacheControl:
    max_age: int | None = None
    s_maxage: int | None = None
    no_store: bool = False
    no_cache: bool = False
    no_cache_fields: tuple[str, ...] = ()
    private: bool = False
    private_fields: tuple[str, ...] = ()
    public: bool = False
    must_revalidate: bool = False
    proxy_revalidate: bool = False
    must_understand: bool = False
    no_transform: bool = False
    immutable: bool = False
    stale_while_revalidate: int | None = None
    stale_if_error: int | None = None
    extensions: Mapping[str, str | None] = ...
