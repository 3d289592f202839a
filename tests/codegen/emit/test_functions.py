"""Functions for one-off calls: which there are, and what they take."""

from __future__ import annotations

import ast

from codegen.emit.functions import emit
from tests.codegen.specs import real_spec

SPEC = real_spec()
TREE = ast.parse(emit(SPEC))
FUNCTIONS = [node for node in TREE.body if isinstance(node, ast.FunctionDef)]


def test_each_call_that_sends_one_request_has_a_function() -> None:
    without = {"build_request", "paginate"}
    assert {node.name for node in FUNCTIONS} == set(SPEC.calls.calls) - without
    assert not [
        node for node in ast.walk(TREE) if isinstance(node, ast.AsyncFunctionDef | ast.Await)
    ]


def test_each_takes_a_configuration() -> None:
    for node in FUNCTIONS:
        assert node.args.kwonlyargs[-1].arg == "config"
        assert node.args.args[0].arg != "self"
