"""Closed sets of words that the spec itself declares, such as the phases and the header kinds.

The tables of a file are validated with the declared words as the context of the validation. So an
unknown word is reported where it is used, and the JSON Schemas for editors list the known ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from codegen.diagnostics import did_you_mean

Words: TypeAlias = Mapping[str, Sequence[str]]
# The key of a JSON Schema that is replaced by the `enum` of the declared words.
WORD_KEY: Final = "x-words"
# Where each set is declared: the file, and the table whose keys are the words.
DECLARED: Final[Mapping[str, tuple[str, str]]] = {
    "phases": ("vocabulary", "phases"),
    "retryable": ("vocabulary", "retryable"),
    "peers": ("vocabulary", "peers"),
    "header_kinds": ("headers", "kinds"),
}


@dataclass(frozen=True, slots=True)
class WordOf:
    """Marks a string of the spec that must be one of the declared words."""

    words: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check the string against the words in the context of the validation."""
        return core_schema.with_info_after_validator_function(self._known, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Name the words, which the emitter of the schema lists."""
        return {**handler(schema), WORD_KEY: self.words}

    def _known(self, text: str, info: ValidationInfo) -> str:
        known = _context(info).get(self.words)
        if known is not None and text not in known:
            listed = ", ".join(known)
            raise ValueError(f'"{text}" is not one of {listed}.{did_you_mean(text, known)}')
        return text


def declared_words(files: Mapping[str, Mapping[str, object]]) -> Words:
    """The declared words of each set, from files that may still be wrong."""
    found = {name: _keys(files, *place) for name, place in DECLARED.items()}
    return {**found, "defaults": ["idempotent_methods"], "idempotent_methods": _idempotent(files)}


def filled_default(given: object, info: ValidationInfo) -> object:
    """An option whose default is a list of the vocabulary, with that list as its default."""
    match given:
        case {"default_from": str(), "default": _}:
            raise ValueError('default_from: give it or "default", and not both')
        case {"default_from": str(name), **others} if name in (words := _context(info)):
            return {"default": sorted(words[name]), "default_from": name, **others}
        case _:
            return given


def _context(info: ValidationInfo) -> Words:
    context: Words | None = info.context
    return context or {}


def _keys(files: Mapping[str, Mapping[str, object]], file: str, table: str) -> list[str]:
    declared = files[file].get(table)
    return [str(key) for key in declared] if isinstance(declared, dict) else []


def _idempotent(files: Mapping[str, Mapping[str, object]]) -> list[str]:
    return [*_with_mark(files["vocabulary"].get("methods"), "idempotent")]


def _with_mark(tables: object, mark: str) -> Iterator[str]:
    if isinstance(tables, dict):
        for name, table in tables.items():
            if isinstance(table, dict) and table.get(mark) is True:
                yield str(name)
