from __future__ import annotations

import pytest
from pydantic import ValidationError

from codegen.tables import Fact, is_foreign
from tests.codegen.specs import real_spec


@pytest.mark.parametrize("base", ["Exception", "builtins:ValueError"])
def test_a_builtin_base_is_foreign(base: str) -> None:
    assert is_foreign(base)
    assert not is_foreign("HyperHTTPError")


def test_a_fact_without_a_default_must_be_given() -> None:
    assert Fact(type="text", doc="X.").required
    assert not Fact(type="text", doc="X.", default="").required
    assert Fact(type="count?", doc="X.", default="none").value is None


def test_a_table_refuses_unknown_keys_and_does_not_change() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Fact.model_validate({"type": "text", "doc": "X.", "color": 1})
    with pytest.raises(ValidationError, match="frozen"):
        setattr(next(iter(real_spec().config.values())), "doc", "Y.")  # noqa: B010
