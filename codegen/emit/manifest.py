"""`docs/reference/api.json`: the public API, with a line of text for each part of it.

It is made from the stubs and the spec: names, signatures, bases, fields, options, environment and
command line. Classes that aren't public are merged into the public ones, so that code can move
behind the API. `codegen.compatibility` compares the API of two releases.
"""

from __future__ import annotations

import ast
import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final, TypeAlias

from codegen.diagnostics import Problem, SpecError
from codegen.emit import integrations
from codegen.emit.command import command_options
from codegen.emit.config_defaults import default_text
from codegen.emit.environment import PREFIX
from codegen.ir import Spec
from codegen.surface import (
    PUBLIC_MODULES,
    Function,
    Module,
    Surface,
    decorators,
    is_public,
    names_in,
)
from codegen.text import header
from codegen.types import bounds_text

Json: TypeAlias = "Mapping[str, Json] | list[Json] | str | bool"

# Lines are longer than those of code: a signature has one line, and the file must stay readable.
WIDTH: Final = 240
# A part of the JSON below this length shares a line with its neighbors.
SHORT: Final = 72
# A placeholder for a space that must not become a line break.
HELD: Final = "\x1f"
PATH: Final = "docs/reference/api.json"
# Bases that affect the creation of a class, not its objects.
UNPROMISED_BASES: Final = {"ABC", "BaseModel", "Generic", "Protocol", "TypedDict"}
# Special methods of every class, and those of copying and pickling: behavior without a name.
UNPROMISED_MEMBERS: Final = {
    "__copy__",
    "__deepcopy__",
    "__delattr__",
    "__eq__",
    "__getnewargs__",
    "__getstate__",
    "__hash__",
    "__init_subclass__",
    "__new__",
    "__reduce__",
    "__repr__",
    "__setattr__",
    "__setstate__",
    "__str__",
    "model_config",
}


def emit(spec: Spec, stubs: Mapping[str, str]) -> str:
    """The manifest; `stubs` has the text of each by its path below `typings/api`."""
    whole: dict[str, Json] = {
        "$comment": _comment(),
        **promised(stubs),
        "options": _options(spec),
        "flags": _flags(spec),
    }
    return laid_out(whole) + "\n"


def promised(stubs: Mapping[str, str]) -> dict[str, Json]:
    """Return the data of the stubs: the public modules, their names, and the aliases that they use."""
    modules = {path.removesuffix("i"): text for path, text in stubs.items() if path.endswith("i")}
    found = _Names(Surface(Path("there-are-no-other-modules"), modules))
    public: dict[str, Json] = {name: list(names) for name, names in found.modules.items()}
    types: dict[str, Json] = {name: found.definition(name) for name in sorted(found.homes)}
    if found.problems:
        raise SpecError(found.problems)
    return {"modules": public, "types": types, "aliases": dict(sorted(found.aliases.items()))}


def laid_out(value: Json, depth: int = 0) -> str:
    """JSON of which one line is one thing to read in a diff; what is short shares a line."""
    flat = json.dumps(value, ensure_ascii=False)
    margin, end = " " * (depth + 1), " " * depth
    if isinstance(value, str | bool) or len(flat) + depth < WIDTH:
        return flat
    if isinstance(value, list):
        inner = [laid_out(item, depth + 1) for item in value]
        return "[\n" + ",\n".join(_filled(inner, margin)) + f"\n{end}]"
    named = [f"{json.dumps(name)}: {laid_out(v, depth + 1)}" for name, v in value.items()]
    return "{\n" + ",\n".join(_filled(named, margin)) + f"\n{end}}}"


def _filled(parts: list[str], margin: str) -> Iterator[str]:
    """Return one part per line, but several short ones on one line."""
    for is_short, group in groupby(parts, key=lambda part: len(part) < SHORT):
        if not is_short:
            yield from (margin + part for part in group)
            continue
        text = ", ".join(part.replace(" ", HELD) for part in group)
        for line in textwrap.wrap(text, WIDTH - len(margin), break_on_hyphens=False):
            yield margin + line.replace(HELD, " ").rstrip(",")


def _comment() -> str:
    """The header, as JSON has it: both lines in one."""
    return " ".join(header("spec/ and the public modules", comment="").split())


def _options(spec: Spec) -> dict[str, Json]:
    options: dict[str, Json] = {}
    for model_name, model in spec.config.items():
        for name, option in model.fields.items():
            facts: dict[str, Json] = {"default": default_text(option)}
            if bounds := bounds_text(option.limits):
                facts["bounds"] = bounds
            if option.env:
                facts["environment"] = f"{PREFIX}{option.env}"
            options[f"{model_name}.{name}"] = facts
    return options


def _flags(spec: Spec) -> Json:
    return list[Json](sorted({s for each in command_options(spec) for s in each.spellings}))


@dataclass
class _Names:
    """The public names of the package, and the aliases that their definitions mention."""

    surface: Surface
    modules: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    homes: dict[str, tuple[Module, str]] = field(default_factory=dict[str, tuple[Module, str]])
    aliases: dict[str, str] = field(default_factory=dict[str, str])
    problems: list[Problem] = field(default_factory=list[Problem])

    def __post_init__(self) -> None:
        for name in PUBLIC_MODULES:
            module = self.surface.module(name)
            if module is not None:
                self.modules[name] = sorted(self.surface.public_names(module))
                for public in self.modules[name]:
                    self._settle(module, public)

    def _settle(self, module: Module, name: str) -> None:
        home = self.surface.home(module, name)
        if home is None:
            return
        known = self.homes.setdefault(name, home)
        is_copy = home[0].path == integrations.PATH
        if known[0].path != home[0].path and not is_copy:
            text = f'"{name}" is public twice, as two things: {known[0].name} has one, too'
            self.problems.append(Problem(home[0].path, name, text))

    # -- definitions --

    def definition(self, name: str) -> Json:
        """Return the public definition of a name."""
        module, there = self.homes[name]
        statements = module.definitions[there]
        match statements[0]:
            case ast.ClassDef() as node:
                return self._class(module, node)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                calls = [each for each in statements if _is_function(each)]
                return {"kind": "function", "type": _listed([self._line(module, c) for c in calls])}
            case (
                ast.AnnAssign(annotation=ast.Name(id="TypeAlias"), value=ast.expr() as value)
                | ast.Assign(value=ast.Call(func=ast.Name(id="TypeAliasType"), args=[_, value]))
            ):
                self._mention(module, value)
                return {"kind": "alias", "type": ast.unparse(_unquoted(value))}
            case other:
                return {"kind": "value", "type": self._line(module, other)}

    def _class(self, module: Module, node: ast.ClassDef) -> Json:
        facts: dict[str, Json] = {"kind": self._kind(module, node)}
        if "final" in decorators(node):
            facts["final"] = True
        if _is_frozen(node):
            facts["frozen"] = True
        if bases := list(dict.fromkeys(self._bases(module, node))):
            facts["bases"] = list(bases)
        members = {
            name: texts
            for name, texts in self._own_members(module, node).items()
            if self._inherited(bases, name) != {tuple(texts)}
        }
        return {**facts, "members": {name: _listed(each) for name, each in sorted(members.items())}}

    def _inherited(self, bases: list[str], name: str) -> set[tuple[str, ...]]:
        """Return the definitions of a member in the public bases, which needn't be repeated."""
        found: set[tuple[str, ...]] = set()
        for base in bases:
            match self._class_named(base):
                case module, node:
                    members = self._own_members(module, node)
                    above = list(self._bases(module, node))
                    own = {tuple(members[name])} if name in members else set[tuple[str, ...]]()
                    found |= own or self._inherited(above, name)
                case None:
                    pass
        return found

    def _class_named(self, name: str) -> tuple[Module, ast.ClassDef] | None:
        if name not in self.homes:
            return None
        module, there = self.homes[name]
        found = module.definitions[there][0]
        return (module, found) if isinstance(found, ast.ClassDef) else None

    def _own_members(self, module: Module, node: ast.ClassDef) -> dict[str, list[str]]:
        """The members of a class, with those of its bases that are not public."""
        members: dict[str, list[str]] = {}
        for owner, each in reversed(list(self._private_line(module, node))):
            members |= self._members(owner, each)
        if self._kind(module, node) == "dataclass" and "__init__" not in members:
            members["__init__"] = [self._made_from_fields(module, node)]
        return members

    def _private_line(
        self, module: Module, node: ast.ClassDef
    ) -> Iterator[tuple[Module, ast.ClassDef]]:
        """A class and those of its bases that are not public, nearest first."""
        yield module, node
        for owner, base in self._bases_here(module, node):
            if not self._is_public(owner, base.name):
                yield from self._private_line(owner, base)

    def _bases_here(
        self, module: Module, node: ast.ClassDef
    ) -> Iterator[tuple[Module, ast.ClassDef]]:
        """The bases that the package defines."""
        for base in node.bases:
            home = self.surface.home(module, ast.unparse(base).partition("[")[0])
            found = home[0].definitions[home[1]][0] if home else None
            if home is not None and isinstance(found, ast.ClassDef):
                yield home[0], found

    def _bases(self, module: Module, node: ast.ClassDef) -> Iterator[str]:
        """The bases that are promised: public ones, and those of others; `isinstance` sees them."""
        here = {base.name: (owner, base) for owner, base in self._bases_here(module, node)}
        for base in node.bases:
            name = ast.unparse(base)
            if name not in here:
                if name.partition("[")[0] not in UNPROMISED_BASES:
                    yield name
                continue
            owner, found = here[name]
            if self._is_public(owner, name):
                yield name
            else:
                yield from self._bases(owner, found)

    def _is_public(self, module: Module, name: str) -> bool:
        home = self.homes.get(name)
        return home is not None and home[0].path == module.path

    def _kind(self, module: Module, node: ast.ClassDef) -> str:
        if any(text.startswith("dataclass") for text in decorators(node)):
            return "dataclass"
        bases = {ast.unparse(base).partition("[")[0] for base in node.bases}
        for base, kind in (("Protocol", "protocol"), ("TypedDict", "keys"), ("BaseModel", "model")):
            if base in bases:
                return kind
        above = [self._kind(owner, base) for owner, base in self._bases_here(module, node)]
        return "model" if "model" in above else "class"

    # -- members --

    def _members(self, module: Module, node: ast.ClassDef) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for statement in node.body:
            name = _name_of(statement)
            if not name or not is_public(name) or name in UNPROMISED_MEMBERS:
                continue
            if _is_function(statement) and not self._can_be_called(module, statement):
                continue
            found.setdefault(name, []).append(self._line(module, statement))
        return found

    def _can_be_called(self, module: Module, statement: ast.stmt) -> bool:
        """Return True if users can call a function: all of its types are public or from elsewhere.

        The generic constructor of a model's base doesn't describe its fields.
        """
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            return False
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

    def _made_from_fields(self, module: Module, node: ast.ClassDef) -> str:
        """The constructor that a dataclass has without writing one; a model's are its options."""
        fields: dict[str, str] = {}
        for _, each in reversed([(module, node), *self._bases_here(module, node)]):
            for statement in each.body:
                if isinstance(statement, ast.AnnAssign) and is_public(_name_of(statement)):
                    text = ast.unparse(statement)
                    if "ClassVar" not in text:
                        fields[_name_of(statement)] = text
        return _one_line(ast.parse(f"def __init__({', '.join(['self', *fields.values()])}): ..."))

    def _line(self, module: Module, statement: ast.stmt) -> str:
        self._mention(module, statement)
        return _one_line(statement)

    def _mention(self, module: Module, node: ast.AST) -> None:
        """Keep the targets of non-public aliases that a definition uses."""
        for name in names_in(node):
            home = self.surface.home(module, name)
            if home is None or self._is_public(*home):
                continue
            match home[0].definitions[home[1]][0]:
                case ast.AnnAssign(annotation=ast.Name(id="TypeAlias"), value=ast.expr() as value):
                    self._keep(home[0], name, ast.unparse(_unquoted(value)), value)
                case _:
                    pass

    def _keep(self, module: Module, name: str, text: str, value: ast.expr) -> None:
        known = self.aliases.get(name)
        if known is None:
            self.aliases[name] = text
            self._mention(module, value)
        elif known != text:
            text = f'two aliases that public names mention are called "{name}"'
            self.problems.append(Problem(module.path, name, text))


def _listed(texts: list[str]) -> Json:
    """Return a single text unchanged, and the overloads of a function as a list."""
    return texts[0] if len(texts) == 1 else list(texts)


def _is_frozen(node: ast.ClassDef) -> bool:
    marks = [
        *decorators(node),
        *(f"{word.arg}={ast.unparse(word.value)}" for word in node.keywords),
    ]
    return any("frozen=True" in text for text in marks)


def _name_of(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return ""


def _is_function(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)


def _one_line(node: ast.AST) -> str:
    """A statement of a stub in one line, without the body and without `@overload`."""
    match node:
        case ast.Module(body=[statement]):
            return _one_line(statement)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            marks = [f"@{text} " for text in decorators(node) if text != "overload"]
            return "".join(marks) + _head(node)
        case ast.AnnAssign(annotation=kind) if ast.unparse(kind) == "ClassVar[str]":
            # Texts for people aren't part of the API.
            return f"{ast.unparse(node.target)}: ClassVar[str]"
        case _:
            return ast.unparse(node)


def _head(node: Function) -> str:
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{word} {node.name}({ast.unparse(node.args)}){result}"


def _unquoted(value: ast.expr) -> ast.expr:
    """A type that is written within quotes, without them."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return ast.parse(value.value, mode="eval").body
    return value
