from __future__ import annotations

import re

import pytest

from codegen.emit.exceptions import CONTEXT
from codegen.emit.reference.errors import children, emit, emit_pages, retried, tree
from codegen.messages import parse_message, template
from tests.codegen.specs import real_spec


def test_the_tree_shows_every_error_below_each_of_its_bases() -> None:
    spec = real_spec()
    lines = tree(spec)
    names = [line.split()[0] for line in lines]
    assert set(names) == set(spec.errors)
    assert names.count("ConnectTimeout") == 2
    assert lines[0] == "HyperHTTPError"
    assert "    TimeoutException (also TimeoutError)" in lines


def test_the_page_of_the_tree_leads_to_every_error() -> None:
    text = emit(real_spec())
    for name, error in real_spec().errors.items():
        start, end = f"- [{name}](errors/{name}.md)", f": {error.doc} (`{error.retryable}`)"
        line = rf"^ *{re.escape(start)}.*{re.escape(end)}$"
        assert re.search(line, text, re.MULTILINE), name


def test_the_page_of_an_error_tells_all_that_the_spec_knows() -> None:
    spec = real_spec()
    pages = emit_pages(spec)
    assert len(pages) == len(spec.errors)
    for name, error in spec.errors.items():
        page = pages[f"docs/reference/errors/{name}.md"]
        assert f"\n# {name}\n" in page
        for said in (
            error.doc,
            error.raised_when,
            error.hint,
            *error.causes,
            retried(spec, name),
            error.scenario.strip(),
            f"It prints:\n\n```text\n{error.prints}\n```",
            template(parse_message(error.message)),
        ):
            assert said in page, (name, said)
        assert all(f"- **`{fact}`** (`" in page for fact in (*spec.facts(name), *CONTEXT))


def test_the_page_of_an_error_names_every_clause_that_catches_it() -> None:
    page = emit_pages(real_spec())["docs/reference/errors/ReadTimeout.md"]
    (line,) = [line for line in page.splitlines() if line.startswith("- **caught by:**")]
    clauses = [clause.strip("`") for clause in line.partition(":** ")[2].split(", ")]
    assert set(clauses) == {
        "ReadTimeout",
        "TimeoutException",
        "ReadError",
        "TransportError",
        "HyperHTTPError",
        "TimeoutError",
        "Exception",
    }


def test_what_is_more_precise_is_named() -> None:
    assert children(real_spec(), "ReadError") == ["StreamReset", "ReadTimeout"]
    page = emit_pages(real_spec())["docs/reference/errors/ReadError.md"]
    assert "**subclasses:** [StreamReset](StreamReset.md), [ReadTimeout](ReadTimeout.md)" in page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ConnectTimeout", "With `retry=True`, the request is retried whatever its method"),
        ("ReadTimeout", "With `retry=True`, the request is retried if its method is idempotent"),
        ("TLSError", "Never retried"),
        ("ServerStatusError", "The error itself isn't retried"),
    ],
)
def test_whether_it_is_sent_again_is_told_with_the_reason(name: str, said: str) -> None:
    assert retried(real_spec(), name).startswith(said)


def test_every_retry_word_is_explained() -> None:
    text = emit(real_spec())
    for name, word in real_spec().vocabulary.retryable.items():
        assert f"- **`{name}`:** {word.advice}" in text
