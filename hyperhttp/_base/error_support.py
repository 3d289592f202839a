"""What the generated error classes call: the text of an error, its explanation, and pickling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from hyperhttp._base.printable import printable
from hyperhttp._base.sensitive import mask_parameters

__all__ = ["explanation", "rebuilt", "text_or_hint"]

E = TypeVar("E", bound=Exception)


class _Attempt(Protocol):
    """What an explanation shows of one attempt."""

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
    """The message of an error, on one line, whatever a server put into its attributes.

    Its class and hint if an attribute is missing or of a wrong type.
    """
    name = type(error).__name__
    try:
        return mask_parameters(printable(text())) or name
    except (AttributeError, TypeError, ValueError):
        # An error that was created empty (by `copy`, or by hand) must not raise a second one.
        return f"{name}: {hint}"


def explanation(error: Exception, hint: str, advice: str, attempts: Sequence[_Attempt]) -> str:
    """The lines of `error.explain()`: the error, what to do, and what came of each attempt."""
    lines = [
        str(error),
        f"what to do: {hint}",
        f"sending it again: {advice}",
    ]
    for one in attempts:
        outcome = one.status_code if one.error is None else type(one.error).__name__
        lines.append(f"attempt {one.number}: {outcome} after {one.elapsed_s:.3g} s; {one.decision}")
    return "\n".join(lines)


def rebuilt(kind: type[E]) -> E:
    """An empty error of a class; pickle and copy then fill in its attributes."""
    return kind.__new__(kind)
