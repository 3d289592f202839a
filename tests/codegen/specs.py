"""Specs to test with: the real one, scratch copies of it with an edit, and scratch checkouts."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from codegen.diagnostics import SpecError
from codegen.ir import Spec
from codegen.load import load

ROOT = Path(__file__).resolve().parents[2]


@cache
def real_spec() -> Spec:
    return load(ROOT / "spec")


def path_of(model: str) -> tuple[str, ...]:
    """The fields that lead from the whole configuration to a model; none for itself."""
    spec = real_spec()
    for holder, table in spec.config.items():
        for name, field in table.fields.items():
            if field.model == model:
                return (*path_of(holder), name)
    return ()


def scratch_spec(directory: Path, file: str, old: str, new: str) -> Path:
    """A copy of the spec in which the first `old` of a file is `new`; an empty `old` appends."""
    shutil.copytree(ROOT / "spec", directory, dirs_exist_ok=True)
    path = directory / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file}.toml has no {old!r} to edit"
    path.write_text(text.replace(old, new, 1) if old else f"{text}\n{new}\n", encoding="utf-8")
    return directory


def problems_of(directory: Path, file: str, old: str, new: str) -> list[str]:
    """What the generator says of the spec with such an edit; nothing when it is well."""
    try:
        load(scratch_spec(directory, file, old, new))
    except SpecError as error:
        return str(error).splitlines()
    return []


def scratch_checkout(directory: Path) -> Path:
    """A copy of what the generator reads: the spec and the package, output directories left out."""
    shutil.copytree(ROOT / "spec", directory / "spec", ignore=shutil.ignore_patterns("schema"))
    shutil.copytree(
        ROOT / "hyperhttp",
        directory / "hyperhttp",
        ignore=shutil.ignore_patterns("_generated", "__pycache__"),
    )
    return directory


def model_table(model: str, name: str, kind: str, *facts: str) -> str:
    """A config model of one field, in TOML."""
    lines = [
        f"[{model}]",
        'doc = "X."',
        'since = "0.1"',
        f'example = "{model}()"',
        f"[{model}.fields.{name}]",
        f'type = "{kind}"',
        *facts,
        'doc = "X."',
        'why = "X."',
        'since = "0.1"',
        'example = "x"',
        'consumer = "x"',
    ]
    return "\n".join([*lines, "", ""])


def error_table(name: str, base: str) -> str:
    """An error without facts, in TOML."""
    return (
        f'[{name}]\nbases = ["{base}"]\nretryable = "never"\nmessage = "it is so"\ndoc = "X."\n'
        'raised_when = "X."\nhint = "X."\nsince = "0.1"\ncauses = ["X."]\nprints = "X"\n'
        "scenario = '''\ntry:\n    pass\n"
        f"except hyperhttp.{name} as error:\n    print(error)\n'''\n"
    )
