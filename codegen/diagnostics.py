"""The report of a mistake: its place, its description, and the most similar known name.

`load`, `ir` and `rules` find the mistakes.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake, such as `spec/errors.toml [ReadTimeout] base: ...`."""

    file: str
    table: str
    text: str

    def __str__(self) -> str:
        return (
            f"{self.file} [{self.table}]: {self.text}"
            if self.table
            else f"{self.file}: {self.text}"
        )


class SpecError(Exception):
    """The spec cannot be used; its text is one line for each problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`' Did you mean "x"?'`, or nothing when no known name is near."""
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""
