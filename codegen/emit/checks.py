"""The functions that look at a value beside pydantic, for the words whose `checked_by` names them.

They become part of `hyperhttp/_base/_generated/config.py`; which of them is needed there is decided by the
emitter of that module.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# What a check imports: module and name.
CHECK_IMPORTS: Final[Mapping[str, Mapping[str, str]]] = {
    "address": {"ipaddress": "ip_address"},
    "error": {"hyperhttp._base._generated.errors": "ERROR_NAMES"},
}
# How a check is told to pydantic, and the check itself.
CHECKS: Final[Mapping[str, tuple[str, str]]] = {
    "address": (
        "AfterValidator",
        """
def _address(text: str) -> str:
    ip_address(text)  # ValueError for what is none
    return text
""",
    ),
    "charset": (
        "AfterValidator",
        """
def _charset(name: str) -> str:
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        raise ValueError(f"{name!r} is not an encoding that Python knows") from None
    return name
""",
    ),
    "error": (
        "AfterValidator",
        """
def _error(name: str) -> str:
    if name not in ERROR_NAMES:
        raise ValueError(f"{name!r} is not an error of hyperhttp")
    return name
""",
    ),
    "path": (
        "BeforeValidator",
        """
def _path(given: str | os.PathLike[str]) -> str:
    try:
        text = os.fspath(given)
    except TypeError:
        raise ValueError("a path is text, or has `__fspath__`") from None
    if type(text) is not str or not text:
        raise ValueError("a path is text, and not empty")
    return text
""",
    ),
}
