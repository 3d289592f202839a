"""`hyperhttp/_generated/unset.py`: the one value that means "not given".

It is an Enum member, since both type checkers narrow that.
"""

from __future__ import annotations

from typing import Final

from codegen.ir import Spec
from codegen.text import header

SOURCE: Final = '''
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


def emit(spec: Spec) -> str:
    """The module; it is the same for every spec."""
    del spec
    return header("codegen/emit/unset.py") + SOURCE.lstrip()
