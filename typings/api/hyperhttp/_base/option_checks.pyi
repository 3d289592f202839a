# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/option_checks.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Mapping
from typing import TypeAlias

__all__ = [
    "Extensions",
    "ExtensionsInput",
    "SentCookies",
    "checked_count",
    "checked_extensions",
    "checked_flag",
]

Extensions: TypeAlias = dict[str, object]

SentCookies: TypeAlias = dict[str, str]

ExtensionsInput: TypeAlias = Mapping[str, object]

def checked_flag(given: object, *, option: str) -> bool: ...
def checked_count(given: object, *, option: str) -> int: ...
def checked_extensions(given: object) -> ExtensionsInput: ...
