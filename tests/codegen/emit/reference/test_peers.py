from __future__ import annotations

import pytest

from codegen.emit.reference.peers import emit_pages
from tests.codegen.specs import real_spec


@pytest.mark.parametrize("peer", real_spec().vocabulary.peers)
def test_every_entry_has_one_row_on_the_page_of_each_client(peer: str) -> None:
    spec = real_spec()
    text = emit_pages(spec)[f"docs/reference/peers/{spec.vocabulary.peers[peer].page}.md"]
    assert spec.vocabulary.peers[peer].title in text
    rows = [line for line in text.splitlines() if line.startswith(("| `", "| —"))]
    fields = spec.response["Response"].fields
    config = [field.peers for model in spec.config.values() for field in model.fields.values()]
    told = [
        *(peers for peers in config if peer in peers),
        *(option.peers for option in spec.calls.options.values()),
        *(call.peers for call in spec.calls.calls.values()),
        *(field.peers for field in fields.values()),
        *(error.peers for error in spec.errors.values()),
    ]
    tables = spec.peers.tables().values()
    others = [other for names in tables for other in names.values() if peer in other.peers]
    assert len(rows) == len(told) + len(others)
    known = [peers for peers in told if peer in peers]
    found = len([row for row in rows if not row.startswith("| —")])
    assert found == len(known) + len(others) > 40


def test_what_is_said_of_a_name_is_no_part_of_it() -> None:
    page = emit_pages(real_spec())["docs/reference/peers/requests.md"]
    assert "| `timeout` (of each request) | [`timeout`](../client.md#timeout) |" in page
