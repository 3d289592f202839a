"""Texts follow the writing guide: no banned term, no sentence too long, in prose, spec and code."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest

from tests.repo.trees import ROOT, fail_on, plant
from tests.repo.wording import WORDS_MAX, code_texts, findings, page_texts, spec_texts

if TYPE_CHECKING:
    from pathlib import Path


def offences(root: Path) -> dict[str, list[str]]:
    """Return the findings of each file that has any."""
    seen, found = 0, dict[str, list[str]]()
    for text in chain(page_texts(root), spec_texts(root), code_texts(root)):
        seen += 1
        for finding in findings(text):
            found.setdefault(text.file, []).append(finding)
    assert seen, "no texts seen: is this check looking at the right directory?"
    return found


def test_texts_follow_the_writing_guide() -> None:
    fail_on([line for lines in offences(ROOT).values() for line in lines])


@pytest.mark.parametrize(
    ("file", "text", "finding"),
    [
        ("docs/a.md", "The server answers@ late.", "'answers'"),
        ("docs/a.md", "The client knows@ it.", "'knows'"),
        ("docs/a.md", "The head@ of a message.", "'head'"),
        ("docs/a.md", "It is sent again@.", "'sent again'"),
        ("docs/a.md", "A flow of your own@.", "'of your own'"),
        ("docs/a.md", "A 404 is no@ error.", "'is no'"),
        ("docs/a.md", "First. What@ fits is used.", "begins with 'What'"),
        ("README.md", "word " * WORDS_MAX + "more.", "a sentence has 26 words"),
        ("spec/a.toml", 'doc = "Whoever@ reads it."', "'Whoever'"),
        ("spec/a.toml", 'causes = ["A bomb@."]', "'bomb'"),
        ("hyperhttp/a.py", '"""The folder@ of it."""', "'folder'"),
        ("hyperhttp/a.py", 'raise ValueError("nobody@ reads it")', "'nobody'"),
        ("hyperhttp/a.py", "x = 1  # the law@ of it", "'the law'"),
        ("codegen/a.py", 'f"{x} stands@ here"', "'stands'"),
        ("spec/a.toml", "# the facts@", "'facts'"),
        ("hyperhttp/_base/_generated/a.py", '"""It tells@."""', "'tells'"),
    ],
)
def test_a_planted_text_is_found(tmp_path: Path, file: str, text: str, finding: str) -> None:
    (found,) = offences(plant(tmp_path, **{file: f"\n{text.replace('@', '')}\n"})).values()
    assert any(line.startswith(f"{file}:2: ") and finding in line for line in found), found


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("docs/a.md", "Send `answers=` or a HEAD request; see [x](what/answer.md)."),
        ("docs/a.md", "```python\nanswer = nobody\n```"),
        ("docs/a.md", "There is no limit, because certificate authorities are well-known."),
        ("docs/a.md", "A decompression bomb. Overhead, `Who` and one-time tokens."),
        ("docs/a.md", "word " * WORDS_MAX + "."),
        ("spec/a.toml", 'example = "who says what"'),
        ("hyperhttp/a.py", "answer = 'answer'\nhead = told(answer)"),
    ],
)
def test_allowed_texts_pass(tmp_path: Path, file: str, text: str) -> None:
    assert offences(plant(tmp_path, **{file: text, "README.md": "Fine."})) == {}


def test_an_empty_tree_is_a_failure_not_a_pass(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right directory"):
        offences(tmp_path)
