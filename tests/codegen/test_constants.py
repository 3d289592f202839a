from __future__ import annotations

import pytest
from pydantic import ValidationError

from codegen.constants import Header, HeaderKind, Method, VocabularyTable
from tests.codegen.specs import real_spec


def test_a_method_has_no_property_unless_it_is_given() -> None:
    assert Method() == Method(safe=False, idempotent=False, announces_body=False)


def test_every_safe_method_is_idempotent() -> None:
    methods = real_spec().vocabulary.methods.values()
    assert all(method.idempotent for method in methods if method.safe)


@pytest.mark.parametrize("sets", [{"lower": "str"}, {"NAME": "int"}])
def test_a_kind_makes_constants_of_str_or_bytes(sets: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        HeaderKind.model_validate({"title": "X", "doc": "X.", "since": "0.1", "sets": sets})


def test_a_header_may_have_several_kinds() -> None:
    header = Header(kinds=("body", "framing"), doc="X.", since="0.1")
    assert header.kinds == ("body", "framing")


def test_a_method_is_written_in_capital_letters() -> None:
    with pytest.raises(ValidationError, match="pattern"):
        VocabularyTable.model_validate(
            {"phases": {}, "retryable": {}, "peers": {}, "records": {}, "methods": {"get": {}}}
        )
