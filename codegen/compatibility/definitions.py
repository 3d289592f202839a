"""The public names of a set of stubs, each with its definition.

Classes that aren't public are merged into the public ones, so that code can move behind the API.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, TypeAlias

from codegen.diagnostics import Problem, SpecError
from codegen.emit import integrations
from codegen.surface import PUBLIC_MODULES, Module, Surface, decorators, is_public, names_in

Kind: TypeAlias = Literal[
    "alias", "class", "dataclass", "function", "keys", "model", "protocol", "value"
]
Statements: TypeAlias = tuple[ast.stmt, ...]
Owned: TypeAlias = tuple[Module, ast.ClassDef]

# Bases that affect the creation of a class, not its objects, and the kinds that they make.
UNPROMISED_BASES: Final = {"ABC", "BaseModel", "Generic", "Protocol", "TypedDict"}
KINDS: Final[Mapping[str, Kind]] = {
    "Protocol": "protocol", "TypedDict": "keys", "BaseModel": "model"
}  # fmt: skip
# Special methods of every class, and those of copying and pickling: behavior without a name.
UNPROMISED_MEMBERS: Final = {
    *("__copy__", "__deepcopy__", "__delattr__", "__eq__", "__getnewargs__", "__getstate__"),
    *("__hash__", "__init_subclass__", "__new__", "__reduce__", "__repr__", "__setattr__"),
    *("__setstate__", "__str__", "model_config"),
}


@dataclass(frozen=True, slots=True)
class Definition:
    """A public name: a class with its members, or the statements of anything else."""

    kind: Kind
    statements: Statements = ()
    final: bool = False
    frozen: bool = False
    bases: tuple[str, ...] = ()
    members: Mapping[str, Statements] = field(default_factory=dict[str, Statements])

    @property
    def is_class(self) -> bool:
        """True if it has members."""
        return self.kind in {"class", "dataclass", *KINDS.values()}


@dataclass(frozen=True)
class Stubs:
    """The stubs of a release, by their paths."""

    texts: Mapping[str, str]

    @cached_property
    def surface(self) -> Surface:
        """Their syntax trees."""
        modules = {path.removesuffix("i"): text for path, text in self.texts.items()}
        return Surface(Path("there-are-no-other-modules"), modules)

    @cached_property
    def modules(self) -> dict[str, tuple[str, ...]]:
        """The public modules with their names."""
        return {
            name: tuple(sorted(self.surface.public_names(module)))
            for name in PUBLIC_MODULES
            if (module := self.surface.module(name)) is not None
        }

    @cached_property
    def types(self) -> dict[str, Definition]:
        """The definitions of the public names."""
        return {name: self._definition(*home) for name, home in sorted(self.homes.items())}

    @cached_property
    def homes(self) -> dict[str, tuple[Module, str]]:
        """The modules that define the public names. Raises SpecError for one name of two things."""
        found: dict[str, tuple[Module, str]] = {}
        for module in filter(None, map(self.surface.module, self.modules)):
            for name in self.modules[module.name]:
                home = self.surface.home(module, name)
                if home is None or home[0].path == integrations.PATH:
                    continue  # the module of httpx2 is a copy
                if found.setdefault(name, home)[0].path != home[0].path:
                    text = f'"{name}" is public twice, as two things'
                    raise SpecError([Problem(home[0].path, name, text)])
        return found

    @cached_property
    def aliases(self) -> dict[str, ast.expr]:
        """The targets of all aliases. Raises SpecError for two of one name."""
        found: dict[str, ast.expr] = {}
        for path in self.texts:
            module = self.surface.module(path.removesuffix(".pyi").replace("/", "."))
            for name, statements in module.definitions.items() if module else ():
                target = _target(statements[0])
                if target and ast.dump(found.setdefault(name, target)) != ast.dump(target):
                    raise SpecError([Problem(path, name, f'two aliases are called "{name}"')])
        return found

    def _definition(self, module: Module, name: str) -> Definition:
        statements = module.definitions[name]
        match statements[0]:
            case ast.ClassDef() as node:
                marks = [*decorators(node), *map(ast.unparse, node.keywords)]
                return Definition(
                    self._kind(module, node),
                    final="final" in marks,
                    frozen=any("frozen=True" in mark for mark in marks),
                    bases=tuple(dict.fromkeys(self._bases(module, node))),
                    members=self._folded(module, node),
                )
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return Definition("function", tuple(statements))
            case other:
                return Definition("alias" if _target(other) else "value", (other,))

    # -- classes --

    def _folded(self, module: Module, node: ast.ClassDef) -> dict[str, Statements]:
        """The members of a class, with those of its bases that are not public."""
        members: dict[str, Statements] = {}
        for owner, each in reversed(list(self._private_line(module, node))):
            members |= self._members(owner, each)
        if self._kind(module, node) == "dataclass" and "__init__" not in members:
            members["__init__"] = (self._made_from_fields(module, node),)
        return members

    def _private_line(self, module: Module, node: ast.ClassDef) -> Iterator[Owned]:
        """A class and those of its bases that are not public, nearest first."""
        yield module, node
        for owner, base in self._bases_here(module, node).values():
            if not self._is_public(owner, base.name):
                yield from self._private_line(owner, base)

    def _bases_here(self, module: Module, node: ast.ClassDef) -> dict[str, Owned]:
        """The bases that the package defines, by the names that the class gives them."""
        found: dict[str, Owned] = {}
        for base in node.bases:
            name = ast.unparse(base).partition("[")[0]
            home = self.surface.home(module, name)
            statement = home[0].definitions[home[1]][0] if home else None
            if home is not None and isinstance(statement, ast.ClassDef):
                found[name] = home[0], statement
        return found

    def _bases(self, module: Module, node: ast.ClassDef) -> Iterator[str]:
        """The bases that are promised: public ones, and those of others; `isinstance` sees them."""
        here = self._bases_here(module, node)
        for base in map(ast.unparse, node.bases):
            name = base.partition("[")[0]
            if name in here and not self._is_public(here[name][0], name):
                yield from self._bases(*here[name])
            elif name not in UNPROMISED_BASES:
                yield base

    def _is_public(self, module: Module, name: str) -> bool:
        home = self.homes.get(name)
        return home is not None and home[0].path == module.path

    def _kind(self, module: Module, node: ast.ClassDef) -> Kind:
        if any(text.startswith("dataclass") for text in decorators(node)):
            return "dataclass"
        bases = {ast.unparse(base).partition("[")[0] for base in node.bases}
        for base in bases & KINDS.keys():
            return KINDS[base]
        above = [self._kind(*base) for base in self._bases_here(module, node).values()]
        return "model" if "model" in above else "class"

    # -- members --

    def _members(self, module: Module, node: ast.ClassDef) -> dict[str, Statements]:
        found: dict[str, Statements] = {}
        for statement in node.body:
            name = _name_of(statement)
            if name in UNPROMISED_MEMBERS or not is_public(name):
                continue
            if name and self._can_be_used(module, statement):
                found[name] = (*found.get(name, ()), statement)
        return found

    def _can_be_used(self, module: Module, statement: ast.stmt) -> bool:
        """Return False if users can't call a function: a type of its parameters isn't public.

        The generic constructor of a model's base doesn't describe its fields.
        """
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            return True
        arguments = statement.args
        if arguments.kwarg and ast.unparse(arguments.kwarg.annotation or arguments) == "object":
            return False
        wanted = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        names = {n for arg in wanted if arg.annotation for n in names_in(arg.annotation)}
        return not any(self._is_private_class(module, name) for name in names)

    def _is_private_class(self, module: Module, name: str) -> bool:
        home = self.surface.home(module, name)
        if home is None or self._is_public(*home):
            return False
        found = home[0].definitions[home[1]][0]
        return isinstance(found, ast.ClassDef) and self._kind(home[0], found) != "protocol"

    def _made_from_fields(self, module: Module, node: ast.ClassDef) -> ast.stmt:
        """The constructor that a dataclass has without writing one; a model's are its options."""
        fields = {
            name: ast.unparse(statement)
            for _, each in reversed([(module, node), *self._bases_here(module, node).values()])
            for statement in each.body
            if isinstance(statement, ast.AnnAssign) and is_public(name := _name_of(statement))
        }
        given = ["self", *(text for text in fields.values() if "ClassVar" not in text)]
        return ast.parse(f"def __init__({', '.join(given)}): ...").body[0]


def _target(statement: ast.stmt) -> ast.expr | None:
    """The target of an alias; None for anything else."""
    match statement:
        case (
            ast.AnnAssign(annotation=ast.Name(id="TypeAlias"), value=ast.expr() as value)
            | ast.Assign(value=ast.Call(func=ast.Name(id="TypeAliasType"), args=[_, value]))
        ):
            return value
        case _:
            return None


def _name_of(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return ""
