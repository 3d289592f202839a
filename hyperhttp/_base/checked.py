"""Unknown keyword arguments raise `UnknownOption`, which suggests the nearest name.

Python raises a TypeError, which isn't a HyperHTTPError. The check costs one `try` per call.
"""

from __future__ import annotations

import difflib
import functools
import inspect
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar, cast

from hyperhttp._base._generated.bounds import GIVEN_CHARS_MAX
from hyperhttp._base._generated.errors import UnknownOption
from hyperhttp._base._generated.option_names import (
    BODY_OPTIONS,
    CLIENT_OPTIONS,
    CONFIG_FIELDS,
    FIELD_ALIASES,
    OPTION_ALIASES,
    OPTION_COUNTERPARTS,
)

if TYPE_CHECKING:
    from types import FunctionType

__all__ = ["checked", "checked_overloads", "cut", "nearest", "unknown_option"]

C = TypeVar("C", bound=Callable[..., object])
R = TypeVar("R")


def checked(call: C) -> C:
    """Wrap a function so that unknown keyword arguments raise `UnknownOption`.

    The error is raised at the call, for coroutine functions too: the wrapper returns their
    coroutine and adds no frame to it.

    Returns:
        A function with the same signature, which is a coroutine function if `call` is one.
    """

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

    if inspect.iscoroutinefunction(call):
        _mark_coroutine_function(cast("FunctionType", checking))
    return cast(C, checking)


def checked_overloads(call: Callable[..., R]) -> Callable[..., R]:
    """Wrap the implementation of overloads as `checked` does.

    Only the overloads have the types of the parameters, which don't exist at run time.
    """
    return checked(call)


def _mark_coroutine_function(wrapper: FunctionType) -> None:
    """Make `inspect` and `unittest.mock` see a coroutine function; it runs as before."""
    if sys.version_info >= (3, 12):
        inspect.markcoroutinefunction(wrapper)
    elif sys.implementation.name == "cpython":
        # CPython 3.11 creates coroutines by an instruction, not by this flag. PyPy reads the flag.
        code = wrapper.__code__
        wrapper.__code__ = code.replace(co_flags=code.co_flags | inspect.CO_COROUTINE)


def unknown_option(name: str, known: Iterable[str], *, is_field: bool = False) -> UnknownOption:
    """Return the error for an unknown name, without its value, which may be a secret.

    Args:
        name: The unknown name.
        known: The names that are known where it was given.
        is_field: True if it was given to a config model, not to a call.
    """
    names = [*known]
    suggestion = _elsewhere(name, names, is_field=is_field)
    if suggestion is None and name in OPTION_COUNTERPARTS:
        suggestion = OPTION_COUNTERPARTS[name] or None  # a similar name would have another meaning
    elif suggestion is None:
        suggestion = nearest(name, names)
    return UnknownOption(option=name, given="", allowed=_listed(names), suggestion=suggestion)


def _elsewhere(name: str, known: list[str], *, is_field: bool) -> str | None:
    """Return the known name that other clients call so, or the class that has the option."""
    alias = OPTION_ALIASES.get(name, name)
    own = FIELD_ALIASES.get(name, alias) if is_field else alias
    if own in known:
        return own
    if name in BODY_OPTIONS and not is_field:
        return f"request(method, url, {name}=...)"
    model = CONFIG_FIELDS.get(name)
    if alias in CLIENT_OPTIONS and not (is_field and model):
        return f"Client({alias}=...)"
    return f"{model}({name}=...)" if model else None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the most similar name, or None if none is similar."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), None)


def cut(value: object) -> str:
    """Return the repr of a value, shortened to fit on one line."""
    shown = repr(value)
    return shown if len(shown) <= GIVEN_CHARS_MAX else f"{shown[: GIVEN_CHARS_MAX - 3]}..."


def _listed(names: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "no options"
