from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.emit.request_options import emit, emit_builder, stored_options
from codegen.load import load
from hyperhttp._message.request._generated.options import OptionAttributes, OptionValues
from tests.codegen.specs import problems_of, real_spec, scratch_spec

if TYPE_CHECKING:
    from pathlib import Path

PRIORITY = """
[options.priority]
type = "count"
level = ["request"]
doc = "The priority of the request."
since = "0.2"
example = "priority=1"

[options.priority.attribute]
type = "count?"
doc = "The priority of this request; None for none."
redirect = true
pickle = true
"""


def test_the_record_and_the_attributes_are_the_options_that_the_spec_stores() -> None:
    stored = stored_options(real_spec())
    assert sorted(stored) == sorted(OptionValues.__slots__)
    for name, (_, attribute) in stored.items():
        assert OptionAttributes.__annotations__[name] == attribute.annotation


def test_the_default_is_unset_where_none_has_a_meaning() -> None:
    values = OptionValues()
    for name, (_, attribute) in stored_options(real_spec()).items():
        assert repr(getattr(values, name)) == attribute.default


def test_one_table_makes_an_option_that_requests_store_carry_and_pickle(tmp_path: Path) -> None:
    spec = load(scratch_spec(tmp_path / "spec", "calls", "", PRIORITY))
    module: dict[str, object] = {"__name__": "options"}
    exec(emit(spec), module)
    values = module["OptionValues"]
    assert isinstance(values, type)
    given = values(priority=3)
    for kept in (given.copy(), given.for_redirect()):
        assert kept.priority == 3
    restore, state = given.__reduce__()
    assert restore(*state).priority == 3
    attributes = module["OptionAttributes"]
    assert isinstance(attributes, type)
    assert isinstance(vars(attributes)["priority"], property)
    builder = emit_builder(spec)
    assert "options.priority = read_priority(priority)" in builder


def test_what_neither_flag_names_stays_behind(tmp_path: Path) -> None:
    table = PRIORITY.replace("redirect = true\npickle = true\n", "")
    module: dict[str, object] = {"__name__": "options"}
    exec(emit(load(scratch_spec(tmp_path / "spec", "calls", "", table))), module)
    values = module["OptionValues"]
    assert isinstance(values, type)
    given = values(priority=3)
    assert given.copy().priority == 3
    assert given.for_redirect().priority is None
    restore, state = given.__reduce__()
    assert restore(*state).priority is None


def test_an_attribute_has_a_type_that_exists_and_an_option_of_a_request(tmp_path: Path) -> None:
    wrong = PRIORITY.replace('type = "count?"', 'type = "Request_?"')
    (problem,) = problems_of(tmp_path / "type", "calls", "", wrong)
    assert problem.startswith("spec/calls.toml [options.priority.attribute]: type: ")
    assert 'Did you mean "Request"?' in problem
    wrong = PRIORITY.replace('level = ["request"]', 'level = ["download"]')
    assert problems_of(tmp_path / "level", "calls", "", wrong) == [
        "spec/calls.toml [options.priority]: attribute: only for options of one request"
    ]
