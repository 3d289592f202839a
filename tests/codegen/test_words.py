from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from codegen.words import DECLARED, WORD_KEY, WordOf, declared_words
from tests.codegen.specs import problems_of, real_spec

PHASE: TypeAdapter[str] = TypeAdapter(Annotated[str, WordOf("phases")])


def test_a_declared_word_is_accepted() -> None:
    assert PHASE.validate_python("dns", context={"phases": ["dns"]}) == "dns"


def test_an_unknown_word_is_refused_with_the_nearest_and_all() -> None:
    with pytest.raises(ValidationError, match=r'"dnss" is not one of dns, tls. Did you mean "dns"'):
        PHASE.validate_python("dnss", context={"phases": ["dns", "tls"]})


@pytest.mark.parametrize("context", [None, {}])
def test_nothing_is_refused_while_the_words_are_not_known(context: object) -> None:
    assert PHASE.validate_python("dnss", context=context) == "dnss"


def test_the_schema_names_the_set_of_words() -> None:
    assert PHASE.json_schema() == {"type": "string", WORD_KEY: "phases"}


def test_the_words_of_the_spec_are_those_of_its_tables() -> None:
    spec = real_spec()
    assert spec.words["phases"] == [*spec.vocabulary.phases]
    assert spec.words["header_kinds"] == [*spec.headers.kinds]
    assert sorted(spec.words["idempotent_methods"]) == spec.methods(idempotent=True)


@pytest.mark.parametrize("wrong", [{}, {"phases": 1, "methods": 1}, {"methods": {"GET": 1}}])
def test_wrong_files_declare_no_words(wrong: dict[str, object]) -> None:
    words = declared_words({"vocabulary": wrong, "headers": {}, "events": {}})
    assert all(words[name] == [] for name in (*DECLARED, "idempotent_methods"))


def test_a_default_is_filled_from_its_list() -> None:
    field = real_spec().config["RetryPolicy"].fields["methods"]
    assert field.default_from == "idempotent_methods"
    assert field.default == (*real_spec().methods(idempotent=True),)


def test_a_list_and_a_default_are_not_given_together(tmp_path: Path) -> None:
    new = 'default_from = "idempotent_methods"\ndefault = ["GET"]'
    (found,) = problems_of(tmp_path, "config", 'default_from = "idempotent_methods"', new)
    assert found == (
        "spec/config.toml [RetryPolicy.fields.methods]:"
        ' default_from: give it or "default", and not both'
    )
