"""The site of the documentation: its menu made whole before it is built, its pages checked after.

`python -m tests.docs.site menu` writes `.site.yml`, which is mkdocs.yml with each `*.md` of the
menu put in full; `python -m tests.docs.site check` looks for what is dead in the built pages. It
needs nothing but Python; what a page looks like is not its business.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
# For contributors; not part of the site.
NOT_SHOWN = ("changes/*", "decisions/template.md")
# Files that belong at the top of a site, whoever made them.
AT_THE_TOP = ("reference/llms.txt", "reference/llms-full.txt")
_ENTRY = re.compile(r"^(?P<indent> +)- (?:[^:\n]+: )?\"?(?P<path>[\w./*-]+\.md)\"?$", re.MULTILINE)
_DESCRIPTION = re.compile(r'<meta name="description" content="(?P<text>[^"]*)">')
_TITLE = re.compile(r"<title>(?P<page>[^<]*?) - (?P<site>[^<]*)</title>")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
# What search engines show.
DESCRIPTION_CHARACTERS_MAX = 160
_INCLUDE = re.compile(r'^--8<-- "(.+)"$', re.MULTILINE)


def pages(docs: Path) -> list[str]:
    """The pages that are shown, by their paths below the directory."""
    found = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    return [page for page in found if not any(fnmatch(page, one) for one in NOT_SHOWN)]


def whole_menu(text: str, docs: Path) -> str:
    """The configuration with each pattern replaced by the pages that are named nowhere else."""
    named = {entry["path"] for entry in _ENTRY.finditer(text)}
    left = [page for page in pages(docs) if page not in named]

    def in_full(entry: re.Match[str]) -> str:
        pattern = entry["path"]
        if "*" not in pattern:
            return entry[0]
        fitting = [page for page in left if page.count("/") == pattern.count("/")]
        fitting = [page for page in fitting if fnmatch(page, pattern)]
        return "\n".join(f"{entry['indent']}- {page}" for page in fitting)

    return re.sub(r"\n{2,}", "\n", _ENTRY.sub(in_full, text))


def menu_faults(text: str, docs: Path) -> list[str]:
    """Pages that a whole menu leaves out, names twice, or that are not there."""
    named = [entry["path"] for entry in _ENTRY.finditer(text)]
    there = pages(docs)
    missing = [f"{page}: in no menu" for page in there if page not in named]
    gone = [f"{page}: in the menu, and not there" for page in named if page not in there]
    twice = [f"{page}: twice in the menu" for page in sorted(set(named)) if named.count(page) > 1]
    return missing + gone + twice


class Page(HTMLParser):
    """What a built page refers to, and the anchors that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note what a tag leads to, and its own name."""
        given = {name: value for name, value in attrs if value}
        self.anchors.update(given[name] for name in ("id", "name") if name in given)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and "href" in given and given.get("rel") != "canonical":
            self.fetched.append(given["href"])
        elif tag in {"script", "img", "iframe", "source"} and "src" in given:
            self.fetched.append(given["src"])


def site_faults(site: Path, base: str = "/") -> list[str]:
    """Links that lead nowhere, and files that would be fetched from elsewhere.

    `base` is the path of the site on its host. Links of the 404 page begin with it.
    """
    read = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    assert read, "no page seen: is the site built?"
    found: list[str] = []
    for path, page in read.items():
        name = path.relative_to(site).as_posix()
        found += [f"{name}: fetches {one}" for one in page.fetched if urlsplit(one).netloc]
        for link in (*page.links, *page.fetched):
            target = f"/{link.removeprefix(base)}" if link.startswith(base) else link
            found += [f"{name}: {link}: {why}" for why in _dead(site, path, target, read)]
    return found


def _dead(site: Path, path: Path, link: str, read: dict[Path, Page]) -> Iterator[str]:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return
    base = site if parts.path.startswith("/") else path.parent
    target = (base / unquote(parts.path.lstrip("/"))).resolve() if parts.path else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        yield "no such file"
    elif target in read and not _has(read[target], unquote(parts.fragment)):
        yield "no such place"


def _has(page: Page, anchor: str) -> bool:
    # What a script does with it, such as `#__search`, is no place on the page.
    return not anchor or anchor.startswith("__") or anchor in page.anchors


def add_sources(root: Path, site: Path) -> None:
    """Put each page as Markdown beside the built one, for programs that read, and their index."""
    for page in pages(root / "docs"):
        text = (root / "docs" / page).read_text(encoding="utf-8")
        whole = _INCLUDE.sub(lambda found: (root / found[1]).read_text(encoding="utf-8"), text)
        target = site / page
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(whole, encoding="utf-8")
    for name in AT_THE_TOP:
        shutil.copy(root / "docs" / name, site)


def describe_pages(site: Path) -> None:
    """Give each page without a description of its own its first paragraph as description."""
    used: set[str] = set()
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        described = _DESCRIPTION.search(text)
        summary = _summary(text)
        if described is None or path == site / "index.html" or not summary:
            continue
        if described["text"] == _description_of(site):
            start, end = described.span("text")
            if summary in used and (title := _TITLE.search(text)):
                summary = f"{title['page']}: {summary}"
            used.add(summary)
            path.write_text(text[:start] + summary + text[end:], encoding="utf-8")


def _description_of(site: Path) -> str:
    """Return the description of the site: that of its first page."""
    found = _DESCRIPTION.search((site / "index.html").read_text(encoding="utf-8"))
    return found["text"] if found is not None else ""


def _summary(text: str) -> str:
    """Return the first paragraph of a page as plain text, cut after a word; empty without one."""
    article = text.partition("<article")[2]
    for paragraph in _PARAGRAPH.findall(article):
        plain = " ".join(re.sub(r"<[^>]+>", "", paragraph).replace('"', "&quot;").split())
        if len(plain) <= DESCRIPTION_CHARACTERS_MAX:
            shown = plain
        else:
            shown = plain[:DESCRIPTION_CHARACTERS_MAX].rpartition(" ")[0] + " ..."
        if shown:
            return shown
    return ""


def metadata_faults(site: Path) -> list[str]:
    """Titles with the name of the site twice, and descriptions that two pages share."""
    found: list[str] = []
    seen: dict[str, str] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        text = path.read_text(encoding="utf-8")
        if (title := _TITLE.search(text)) and title["page"] == title["site"]:
            found.append(f"{name}: its title is {title['page']} twice")
        described = _DESCRIPTION.search(text)
        if described is None or name == "404.html":
            continue
        if (other := seen.setdefault(described["text"], name)) != name:
            found.append(f"{name}: has the description of {other}")
    if "<loc>" not in (site / "sitemap.xml").read_text(encoding="utf-8"):
        found.append("sitemap.xml: is empty")
    return found


def _base_of(configuration: str) -> str:
    """Return the path of `site_url`."""
    found = re.search(r"^site_url: (\S+)$", configuration, re.MULTILINE)
    return urlsplit(found[1]).path if found is not None else "/"


def index_faults(site: Path) -> list[str]:
    """Pages that the index for programs names and that are not there."""
    links = re.findall(r"\]\(/([^)]*)\)", (site / "llms.txt").read_text(encoding="utf-8"))
    return [f"llms.txt: /{link}: no such file" for link in links if not (site / link).is_file()]


def search_faults(site: Path, words: Sequence[str]) -> list[str]:
    """Names that the search of the site does not know by a title."""
    index = json.loads((site / "search.json").read_text(encoding="utf-8"))
    titles = " ".join(re.sub(r"<[^>]+>", "", str(item.get("title"))) for item in index["items"])
    return [f"search does not find {word}" for word in words if word not in titles]


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Run one of the two steps; returns the exit code."""
    docs, site = root / "docs", root / "site"
    if arguments == ["menu"]:
        text = whole_menu((root / "mkdocs.yml").read_text(encoding="utf-8"), docs)
        (root / ".site.yml").write_text(text, encoding="utf-8")
        found = menu_faults(text, docs)
    elif arguments == ["check"]:
        add_sources(root, site)
        errors = sorted(path.stem for path in (docs / "reference/errors").glob("*.md"))
        describe_pages(site)
        base = _base_of((root / "mkdocs.yml").read_text(encoding="utf-8"))
        found = site_faults(site.resolve(), base) + index_faults(site) + metadata_faults(site)
        found += search_faults(site, [*errors, "max_connections"])
    else:
        found = ["give one of: menu, check"]
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
