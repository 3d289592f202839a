"""Lines of Python: headers, docstrings, imports, signatures, and the formatter that ends it all.

Everything here turns values into text; what the text means is decided by the emitters.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

WIDTH: Final = 100
INDENT: Final = "    "


def header(*sources: str, comment: str = "#") -> str:
    """The two lines on top: which command made the file, and which spec file to edit."""
    opening, closing = ("<!-- ", " -->") if comment == "<!--" else (f"{comment} ", "")
    edited = " and ".join(sources)
    return (
        f"{opening}Made by `python -m codegen`; a change made here by hand is lost.{closing}\n"
        f"{opening}To change it, edit {edited} and run the command again.{closing}\n"
    )


def indented(lines: Iterable[str], depth: int = 1) -> list[str]:
    """The lines, each one deeper; empty ones stay empty."""
    return [INDENT * depth + line if line else "" for line in lines]


def wrapped(text: str, depth: int) -> list[str]:
    """A paragraph broken to the width that is left at this depth."""
    return textwrap.wrap(
        text, WIDTH - len(INDENT) * depth, break_long_words=False, break_on_hyphens=False
    )


def docstring(paragraphs: Sequence[str | Sequence[str]], depth: int) -> list[str]:
    """Return a docstring: wrapped texts and unchanged lists of lines, with blank lines between."""
    text = docstring_text(paragraphs, depth)
    raw = "r" if "\\" in text else ""
    lines = text.splitlines()
    if len(lines) == 1 and len(text) + 6 + len(raw) <= WIDTH - len(INDENT) * depth:
        return [f'{raw}"""{text}{" " if text.endswith(chr(34)) else ""}"""']
    return [f'{raw}"""{lines[0]}', *lines[1:], '"""']


def docstring_text(paragraphs: Sequence[str | Sequence[str]], depth: int) -> str:
    """The text of a docstring, without its quotes and its indentation."""
    blocks: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if isinstance(paragraph, str):
            # The first line shares its line with the quotes.
            margin = "...." if number == 0 else ""
            first, *rest = wrapped(f"{margin}{paragraph}", depth)
            blocks.append("\n".join([first.removeprefix(margin), *rest]))
        else:
            blocks.append("\n".join(paragraph))
    return "\n\n".join(blocks)


def example_block(example: str) -> list[str]:
    """The `Example:` section of a docstring."""
    return ["Example:", *indented(example.strip().splitlines())]


def opening(
    sources: Sequence[str],
    doc: str,
    names: Mapping[str, Iterable[str]],
    typing_only: Mapping[str, Iterable[str]],
    public: Iterable[str],
) -> list[str]:
    """How a module begins: header, docstring, imports, those for type checkers, and `__all__`."""
    return [
        header(*sources).rstrip(),
        f'"""{doc}"""',
        "",
        "from __future__ import annotations",
        "",
        *imports(names),
        "",
        "if TYPE_CHECKING:",
        *indented(imports(typing_only)),
        "",
        f"__all__ = {json.dumps(sorted(public))}",
        "",
        "",
    ]


def imports(names: Mapping[str, Iterable[str]]) -> list[str]:
    """`from x import a, b` lines: standard library, third party, then our own; each sorted.

    `a as b` is on a separate line, as ruff wants it.
    """
    groups: dict[int, list[str]] = {}
    for module in sorted(names):
        group = _import_group(module)
        ordered = sorted(set(names[module]), key=import_order)
        plain = ", ".join(name for name in ordered if " as " not in name)
        for listed in filter(None, [plain, *(name for name in ordered if " as " in name)]):
            groups.setdefault(group, []).append(f"from {module} import {listed}")
    lines: list[str] = []
    for group in sorted(groups):
        lines += [*groups[group], ""]
    return lines[:-1]


def constants_module(
    source: str,
    doc: str,
    names: Iterable[str],
    lines: Iterable[str],
    *collections: str,
    typing: Iterable[str] = (),
) -> str:
    """A module that has nothing but constants; `collections` and `typing` are what it imports."""
    return "\n".join(
        [
            header(source).rstrip(),
            f'"""{doc}"""',
            "",
            "from __future__ import annotations",
            "",
            *(f"from collections.abc import {name}" for name in collections),
            f"from typing import {', '.join(['Final', *typing])}",
            "",
            "__all__ = [",
            *indented(f'"{name}",' for name in sorted(names)),
            "]",
            "",
            *lines,
            "",
        ]
    )


def formatted(text: str, path: str) -> str:
    """Return the text as ruff formats it; `path` distinguishes Python from a stub."""
    if not path.endswith((".py", ".pyi")):
        return text
    command = [_ruff(), "format", "--isolated", f"--line-length={WIDTH}", "--target-version=py311"]
    done = subprocess.run(
        [*command, f"--stdin-filename={path}", "-"],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        numbered = "\n".join(f"{n:4} {line}" for n, line in enumerate(text.splitlines(), 1))
        raise ValueError(f"ruff cannot format {path}: {done.stderr.decode()}\n{numbered}")
    return done.stdout.decode()


@cache
def _ruff() -> str:
    beside = Path(sys.executable).with_name("ruff")
    found = str(beside) if beside.exists() else shutil.which("ruff")
    if found is None:
        raise FileNotFoundError("ruff is not installed; `pip install ruff` brings it")
    return found


def _import_group(module: str) -> int:
    top = module.partition(".")[0]
    if top == "__future__":
        return 0
    if top in sys.stdlib_module_names:
        return 1
    return 3 if top == "hyperhttp" else 2


def import_order(name: str) -> tuple[int, str, str]:
    """How isort and ruff order names: CONSTANTS, Classes, functions."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return kind, name.lower(), name


def section(title: str, entries: list[tuple[str, str]], depth: int) -> list[str]:
    """A part of a docstring with a title and, for each entry, a name and what it is."""
    lines = [f"{title}:"]
    for name, text in entries:
        first, *rest = wrapped(f"....{name}: {text}", depth + 2)
        lines += [*indented([first.removeprefix("....")]), *indented(rest, 2)]
    return lines
