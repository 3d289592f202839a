"""Closed sets of words that the spec itself declares, such as the phases and the header kinds.

The tables of a file are validated with the declared words as the context of the validation. So an
unknown word is reported where it is used, and the JSON Schemas for editors list the known ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

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
    "event_scopes": ("events", "scopes"),
    "event_kinds": ("events", "kinds"),
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
    found = {name: [*_table(files[file].get(key))] for name, (file, key) in DECLARED.items()}
    methods = _table(files["vocabulary"].get("methods"))
    idempotent = [name for name, one in methods.items() if _table(one).get("idempotent") is True]
    return {**found, "defaults": ["idempotent_methods"], "idempotent_methods": idempotent}


def filled_default(given: object, info: ValidationInfo) -> object:
    """An option whose default is a list of the vocabulary, with that list as its default."""
    option = _table(given)
    name = option.get("default_from")
    if name is None or name not in (words := _context(info)):
        return given
    if "default" in option:
        raise ValueError('default_from: give it or "default", and not both')
    return {**option, "default": sorted(words[str(name)])}


def _context(info: ValidationInfo) -> Words:
    context: Words | None = info.context
    return context or {}


def _table(value: object) -> Mapping[str, object]:
    """A table of a file, or an empty one for any other value."""
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}
