"""From TOML files to a `Spec`, or to a list of problems with file, table and key.

This module reports wrong tables. `ir` defines the right ones, and `rules` checks them against each
other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from codegen.diagnostics import Problem, SpecError, did_you_mean
from codegen.ir import FILES, TABLES, Spec
from codegen.rules import check
from codegen.tables import Table
from codegen.words import Words, declared_words


def load(directory: Path) -> Spec:
    """Read and check the files of a spec directory; SpecError lists every mistake."""
    problems: list[Problem] = []
    words: Words = {}
    data = {name: _read(directory / f"{name}.toml", problems) for name in FILES}
    if not problems:
        words = declared_words(data)
        for name, tables in data.items():
            problems.extend(_shape_problems(name, tables, words))
    if problems:
        raise SpecError(problems)
    spec = Spec.model_validate({**data, "words": words}, context=words)
    problems.extend(check(spec))
    if problems:
        raise SpecError(problems)
    return spec


def _read(path: Path, problems: list[Problem]) -> Mapping[str, object]:
    shown = f"spec/{path.name}"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(Problem(shown, "", "the file is missing"))
    except tomllib.TOMLDecodeError as error:
        problems.append(_toml_problem(shown, path.read_text(encoding="utf-8"), str(error)))
    return {}


_TWICE: Final = re.compile(
    r"Cannot (?:declare (?P<table>\(.*\)) twice|overwrite a value).*\(at line (?P<line>\d+)"
)


def _toml_problem(shown: str, text: str, error: str) -> Problem:
    found = _TWICE.match(error)
    if found is None:
        return Problem(shown, "", f"this is not TOML: {error}")
    line = text.splitlines()[int(found["line"]) - 1].strip()
    if found["table"]:
        return Problem(
            shown, line.strip("[]"), f"this name is declared twice (line {found['line']})"
        )
    return Problem(shown, "", f"a key is given twice (line {found['line']}: {line})")


def _shape_problems(name: str, tables: Mapping[str, object], words: Words) -> list[Problem]:
    try:
        FILES[name].model_validate(tables, context=words)
    except ValidationError as error:
        found = {_problem(name, details): None for details in error.errors(include_url=False)}
        return list(found)
    return []


def _problem(name: str, details: ErrorDetails) -> Problem:
    # Unions append the name of the failed alternative. The report shows only names of the file.
    keys = [str(key) for key in details["loc"]]
    whole_file_is_a_table = FILES[name] is TABLES[name]
    table_size = 2 if whole_file_is_a_table else 1
    if "fields" in keys[1:-1]:
        table_size = keys.index("fields") + 2
    table, rest = keys[:table_size], keys[table_size:]
    model = _model_at(TABLES[name], keys if whole_file_is_a_table else keys[1:])
    return Problem(f"spec/{name}.toml", ".".join(table), _sentence(details, table, rest, model))


def _model_at(model: type[Table], keys: list[str]) -> type[Table]:
    for key in keys[:-1]:
        model = model.inner.get(key, model)
    return model


def _sentence(details: ErrorDetails, table: list[str], rest: list[str], model: type[Table]) -> str:
    key, last = (rest[0], rest[-1]) if rest else ("", table[-1])
    given = details["input"]
    match details["type"]:
        case "extra_forbidden":
            names = {field.alias or name for name, field in model.model_fields.items()}
            return f'unknown key "{last}".{did_you_mean(last, names)}'
        case "missing":
            return f'the key "{last}" is missing'
        case "literal_error":
            words = re.findall(r"'([^']*)'", str(details.get("ctx", {}).get("expected", "")))
            hint = did_you_mean(str(given), words)
            return f'{key}: "{given}" is not one of {", ".join(words)}.{hint}'
        case "value_error":
            text = str(details.get("ctx", {}).get("error", details["msg"]))
            return f"{key}: {text}" if key else text
        case "string_too_short":
            return f"{key}: it is empty; write a sentence that a user is glad to read"
        case _:
            return f"{key}: {details['msg'][0].lower()}{details['msg'][1:]} (given: {given!r})"
