"""Plays a snippet as a reader would: with the names that the guide takes for granted, to its end.

Says what came (responses, prints, an error), and where that is not what the guide says.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import hyperhttp
from tests.docs.snippets import run, run_synchronous

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.docs.snippets import Snippet

MOVED_URL = "https://api.example.com/old"
# What a type checker is told of the names that the guide takes for granted.
SETTING_TYPES: Mapping[str, str] = {
    "client": "hyperhttp.Client",
    "url": "str",
    "response": "hyperhttp.Response",
    "handle_bytes": "Callable[[bytes], None]",
}


@dataclass
class Played:
    """What came of a snippet."""

    before: dict[str, object]
    names: dict[str, object]
    handled: list[bytes]
    responses: list[hyperhttp.Response | hyperhttp.SyncResponse] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    shown: list[object] = field(default_factory=list)
    """What was printed, as it was given."""
    error: hyperhttp.HyperHTTPError | None = None

    def watch(self, value: object) -> object:
        """Keep the responses among what a snippet awaits."""
        if isinstance(value, (hyperhttp.Response, hyperhttp.SyncResponse)):
            self.responses.append(value)
        return value

    def print(self, *values: object) -> None:
        """Stand in for `print`."""
        self.shown += values
        self.printed.append(" ".join(map(str, values)))


async def play(snippet: Snippet) -> Played:
    """Run a snippet with a client of its own; all that it opened is closed again."""
    if snippet.is_sync:
        return await asyncio.to_thread(_play_synchronous, snippet)
    url = MOVED_URL if snippet.is_tls else MOVED_URL.replace("https", "http")
    handled: list[bytes] = []
    async with hyperhttp.Client() as client:
        response = await client.get(url, follow_redirects=True)
        await response.aread()
        before: dict[str, object] = {
            "hyperhttp": hyperhttp,
            "client": client,
            "url": url,
            "response": response,
            "handle_bytes": handled.append,
        }
        played = Played(before, dict(before), handled)
        played.names["print"] = played.print
        try:
            await run(snippet, played.names, watch=played.watch)
        except hyperhttp.HyperHTTPError as error:
            played.error = error
        finally:
            made = played.names["client"]
            if isinstance(made, hyperhttp.Client):
                await made.aclose()
    return played


def _play_synchronous(snippet: Snippet) -> Played:
    url = MOVED_URL if snippet.is_tls else MOVED_URL.replace("https", "http")
    handled: list[bytes] = []
    with hyperhttp.SyncClient() as client:
        response = client.get(url, follow_redirects=True)
        response.read()
        before: dict[str, object] = {
            "__name__": "__main__",
            "hyperhttp": hyperhttp,
            "client": client,
            "url": url,
            "response": response,
            "handle_bytes": handled.append,
        }
        played = Played(before, dict(before), handled)
        played.names["print"] = played.print
        try:
            run_synchronous(snippet, played.names, played.watch)
        except hyperhttp.HyperHTTPError as error:
            played.error = error
        finally:
            made = played.names["client"]
            if isinstance(made, hyperhttp.SyncClient):
                made.close()
    return played


def faults(snippet: Snippet, played: Played) -> list[str]:
    """Where a snippet did not do what the guide says; empty when it did."""
    found = broken_promises(snippet, played.printed)
    if snippet.output is not None and played.error is None:
        return found
    if snippet.shows_an_error:
        if not isinstance(played.error, hyperhttp.HTTPStatusError):
            found.append(f"it should raise HTTPStatusError, not {played.error!r}")
        return found
    if played.error is not None:
        found.append(f"it raised {type(played.error).__name__}: {played.error}")
    replies = [response for response in played.responses if response.is_error]
    return found + [f"{reply.request.method} {reply.url}: {reply}" for reply in replies]


def broken_promises(snippet: Snippet, printed: list[str]) -> list[str]:
    """Where it did not print what the page says, below it or in `print(...)  # comment`."""
    if snippet.output is not None:
        pattern = re.escape(snippet.output).replace(re.escape("..."), ".*")
        came = "\n".join(printed)
        return [] if re.fullmatch(pattern, came) else [f"it printed {came!r}"]
    promises = snippet.promises
    if not promises:
        return []
    if len(printed) != len(promises):
        return [f"{len(promises)} prints were promised, {len(printed)} came"]
    pairs = zip(promises, printed, strict=True)
    return [
        f"{text!r} is none of {allowed}"
        for allowed, text in pairs
        if text not in (allowed or (text,))
    ]
