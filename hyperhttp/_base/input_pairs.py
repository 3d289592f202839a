"""Pairs from user input: mappings, sequences, and the pairs of either.

Headers, parameters, form fields and cookies are pairs. Other input raises a `ConfigError` with the
name of the option. The caller checks the names and values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeGuard

from hyperhttp._base._generated.errors import ConfigError

__all__ = ["is_buffer", "is_mapping", "is_sequence", "pairs_of", "shown"]

_ALLOWED: Final = "a mapping, or a sequence of (name, value) pairs"


def pairs_of(given: object, *, option: str) -> Iterable[tuple[object, object]]:
    """Return name and value of each entry. Raises ConfigError for a string or a list of strings."""
    if is_mapping(given):
        return given.items()
    if is_sequence(given):
        return [_pair(item, option) for item in given]
    # In requests, and in old versions of httpx, `data=` is also a body as it is.
    instead = "content=" if option == "data" else None
    raise ConfigError(option=option, given=shown(given), allowed=_ALLOWED, suggestion=instead)


def shown(value: object) -> str:
    """Return a value for an error: its type alone if the text could contain a secret."""
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    return type(value).__name__


# Guards, because `isinstance` alone would leave the types inside unknown.
def is_mapping(value: object) -> TypeGuard[Mapping[object, object]]:
    """Return whether this has names and values."""
    # An exact dict is by far the most frequent, and asking an ABC is slow.
    return type(value) is dict or isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[object]]:
    """Return whether this holds several values; a text or a buffer is one."""
    if isinstance(value, (str, bytes, bytearray, memoryview)):
        return False
    return isinstance(value, Sequence)


def is_buffer(value: object) -> TypeGuard[bytes | bytearray | memoryview]:
    """Return whether this is bytes, in whichever of the three types."""
    return isinstance(value, (bytes, bytearray, memoryview))


def _pair(item: object, option: str) -> tuple[object, object]:
    if is_sequence(item) and len(item) == 2:
        return item[0], item[1]
    raise ConfigError(option=option, given=f"an item that is {shown(item)}", allowed=_ALLOWED)
