"""Finds the Python snippets of a page, runs one, and says what its output comments promise.

A snippet may use `await` and `async with` at its top. What it may take for granted, and who answers
it, is the business of `play` and `stage`.
"""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sybil import Document
from sybil.parsers.markdown import CodeBlockParser

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "README.md",
    *sorted(
        f"docs/guide/{path.name}"
        for path in (ROOT / "docs/guide").glob("*.md")
        if "```python" in path.read_text()
    ),
)
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_PRINT = re.compile(r"^print\(.*\)  # (?P<promise>.+)$")


@dataclass(frozen=True)
class Snippet:
    """One fenced block of Python."""

    page: str
    line: int
    heading: str
    code: str
    is_tls: bool = True

    def __str__(self) -> str:
        """The name that a test shows."""
        return f"{self.page}:{self.line}"

    def in_cleartext(self) -> Snippet:
        """The same snippet with http in place of https."""
        code = self.code.replace("https://", "http://")
        return Snippet(self.page, self.line, self.heading, code, is_tls=False)

    @property
    def shows_an_error(self) -> bool:
        """Whether it is there to show that HTTPStatusError is raised."""
        return "# raises HTTPStatusError" in self.code

    @property
    def promises(self) -> list[tuple[str, ...] | None]:
        """For each `print` on a line of its own: the outputs that its comment allows."""
        prints = [line for line in self.code.splitlines() if line.startswith("print(")]
        return [_promise(_PRINT.match(line)) for line in prints]


def _promise(printed: re.Match[str] | None) -> tuple[str, ...] | None:
    """What a comment such as `# "HTTP/1.1" or "HTTP/2"` allows; None when it is prose."""
    if printed is None:
        return None
    try:
        return tuple(str(ast.literal_eval(word)) for word in printed["promise"].split(" or "))
    except (ValueError, SyntaxError):
        return None


def snippets_of(page: str, root: Path = ROOT) -> list[Snippet]:
    """All Python blocks of a page, in order."""
    document = Document.parse(str(root / page), CodeBlockParser(language="python", evaluator=_pass))
    found: list[Snippet] = []
    for example in document.examples():
        headings = _HEADING.findall(document.text, 0, example.start)
        line = document.text.count("\n", 0, example.start) + 2
        found.append(Snippet(page, line, headings[-1] if headings else page, str(example.parsed)))
    return found


def _pass(_: object) -> None:
    """Sybil wants to know how an example is run; here `run` does that, inside an event loop."""


async def run(
    snippet: Snippet,
    names: dict[str, object],
    *,
    watch: Callable[[object], object] | None = None,
) -> None:
    """Run a snippet; its names stay in `names`. `watch` is given what each `await` returned."""
    tree = ast.parse("\n" * (snippet.line - 1) + snippet.code, snippet.page)
    if watch is not None:
        tree = ast.fix_missing_locations(_Watched().visit(tree))
        names[_Watched.NAME] = watch
    code = compile(tree, snippet.page, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(code, names)  # the guide is our own text
    if inspect.isawaitable(result):
        await result


class _Watched(ast.NodeTransformer):
    """Passes the value of every `await` through a function."""

    NAME = "_watch"

    def visit_Await(self, node: ast.Await) -> ast.AST:
        self.generic_visit(node)
        name = ast.Name(self.NAME, ast.Load())
        return ast.copy_location(ast.Call(name, [node], []), node)
