from __future__ import annotations

from typing import TYPE_CHECKING

from tests.release.placeholder import FILES, PLACEHOLDER, placeholder_faults
from tests.repo.trees import ROOT, plant

if TYPE_CHECKING:
    from pathlib import Path


def test_each_file_with_the_placeholder_is_named(tmp_path: Path) -> None:
    files = dict.fromkeys(FILES, "https://example.com/\n")
    root = plant(tmp_path, **files)
    assert placeholder_faults(root) == []
    plant(tmp_path, **{"README.md": f"[a]({PLACEHOLDER}/blob/main/x.md)"})
    assert placeholder_faults(root) == [f"README.md: replace the placeholder {PLACEHOLDER}"]


def test_the_placeholder_stands_nowhere_else_in_the_metadata() -> None:
    assert PLACEHOLDER in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert len(placeholder_faults(ROOT)) == len(FILES)
