from __future__ import annotations

from codegen.emit.reference.index import emit
from codegen.emit.reference.llms import PAGES
from codegen.outputs import FROM_SPEC, FROM_SURFACE
from tests.codegen.specs import real_spec


def test_every_page_is_listed_and_is_made() -> None:
    text = emit(real_spec())
    for title, path, what in PAGES:
        assert f"| [{title}]({path}) | {what} |" in text
        assert f"docs/reference/{path}" in {**FROM_SPEC, **FROM_SURFACE}


def test_it_says_how_much_there_is() -> None:
    assert f"{len(real_spec().errors)} errors." in emit(real_spec())
