from __future__ import annotations

from typing import get_args

import pytest

from hyperhttp._base._generated import errors
from hyperhttp._base.printable import printable

CONTROLS = [
    *map(chr, range(0x20)),
    "\x7f",
    *map(chr, range(0x80, 0xA0)),
    "\u2028",
    "\u202e",
    "\ud800",
]


@pytest.mark.parametrize("text", ["", "plain text", "Ä € 日本 🙂", '"quoted": {}'])
def test_text_that_can_be_shown_stays(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("char", CONTROLS)
def test_a_character_that_acts_on_a_terminal_or_a_log_is_replaced(char: str) -> None:
    assert printable(f"a{char}b") == "a\ufffdb"


@pytest.mark.parametrize("name", sorted({*get_args(errors.ErrorName)} & {*errors.__all__}))
def test_no_error_shows_a_control_character_of_its_attributes(name: str) -> None:
    kind: type[errors.HyperHTTPError] = getattr(errors, name)
    char = "".join(CONTROLS)
    error = kind.__new__(kind)
    error.origin = f"https://example.com{char}"
    for attribute in {key for base in kind.__mro__ for key in getattr(base, "__annotations__", {})}:
        if attribute not in errors.HyperHTTPError.__annotations__ and not hasattr(kind, attribute):
            setattr(error, attribute, f"x{char}y")
    for shown in (str(error), repr(error), *error.explain().splitlines()):
        assert shown.isprintable()
