"""A keyword that does not exist is answered with UnknownOption and the nearest name that does.

Python's own answer is a TypeError, which is no HyperHTTPError. The check costs one `try` per call.
"""

from __future__ import annotations

import difflib
import functools
import inspect
from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from hyperhttp._base._generated.bounds import GIVEN_CHARS_MAX
from hyperhttp._base._generated.errors import UnknownOption

__all__ = ["checked", "cut", "nearest", "unknown_option"]

C = TypeVar("C", bound=Callable[..., object])


def checked(call: C) -> C:
    """Return the same function; an unknown keyword raises `UnknownOption`."""

    @functools.wraps(call)
    def checking(*args: object, **options: object) -> object:
        try:
            return call(*args, **options)
        except TypeError:
            # Python binds the arguments before the first line runs, so nothing has run yet.
            parameters = inspect.signature(call).parameters
            unknown = next((name for name in options if name not in parameters), None)
            if unknown is None:
                raise
            known = [p.name for p in parameters.values() if p.kind is p.KEYWORD_ONLY]
            raise unknown_option(unknown, known) from None

    return cast(C, checking)


def unknown_option(name: str, known: Iterable[str]) -> UnknownOption:
    """The error for a name that does not exist; the value is left out, it may be a secret."""
    names = [*known]
    return UnknownOption(
        option=name, given="", allowed=_listed(names), suggestion=nearest(name, names)
    )


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The most similar name, if one is similar at all."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), None)


def cut(value: object) -> str:
    """The repr of a value, short enough for one line."""
    shown = repr(value)
    return shown if len(shown) <= GIVEN_CHARS_MAX else f"{shown[: GIVEN_CHARS_MAX - 3]}..."


def _listed(names: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "no options"
