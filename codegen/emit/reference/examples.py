"""Examples that a reader can run: the imports that the spec leaves out are added.

`client` and `response` are assumed, as in the guide. Everything else is imported.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterator
from typing import Final

from codegen.ir import Spec
from codegen.text import INDENT

_NAME: Final = re.compile(r"(?<![\w.\"'])[A-Z]\w+")
GRANTED: Final = (
    "In the examples, `client` is an open `Client` and `response` is a response from it."
)


def code(text: str) -> str:
    """Return a block of Python."""
    return f"```python\n{text.strip()}\n```"


def example(spec: Spec, text: str) -> str:
    """Return a block of Python with its imports."""
    return with_imports(text, {*spec.config, *spec.errors, "Client"})


def prose(doc: str, known: Collection[str]) -> str:
    """Return a docstring as Markdown; an indented block becomes Python that the tests run.

    Names in `known` are imported for it.
    """
    return "\n\n".join(
        with_imports(textwrap.dedent(block), known) if block.startswith(INDENT) else block
        for block in _blocks(doc.replace("\n\nExample:\n", "\n\n"))
    )


def with_imports(text: str, known: Collection[str]) -> str:
    """Return a block of Python with imports of those `known` names that it uses."""
    body = text.strip()
    if body.startswith(("import ", "from ")):
        return code(body)
    imports = _imports(known, body)
    # PEP 8 wants two blank lines before a definition.
    gap = ["", ""] if body.startswith(("def ", "async def ", "class ", "@")) else [""]
    return code("\n".join([*imports, *gap, body] if imports else [body]))


def _blocks(doc: str) -> Iterator[str]:
    """Yield the paragraphs; blank lines within an indented block don't end it."""
    block = ""
    for paragraph in doc.split("\n\n"):
        if block and not (block.startswith(INDENT) and paragraph.startswith((INDENT, "\n"))):
            yield block
            block = ""
        block = f"{block}\n\n{paragraph}" if block else paragraph
    if block:
        yield block


def _imports(known: Collection[str], body: str) -> list[str]:
    ours = sorted({name for name in _NAME.findall(body) if name in known})
    lines = ["from pathlib import Path", ""] if "Path" in _NAME.findall(body) else []
    if re.search(r"\bhyperhttp\.", body):
        lines.append("import hyperhttp")
    if ours:
        lines.append(f"from hyperhttp import {', '.join(ours)}")
    return lines if any(lines[-1:]) else lines[:-1]
