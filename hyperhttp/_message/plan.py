"""What a client would do with a request, and why, as `Client.explain` tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from hyperhttp._message.url import URL

__all__ = ["Fact", "Plan"]


@final
@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that would be so, and the reason."""

    topic: str
    """What it is about, such as "proxy" or "timeout.read"."""
    value: str
    """What would be so; secrets are left out."""
    why: str
    """Where that comes from: a default, an option, the environment, a file, the call."""

    def __str__(self) -> str:
        return f"{self.topic}: {self.value} ({self.why})"


@final
@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen to a request; nothing was sent to find out.

    print(client.explain("https://example.com/"))
    """

    method: str
    url: URL
    facts: tuple[Fact, ...]
    """In the order in which they matter."""

    def __getitem__(self, topic: str) -> Fact:
        """The fact about a topic. Raises KeyError."""
        for fact in self.facts:
            if fact.topic == topic:
                return fact
        raise KeyError(topic)

    def __str__(self) -> str:
        return "\n".join([f"{self.method} {self.url}", *(f"  {fact}" for fact in self.facts)])
