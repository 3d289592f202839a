from __future__ import annotations

from codegen.emit.reference.response import emit
from codegen.surface import Surface
from tests.codegen.specs import ROOT, real_spec


def test_every_field_is_told_with_its_source_and_every_vector() -> None:
    spec = real_spec()
    text = emit(spec, Surface(ROOT, {}))
    for owner, table in spec.response.items():
        for name, field in table.fields.items():
            section = text.partition(f"\n### `{owner}.{name}`\n")[2].partition("\n##")[0]
            assert field.doc in section, name
            assert field.example in section, name
            if field.header:
                assert f"`{field.header}`" in section
            assert all(f"| `{vector.given}`" in section for vector in field.vectors)


def test_a_declared_field_is_told_of_once() -> None:
    text = emit(real_spec(), Surface(ROOT, {}))
    assert text.count("### `Response.headers`") == 1


def test_the_hand_written_members_are_there() -> None:
    assert "### `Response.aread`" in emit(real_spec(), Surface(ROOT, {}))


def test_a_vector_shows_its_outcome_as_python_would() -> None:
    text = emit(real_spec(), Surface(ROOT, {}))
    for shown in (
        "`((target='https://example.com/page/2', rel=('next',)),)`",
        "`('accept-encoding', 'origin')`",
        "`start=None, end=None, size=1234`",
        "| `` | `()` |",
        "`None`",
        "`1234`",
    ):
        assert shown in text
