"""Markdown of the reference: headings, lists, tables, code, and members of hand-written classes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from codegen.emit.reference.examples import prose
from codegen.surface import Function, Surface, decorators, docstring_of
from codegen.text import WIDTH, header

# Entries of the first release don't show their version.
FIRST_VERSION: Final = "0.1"
# A bar would end the cell of a table; Markdown shows `\\|` as it is inside backticks, entities aren't.
_BAR: Final = "&#124;"
_ENTITIES: Final = str.maketrans({char: f"&#{ord(char)};" for char in "&<>|*_[]"})
_CODE: Final = re.compile(r"(`+)(.+?)\1")


def page(title: str, sources: Sequence[str], blocks: Iterable[str]) -> str:
    """Return a whole page, with a blank line between blocks."""
    head = header(*sources, comment="<!--").rstrip()
    return "\n\n".join([f"{head}\n\n# {title}", *(block.strip("\n") for block in blocks)]) + "\n"


def declaration(text: str) -> str:
    """Return a signature as a block that is highlighted but not run."""
    return f"```py\n{text.strip()}\n```"


def facts(entries: Iterable[tuple[str, str]]) -> str:
    """Return a list of `- **name:** text`, without entries that have no text."""
    return "\n".join(f"- **{name}:** {text}" for name, text in entries if text)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; bars inside cells are escaped, and columns without any text are left out."""
    lines = [list(row) for row in rows]
    shown = [at for at in range(len(columns)) if any(line[at] for line in lines)]
    cells = [[columns[at] for at in shown], ["---"] * len(shown)]
    cells += [[_cell(line[at]) for at in shown] for line in lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def since(version: str) -> str:
    """Return the version since which something exists; empty for the first release."""
    return "" if version == FIRST_VERSION else version


def _cell(text: str) -> str:
    """Return the text of a cell; code with a bar becomes an HTML element."""
    return _CODE.sub(_escaped_code, text).replace("|", _BAR)


def _escaped_code(span: re.Match[str]) -> str:
    return f"<code>{span[2].translate(_ENTITIES)}</code>" if "|" in span[2] else span[0]


def anchor(name: str) -> str:
    """Return the anchor of a heading."""
    return name.lower().replace(" ", "-")


def signature(name: str, parameters: Sequence[str], returns: str) -> str:
    """Return `name(a, b) -> X`, on one line or on several."""
    line = f"{name}({', '.join(parameters)}) -> {returns}"
    if len(line) <= WIDTH - 12:
        return line
    inside = "\n".join(f"    {parameter}," for parameter in parameters)
    return f"{name}(\n{inside}\n) -> {returns}"


def members(surface: Surface, name: str, prefix: str) -> Iterator[str]:
    """Yield the documented members of a hand-written class and its bases, with their signatures."""
    shown: set[str] = set()
    for node in surface.lineage(name):
        for member in node.body:
            if not isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if _is_shown(member) and member.name not in shown:
                shown.add(member.name)
                yield f"### `{prefix}.{member.name}`"
                yield declaration(_member_signature(member, _overloads(node, member.name)))
                yield prose(docstring_of(member), surface.offered)


def attributes(surface: Surface, name: str) -> Iterator[str]:
    """Yield a table of the documented attributes in the body of a hand-written class."""
    found = surface.class_of(name)
    rows = [] if found is None else list(_attribute_rows(found[1]))
    if rows:
        yield table(["attribute", "type", "description"], rows)


def _attribute_rows(node: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    for statement, after in pairwise(node.body):
        match statement, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name), annotation=annotation),
                ast.Expr(value=ast.Constant(value=str(doc))),
            ) if not name.startswith("_"):
                yield f"`{name}`", f"`{ast.unparse(annotation)}`", " ".join(doc.split())
            case _:
                pass


def class_doc(surface: Surface, name: str) -> str:
    """Return the docstring of a hand-written class."""
    found = surface.class_of(name)
    return prose(docstring_of(found[1]), surface.offered) if found is not None else ""


def _is_shown(member: Function) -> bool:
    names = decorators(member)
    is_overload = "overload" in names
    is_setter = any(decorator.endswith(".setter") for decorator in names)
    return (
        not member.name.startswith("_")
        and bool(docstring_of(member))
        and not is_overload | is_setter
    )


def _overloads(node: ast.ClassDef, name: str) -> list[Function]:
    return [
        member
        for member in node.body
        if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef)
        and member.name == name
        and "overload" in decorators(member)
    ]


def _member_signature(member: Function, overloads: list[Function]) -> str:
    if "property" in decorators(member):
        return f"{member.name}: {_annotation(member.returns)}"
    return "\n".join(_call_signature(each) for each in overloads or [member])


def _call_signature(member: Function) -> str:
    keyword = "async " if isinstance(member, ast.AsyncFunctionDef) and not _yields(member) else ""
    arguments = ast.unparse(member.args).split(", ")
    if arguments[0] in {"self", "cls"}:
        arguments = arguments[1:]
    return signature(
        f"{keyword}{member.name}",
        [", ".join(arguments)] if arguments else [],
        _annotation(member.returns),
    )


def _yields(member: Function) -> bool:
    return any(isinstance(node, ast.Yield) for node in ast.walk(member))


def _annotation(annotation: ast.expr | None) -> str:
    return ast.unparse(annotation) if annotation is not None else "None"
