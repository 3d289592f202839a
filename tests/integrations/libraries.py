"""httpx and httpx2 with their own transports and with ours, synchronous and asynchronous.

A case is a function from a client to a result. It's written once, for `httpx.Client`; for an
`AsyncClient` the same call is awaited.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import httpx
import httpx2

import hyperhttp.integrations.httpx
import hyperhttp.integrations.httpx2

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

# What a test sees of an outcome: of a response, or of the error in its place.
Seen: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class Library:
    """A library, its transport or ours, and how its client is called."""

    name: str
    module: ModuleType
    is_ours: bool
    is_async: bool

    def transport(self, **options: object) -> object:
        """Create the transport."""
        prefix = "Async" if self.is_async else ""
        if not self.is_ours:
            return getattr(self.module, f"{prefix}HTTPTransport")(**options)
        ours = getattr(hyperhttp.integrations, self.name)
        return getattr(ours, f"{prefix}HyperHTTPTransport")(**options)

    def seen(
        self,
        method: str,
        url: str,
        options: Mapping[str, object] | None = None,
        transport: Mapping[str, object] | None = None,
    ) -> Seen:
        """Send one request, read its response, and return what came of it."""
        options, transport = options or {}, transport or {}
        if self.is_async:
            return asyncio.run(self._seen_async(method, url, options, transport))
        with self.module.Client(transport=self.transport(**transport)) as client:
            try:
                return outcome(client.request(method, url, **options))
            except self.module.RequestError as error:
                return failure(error)

    async def _seen_async(
        self, method: str, url: str, options: Mapping[str, object], transport: Mapping[str, object]
    ) -> Seen:
        async with self.module.AsyncClient(transport=self.transport(**transport)) as client:
            try:
                return outcome(await client.request(method, url, **options))
            except self.module.RequestError as error:
                return failure(error)


def outcome(response: httpx.Response | httpx2.Response) -> Seen:
    """What is compared of a response."""
    extensions = response.extensions
    return (
        response.status_code,
        extensions["http_version"],
        extensions.get("reason_phrase"),
        response.headers.raw,
        response.content,
        [hop.status_code for hop in response.history],
    )


def failure(error: httpx.RequestError | httpx2.RequestError) -> Seen:
    """What is compared of an error."""
    return (type(error).__name__, str(error.request.url), error.__cause__ is not None)


LIBRARIES = [(module.__name__, module) for module in (httpx, httpx2)]
OURS = [
    Library(name, module, is_ours=True, is_async=is_async)
    for name, module in LIBRARIES
    for is_async in (False, True)
]


def name_of(library: Library) -> str:
    """The name of a variant in the report."""
    return f"{library.name}-{'async' if library.is_async else 'sync'}"


def theirs(library: Library) -> Library:
    """The same library with its own transport."""
    return Library(library.name, library.module, is_ours=False, is_async=library.is_async)
