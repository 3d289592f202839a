"""Every link of the documentation leads somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.repo.trees import ROOT, fail_on, plant

if TYPE_CHECKING:
    from pathlib import Path

# The README links to the repository by URL, so that its links work on a package index.
REPOSITORY = "https://example.com/hyperhttp/blob/main/"
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def slug(heading: str) -> str:
    """The anchor that Markdown renderers give a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def dead_links(root: Path) -> list[str]:
    seen, dead = 0, list[str]()
    for page in sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")]):
        for link in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            is_url = link.startswith(REPOSITORY)
            if "://" in link and not is_url:
                continue
            seen += 1
            path, _, anchor = link.removeprefix(REPOSITORY).partition("#")
            target = ((root if is_url else page.parent) / path) if path else page
            if not target.exists():
                dead.append(f"{page.relative_to(root)}: {link}: no such file")
            elif anchor and anchor not in anchors(target):
                dead.append(f"{page.relative_to(root)}: {link}: no such heading")
    assert seen, "no links seen: is this check looking at the right folder?"
    return dead


def anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ +(.+)$", FENCE.sub("", text), re.MULTILINE)
    return {slug(heading) for heading in headings} | set(re.findall(r'<a id="([^"]+)"', text))


def test_every_link_leads_somewhere() -> None:
    fail_on(dead_links(ROOT))


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("gone.md", "no such file"),
        ("there.md#gone", "no such heading"),
        ("#gone", "no such heading"),
        ("there.md#a-heading-with-code", None),
        ("there.md", None),
        (f"{REPOSITORY}docs/there.md", None),
        (f"{REPOSITORY}docs/gone.md", "no such file"),
        ("https://example.com/gone.md", None),
    ],
)
def test_a_dead_link_is_named(tmp_path: Path, link: str, reason: str | None) -> None:
    page = f"[text]({link}) [other](there.md)"
    files = {"docs/page.md": page, "docs/there.md": "# A heading, with `code`\n"}
    found = dead_links(plant(tmp_path, **files))
    assert found == ([] if reason is None else [f"docs/page.md: {link}: {reason}"])


def test_the_readme_has_no_relative_links() -> None:
    links = LINK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not link.startswith(REPOSITORY)] == []


def test_pages_without_links_are_a_failure(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right folder"):
        dead_links(plant(tmp_path, **{"README.md": "no links"}))
