"""`hyperhttp demo`: a tour of the client that needs no network, with what each step prints.

The steps are functions: what is shown is their own source, and it runs as it is shown.
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
    """Somebody."""

    id: int
    name: str


async def typed(client: hyperhttp.Client) -> str:
    """A typed answer: any type that pydantic knows."""
    response = await client.get("https://api.example.com/users")
    await response.aread()
    users = response.json(list[User])
    return users[0].name


async def redirected(client: hyperhttp.Client) -> str:
    """A redirect that is followed."""
    response = await client.get("https://api.example.com/old", follow_redirects=True)
    return f"{response.status_code} from {response.url}"


async def retried(client: hyperhttp.Client) -> str:
    """A server that fails at first, and a policy that tries again."""
    response = await client.get("https://api.example.com/shaky", retry=True)
    return str([attempt.status_code for attempt in response.attempts])


async def downloaded(client: hyperhttp.Client) -> str:
    """A download that is whole, or not there."""
    done = await client.download("https://api.example.com/file", "demo.bin")
    return f"{done.path.name}: {done.size_bytes} bytes"


async def told(client: hyperhttp.Client) -> str:
    """An error that tells what came, and what to do."""
    response = await client.get("https://api.example.com/gone")
    try:
        response.raise_for_status()
    except hyperhttp.HTTPStatusError as error:
        return f"{error} ({error.hint})"
    return "no error"


async def explained(client: hyperhttp.Client) -> str:
    """What would happen, before it does."""
    return str(client.explain("https://api.example.com/users")["redirects"])


STEPS: Final[tuple[Callable[[hyperhttp.Client], Awaitable[str]], ...]] = (
    typed,
    redirected,
    retried,
    downloaded,
    told,
    explained,
)


class Answers:
    """What answers, in memory: no host is asked."""

    def __init__(self) -> None:
        self._shaky = iter([503, 503, 200])

    def __call__(self, request: MockRequest) -> MockResponse:
        """The answer of the host that the steps ask."""
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
    """Run all steps; what a step writes lies in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hyperhttp-demo-") as folder, chdir(folder):
        asyncio.run(_played(colors))
    return Exit.OK


async def _played(colors: Colors) -> None:
    async with hyperhttp.Client(transport=MockTransport(Answers())) as client:
        for step in STEPS:
            doc, code = _source_of(step)
            sys.stdout.write(f"{colors('name', f'# {doc}')}\n{code}\n")
            sys.stdout.write(f"{colors('good', '->')} {await step(client)}\n\n")


def _source_of(step: Callable[..., object]) -> tuple[str, str]:
    """What a step is about, and its code without its head."""
    _, _, *code = inspect.getsource(step).splitlines()
    return inspect.getdoc(step) or "", dedent("\n".join(code))
