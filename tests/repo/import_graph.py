"""Who imports whom in the package, `TYPE_CHECKING` imports included, and which imports are cycles.

`python -m tests.repo.import_graph` (or `make architecture`) prints the layers, their parts, the
arrows between parts, and the number of cycles.
"""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tests.repo.trees import ROOT, name_in, python_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

PACKAGE = "hyperhttp"
TOP = "__init__"
# The layers, the lowest first; those of one row don't import each other.
ROWS: tuple[tuple[str, ...], ...] = (
    ("_base",),
    ("_message",),
    ("_protocol", "_policy", "_network"),
    ("_transport",),
    ("_client",),
    ("client",),
    ("sync",),
    ("otel",),
    ("integrations",),
    ("api",),
    ("testing",),
    ("config", "exceptions"),
    (TOP,),
    ("_cli",),
    ("__main__",),
)
LAYERS = {layer: height for height, row in enumerate(ROWS) for layer in row}

Graph: TypeAlias = "Mapping[str, set[str]]"


class Import(NamedTuple):
    """One import: what, where, and whether it happens when the module is loaded."""

    target: str
    line: int
    for_annotations: bool
    in_function: bool
    # Whether it's a call of `import_module` or `optional_module`, which no type checker follows.
    by_name: bool = False


def imports_of(path: Path) -> Iterator[Import]:
    """Every import of a file, wherever it stands."""
    yield from _imports(ast.parse(path.read_text(encoding="utf-8")), False, False)


def _imports(node: ast.AST, for_annotations: bool, in_function: bool) -> Iterator[Import]:
    match node:
        case ast.Import(names=names):
            for name in names:
                target = f"{PACKAGE}.{TOP}" if name.name == PACKAGE else name.name
                yield Import(target, node.lineno, for_annotations, in_function)
        case ast.ImportFrom(module=module, names=names):
            for name in names:
                target = f"{module or '.'}.{name.name}"
                if module == PACKAGE:  # a module of it, or a value that its top exports
                    target = f"{PACKAGE}.{name.name if name.name in LAYERS else TOP}"
                yield Import(target, node.lineno, for_annotations, in_function)
        case ast.Call(
            func=ast.Name(id="import_module" | "optional_module"),
            args=[ast.Constant(value=str(target))],
        ):
            yield Import(target, node.lineno, for_annotations, in_function, by_name=True)
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            for statement in node.body:
                yield from _imports(statement, True, in_function)
            for statement in node.orelse:
                yield from _imports(statement, for_annotations, in_function)
        case _:
            inside = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for child in ast.iter_child_nodes(node):
                yield from _imports(child, for_annotations, inside)


def module_graph(root: Path) -> dict[str, set[str]]:
    """Each module of the package, and the modules of the package that it imports."""
    files = {_module_name(name_in(root, path)): path for path in python_files(root, PACKAGE)}
    return {
        name: {known for found in imports_of(path) if (known := _known(found.target, files))}
        - {name}
        for name, path in files.items()
    }


def _module_name(file: str) -> str:
    name = file.removesuffix(".py").replace("/", ".")
    return f"{PACKAGE}.{TOP}" if name == f"{PACKAGE}.__init__" else name.removesuffix(".__init__")


def _known(target: str, files: Mapping[str, Path]) -> str:
    """The module that an import names: itself, or the one that defines the imported value."""
    if target in files:
        return target
    parent = target.rpartition(".")[0]
    return parent if parent in files else ""


def part_of(module: str) -> str:
    """The layer or, where a layer has subpackages, the subpackage that a module belongs to."""
    names = [name for name in module.split(".")[1:] if name != "_generated"]
    is_divided = names[0] in {"_message", "_protocol"} and len(names) > 2
    return ".".join(names[: 2 if is_divided else 1])


def part_graph(modules: Graph) -> dict[str, set[str]]:
    """The same graph between parts."""
    parts: dict[str, set[str]] = {part_of(module): set() for module in modules}
    for module, targets in modules.items():
        parts[part_of(module)] |= {part_of(target) for target in targets} - {part_of(module)}
    return parts


def cycles(graph: Graph) -> list[list[str]]:
    """The groups of nodes that reach each other, each sorted (Tarjan's algorithm)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        order[node] = lowest[node] = len(order)
        stack.append(node)
        for target in graph[node]:
            if target not in order:
                visit(target)
                lowest[node] = min(lowest[node], lowest[target])
            elif target in stack:
                lowest[node] = min(lowest[node], order[target])
        if lowest[node] == order[node]:
            start = stack.index(node)
            if len(stack) - start > 1:
                found.append(sorted(stack[start:]))
            del stack[start:]

    for node in graph:
        if node not in order:
            visit(node)
    return sorted(found)


def picture(root: Path) -> Iterator[str]:
    """The layers from the top down, each part with what it imports, and the count of cycles."""
    modules = module_graph(root)
    parts = part_graph(modules)
    for row in reversed(ROWS):
        for layer in row:
            for part in sorted(part for part in parts if part.split(".")[0] == layer):
                size = sum(part_of(module) == part for module in modules)
                yield f"{part:20} {size:3} modules -> {_listed(parts[part])}"
        yield ""
    arrows = sum(map(len, parts.values()))
    circles = cycles(modules) + cycles(parts)
    yield f"{len(parts)} parts, {arrows} arrows between parts, {len(circles)} cycles"


def _listed(parts: Iterable[str]) -> str:
    return (
        ", ".join(sorted(parts, key=lambda part: (-LAYERS[part.split(".")[0]], part))) or "nothing"
    )


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    sys.stdout.write("\n".join(picture(ROOT)) + "\n")
