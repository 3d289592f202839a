from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hyperhttp._base.option_values import check_address, check_charset, check_path


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (check_address, "127.0.0.1"),
        (check_address, "::1"),
        (check_charset, "utf-8"),
        (check_path, "a.pem"),
    ],
)
def test_a_good_value_is_returned_unchanged(check: Callable[[str], str], value: str) -> None:
    assert check(value) is value


@pytest.mark.parametrize(
    ("check", "value", "said"),
    [
        (check_address, "localhost", "does not appear to be"),
        (check_charset, "klingon", "not an encoding"),
        (check_charset, "hex", "not an encoding"),
        (check_path, "", "not empty"),
        (check_path, 1, "a path is text"),
        (check_path, b"a.pem", "a path is text"),
    ],
)
def test_a_wrong_value_is_a_value_error(
    check: Callable[[object], str], value: object, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        check(value)


def test_a_path_object_becomes_text() -> None:
    assert check_path(Path("a.pem")) == "a.pem"
