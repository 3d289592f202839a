"""The modules of `hyperhttp/_generated` that are the same for every spec.

They lie in the room because generated code needs them and imports nothing from outside it.
"""

from __future__ import annotations

from typing import Final

from codegen.ir import Spec
from codegen.text import header

HERE: Final = "codegen/emit/fixed.py"


def emit_package(_: Spec) -> str:
    """`__init__.py`: nothing but a docstring, so that importing a part is cheap."""
    return header(HERE) + '"""Made from `spec/`; import its modules, not this."""\n'


def emit_unset(_: Spec) -> str:
    """`unset.py`: the one value that means "not given"; an Enum member, since that narrows."""
    return header(HERE) + UNSET.lstrip()


def emit_checked(_: Spec) -> str:
    """`checked.py`: how a keyword that does not exist is answered."""
    return header(HERE) + CHECKED.lstrip()


UNSET: Final = '''
"""The value of an option that was not given; None means "off" or "no limit" instead."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal

__all__ = ["UNSET", "Unset"]


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "not given"

    def __repr__(self) -> str:
        return "UNSET"

    def __bool__(self) -> Literal[False]:
        return False


UNSET: Final = Unset.UNSET
'''

CHECKED: Final = '''
"""A keyword that does not exist is answered with UnknownOption and the nearest name that does.

Python's own answer is a TypeError, which is no HyperHTTPError. The check costs one `try` per call.
"""

from __future__ import annotations

import difflib
import functools
import inspect
from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from hyperhttp._generated.exceptions import UnknownOption

__all__ = ["checked", "cut", "nearest", "unknown_option"]

C = TypeVar("C", bound=Callable[..., object])
SHOWN = 80


def checked(call: C) -> C:
    """The same function; a misspelt keyword raises UnknownOption. Signature and hover stay as they are."""

    @functools.wraps(call)
    def checking(*args: object, **options: object) -> object:
        try:
            return call(*args, **options)
        except TypeError:
            # Python binds arguments before the first line runs, so with an unknown keyword nothing ran.
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
    return shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 3]}..."


def _listed(names: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "no options"

'''
