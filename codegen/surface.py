"""The modules of the package as syntax trees, generated and hand-written; never imported.

This module finds the definitions of a module, the origin of its names, and the public names. The
emitters create stubs and reference pages from them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

from codegen.diagnostics import Problem, SpecError

PACKAGE: Final = "hyperhttp"
PUBLIC_MODULES: Final = tuple(
    PACKAGE + part
    for part in (
        *("", ".config", ".exceptions", ".otel", ".testing"),
        *(".integrations.httpx", ".integrations.httpx2"),
    )
)
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A module: its tree and the data read from it."""

    name: str
    path: str
    tree: ast.Module

    @cached_property
    def definitions(self) -> dict[str, list[ast.stmt]]:
        """The definitions at the top level of the module; several statements for overloads."""
        found: dict[str, list[ast.stmt]] = {}
        for statement in _top_level(self.tree.body):
            for name in _defined(statement):
                found.setdefault(name, []).append(statement)
        return found

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """Local name -> (module, name there); the second is empty for `import module`."""
        found: dict[str, tuple[str, str]] = {}
        for statement in _top_level(self.tree.body):
            if isinstance(statement, ast.ImportFrom) and statement.module:
                for alias in statement.names:
                    found[alias.asname or alias.name] = (statement.module, alias.name)
            elif isinstance(statement, ast.Import):
                for alias in statement.names:
                    found[alias.asname or alias.name.partition(".")[0]] = (alias.name, "")
        found.pop("annotations", None)
        return found

    @cached_property
    def star_imports(self) -> list[str]:
        """The modules whose public names are all taken over."""
        return [
            statement.module
            for statement in _top_level(self.tree.body)
            if isinstance(statement, ast.ImportFrom)
            and statement.module
            and any(alias.name == "*" for alias in statement.names)
        ]

    @cached_property
    def declared_all(self) -> list[str] | None:
        """The names that `__all__` lists here, if it does."""
        for statement in self.tree.body:
            if isinstance(statement, ast.Assign) and _is_name(statement.targets[0], "__all__"):
                return [str(name) for name in ast.literal_eval(statement.value)]
        return None


@dataclass(frozen=True)
class Surface:
    """The package: hand-written modules from disk, generated ones as they will be written."""

    root: Path
    made: Mapping[str, str]
    _modules: dict[str, Module | None] = field(default_factory=dict[str, Module | None])

    def module(self, name: str) -> Module | None:
        """A module of the package by its dotted name; None when there is no such module."""
        if name not in self._modules:
            self._modules[name] = self._read(name)
        return self._modules[name]

    def packages(self) -> list[str]:
        """Return the packages, including the root; a directory without `__init__` isn't one."""
        disk = (path.relative_to(self.root) for path in (self.root / PACKAGE).rglob("__init__.py"))
        made = {path for path in self.made if path.startswith(f"{PACKAGE}/")}
        found = {path.as_posix() for path in disk} | {p for p in made if p.endswith("__init__.py")}
        return sorted(path.removesuffix("/__init__.py").replace("/", ".") for path in found)

    def public_names(self, module: Module) -> list[str]:
        """Return the exported names: `__all__` with re-exports, or names without "_"."""
        taken = [name for source in module.star_imports for name in self._names_of(source)]
        if module.declared_all is not None:
            return sorted({*module.declared_all, *taken})
        if taken:
            return sorted(taken)
        return [name for name in module.definitions if not name.startswith("_")]

    @property
    def offered(self) -> list[str]:
        """The public names of the package itself; none where there is no package."""
        top = self.module(PACKAGE)
        return self.public_names(top) if top is not None else []

    def home(self, module: Module, name: str) -> tuple[Module, str] | None:
        """The module of the package that defines a name, and its name there."""
        if name in module.definitions:
            return module, name
        for source in module.star_imports:
            star = self.module(source)
            if star is not None and name in self.public_names(star):
                return self.home(star, name)
        where, original = module.imports.get(name, ("", ""))
        there = self.module(where) if where.partition(".")[0] == PACKAGE and original else None
        return self.home(there, original) if there is not None else None

    def class_of(self, public: str) -> tuple[Module, ast.ClassDef] | None:
        """The class that the package offers under a public name."""
        top = self.module(PACKAGE)
        home = self.home(top, public) if top is not None else None
        if home is None:
            return None
        module, name = home
        found = module.definitions[name][0]
        return (module, found) if isinstance(found, ast.ClassDef) else None

    def lineage(self, public: str) -> Iterator[ast.ClassDef]:
        """The class of a public name, and the hand-written classes that it derives from."""
        found = self.class_of(public)
        while found is not None:
            module, node = found
            yield node
            found = self._base(module, node)

    def _base(self, module: Module, node: ast.ClassDef) -> tuple[Module, ast.ClassDef] | None:
        for base in node.bases:
            home = self.home(module, ast.unparse(base))
            if home is not None and home[0].path not in self.made:
                statement = home[0].definitions[home[1]][0]
                if isinstance(statement, ast.ClassDef):
                    return home[0], statement
        return None

    def _names_of(self, name: str) -> list[str]:
        module = self.module(name)
        return self.public_names(module) if module is not None else []

    def _read(self, name: str) -> Module | None:
        stem = name.replace(".", "/")
        for path in (f"{stem}.py", f"{stem}/__init__.py"):
            text = self._text(path)
            if text is not None:
                try:
                    return Module(name, path, ast.parse(text, filename=path))
                except SyntaxError as error:
                    problem = Problem(path, "", f"line {error.lineno}: {error.msg}")
                    raise SpecError([problem]) from None
        return None

    def _text(self, path: str) -> str | None:
        if path in self.made:
            return self.made[path]
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.is_file() else None


def docstring_of(node: ast.ClassDef | Function | ast.Module) -> str:
    """The docstring, cleaned; empty when there is none."""
    return ast.get_docstring(node) or ""


def is_public(name: str) -> bool:
    """Return whether a member belongs to the public surface: no underscore, or a special method."""
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def decorators(node: Function | ast.ClassDef) -> list[str]:
    """The decorators as text."""
    return [ast.unparse(decorator) for decorator in node.decorator_list]


def names_in(node: ast.AST) -> Iterator[str]:
    """The names that an annotation, a base or an alias uses, also those inside quotes."""
    if isinstance(node, ast.Subscript) and _is_name(node.value, "Literal"):
        yield "Literal"
        return
    if isinstance(node, ast.Name):
        yield node.id
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            quoted = ast.parse(node.value, mode="eval")
        except SyntaxError:
            return
        yield from names_in(quoted.body)
        return
    for child in ast.iter_child_nodes(node):
        yield from names_in(child)


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        if isinstance(statement, ast.If):
            yield from _top_level(statement.body)
            yield from _top_level(statement.orelse)
        elif isinstance(statement, ast.Try):
            yield from _top_level(statement.body)
        else:
            yield statement


def _defined(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case _:
            pass


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
