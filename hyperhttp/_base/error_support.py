"""Functions that the generated error classes call: text, explanation and pickling of an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from hyperhttp._base.printable import printable
from hyperhttp._base.sensitive import mask_parameters

__all__ = ["explanation", "rebuilt", "text_or_hint"]

E = TypeVar("E", bound=Exception)


class _Attempt(Protocol):
    """The attributes of an attempt that an explanation contains."""

    @property
    def number(self) -> int: ...
    @property
    def status_code(self) -> int | None: ...
    @property
    def error(self) -> Exception | None: ...
    @property
    def elapsed_s(self) -> float: ...
    @property
    def decision(self) -> str: ...


def text_or_hint(error: Exception, text: Callable[[], str], hint: str) -> str:
    """Return the message of an error on one line, with control characters and secrets masked.

    If an attribute is missing or has a wrong type, return the class and the hint.
    """
    name = type(error).__name__
    try:
        return mask_parameters(printable(text())) or name
    except (AttributeError, TypeError, ValueError):
        # An error that was created empty (by `copy`, or by hand) must not raise a second one.
        return f"{name}: {hint}"


def explanation(error: Exception, hint: str, advice: str, attempts: Sequence[_Attempt]) -> str:
    """Return the text of `error.explain()`: the message, the hint and the attempts."""
    lines = [
        str(error),
        f"Hint: {hint}",
        f"Safe to retry: {advice}",
    ]
    for one in attempts:
        outcome = one.status_code if one.error is None else type(one.error).__name__
        lines.append(f"Attempt {one.number}: {outcome} after {one.elapsed_s:.3g} s; {one.decision}")
    return "\n".join(lines)


def rebuilt(kind: type[E]) -> E:
    """Create an empty error; pickle and copy then set its attributes."""
    return kind.__new__(kind)
