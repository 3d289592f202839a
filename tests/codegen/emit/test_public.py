"""The public modules: what is offered, at run time and to type checkers."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

from codegen.emit.public import files, names_by_home
from codegen.load import load
from tests.codegen.specs import ROOT, real_spec, scratch_spec

MODULES = list(real_spec().public.modules)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_offers_just_what_the_spec_declares(name: str) -> None:
    homes = names_by_home(real_spec(), real_spec().public.modules[name])
    declared = {one for names in homes.values() for one in names}
    assert set(importlib.import_module(name).__all__) - {"__version__"} == declared


@pytest.mark.parametrize("name", MODULES)
def test_every_name_is_defined_where_the_spec_says(name: str) -> None:
    for home, names in names_by_home(real_spec(), real_spec().public.modules[name]).items():
        module = ast.parse((ROOT / f"{home.replace('.', '/')}.py").read_text(encoding="utf-8"))
        defined = {
            target.id if isinstance(target, ast.Name) else ""
            for node in module.body
            for target in getattr(node, "targets", [getattr(node, "target", None)])
        } | {str(getattr(node, "name", "")) for node in module.body}
        assert set(names) <= defined, home


def test_all_is_a_literal_so_that_a_star_import_takes_the_errors() -> None:
    tree = ast.parse(files(real_spec())["hyperhttp/__init__.py"])
    (listed,) = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    assert {"ReadTimeout", "HTTPStatusError", "Client"} <= set(listed)


def test_a_new_public_name_is_one_line_in_the_spec(tmp_path: Path) -> None:
    old, new = '["DigestAuth"]', '["DigestAuth", "Challenge"]'
    text = files(load(scratch_spec(tmp_path, "public", old, new)))["hyperhttp/__init__.py"]
    assert '"Challenge"' in text
    assert "from hyperhttp._policy.digest import Challenge, DigestAuth" in text
