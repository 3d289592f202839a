from __future__ import annotations

import ast

from codegen.emit import option_names
from hyperhttp._base._generated.option_names import CONFIG_FIELDS, FIELD_ALIASES, OPTION_ALIASES
from tests.codegen.specs import real_spec


def test_the_module_is_python_and_has_its_constants() -> None:
    tree = ast.parse(option_names.emit(real_spec()))
    names = {ast.unparse(node.target) for node in tree.body if isinstance(node, ast.AnnAssign)}
    assert names == {
        "BODY_OPTIONS",
        "CLIENT_OPTIONS",
        "CONFIG_FIELDS",
        "FIELD_ALIASES",
        "OPTION_ALIASES",
        "OPTION_COUNTERPARTS",
    }


def test_no_alias_is_an_option_itself_and_each_leads_to_one() -> None:
    options = real_spec().calls.options
    assert not OPTION_ALIASES.keys() & options.keys()
    assert set(OPTION_ALIASES.values()) <= options.keys()


def test_a_field_of_another_client_leads_to_one_of_ours() -> None:
    fields = {name for model in real_spec().config.values() for name in model.fields}
    assert set(FIELD_ALIASES.values()) <= fields
    assert FIELD_ALIASES["total"] == "max_retries"


def test_every_field_is_in_the_model_that_is_named() -> None:
    for name, model in CONFIG_FIELDS.items():
        assert name in real_spec().config[model].fields
