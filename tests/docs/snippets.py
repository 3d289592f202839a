"""Finds the Python snippets of a page, runs one, and says what its output comments promise.

A snippet may use `await` and `async with` at its top. What it may take for granted, and who answers
it, is the business of `play` and `stage`.
"""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from sybil import Document
from sybil.parsers.markdown import CodeBlockParser

from codegen.emit.synchronous import synchronous_text
from tests.codegen.specs import real_spec

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

ROOT = Path(__file__).resolve().parents[2]
# Every page that shows Python, now and later; what is not meant to run is marked `py`.
PAGES = (
    "README.md",
    *sorted(
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "docs").rglob("*.md")
        if "```python" in path.read_text(encoding="utf-8")
    ),
)
REFERENCE = tuple(page for page in PAGES if page.startswith("docs/reference/"))
# Pages whose `client` is a `SyncClient`.
SYNCHRONOUS = (
    "docs/guide/synchronous.md",
    "docs/how-to/use-synchronous-code.md",
    "docs/reference/sync.md",
)
GUIDE = tuple(page for page in PAGES if page not in REFERENCE)
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_PROGRAM = re.compile(
    r"^(?:if __name__ == \"__main__\":\n    )?(?:asyncio\.run|run_virtual_time)\(", re.MULTILINE
)
_PRINTS = re.compile(
    r"\A```\s+It prints:\n\n```text\n(?P<text>.*?)\n```$", re.DOTALL | re.MULTILINE
)
_PRINT = re.compile(r"^print\(.*\)  # (?P<promise>.+)$")


@dataclass(frozen=True)
class Snippet:
    """One fenced block of Python."""

    page: str
    line: int
    heading: str
    code: str
    is_tls: bool = True
    output: str | None = None
    """All that it prints, where the page says so; `...` stands for what differs each time."""
    is_sync: bool = False
    """True if its client is a `SyncClient`."""

    def __str__(self) -> str:
        """The name that a test shows."""
        return f"{self.page}:{self.line}"

    def in_cleartext(self) -> Snippet:
        """The same snippet with http in place of https, unless its client refuses http."""
        if "hardened()" in self.code:
            return self
        code = self.code.replace("https://", "http://")
        output = self.output and self.output.replace("https://", "http://")
        return replace(self, code=code, output=output, is_tls=False)

    def synchronous(self) -> Snippet:
        """Return the same snippet for a synchronous client."""
        code = re.sub(r"\bSend\b", "SyncSend", synchronous_text(real_spec(), self.code))
        return replace(self, code=code, is_sync=True)

    @property
    def is_program(self) -> bool:
        """Whether it starts an event loop of its own, as a program does."""
        return _PROGRAM.search(self.code) is not None

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
        heading = headings[-1] if headings else page
        after = document.text[example.start + document.text[example.start :].index("\n```") + 1 :]
        said = _PRINTS.match(after)
        output = said["text"] if said is not None else None
        is_sync = page in SYNCHRONOUS
        found.append(
            Snippet(page, line, heading, str(example.parsed), output=output, is_sync=is_sync)
        )
    return found


def _pass(_: object) -> None:
    """Sybil wants to know how an example is run; here `run` does that, inside an event loop."""


def run_synchronous(
    snippet: Snippet, names: dict[str, object], watch: Callable[[object], object]
) -> None:
    """Run a synchronous snippet; `watch` is given what each call returned."""
    tree = ast.parse("\n" * (snippet.line - 1) + snippet.code, snippet.page)
    tree = ast.fix_missing_locations(_WatchedCalls().visit(tree))
    names[_Watched.NAME] = watch
    exec(compile(tree, snippet.page, "exec", dont_inherit=True), names)  # the guide is our text


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
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile(tree, snippet.page, "exec", flags=flags, dont_inherit=True)
    if snippet.is_program:
        # In a thread, since a loop runs in this one; types are looked up in their module.
        with _main_module(names) as main:
            await asyncio.to_thread(exec, code, main.__dict__)
        return
    result = eval(code, names)  # the guide is our own text
    if inspect.isawaitable(result):
        await result


@contextmanager
def _main_module(names: dict[str, object]) -> Generator[ModuleType]:
    """A module with these names in the place of the program's own."""
    before, main = sys.modules["__main__"], ModuleType("__main__")
    main.__dict__.update(names)
    sys.modules["__main__"] = main
    try:
        yield main
    finally:
        sys.modules["__main__"] = before


class _Watched(ast.NodeTransformer):
    """Passes the value of every `await` through a function."""

    NAME = "_watch"

    def visit_Await(self, node: ast.Await) -> ast.AST:
        self.generic_visit(node)
        name = ast.Name(self.NAME, ast.Load())
        return ast.copy_location(ast.Call(name, [node], []), node)


class _WatchedCalls(ast.NodeTransformer):
    """Passes the value of every call through a function, but for `Response.create`."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "create":
            return node
        name = ast.Name(_Watched.NAME, ast.Load())
        return ast.copy_location(ast.Call(name, [node], []), node)
