"""The menu of the site names every page, and the check of the built site sees what is dead."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.docs.site import (
    describe_pages,
    main,
    menu_faults,
    metadata_faults,
    pages,
    search_faults,
    site_faults,
    whole_menu,
)
from tests.repo.trees import ROOT, plant

if TYPE_CHECKING:
    from pathlib import Path

MENU = """site_name: x
nav:
  - Home:
      - index.md
  - Guide:
      - A title: guide/first.md
      - guide/*.md
  - "*.md"
"""


def docs(root: Path, *names: str) -> Path:
    return plant(root, **dict.fromkeys((f"docs/{name}" for name in names), "# Title\n")) / "docs"


def test_every_page_of_the_documentation_has_one_place_in_the_menu() -> None:
    text = whole_menu((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), ROOT / "docs")
    assert len(pages(ROOT / "docs")) > 100
    assert menu_faults(text, ROOT / "docs") == []


def test_a_pattern_stands_for_the_pages_that_are_named_nowhere_else(tmp_path: Path) -> None:
    directory = docs(
        tmp_path, "index.md", "new.md", *(f"guide/{n}.md" for n in ("b", "a", "first"))
    )
    menu = whole_menu(MENU, directory)
    assert menu.splitlines()[4:] == [
        "  - Guide:",
        "      - A title: guide/first.md",
        "      - guide/a.md",
        "      - guide/b.md",
        "  - new.md",
    ]
    assert menu_faults(menu, directory) == []


def test_what_is_wrong_with_a_menu_is_told(tmp_path: Path) -> None:
    directory = docs(tmp_path, "index.md", "lost.md", "changes/note.md")
    text = "nav:\n  - index.md\n  - Again: index.md\n  - gone.md\n"
    assert menu_faults(text, directory) == [
        "lost.md: in no menu",
        "gone.md: in the menu, and not there",
        "index.md: twice in the menu",
    ]


@pytest.mark.parametrize(
    ("tag", "fault"),
    [
        ('<a href="there.html">', None),
        ('<a href="there.html#place">', None),
        ('<a href="#here">', None),
        ('<a href="#__search">', None),
        ('<a href="folder/">', None),
        ('<a href="/there.html">', None),
        ('<a href="mailto:a@example.com">', None),
        ('<a href="https://example.com/">', None),
        ('<script src="app.js"></script>', None),
        ('<a href="gone.html">', "index.html: gone.html: no such file"),
        ('<a href="there.html#gone">', "index.html: there.html#gone: no such place"),
        ('<a href="#gone">', "index.html: #gone: no such place"),
        ('<a href="empty/">', "index.html: empty/: no such file"),
        ('<img src="gone.png">', "index.html: gone.png: no such file"),
        (
            '<script src="https://cdn.example.com/x.js"></script>',
            "index.html: fetches https://cdn.example.com/x.js",
        ),
        (
            '<link rel="stylesheet" href="//fonts.example.com/x.css">',
            "index.html: fetches //fonts.example.com/x.css",
        ),
    ],
)
def test_what_is_dead_in_a_built_page_is_told(tmp_path: Path, tag: str, fault: str | None) -> None:
    files = {
        "index.html": f'<p id="here">{tag}',
        "there.html": '<a name="place"></a>',
        "folder/index.html": "",
        "empty/file.txt": "",
        "app.js": "",
    }
    assert site_faults(plant(tmp_path, **files)) == ([] if fault is None else [fault])


def test_a_site_without_pages_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="is the site built"):
        site_faults(tmp_path)


def test_links_from_the_base_of_the_site_are_followed(tmp_path: Path) -> None:
    site = plant(
        tmp_path, **{"404.html": '<a href="/docs/a.html"><a href="/docs/b.html">', "a.html": ""}
    )
    assert site_faults(site, "/docs/") == ["404.html: /docs/b.html: no such file"]


def page(description: str, article: str, title: str = "Page - hyperhttp") -> str:
    head = f'<title>{title}</title><meta name="description" content="{description}">'
    return f"{head}<article>{article}</article>"


def test_a_page_without_a_description_gets_its_first_paragraph(tmp_path: Path) -> None:
    site = plant(
        tmp_path,
        **{
            "index.html": page("The site.", "<p>Welcome.</p>"),
            "own.html": page("Its own.", "<p>Text.</p>"),
            "plain.html": page("The site.", '<p></p><p>A <code>"b"</code>\n c.</p><p>More.</p>'),
            "same.html": page("The site.", '<p>A "b" c.</p>'),
            "long.html": page("The site.", f"<p>{'word ' * 100}</p>"),
            "empty.html": page("The site.", "<h1>Title</h1>"),
        },
    )
    describe_pages(site)
    assert (site / "index.html").read_text() == page("The site.", "<p>Welcome.</p>")
    assert 'content="Its own."' in (site / "own.html").read_text()
    assert 'content="A &quot;b&quot; c."' in (site / "plain.html").read_text()
    assert f'content="{"word " * 32}..."' in (site / "long.html").read_text()
    assert 'content="Page: A &quot;b&quot; c."' in (site / "same.html").read_text()
    assert 'content="The site."' in (site / "empty.html").read_text()


def test_what_is_wrong_with_the_metadata_is_told(tmp_path: Path) -> None:
    site = plant(
        tmp_path,
        **{
            "404.html": page("One.", ""),
            "a.html": page("One.", ""),
            "b.html": page("One.", ""),
            "c.html": page("Two.", "", title="hyperhttp - hyperhttp"),
            "sitemap.xml": "<urlset></urlset>",
        },
    )
    assert metadata_faults(site) == [
        "b.html: has the description of a.html",
        "c.html: its title is hyperhttp twice",
        "sitemap.xml: is empty",
    ]
    plant(tmp_path, **{"sitemap.xml": "<loc>x</loc>"})
    assert len(metadata_faults(site)) == 2


def test_a_name_that_search_does_not_know_is_told(tmp_path: Path) -> None:
    index = {"items": [{"title": "<code>Limits.max_body_bytes</code>"}, {"title": "Timeout"}]}
    site = plant(tmp_path, **{"search.json": json.dumps(index)})
    assert search_faults(site, ["Timeout", "Limits.max_body_bytes", "ReadTimeout"]) == [
        "search does not find ReadTimeout"
    ]


def test_the_two_steps_end_with_what_they_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs(tmp_path, "index.md", "guide/first.md", "reference/errors/Lost.md")
    plant(
        tmp_path,
        **{
            "mkdocs.yml": MENU,
            "docs/reference/llms.txt": "[a](/guide/first.md) [b](/guide/gone.md)",
            "docs/changelog.md": '--8<-- "CHANGELOG.md"\n',
            "CHANGELOG.md": "# Changes",
            "docs/reference/llms-full.txt": "long",
            "site/index.html": "",
            "site/sitemap.xml": "<loc>https://example.com/</loc>",
            "site/search.json": json.dumps({"items": [{"title": "max_connections"}]}),
        },
    )
    assert main(["menu"], tmp_path) == 1
    assert "guide/first.md" in (tmp_path / ".site.yml").read_text()
    assert main(["check"], tmp_path) == 1
    assert (tmp_path / "site/llms-full.txt").read_text() == "long"
    assert (tmp_path / "site/changelog.md").read_text() == "# Changes\n"
    assert main(["other"], tmp_path) == 1
    assert capsys.readouterr().err.splitlines() == [
        "reference/errors/Lost.md: in no menu",
        "llms.txt: /guide/gone.md: no such file",
        "search does not find Lost",
        "give one of: menu, check",
    ]
