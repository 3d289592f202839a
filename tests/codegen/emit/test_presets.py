"""Presets: the class methods with other values, as the spec lists them."""

from __future__ import annotations

import inspect
from functools import reduce

import pytest

from hyperhttp import AddressPolicy, ClientConfig, config
from hyperhttp._base.config_model import ConfigModel
from tests.codegen.specs import real_spec

PRESETS = [(model, name) for model, table in real_spec().config.items() for name in table.presets]


def value_at(model: object, path: str) -> object:
    return reduce(getattr, path.split("."), model)


@pytest.mark.parametrize(("model", "name"), PRESETS)
def test_a_preset_differs_from_the_defaults_in_its_values_alone(model: str, name: str) -> None:
    kind: type[ConfigModel] = getattr(config, model)
    made: ConfigModel = getattr(kind, name)()
    values = real_spec().config[model].presets[name].values
    for path, given in values.items():
        assert value_at(made, path) == given.value
    for field in kind.model_fields:
        if field not in {path.partition(".")[0] for path in values}:
            assert getattr(made, field) == getattr(kind(), field)


def test_hardened_changes_what_the_spec_lists_and_nothing_else() -> None:
    listed = real_spec().config["ClientConfig"].presets["hardened"].values
    assert set(ClientConfig.hardened().diff(ClientConfig())) == set(listed)


def test_an_adjustable_preset_takes_the_other_fields() -> None:
    made = AddressPolicy.public(allow={"10.0.0.0/8"}, ports={443})
    assert made == AddressPolicy(scope="public", allow={"10.0.0.0/8"}, ports={443})
    taken = set(inspect.signature(AddressPolicy.public).parameters)
    assert taken == set(AddressPolicy.model_fields) - {"scope"}
    assert not inspect.signature(ClientConfig.hardened).parameters


def test_each_has_a_docstring_with_an_example() -> None:
    for model, name in PRESETS:
        doc = inspect.getdoc(getattr(getattr(config, model), name))
        assert doc is not None
        assert "Example:" in doc
