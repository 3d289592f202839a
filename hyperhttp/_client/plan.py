"""What a client would do with a request, and why, as `Client.explain` tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from hyperhttp._message.url.url import URL

__all__ = ["Plan", "PlanEntry"]


@final
@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One thing that would be so, and the reason."""

    name: str
    """What it is about, such as "proxy" or "timeout.read"."""
    value: str
    """What would be so; secrets are left out."""
    source: str
    """Where that comes from: a default, an option, the environment, a file, the call."""

    def __str__(self) -> str:
        return f"{self.name}: {self.value} ({self.source})"


@final
@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen to a request; nothing was sent to find out.

    print(client.explain("https://example.com/"))
    """

    method: str
    url: URL
    entries: tuple[PlanEntry, ...]
    """In the order in which they matter."""

    def __getitem__(self, name: str) -> PlanEntry:
        """The fact about a topic. Raises KeyError."""
        for entry in self.entries:
            if entry.name == name:
                return entry
        raise KeyError(name)

    def __str__(self) -> str:
        return "\n".join([f"{self.method} {self.url}", *(f"  {entry}" for entry in self.entries)])
