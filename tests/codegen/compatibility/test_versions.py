from __future__ import annotations

import pytest

from codegen.compatibility.versions import Version, released, required


@pytest.mark.parametrize(
    ("last", "weights", "lowest"),
    [
        ("0.1.0", [], "0.1.0"),
        ("0.1.0", ["addition"], "0.2.0"),
        ("0.1.7", ["addition", "breaking"], "0.2.0"),
        ("1.2.3", [], "1.2.3"),
        ("1.2.3", ["addition"], "1.3.0"),
        ("1.2.3", ["breaking", "addition"], "2.0.0"),
    ],
)
def test_the_heaviest_change_asks_for_the_number(
    last: str, weights: list[str], lowest: str
) -> None:
    assert str(required(Version.parse(last), weights)) == lowest


def test_versions_are_ordered_by_number_not_by_text() -> None:
    assert Version.parse("0.10.0") > Version.parse("0.9.9")


@pytest.mark.parametrize("text", ["", "1", "1.2", "1.2.3.4", "1.2.3rc1", "v1.2.3", "1.2.x"])
def test_what_is_no_version_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a version"):
        Version.parse(text)


def test_a_changelog_has_released_what_stands_in_its_headings() -> None:
    text = "# Changelog\n## Unreleased: 0.3.0\n## 0.2.0 (2026-12-01)\n- 9.9.9\n## 0.1.0\n"
    assert released(text) == {Version(0, 2, 0), Version(0, 1, 0)}
