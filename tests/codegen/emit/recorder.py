"""A client that only remembers what its generated parts hand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hyperhttp._client._generated.client_options import ClientOptionsBase
from hyperhttp.config import ClientConfig


class Recorder(ClientOptionsBase):
    """A client that only remembers what it was given."""

    config: ClientConfig
    live: Mapping[str, object]

    def _setup(self, config: ClientConfig, **live: Any) -> None:
        self.config = config
        self.live = live

    def _build(self, *given: Any) -> Any:
        return given

    async def _sent(self, request: Any) -> Any:
        return request

    def _streamed(self, request: Any) -> Any:
        return request

    async def _downloaded(self, request: Any, path: Any, *options: Any) -> Any:
        assert path == "file"
        return (*request, *options)

    async def _fetched(self, request: Any, into: Any) -> Any:
        assert into is int
        return request

    def _paged(self, request: Any, *options: Any) -> Any:
        return (*request, *options)


# To call it in ways that a checker refuses.
LOOSE: Callable[..., Recorder] = Recorder
