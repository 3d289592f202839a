from __future__ import annotations

import json
import tomllib

import pytest

from codegen.emit.schema import emit_config, emit_spec_file
from codegen.ir import FILES
from hyperhttp.config import ClientConfig
from tests.codegen.specs import ROOT, real_spec


def test_the_schema_of_the_configuration_is_the_one_that_pydantic_makes() -> None:
    made = json.loads(emit_config(real_spec()))
    del made["$comment"]
    assert made == ClientConfig.model_json_schema()


@pytest.mark.parametrize("name", FILES)
def test_a_schema_of_a_spec_file_knows_its_keys_and_no_null(name: str) -> None:
    text = emit_spec_file(name, real_spec().words)
    schema = json.loads(text)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert '"null"' not in text
    assert "doc" in text


@pytest.mark.parametrize("name", FILES)
def test_a_spec_file_names_its_schema_for_editors(name: str) -> None:
    text = (ROOT / f"spec/{name}.toml").read_text(encoding="utf-8")
    assert text.startswith(f"#:schema ./schema/{name}.schema.json\n")
    tomllib.loads(text)


def test_unknown_keys_are_refused_by_the_schema_as_well() -> None:
    schema = json.loads(emit_spec_file("errors", real_spec().words))
    assert schema["$defs"]["ErrorTable"]["additionalProperties"] is False
    error = schema["$defs"]["ErrorTable"]["properties"]
    assert error["phase"]["enum"] == [*real_spec().vocabulary.phases]
    assert error["peers"]["propertyNames"]["enum"] == [*real_spec().vocabulary.peers]
