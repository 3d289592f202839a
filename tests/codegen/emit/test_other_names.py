from __future__ import annotations

import ast

from codegen.emit import other_names
from tests.codegen.specs import real_spec


def test_the_module_is_python_and_has_both_tables() -> None:
    tree = ast.parse(other_names.emit(real_spec()))
    names = {ast.unparse(node.target) for node in tree.body if isinstance(node, ast.AnnAssign)}
    assert names == {"MODULE_HINTS", "ATTRIBUTE_HINTS"}


def test_each_entry_of_the_spec_is_in_the_tables() -> None:
    spec = real_spec()
    attributes = other_names.attribute_hints(spec)
    assert spec.peers.names.keys() <= other_names.module_hints(spec).keys()
    for ours, names in (("Client", spec.peers.client), ("Response", spec.peers.response)):
        assert names.keys() <= attributes[ours].keys()
        assert names.keys() <= attributes[f"Sync{ours}"].keys()
    for table in ("request", "headers", "cookies", "url"):
        ours = table.upper() if table == "url" else table.title()
        assert {*attributes[ours]} == {*spec.peers.tables()[table]}


def test_a_name_with_a_counterpart_is_explained_by_it_and_another_by_its_sentence() -> None:
    hints = other_names.attribute_hints(real_spec())["Client"]
    assert hints["closed"] == "use 'is_closed'"
    assert hints["ws_connect"] == "WebSockets aren't supported; use a WebSocket library"
    assert hints["rebuild_auth"] == "credentials are sent to one origin only"


def test_the_tables_of_the_synchronous_classes_have_synchronous_names() -> None:
    hints = other_names.attribute_hints(real_spec())
    assert hints["Response"]["raw"] == "use 'aiter_raw()'"
    assert hints["SyncResponse"]["raw"] == "use 'iter_raw()'"
    assert hints["Response"]["iter_lines"] == "use 'aiter_lines()'"
    assert hints["SyncResponse"]["aiter_lines"] == "use 'iter_lines()'"
    assert hints["SyncClient"]["auth"] == "use 'SyncClient(auth=...)'"


def test_an_error_of_ours_is_no_name_of_another_client() -> None:
    spec = real_spec()
    assert not other_names.module_hints(spec).keys() & spec.errors.keys()
    assert "ValueError" not in other_names.module_hints(spec)
