"""The module for httpx2: that for httpx, with the other name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.emit import integrations
from tests.repo.trees import plant

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = '"""For httpx."""\nimport httpx\nHTTPX = httpx.Client  # not of httpx_aiohttp\n'


def test_the_name_is_replaced_as_a_whole_word(tmp_path: Path) -> None:
    root = plant(tmp_path, **{integrations.SOURCE: SOURCE})
    made = integrations.files(root)[integrations.PATH]
    assert made.endswith(
        '"""For httpx2."""\nimport httpx2\nHTTPX = httpx2.Client  # not of httpx_aiohttp\n'
    )
    assert f"To change it, edit {integrations.SOURCE} and" in made


def test_without_a_source_there_is_no_file(tmp_path: Path) -> None:
    assert integrations.files(tmp_path) == {}
