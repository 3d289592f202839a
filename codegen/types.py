"""The closed vocabulary of types: each word in Python, pydantic, JSON Schema and English.

A type in the spec is a `word`, a `'literal'`, or the Name of a table or an object. `Name*` is any
number of them, and `{word}` is a set. Alternatives have `|` between them, and a `?` at the end
allows None. This module parses types; `rules` checks the Names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from codegen.diagnostics import did_you_mean

Number: TypeAlias = int | float
Bounds: TypeAlias = Mapping[str, Number]

# Aliases of literals that the errors define, from spec/vocabulary.toml.
VOCABULARY_ALIASES: Final = ("ErrorName", "Phase", "Retryable")
NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the vocabulary."""

    python: str
    json_type: str
    noun: str
    # What a set of them holds; without it there is no such set.
    plural: str = ""
    unit: str = ""
    bounds: Bounds | None = None
    pattern: str = ""
    json_format: str = ""
    # The function that looks at a value: after pydantic has, or before it (`_path`).
    checked_by: str = ""
    alias: str = ""
    # Whether no repr, dump or error may show what was given.
    is_secret: bool = False
    # Whether `python` is an alias of the literals that the spec lists.
    is_closed: bool = False


WORDS: Final[Mapping[str, Word]] = {
    "seconds": Word("float", "number", "seconds", unit="seconds", bounds={"gt": 0}),
    "ratio": Word("float", "number", "a number", unit="times", bounds={"gt": 0}),
    "count": Word("int", "integer", "a whole number", bounds={"ge": 0}),
    "bytes": Word("int", "integer", "a whole number of bytes", unit="bytes", bounds={"ge": 0}),
    "status": Word(
        "int", "integer", "a status code", "status codes", bounds={"ge": 100, "le": 999}
    ),
    "port": Word("int", "integer", "a port number", "port numbers", bounds={"ge": 0, "le": 65535}),
    "flag": Word("bool", "boolean", "True or False"),
    "text": Word("str", "string", "text", "texts"),
    "field_value": Word(
        "str",
        "string",
        "text without line breaks and control characters",
        pattern=r"^[\t\x20-\x7e]*$",
    ),
    # Methods are tokens whose case matters (RFC 9110 9.1); one in small letters is a slip.
    "method": Word(
        "str",
        "string",
        "a method in capital letters",
        "methods in capital letters",
        pattern=r"^[A-Z][A-Z0-9_-]*$",
    ),
    "error": Word(
        "ErrorName",
        "string",
        "the name of an error of hyperhttp",
        "names of errors of hyperhttp",
        alias="ErrorName",
        is_closed=True,
    ),
    "charset": Word("str", "string", "the name of a text encoding of Python", checked_by="charset"),
    "path": Word(
        "Path", "string", "a path", json_format="path", checked_by="path", alias="AnyPath"
    ),
    "address": Word("str", "string", "an IP address", checked_by="address"),
    "network": Word(
        "str",
        "string",
        "a network, an address or a group",
        "networks, addresses and groups",
        checked_by="network",
    ),
    "pin": Word(
        "str",
        "string",
        "a hash such as sha256/47DE...SuFU=",
        "hashes such as sha256/47DE...SuFU=",
        checked_by="pin",
    ),
    "secret": Word(
        "SecretStr", "string", "text that is not empty", json_format="password", is_secret=True
    ),
    "moment": Word("datetime", "string", "a moment in UTC", json_format="date-time"),
}
# Where a word comes from when it is not a builtin.
WORD_IMPORTS: Final[Mapping[str, str]] = {
    "Path": "pathlib",
    "TypeForm": "typing_extensions",
    "SecretStr": "pydantic",
    "datetime": "datetime",
    "ErrorName": "hyperhttp._base._generated.errors",
    "MethodInput": "hyperhttp._base._generated.methods",
}


@dataclass(frozen=True, slots=True)
class Atom:
    """An alternative of a type."""

    kind: Literal["word", "literal", "name"]
    value: str
    many: bool = False
    is_set: bool = False


@dataclass(frozen=True, slots=True)
class Type:
    """A type as the spec writes it, taken apart."""

    atoms: tuple[Atom, ...]
    optional: bool

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the type."""
        return tuple(WORDS[atom.value] for atom in self.atoms if atom.kind == "word")

    @property
    def word_names(self) -> tuple[str, ...]:
        """Its words."""
        return tuple(atom.value for atom in self.atoms if atom.kind == "word")

    @property
    def literals(self) -> tuple[str, ...]:
        """Its literals, without their quotes."""
        return tuple(atom.value for atom in self.atoms if atom.kind == "literal")

    @property
    def names(self) -> tuple[str, ...]:
        """The tables and objects it names."""
        return tuple(atom.value for atom in self.atoms if atom.kind == "name")

    @property
    def is_set(self) -> bool:
        """True if it is a set."""
        return any(atom.is_set for atom in self.atoms)

    @property
    def python(self) -> str:
        """The annotation, literals gathered into one `Literal[...]`."""
        return self.annotation(_python)

    @property
    def or_unset(self) -> str:
        """The annotation of a parameter that need not be given."""
        return self.or_else("Unset")

    def or_else(self, unset: str) -> str:
        """The same, with another type for what isn't given."""
        return self.annotation(_python, unset)

    def annotation(self, spelled: Callable[[Atom], str], *more: str) -> str:
        """The alternatives as a union, with some more; literals together, None last."""
        parts = [spelled(atom) for atom in self.atoms if atom.kind != "literal"]
        if self.literals:
            parts.append(f"Literal[{', '.join(map(quoted, self.literals))}]")
        return " | ".join([*parts, *more, *(["None"] if self.optional else [])])

    @property
    def unit(self) -> str:
        """Its unit, or nothing."""
        return next((word.unit for word in self.words if word.unit), "")

    def bounds(self, given: Bounds | None) -> Bounds:
        """The bounds of a field: its own, or else those of its word."""
        if given:
            return given
        nothing: Bounds = {}
        return next((word.bounds for word in self.words if word.bounds), nothing)

    def allowed(self, bounds: Bounds) -> str:
        """Return the allowed values as text: `seconds > 0, or None`."""
        parts = [part for atom in self.atoms for part in _allowed(atom, bounds).split(" or ")]
        return either([*parts, *(["None"] if self.optional else [])])


SIGNS: Final[Mapping[str, str]] = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}


def either(parts: Sequence[str]) -> str:
    """`a, b or c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def bounds_text(bounds: Bounds) -> str:
    """`>= 1 and <= 5`, or nothing."""
    return " and ".join(f"{SIGNS[sign]} {limit}" for sign, limit in bounds.items())


def quoted(text: str) -> str:
    """A Python string literal in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _python(atom: Atom) -> str:
    name = WORDS[atom.value].python if atom.kind == "word" else atom.value
    if atom.is_set:
        # You may pass a set; a frozenset is stored.
        return f"AbstractSet[{name}]"
    return f"tuple[{name}, ...]" if atom.many else name


def _allowed(atom: Atom, bounds: Bounds) -> str:
    match atom.kind:
        case "literal":
            return quoted(atom.value)
        case "name":
            return f"{atom.value}(...)"
        case "word":
            word = WORDS[atom.value]
            limits = bounds_text(bounds) if word.bounds else ""
            noun = f"a set of {word.plural}" if atom.is_set else word.noun
            return f"{noun} {limits}" if limits else noun


_ATOM: Final = re.compile(
    r"(?:'(?P<literal>[^'|]+)'|(?P<word>[a-z][a-z_]*)|(?P<name>[A-Z]\w*))(?P<many>\*?)"
    r"|\{(?P<item>[a-z][a-z_]*)\}"
)


def parse_type(text: str) -> Type:
    """Parse a type. Raises ValueError with the part that can't be parsed."""
    body = text.strip()
    optional = body.endswith("?")
    atoms: list[Atom] = []
    for part in body.removesuffix("?").split("|"):
        found = _ATOM.fullmatch(part.strip())
        if found is None:
            raise ValueError(part.strip() or text)
        many = bool(found["many"])
        if found["literal"] is not None:
            atoms.append(Atom("literal", found["literal"], many))
        elif found["item"] is not None:
            if found["item"] not in WORDS or not WORDS[found["item"]].plural:
                raise ValueError(found["item"])
            atoms.append(Atom("word", found["item"], is_set=True))
        elif found["word"] is not None:
            if found["word"] not in WORDS:
                raise ValueError(found["word"])
            atoms.append(Atom("word", found["word"], many))
        else:
            atoms.append(Atom("name", found["name"], many))
    return Type(tuple(atoms), optional)


def known_type(text: str) -> str:
    """The text of a type as it is; ValueError names what is not understood, and what is near it."""
    try:
        parse_type(text)
    except ValueError as error:
        word = str(error)
        raise ValueError(f'"{word}" is not a type word.{did_you_mean(word, WORDS)}') from None
    return text
