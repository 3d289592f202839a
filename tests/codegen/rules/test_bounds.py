from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.specs import problems_of


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[CONTINUE_WAIT_S]", "[continue_wait_s]", "the name of a constant is in capital letters"),
        ("[CONTINUE_WAIT_S]", "[CONTINUE_WAIT]", "the name of a bound in seconds ends with _S"),
        (
            "[URL_CHARS_MAX]",
            "[URL_MAX]",
            "the name of a bound in characters ends with _CHARS or _CHARS_MAX",
        ),
        ("[COOKIES_MAX]", "[COOKIES]", "the name of a bound without a unit ends with _MAX"),
        ("value = 1.0", "value = 0.0", "value: 0.0 is not more than 0"),
        ("value = 1.0", "value = 1", "value: 1 is not a number with a decimal point"),
        ("value = 65536", "value = 65536.0", "value: 65536.0 is not a whole number"),
    ],
)
def test_a_bound_that_is_wrong_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    (found,) = problems_of(tmp_path, "bounds", old, new)
    assert found.startswith("spec/bounds.toml [")
    assert found.endswith(f": {said}")


def test_an_unknown_key_is_responded_with_the_nearest(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, "bounds", 'unit = "seconds"', 'units = "seconds"')
    assert found == (
        'spec/bounds.toml [CONTINUE_WAIT_S]: unknown key "units". Did you mean "unit"?'
    )
