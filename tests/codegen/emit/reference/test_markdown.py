from __future__ import annotations

from pathlib import Path

from codegen.emit.reference.markdown import (
    anchor,
    class_doc,
    declaration,
    facts,
    members,
    page,
    signature,
    table,
)
from codegen.surface import Surface

CLIENT = '''
from typing import overload

class Client:
    """A client."""

    @property
    def headers(self) -> dict[str, str]:
        """The fields."""
    @headers.setter
    def headers(self, headers: dict[str, str]) -> None:
        """Not shown twice."""
    async def send(self, request: str, *, times: int = 1) -> bytes:
        """Send it."""
    async def pieces(self) -> object:
        """Piece by piece."""
        yield b""
    @overload
    def get(self) -> int: ...
    @overload
    def get(self, kind: str) -> str: ...
    def get(self, kind: object = None) -> object:
        """Get it."""
    def undocumented(self) -> None: ...
    def _private(self) -> None:
        """Not shown."""
'''


def surface(root: Path) -> Surface:
    (root / "hyperhttp").mkdir()
    (root / "hyperhttp/__init__.py").write_text("from hyperhttp.client import Client\n")
    (root / "hyperhttp/client.py").write_text(CLIENT)
    return Surface(root, {})


def test_a_page_has_a_title_and_a_blank_line_between_blocks() -> None:
    lines = page("Title", ["a.toml"], ["one\n", "two"]).splitlines()
    assert lines[3:] == ["# Title", "", "one", "", "two"]


def test_facts_without_a_text_are_left_out() -> None:
    assert facts([("a", "x"), ("b", ""), ("c", "y")]) == "- **a:** x\n- **c:** y"


def test_a_bar_does_not_end_a_cell() -> None:
    assert table(["t"], [["int | None"]]).splitlines()[-1] == "| int &#124; None |"


def test_code_with_a_bar_becomes_an_element_in_which_nothing_is_markup() -> None:
    row = table(["t"], [["`a` or `dict[_b_, int] | None`"]]).splitlines()[-1]
    assert row == "| `a` or <code>dict&#91;&#95;b&#95;, int&#93; &#124; None</code> |"


def test_a_column_without_a_text_is_left_out() -> None:
    assert table(["a", "b"], [["x", ""], ["y", ""]]) == "| a |\n| --- |\n| x |\n| y |"


def test_an_anchor_is_what_markdown_makes_of_a_heading() -> None:
    assert anchor("Read Timeout") == "read-timeout"


def test_a_signature_is_shown_and_not_run() -> None:
    assert declaration("\nf() -> int\n") == "```py\nf() -> int\n```"


def test_a_long_signature_is_broken_into_lines() -> None:
    assert signature("f", ["a: int"], "None") == "f(a: int) -> None"
    assert signature("f", ["a: int"] * 20, "None").count("\n") == 21


def test_members_are_shown_with_signature_and_doc(tmp_path: Path) -> None:
    blocks = list(members(surface(tmp_path), "Client", "Client"))
    assert blocks == [
        "### `Client.headers`",
        declaration("headers: dict[str, str]"),
        "The fields.",
        "### `Client.send`",
        declaration("async send(request: str, *, times: int=1) -> bytes"),
        "Send it.",
        "### `Client.pieces`",
        declaration("pieces() -> object"),
        "Piece by piece.",
        "### `Client.get`",
        declaration("get() -> int\nget(kind: str) -> str"),
        "Get it.",
    ]


def test_a_class_that_does_not_exist_has_nothing_to_show(tmp_path: Path) -> None:
    found = surface(tmp_path)
    assert class_doc(found, "Client") == "A client."
    assert class_doc(found, "Gone") == ""
    assert list(members(found, "Gone", "Gone")) == []
