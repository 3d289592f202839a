"""The result of `Client.explain`: what a client would do with a request, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from hyperhttp._base.sensitive import mask_parameters

if TYPE_CHECKING:
    from hyperhttp._message.url.url import URL

__all__ = ["Plan", "PlanEntry"]


@final
@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A decision about a request, and its source."""

    name: str
    """The topic, such as "proxy" or "timeout.read"."""
    value: str
    """The value, without secrets."""
    source: str
    """The source of the value: a default, an option, the environment, a file, or the call."""

    def __str__(self) -> str:
        return f"{self.name}: {self.value} ({self.source})"


@final
@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a request that isn't sent: each decision with its source.

    Example:
        print(client.explain("https://example.com/"))
    """

    method: str
    url: URL
    entries: tuple[PlanEntry, ...]
    """The decisions, in the order of their effect."""

    def __getitem__(self, name: str) -> PlanEntry:
        """Return the entry of a topic. Raises KeyError."""
        for entry in self.entries:
            if entry.name == name:
                return entry
        raise KeyError(name)

    def __str__(self) -> str:
        return "\n".join(
            [
                f"{self.method} {mask_parameters(str(self.url))}",
                *(f"  {entry}" for entry in self.entries),
            ]
        )
