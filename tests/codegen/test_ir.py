from __future__ import annotations

from pathlib import Path

import pytest

from codegen.load import load
from codegen.tables import is_foreign
from tests.codegen.specs import real_spec, scratch_spec


def test_an_error_has_the_facts_of_all_its_bases() -> None:
    facts = real_spec().facts("ReadTimeout")
    assert list(facts) == [
        "timeout_s",
        "elapsed_s",
        "detail",
        "received_bytes",
        "is_unprocessed",
    ]


def test_an_own_default_replaces_that_of_the_base() -> None:
    spec = real_spec()
    assert spec.facts("ReadError")["detail"].required
    assert not spec.facts("ReadTimeout")["detail"].required


def test_ancestors_come_nearest_first_and_once() -> None:
    assert list(real_spec().ancestors("ConnectTimeout")) == [
        "TimeoutException",
        "ConnectError",
        "HyperHTTPError",
        "TransportError",
    ]


def test_the_whole_configuration_is_the_model_that_nothing_holds() -> None:
    assert real_spec().root_config == "ClientConfig"


def test_a_dotted_path_finds_its_field() -> None:
    spec = real_spec()
    assert spec.config_field("pool.max_connections").value == 100
    assert spec.config_field("http2").value is True
    with pytest.raises(KeyError):
        spec.config_field("pool.max_conections")


def test_none_as_a_default_is_pythons_none() -> None:
    assert real_spec().config_field("timeout.total").value is None


def test_none_is_a_text_where_none_is_not_allowed(tmp_path: Path) -> None:
    directory = scratch_spec(tmp_path, "config", 'default = "hyperhttp"', 'default = "none"')
    assert load(directory).config_field("user_agent").value == "none"


def test_an_option_takes_type_and_doc_from_its_config_field() -> None:
    spec = real_spec()
    option = spec.calls.options["max_connections"]
    assert spec.option_type(option).python == "int | None"
    assert spec.option_doc(option) == spec.config_field("pool.max_connections").doc


def test_builtins_are_told_from_errors() -> None:
    assert is_foreign("Exception")
    assert is_foreign("builtins:TimeoutError")
    assert not is_foreign("ReadError")
