"""House rules that no linter knows: nothing of one machine, nothing left open, no foreign hosts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.repo.trees import ROOT, fail_on, plant, text_files

if TYPE_CHECKING:
    from pathlib import Path

# Words are written in halves where they would otherwise find themselves.
RULES = {
    "an absolute path of a machine": re.compile(
        r"(?:^|[\s\"'`(=:])/(?:work|root|home|farm|Users|tmp)/\w", re.MULTILINE
    ),
    "a type: ignore without a code": re.compile(r"#\s*(?:type|pyright):\s*ignore(?!\[)"),
    "something left open": re.compile(r"(?:#|//|<!--)\s*(?:TODO|FIXME|XXX|HACK)\b"),
    "a sleep in a test": re.compile(r"\b(?:time\.sleep\(|asyncio\.sleep\((?!0[,)]))"),
}
# Only files of tests may not sleep; a rule without an entry holds everywhere.
ONLY_BELOW = {"a sleep in a test": "tests/"}
HOST = re.compile(r"\bhttps?://(?:[^\s/@\"'`]*@)?((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
# RFC 2606 and RFC 6761 set these aside: nobody's machine ever has such a name.
RESERVED = re.compile(
    r"(?:^|\.)(?:example\.(?:com|org|net)|example|test|invalid|localhost)$", re.IGNORECASE
)
# Names that are never looked up: those of vocabularies, and one that only ends like example.com.
NEVER_FETCHED = {"json-schema.org", "notexample.com", "opentelemetry.io", "www.w3.org"}


def offences(root: Path) -> list[str]:
    seen, found = 0, list[str]()
    for name, text in text_files(root):
        seen += 1
        for rule, pattern in RULES.items():
            if name.startswith(ONLY_BELOW.get(rule, "")):
                found += [_at(name, text, hit) + rule for hit in pattern.finditer(text)]
        for hit in HOST.finditer(text):
            if not RESERVED.search(hit[1]) and hit[1] not in NEVER_FETCHED:
                found.append(_at(name, text, hit) + f"the host {hit[1]}: say example.com")
    assert seen, "no files seen: is this check looking at the right directory?"
    return found


def _at(name: str, text: str, hit: re.Match[str]) -> str:
    return f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: "


def test_the_house_is_clean() -> None:
    fail_on(offences(ROOT))


@pytest.mark.parametrize(
    ("text", "offence"),
    [
        ("path = '/@home/somebody/x'", "absolute path"),
        ("see /@tmp/plan.md", "absolute path"),
        ("x = y  # type: @ignore", "without a code"),
        ("x = y  # pyright: @ignore", "without a code"),
        ("# @TODO later", "left open"),
        ("<!-- @FIXME -->", "left open"),
        ("await asyncio.@sleep(1)", "a sleep"),
        ("time.@sleep(0.1)", "a sleep"),
        ("get('https:@//www.python.org/')", "the host www.python.org"),
        ("get('http:@//user:pw@files.host.net/')", "the host files.host.net"),
    ],
)
def test_an_offence_is_named_with_its_line(tmp_path: Path, text: str, offence: str) -> None:
    # The first "@" is there so that this file does not offend by its own examples.
    (found,) = offences(plant(tmp_path, **{"tests/test_x.py": f"\n{text.replace('@', '', 1)}\n"}))
    assert found.startswith("tests/test_x.py:2: ")
    assert offence in found


@pytest.mark.parametrize(
    "text",
    [
        "x = y  # type: ignore[arg-type]  # wrong on purpose",
        "# pyright: ignore[reportCallIssue]",
        "await asyncio.sleep(0)",
        "get('https://api.example.com/tmp/x')",
        "get('http://localhost:8000/')  get('http://127.0.0.1/')  get('http://[::1]/')",
        "get(f'http://{host}/')  get('http://no-such-host.invalid/')",
        "/usr/share/x",
    ],
)
def test_what_is_allowed_passes(tmp_path: Path, text: str) -> None:
    assert offences(plant(tmp_path, **{"tests/test_x.py": text})) == []


def test_an_empty_tree_is_a_failure_not_a_pass(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right directory"):
        offences(tmp_path)
