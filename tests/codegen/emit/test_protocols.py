"""The protocols have the methods of the client, by position where a fake names them as it likes."""

from __future__ import annotations

import ast
import inspect
from typing import get_overloads

import pytest

import hyperhttp
from codegen.emit.protocols import emit
from hyperhttp import Client
from tests.codegen.specs import real_spec

PROTOCOLS = list(real_spec().calls.protocols.items())


@pytest.mark.parametrize(("name", "protocol"), PROTOCOLS)
def test_a_client_has_each_method_of_a_protocol(name: str, protocol: object) -> None:
    declared = vars(getattr(hyperhttp, name))
    methods = [each for each in declared if not each.startswith("_")]
    assert methods
    for method in methods:
        assert inspect.iscoroutinefunction(getattr(Client, method)), method


def test_a_protocol_repeats_the_overloads_of_its_call() -> None:
    (requester,) = [
        node
        for node in ast.parse(emit(real_spec())).body
        if isinstance(node, ast.ClassDef) and node.name == "Requester"
    ]
    ours = [node.args for node in requester.body if isinstance(node, ast.AsyncFunctionDef)]
    theirs = get_overloads(inspect.unwrap(Client.request))
    assert len(ours) == len(theirs) > 1
    for taken, overload in zip(ours, theirs, strict=True):
        names = [one.arg for one in [*taken.posonlyargs, *taken.args, *taken.kwonlyargs]]
        assert names == list(inspect.signature(overload).parameters)
        assert [one.arg for one in taken.posonlyargs] == ["self", "method", "url"]


def test_a_protocol_says_in_its_docstring_what_it_is_for() -> None:
    text = emit(real_spec())
    for name, protocol in PROTOCOLS:
        assert f"class {name}(Protocol):" in text
        assert protocol.doc in " ".join(text.split())
