"""Problem details (RFC 9457): the description of an error by an API.

A member of the wrong type counts as absent, as in the RFC. The result is None if the body isn't a
problem.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, final

from hyperhttp._base._generated.errors import DecodeError
from hyperhttp._base.input_pairs import is_mapping
from hyperhttp._message.content.json_text import decode_json

__all__ = ["PROBLEM_TYPE", "Problem", "parse_problem"]

PROBLEM_TYPE: Final = "application/problem+json"
_KNOWN: Final = frozenset({"type", "title", "status", "detail", "instance"})


@final
@dataclass(frozen=True, slots=True)
class Problem:
    """The problem details of a response."""

    type: str = "about:blank"
    """A URI that identifies the kind of problem; maybe relative to the URL of the response."""
    title: str | None = None
    """The kind of problem in a few words."""
    status: int | None = None
    """The status code that the origin gave."""
    detail: str | None = None
    """The description of this occurrence."""
    instance: str | None = None
    """A URI that identifies this occurrence; maybe relative to the URL of the response."""
    extensions: Mapping[str, object] = field(default_factory=dict[str, object], hash=False)
    """The other members, plain JSON values by name."""

    def __str__(self) -> str:
        """Title and detail, as far as they are there, or else the type."""
        return ": ".join(filter(None, [self.title, self.detail])) or self.type


def parse_problem(content: bytes) -> Problem | None:
    """Parse the problem in a JSON object; None for any other text."""
    try:
        value = decode_json(content)
    except DecodeError:  # a body that doesn't match its type isn't a problem
        return None
    if not is_mapping(value):
        return None
    return Problem(
        type=_text(value, "type") or "about:blank",
        title=_text(value, "title"),
        status=_status(value.get("status")),
        detail=_text(value, "detail"),
        instance=_text(value, "instance"),
        extensions={str(name): item for name, item in value.items() if name not in _KNOWN},
    )


def _text(value: Mapping[object, object], name: str) -> str | None:
    found = value.get(name)
    return found if isinstance(found, str) else None


def _status(found: object) -> int | None:
    return found if type(found) is int and 100 <= found <= 599 else None
