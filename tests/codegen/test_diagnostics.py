from __future__ import annotations

from codegen.diagnostics import Problem, SpecError, did_you_mean


def test_a_problem_names_file_and_table() -> None:
    problem = Problem("spec/errors.toml", "ReadTimeout", "it has no doc")
    assert str(problem) == "spec/errors.toml [ReadTimeout]: it has no doc"


def test_a_problem_of_a_whole_file_has_no_brackets() -> None:
    assert (
        str(Problem("spec/errors.toml", "", "it is missing")) == "spec/errors.toml: it is missing"
    )


def test_an_error_says_each_problem_on_a_line_of_its_own() -> None:
    error = SpecError([Problem("a", "b", "c"), Problem("d", "e", "f")])
    assert str(error) == "a [b]: c\nd [e]: f"


def test_the_nearest_name_is_proposed() -> None:
    assert did_you_mean("secnds", ["seconds", "bytes"]) == ' Did you mean "seconds"?'


def test_nothing_is_proposed_where_no_name_is_near() -> None:
    assert did_you_mean("colour", ["seconds", "bytes"]) == ""


def test_the_proposal_does_not_depend_on_the_order_of_names() -> None:
    names = ["read_a", "read_b", "read_c"]
    assert did_you_mean("read_", names) == did_you_mean("read_", reversed(names))
