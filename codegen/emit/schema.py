"""JSON Schemas: of the spec files, for editors, and of the configuration, for its users.

The first come from the models in `codegen.ir`. The second is what pydantic would make of the
generated ClientConfig, made here without importing it; a test holds the two equal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, TypeAlias

from codegen.emit.config import class_doc
from codegen.emit.config_defaults import ordered
from codegen.ir import FILES, Spec
from codegen.tables import ConfigModel, OptionField
from codegen.text import docstring_text, header
from codegen.types import WORDS, Atom, Number
from codegen.words import WORD_KEY, Words

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
EDGES: Final[Mapping[str, str]] = {
    "gt": "exclusiveMinimum",
    "ge": "minimum",
    "lt": "exclusiveMaximum",
    "le": "maximum",
}


def emit_spec_file(name: str, words: Words) -> str:
    """The schema of one spec file, which lists the declared words where one is expected."""
    schema: Json = FILES[name].model_json_schema()
    plain = _without_null(schema, words)
    assert isinstance(plain, dict)
    return _text({"$schema": DRAFT, "$comment": _comment("codegen/ir.py"), **plain})


def emit_config(spec: Spec) -> str:
    """The schema of the whole configuration."""
    root = spec.root_config
    others: dict[str, Json] = {
        name: _model(spec, name, spec.config[name]) for name in spec.config if name != root
    }
    comment = _comment("spec/config.toml")
    return _text({"$comment": comment, "$defs": others, **_model(spec, root, spec.config[root])})


def _model(spec: Spec, name: str, model: ConfigModel) -> dict[str, Json]:
    properties: dict[str, Json] = {
        n: _property(spec, n, field) for n, field in model.fields.items()
    }
    return {
        "additionalProperties": False,
        "description": docstring_text(class_doc(model), 1),
        "properties": properties,
        "title": name,
        "type": "object",
    }


def _property(spec: Spec, name: str, field: OptionField) -> dict[str, Json]:
    if field.model:
        return _held(field)
    literals = field.parsed.literals
    if len(literals) > 1:
        alternatives: list[dict[str, Json]] = [{"enum": [*literals], "type": "string"}]
        alternatives[:0] = [
            _atom(spec, a, field.limits) for a in field.parsed.atoms if a.kind == "word"
        ]
    else:
        alternatives = [_atom(spec, atom, field.limits) for atom in field.parsed.atoms]
    if field.parsed.optional:
        alternatives.append({"type": "null"})
    kind: dict[str, Json] = (
        alternatives[0] if len(alternatives) == 1 else {"anyOf": [*alternatives]}
    )
    return {**kind, "default": _default(field), "description": field.doc, "title": _title(name)}


def _default(field: OptionField) -> Json:
    if isinstance(field.default, tuple):
        return [*ordered(field)]
    return None if field.value is None else field.default


def _held(field: OptionField) -> dict[str, Json]:
    """The model that a field holds, and null where it may be left out."""
    model: dict[str, Json] = {"$ref": f"#/$defs/{field.model}"}
    if field.is_switch:
        model = {"anyOf": [model, {"type": "null"}], "default": None}
    return {**model, "description": field.doc}


def _atom(spec: Spec, atom: Atom, bounds: Mapping[str, Number]) -> dict[str, Json]:
    if atom.kind == "literal":
        return {"const": atom.value, "type": "string"}
    word = WORDS[atom.value]
    schema: dict[str, Json] = {"type": word.json_type}
    if word.json_format:
        schema["format"] = word.json_format
    if word.is_closed:
        schema["enum"] = [*sorted(spec.errors)]
    if word.pattern:
        schema["pattern"] = word.pattern
    if word.is_secret:
        schema |= {"minLength": 1, "writeOnly": True}
    if word.bounds:
        schema.update({EDGES[sign]: limit for sign, limit in bounds.items()})
    return {"items": schema, "type": "array", "uniqueItems": True} if atom.is_set else schema


def _title(name: str) -> str:
    return name.replace("_", " ").title()


def _without_null(schema: Json, words: Words) -> Json:
    """TOML has no null: a key is given, or it is not."""
    if isinstance(schema, list):
        return [_without_null(each, words) for each in schema if each != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {k: _without_null(v, words) for k, v in schema.items() if (k, v) != ("default", None)}
    if WORD_KEY in kept:
        kept["enum"] = [*words[str(kept.pop(WORD_KEY))]]
    kinds = kept.get("anyOf")
    if isinstance(kinds, list) and len(kinds) == 1 and isinstance(kinds[0], dict):
        del kept["anyOf"]
        return {**kinds[0], **kept}
    return kept


def _comment(source: str) -> str:
    return " ".join(line.removeprefix("# ") for line in header(source).splitlines())


def _text(schema: dict[str, Json]) -> str:
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
