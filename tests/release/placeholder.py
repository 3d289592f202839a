"""Finds the placeholder for the address of the repository, which must not be released."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PLACEHOLDER = "https://example.com/hyperhttp"
# Where the address of the repository is.
FILES = ("pyproject.toml", "README.md", "mkdocs.yml")


def placeholder_faults(root: Path) -> list[str]:
    """Return a line for each file that contains the placeholder."""
    return [
        f"{name}: replace the placeholder {PLACEHOLDER}"
        for name in FILES
        if PLACEHOLDER in (root / name).read_text(encoding="utf-8")
    ]
