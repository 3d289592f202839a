from __future__ import annotations

import ast

from codegen.emit import package
from tests.codegen.specs import real_spec


def test_the_init_of_an_output_directory_has_a_docstring_and_nothing_else() -> None:
    tree = ast.parse(package.emit(real_spec()))
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1
