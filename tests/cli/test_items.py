from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp import UNSET
from hyperhttp._cli.exit_codes import UsageError
from hyperhttp._cli.items import header, pair, read_form, read_items


def test_each_separator_has_its_meaning(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("[1]")
    items = read_items(
        [
            "a=1",
            "b:=2",
            "c==3",
            "D: 4 ",
            f"e@{file}",
            f"f=@{file}",
            f"g:=@{file}",
            "h=",
            "i==",
            "J:",
        ]
    )
    assert items.fields == [("a", "1"), ("b", 2), ("f", "[1]"), ("g", [1]), ("h", "")]
    assert items.params == [("c", "3"), ("i", "")]
    assert items.headers == [("D", "4"), ("J", "")]
    ((name, sent),) = items.files
    assert (name, sent.content, sent.filename, sent.content_type) == ("e", file, UNSET, None)


@pytest.mark.parametrize(
    ("word", "name", "value"),
    [
        (r"a\=b=c", "a=b", "c"),
        (r"a\:b=c", "a:b", "c"),
        (r"a\\=c", "a\\", "c"),
        (r"a\n=c", r"a\n", "c"),
        ("a=b=c", "a", "b=c"),
        ("a=b:c@d", "a", "b:c@d"),
        ("a=\n", "a", "\n"),
    ],
)
def test_the_first_separator_counts_and_a_backslash_hides_one(
    word: str, name: str, value: str
) -> None:
    assert read_items([word]).fields == [(name, value)]


@given(st.text(st.characters(exclude_characters="\\:=@"), min_size=1), st.text())
def test_any_text_comes_through(name: str, value: str) -> None:
    if not value.startswith(("=", "@")):
        assert read_items([f"{name}={value}"]).fields == [(name, value)]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("extra", "invalid item 'extra'; expected"),
        ("=x", "invalid item"),
        ("", "invalid item"),
        ("a:=", "invalid JSON after"),
        ("a:={", "invalid JSON after"),
        ("a@no-such-file", "no such file"),
        ("a=@no-such-file", "cannot read no-such-file as text"),
    ],
)
def test_what_is_no_item_is_told(word: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read_items([word])


def test_a_form_is_read_as_curl_does(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("x,y")
    form = read_form(
        ["a=1", f"b=@{file};type=text/csv; filename=c.csv", f"d=<{file}", f"e=@{file}"]
    )
    assert form.fields == [("a", "1"), ("d", "x,y")]
    (_, named), (_, plain) = form.files
    assert (named.filename, named.content_type) == ("c.csv", "text/csv")
    assert (plain.filename, plain.content_type) == (UNSET, None)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("novalue", "name=value"),
        ("=x", "name=value"),
        ("a=@no-such-file", "no such file"),
        ("a=@x;color=red", "unknown 'color'; expected type or filename"),
        ("a=@x;type", "name=value"),
    ],
)
def test_what_is_no_part_of_a_form_is_told(part: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read_form([part])


def test_text_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"\xff")
    with pytest.raises(UsageError, match=r"cannot read .* as text"):
        read_items([f"a=@{tmp_path / 'b'}"])


def test_headers_and_pairs() -> None:
    assert header("A:b:c") == ("A", "b:c")
    assert pair("a=b=c", "-q") == ("a", "b=c")
    with pytest.raises(UsageError, match="'Name: value'"):
        header("none")
    with pytest.raises(UsageError, match="invalid -q 'none'; expected name=value"):
        pair("none", "-q")
