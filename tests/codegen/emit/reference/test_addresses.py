"""The page of special addresses has a row for each range."""

from __future__ import annotations

from codegen.emit.reference.addresses import emit
from tests.codegen.specs import real_spec


def test_each_range_is_a_row_below_its_group() -> None:
    spec = real_spec()
    sections = emit(spec).split("\n## ")[1:]
    assert [section.partition("\n")[0] for section in sections] == sorted(
        {each.group for each in spec.addresses.values()}
    )
    for network, each in spec.addresses.items():
        (section,) = (one for one in sections if one.startswith(f"{each.group}\n"))
        public = "yes" if each.reachable else "no"
        assert f"| `{network}` | {each.title} | {public} | {each.source} |" in section
