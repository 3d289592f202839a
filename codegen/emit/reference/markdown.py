"""Markdown: headings, lists of facts, code, and the members of a hand-written class."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from codegen.emit.reference.examples import prose
from codegen.surface import Function, Surface, decorators, docstring_of
from codegen.text import WIDTH, header

# In a table, where it would end the cell.
BAR: Final = "\\|"


def page(title: str, sources: Sequence[str], blocks: Iterable[str]) -> str:
    """A whole page; a blank line stands between blocks."""
    head = header(*sources, comment="<!--").rstrip()
    return "\n\n".join([f"{head}\n\n# {title}", *(block.strip("\n") for block in blocks)]) + "\n"


def declaration(text: str) -> str:
    """A signature: shown as Python, and not run, for it is none."""
    return f"```py\n{text.strip()}\n```"


def facts(entries: Iterable[tuple[str, str]]) -> str:
    """A list of `- **name:** text`; entries without a text are left out."""
    return "\n".join(f"- **{name}:** {text}" for name, text in entries if text)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars inside cells are escaped."""
    lines = [list(columns), ["---"] * len(columns), *map(list, rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', BAR) for cell in line)} |" for line in lines)


def anchor(name: str) -> str:
    """The anchor of a heading."""
    return name.lower().replace(" ", "-")


def signature(name: str, parameters: Sequence[str], returns: str) -> str:
    """`name(a, b) -> X`, on one line or on several."""
    line = f"{name}({', '.join(parameters)}) -> {returns}"
    if len(line) <= WIDTH - 12:
        return line
    inside = "\n".join(f"    {parameter}," for parameter in parameters)
    return f"{name}(\n{inside}\n) -> {returns}"


def members(surface: Surface, name: str, prefix: str) -> Iterator[str]:
    """The documented members of a hand-written class and its bases, each with its signature."""
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
    """A table of the attributes that the body of a hand-written class declares and documents."""
    found = surface.class_of(name)
    rows = [] if found is None else list(_attribute_rows(found[1]))
    if rows:
        yield table(["attribute", "type", "what it is"], rows)


def _attribute_rows(node: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    for statement, after in pairwise(node.body):
        match statement, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name), annotation=said),
                ast.Expr(value=ast.Constant(value=str(doc))),
            ) if not name.startswith("_"):
                yield f"`{name}`", f"`{ast.unparse(said)}`", " ".join(doc.split())
            case _:
                pass


def class_doc(surface: Surface, name: str) -> str:
    """The docstring of a hand-written class."""
    found = surface.class_of(name)
    return prose(docstring_of(found[1]), surface.offered) if found is not None else ""


def _is_shown(member: Function) -> bool:
    said = decorators(member)
    is_overload = "overload" in said
    is_setter = any(decorator.endswith(".setter") for decorator in said)
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
        return f"{member.name}: {_said(member.returns)}"
    return "\n".join(_call_signature(each) for each in overloads or [member])


def _call_signature(member: Function) -> str:
    keyword = "async " if isinstance(member, ast.AsyncFunctionDef) and not _yields(member) else ""
    arguments = ast.unparse(member.args).split(", ")
    if arguments[0] in {"self", "cls"}:
        arguments = arguments[1:]
    return signature(
        f"{keyword}{member.name}",
        [", ".join(arguments)] if arguments else [],
        _said(member.returns),
    )


def _yields(member: Function) -> bool:
    return any(isinstance(node, ast.Yield) for node in ast.walk(member))


def _said(annotation: ast.expr | None) -> str:
    return ast.unparse(annotation) if annotation is not None else "None"
