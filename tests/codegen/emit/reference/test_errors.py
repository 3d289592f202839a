from __future__ import annotations

from codegen.emit.reference.errors import RETRY_WORDS, emit, tree
from codegen.words import RETRYABLE
from tests.codegen.specs import real_spec


def test_the_tree_shows_every_error_below_each_of_its_bases() -> None:
    spec = real_spec()
    lines = tree(spec)
    names = [line.split()[0] for line in lines]
    assert set(names) == set(spec.errors)
    assert names.count("ConnectTimeout") == 2
    assert lines[0] == "HyperHTTPError"
    assert "    TimeoutException (also TimeoutError)" in lines


def test_every_error_is_told_with_what_happened_hint_retry_and_facts() -> None:
    spec = real_spec()
    text = emit(spec)
    for name, error in spec.errors.items():
        section = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert section, name
        for said in (error.doc, error.raised_when, error.hint, RETRY_WORDS[error.retryable]):
            assert said in section, (name, said)
        assert all(f"| `{fact}` |" in section for fact in spec.facts(name))


def test_every_retry_word_is_explained() -> None:
    assert set(RETRY_WORDS) == set(RETRYABLE)
