"""A checkout with all generated files, once a session; a test that changes it takes a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from codegen.output_dirs import Rendering, render, write
from tests.codegen.specs import scratch_checkout


@pytest.fixture(scope="session")
def made_checkout(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rendering]:
    root = scratch_checkout(tmp_path_factory.mktemp("made") / "checkout")
    rendering = render(root)
    list(write(root, rendering.files))
    return root, rendering


@pytest.fixture
def checkout(made_checkout: tuple[Path, Rendering], tmp_path: Path) -> Path:
    """A copy to break."""
    return Path(shutil.copytree(made_checkout[0], tmp_path / "checkout"))


@pytest.fixture(scope="session")
def made(made_checkout: tuple[Path, Rendering]) -> Rendering:
    return made_checkout[1]
