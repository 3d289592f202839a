"""`hyperhttp demo`: a tour of the client without a network.

Each step is a function: its source is printed, it is run, and its result is printed.
"""

from __future__ import annotations

import asyncio
import inspect
import sys
import tempfile
from contextlib import chdir
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Final

import hyperhttp
from hyperhttp import MockResponse, MockTransport
from hyperhttp._cli.exit_codes import Exit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hyperhttp._cli.terminal import Colors
    from hyperhttp.testing import MockRequest

__all__ = ["STEPS", "demo"]


@dataclass
class User:
    """A user of the example API."""

    id: int
    name: str


async def typed(client: hyperhttp.Client) -> str:
    """A typed response: any type that pydantic supports."""
    response = await client.get("https://api.example.com/users")
    await response.aread()
    users = response.json(list[User])
    return users[0].name


async def redirected(client: hyperhttp.Client) -> str:
    """Follow a redirect."""
    response = await client.get("https://api.example.com/old", follow_redirects=True)
    return f"{response.status_code} from {response.url}"


async def retried(client: hyperhttp.Client) -> str:
    """Retry when a server fails."""
    response = await client.get("https://api.example.com/shaky", retry=True)
    return str([attempt.status_code for attempt in response.attempts])


async def downloaded(client: hyperhttp.Client) -> str:
    """Download a file, completely or not at all."""
    done = await client.download("https://api.example.com/file", "demo.bin")
    return f"{done.path.name}: {done.size_bytes} bytes"


async def status_error(client: hyperhttp.Client) -> str:
    """An error that shows the response and suggests what to do."""
    response = await client.get("https://api.example.com/gone")
    try:
        response.raise_for_status()
    except hyperhttp.HTTPStatusError as error:
        return f"{error} ({error.hint})"
    return "no error"


async def explained(client: hyperhttp.Client) -> str:
    """Explain what would happen, without sending anything."""
    return str(client.explain("https://api.example.com/users")["redirects"])


STEPS: Final[tuple[Callable[[hyperhttp.Client], Awaitable[str]], ...]] = (
    typed,
    redirected,
    retried,
    downloaded,
    status_error,
    explained,
)


class DemoServer:
    """The server of the tour, in memory."""

    def __init__(self) -> None:
        self._shaky = iter([503, 503, 200])

    def __call__(self, request: MockRequest) -> MockResponse:
        """Return the response to a request of a step."""
        match request.url.path:
            case "/users":
                return MockResponse(json=[{"id": 1, "name": "Ann"}])
            case "/old":
                return MockResponse(301, headers={"Location": "/users"})
            case "/shaky":
                return MockResponse(next(self._shaky))
            case "/file":
                return MockResponse(content=bytes(100_000))
            case _:
                return MockResponse(410, json={"detail": "it has moved to the moon"})


def demo(colors: Colors) -> Exit:
    """Run all steps in a temporary directory."""
    with tempfile.TemporaryDirectory(prefix="hyperhttp-demo-") as directory, chdir(directory):
        asyncio.run(_run_steps(colors))
    return Exit.OK


async def _run_steps(colors: Colors) -> None:
    async with hyperhttp.Client(transport=MockTransport(DemoServer())) as client:
        for step in STEPS:
            doc, code = _source_of(step)
            sys.stdout.write(f"{colors('name', f'# {doc}')}\n{code}\n")
            sys.stdout.write(f"{colors('good', '->')} {await step(client)}\n\n")


def _source_of(step: Callable[..., object]) -> tuple[str, str]:
    """Return the docstring of a step, and its code without the signature."""
    _, _, *code = inspect.getsource(step).splitlines()
    return inspect.getdoc(step) or "", dedent("\n".join(code))
