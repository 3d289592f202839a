"""The rules for address ranges: each names what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.codegen.specs import problems_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("10.0.0.1/8", "has host bits set"),
        ("10/8", "does not appear to be"),
        ("10.0.0.0/255.0.0.0", 'write "10.0.0.0/8"'),
    ],
)
def test_a_key_that_is_no_network_is_named(tmp_path: Path, key: str, reason: str) -> None:
    (found,) = problems_of(tmp_path, "addresses", '["10.0.0.0/8"]', f'["{key}"]')
    assert found.startswith("spec/addresses.toml")
    assert reason in found
