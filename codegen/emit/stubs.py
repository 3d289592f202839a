r"""`typings/api/hyperhttp/**`: the public surface as stubs, the contract that a reviewer reads.

The scheme: one stub per module, at the same path, for the public modules and for every module that
defines a name that such a stub mentions. The stub of a module that isn't public has only those
names; private members are left out. So names
resolve as they do in the package, nothing is renamed or flattened, and stubtest can compare each
module with its stub. Generated modules are read as they are about to be written, that is, from the
spec. The command, from the root of the checkout:

    MYPYPATH=typings/api:typings python -m mypy.stubtest hyperhttp \
        --allowlist typings/api/hyperhttp/stubtest.allowlist --ignore-unused-allowlist
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from codegen.diagnostics import Problem, SpecError
from codegen.inference import (
    declared_in,
    is_generator,
    local_types,
    self_assignments,
    type_of,
)
from codegen.surface import (
    PACKAGE,
    PUBLIC_MODULES,
    Function,
    Module,
    Surface,
    decorators,
    is_public,
    names_in,
)
from codegen.text import header, import_order, imports

ALLOWLIST: Final = f"{PACKAGE}/stubtest.allowlist"
KEPT_DECORATORS: Final = {
    "abstractmethod",
    "classmethod",
    "final",
    "overload",
    "override",
    "property",
    "runtime_checkable",
    "staticmethod",
}
DROPPED_MEMBERS: Final = {
    "__dir__",
    "__doc__",
    "__getattr__",
    "__module__",
    "__slots__",
}


def emit(surface: Surface) -> dict[str, str]:
    """Every stub, unformatted, and the list of what stubtest cannot compare: path and text."""
    stubs = _reached(surface)
    problems = [problem for stub in stubs.values() for problem in stub.problems]
    if problems:
        raise SpecError(problems)
    made = {stub.module.path: stub for stub in stubs.values()}
    stubless = [_without_stub(package, list(made)) for package in surface.packages()]
    parts = [stub for _, stub in sorted(made.items()) if not (stub.is_public or stub.is_package)]
    unchecked = [name for stub in made.values() for name in stub.unchecked]
    texts = {f"{path}i": stub.text() for path, stub in sorted(made.items())}
    left_out = [stub.left_out for stub in parts]
    return {**texts, ALLOWLIST: _allowlist(stubless, left_out, unchecked)}


def _reached(surface: Surface) -> dict[str, _Stub]:
    """The stubs of the public modules, and of the names in other modules that a stub mentions."""
    stubs: dict[str, _Stub] = {}
    wanted: dict[str, set[str]] = {name: set() for name in PUBLIC_MODULES}
    pending = [*PUBLIC_MODULES]
    while pending:
        name = pending.pop(0)
        module = surface.module(name)
        if module is None:
            continue
        stub = stubs[name] = _Stub(surface, module, frozenset(wanted[name]))
        for other, names in stub.mentioned.items():
            if other not in PUBLIC_MODULES and not names <= wanted.get(other, set()):
                wanted.setdefault(other, set()).update(names)
                pending.append(other)
        package = _parent(name)
        if package and package not in wanted:
            wanted[package] = set()
            pending.append(package)
    return stubs


def _without_stub(package: str, made: list[str]) -> str:
    """A pattern for the modules of a package that have no stub, those to come included."""
    directory = f"{package.replace('.', '/')}/"
    inside = [path.removeprefix(directory) for path in sorted(made) if path.startswith(directory)]
    names = dict.fromkeys(name.partition("/")[0].removesuffix(".py") for name in inside)
    stubbed = "|".join(name for name in names if name != "__init__")
    if package == PACKAGE:
        return rf"{PACKAGE}\.__main__"
    but = rf"(?!(?:{stubbed})\b)" if stubbed else ""
    return rf"{re.escape(package)}\.{but}.+"


def _allowlist(stubless: list[str], left_out: list[str], unchecked: list[str]) -> str:
    lines = [
        header("the modules of hyperhttp").rstrip(),
        "# What stubtest is not to compare, and why.",
    ]
    lines += ["", "# Modules behind the surface have no stub.", *stubless]
    lines += [
        "",
        "# A stub behind the surface has only the names that another stub mentions.",
        *left_out,
    ]
    lines += [
        "",
        "# Aliases in quotes, with their own names, or of literals aren't types at run time.",
    ]
    lines += map(re.escape, sorted(unchecked))
    lines += ["", "# Names that only raise an error with their counterpart."]
    lines.append(r"hyperhttp\._base\.other_names\.\w+Names\..+")
    lines += ["", "# pydantic puts a stand-in there until a model is used for the first time."]
    lines.append(
        r"hyperhttp\._base\.(?:_generated\.)?(?:client_)?config\w*\..*\.__pydantic_serializer__"
    )
    return "\n".join(lines) + "\n"


@dataclass
class _Stub:
    """A stub that is being built."""

    surface: Surface
    module: Module
    # The names that other stubs mention.
    wanted: frozenset[str]
    problems: list[Problem] = field(default_factory=list[Problem])
    unchecked: list[str] = field(default_factory=list[str])

    @property
    def is_public(self) -> bool:
        """True if users import the module: its stub has all its names."""
        return self.module.name in PUBLIC_MODULES

    @property
    def is_package(self) -> bool:
        """True if it is the `__init__` of a package, whose modules have separate stubs."""
        return self.module.path.endswith("/__init__.py")

    @cached_property
    def names(self) -> list[str]:
        """The names that the stub is made for; it has those that they mention, too."""
        return sorted(self.surface.public_names(self.module) if self.is_public else self.wanted)

    @cached_property
    def bodies(self) -> dict[str, list[ast.stmt]]:
        """The statements of the stub: the definitions of its names, and those that they mention."""
        wanted = {name for name in self.names if name in self.module.definitions}
        done: dict[str, list[ast.stmt]] = {}
        plain = _Plain(self.module)
        while missing := wanted - set(done):
            for name in sorted(missing):
                done[name] = [plain.visit(statement) for statement in self._stubbed(name)]
                for statement in done[name]:
                    wanted |= {n for n in names_in(statement) if n in self.module.definitions}
        order = [name for name in self.module.definitions if name in done and name != "__all__"]
        return {name: done[name] for name in order}

    @cached_property
    def imported(self) -> dict[str, tuple[str, str]]:
        """The names that the stub imports: module, and name there."""
        statements = [statement for body in self.bodies.values() for statement in body]
        used = {name for statement in statements for name in names_in(statement)} | {*self.names}
        origins = {name: self._origin(name) for name in sorted(used - {*self.module.definitions})}
        return {name: origin for name, origin in origins.items() if origin[0]}

    @property
    def mentioned(self) -> dict[str, set[str]]:
        """The names of other modules of the package."""
        found: dict[str, set[str]] = {}
        for where, original in self.imported.values():
            if where.partition(".")[0] == PACKAGE:
                found.setdefault(where, set()).update(filter(None, [original]))
        return found

    @property
    def left_out(self) -> str:
        """A pattern for the names of the module that are not in its stub."""
        kept = "|".join([*self.bodies, *sorted({*self.names} - {*self.bodies})])
        but = rf"(?!(?:{kept})\b)" if kept else ""
        return rf"{re.escape(self.module.name)}\.{but}.+"

    def text(self) -> str:
        """The stub, unformatted."""
        lines = [header(self._source()).rstrip(), "", *self._imports(), ""]
        if self.is_public:
            lines += [f"__all__ = {sorted(self.names, key=import_order)!r}", ""]
        for body in self.bodies.values():
            for statement in body:
                lines += [ast.unparse(ast.fix_missing_locations(statement)), ""]
        return "\n".join(lines).rstrip("\n") + "\n"

    def _source(self) -> str:
        return "spec/" if self.module.path in self.surface.made else self.module.path

    def _imports(self) -> list[str]:
        whole: set[str] = set()
        parts: dict[str, set[str]] = {}
        for name, (where, original) in self.imported.items():
            if not original:
                whole.add(f"import {where}" if where == name else f"import {where} as {name}")
            else:
                renamed = original if original == name else f"{original} as {name}"
                parts.setdefault(where, set()).add(renamed)
        known = sorted(one for one in whole if one.split()[1] in sys.stdlib_module_names)
        theirs = sorted(whole - {*known})
        return [*known, *theirs, *([""] if theirs else []), *imports(parts)]

    def _origin(self, name: str) -> tuple[str, str]:
        if name in self.module.imports:
            return self.module.imports[name]
        for source in self.module.star_imports:
            star = self.surface.module(source)
            if star is not None and name in self.surface.public_names(star):
                return source, name
        return "", ""

    # -- statements --

    def _stubbed(self, name: str) -> Iterator[ast.stmt]:
        for statement in self.module.definitions[name]:
            match statement:
                case ast.ClassDef():
                    yield self._class(statement)
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    if not self._is_hidden_overload(statement, self.module.definitions[name]):
                        yield self._function(statement)
                case ast.AnnAssign():
                    yield self._annotated(statement)
                case ast.Assign() if name == "__version__":
                    yield ast.parse("__version__: str").body[0]
                case ast.Assign(value=ast.Call(func=ast.Name(id="TypeAliasType"))):
                    self.unchecked.append(f"{self.module.name}.{name}")
                    yield statement
                case ast.Assign():
                    yield statement
                case _:
                    pass

    def _class(self, node: ast.ClassDef) -> ast.ClassDef:
        body: list[ast.stmt] = []
        by_name: dict[str, list[ast.stmt]] = {}
        for statement in node.body:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                by_name.setdefault(statement.name, []).append(statement)
        body += self._attributes(node, by_name)
        for statement in node.body:
            body += self._member(statement, by_name, node.name)
        kept = [d for d in node.decorator_list if self._keeps(d)]
        return ast.ClassDef(
            name=node.name,
            bases=node.bases,
            keywords=node.keywords,
            body=body or [ast.Expr(ast.Constant(...))],
            decorator_list=kept,
        )

    def _member(
        self, statement: ast.stmt, by_name: Mapping[str, list[ast.stmt]], owner: str
    ) -> Iterator[ast.stmt]:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                hidden = self._is_hidden_overload(statement, by_name[name])
                if _is_kept(name) and not hidden:
                    yield self._function(statement)
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=shown):
                # Their defaults are those that users see, which aren't those at run time.
                for each in shown:
                    if isinstance(each, ast.FunctionDef):
                        self.unchecked.append(f"{self.module.name}.{owner}.{each.name}")
                        yield self._function(each)
            case ast.AnnAssign(target=ast.Name(id=name)):
                if _is_kept(name):
                    yield self._annotated(statement)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    name = ast.unparse(target)
                    # typeshed types `object.__hash__` as a method; None is for runtime alone.
                    if _is_kept(name) and name != "__hash__":
                        yield ast.Assign(targets=[target], value=value, lineno=0)
            case _:
                pass

    def _attributes(
        self, node: ast.ClassDef, methods: Mapping[str, list[ast.stmt]]
    ) -> Iterator[ast.stmt]:
        """Public attributes that methods set and no class body declares."""
        declared = {*declared_in(node), *methods, *self._inherited(node)}
        for method in node.body:
            if not isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            known = local_types(method)
            for name, annotation, value in self_assignments(method):
                if not is_public(name) or name in declared:
                    continue
                declared.add(name)
                kind = self._attribute_type(annotation, type_of(value, known))
                if kind is None:
                    text = f'the type of "{name}" is missing; annotate it in the body of the class'
                    self.problems.append(Problem(self.module.path, node.name, text))
                else:
                    yield ast.parse(f"{name}: {kind}").body[0]

    def _attribute_type(self, annotation: ast.expr | None, inferred: str | None) -> str | None:
        if annotation is None:
            return inferred
        said = ast.unparse(annotation)
        if said != "Final":
            return said
        return f"Final[{inferred}]" if inferred else None

    def _inherited(self, node: ast.ClassDef) -> Iterator[str]:
        """Return the attributes that the base classes of this package declare or set."""
        for base in node.bases:
            home = self.surface.home(self.module, ast.unparse(base))
            if home is None:
                continue
            module, name = home
            found = module.definitions[name][0]
            if isinstance(found, ast.ClassDef):
                yield from declared_in(found)
                yield from _Stub(self.surface, module, self.wanted)._inherited(found)

    def _annotated(self, node: ast.AnnAssign) -> ast.AnnAssign:
        said = ast.unparse(node.annotation)
        if said == "TypeAlias" and node.value is not None and _is_no_type(node.value):
            self.unchecked.append(f"{self.module.name}.{ast.unparse(node.target)}")
        value = node.value if said in {"TypeAlias", "Final"} else _default(node.value)
        return ast.AnnAssign(
            target=node.target, annotation=node.annotation, value=value, simple=node.simple
        )

    def _function(self, node: Function) -> ast.stmt:
        arguments = node.args
        stubbed = ast.arguments(
            posonlyargs=arguments.posonlyargs,
            args=arguments.args,
            vararg=arguments.vararg,
            kwonlyargs=arguments.kwonlyargs,
            kw_defaults=[_default(value) for value in arguments.kw_defaults],
            kwarg=arguments.kwarg,
            defaults=[_default(value) or ast.Constant(...) for value in arguments.defaults],
        )
        kept = [decorator for decorator in node.decorator_list if self._keeps(decorator)]
        # An async generator is called like a plain function that returns an iterator.
        kind = ast.FunctionDef if is_generator(node) else type(node)
        return kind(
            name=node.name,
            args=stubbed,
            body=[ast.Expr(ast.Constant(...))],
            decorator_list=kept,
            returns=node.returns,
        )

    def _keeps(self, decorator: ast.expr) -> bool:
        name = ast.unparse(decorator).partition("(")[0]
        return (
            name in KEPT_DECORATORS or name == "dataclass" or name.endswith((".setter", ".deleter"))
        )

    def _is_hidden_overload(self, node: Function, group: list[ast.stmt]) -> bool:
        """Return whether a function is the implementation behind overloads."""
        overloaded = any(
            "overload" in decorators(other)
            for other in group
            if isinstance(other, ast.FunctionDef | ast.AsyncFunctionDef)
        )
        return overloaded and "overload" not in decorators(node)


class _Plain(ast.NodeTransformer):
    """Puts the plain type where an alias adds to it what only pydantic reads: `Annotated[int, ...]`."""

    def __init__(self, module: Module) -> None:
        self._plain: dict[str, ast.expr] = {}
        for name, (statement, *_) in module.definitions.items():
            match statement:
                case ast.AnnAssign(
                    value=ast.Subscript(
                        value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[plain, *_])
                    )
                ):
                    self._plain[name] = plain
                case _:
                    pass

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        is_alias = isinstance(node.target, ast.Name) and node.target.id in self._plain
        return node if is_alias else self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._plain.get(node.id, node)


def _is_no_type(value: ast.expr) -> bool:
    """Return True if an alias isn't a type at run time: a quoted one, or a Literal."""
    is_quoted = isinstance(value, ast.Constant)
    return is_quoted or ast.unparse(value).startswith("Literal[")


def _parent(module: str) -> str:
    return module.rpartition(".")[0]


def _is_kept(name: str) -> bool:
    return is_public(name) and name not in DROPPED_MEMBERS


def _default(value: ast.expr | None) -> ast.expr | None:
    """A default as a stub shows it: literals and names as they are, `...` for the rest."""
    match value:
        case None | ast.Constant() | ast.Name() | ast.Attribute():
            return value
        case ast.UnaryOp(operand=ast.Constant()):
            return value
        case ast.Tuple(elts=[]):
            return value
        case ast.Call(func=ast.Name(id="Field"), keywords=keywords):
            given = next((word.value for word in keywords if word.arg == "default"), None)
            return _default(given) if given is not None else ast.Constant(...)
        case _:
            return ast.Constant(...)
