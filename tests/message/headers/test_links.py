"""Links: which of them say something about this response, and what a value may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._message.headers.links import Link, Links, parse_links
from hyperhttp._message.url.url import URL

BASE = URL("https://example.com/items/?page=2")
NEXT = URL("https://example.com/items/?page=3")


def links(value: str) -> Links:
    return parse_links(value, BASE)


def test_links_are_found_by_their_relation_in_any_case() -> None:
    found = links('<?page=3>; rel="NEXT", <?page=9>; rel=last, </a>; rel=next')
    assert found["next"].target == NEXT
    assert found.get("Next") == found["next"]
    assert [str(link.target) for link in found.get_all("next")] == [
        "https://example.com/items/?page=3",
        "https://example.com/a",
    ]
    assert "last" in found
    assert "prev" not in found
    assert found.get("prev") is None
    assert found.get_all("prev") == ()
    assert (len(found), bool(found)) == (3, True)
    assert list(found) == list(found.all)


def test_a_relation_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="prev"):
        links("</a>; rel=next")["prev"]


def test_no_links_are_false() -> None:
    assert not links("nothing")
    assert links("") == Links()


@pytest.mark.parametrize("anchor", ["#part", "/other", "https://api.example.com/"])
def test_a_link_from_elsewhere_is_not_one_of_this_response(anchor: str) -> None:
    found = links(f'</a>; rel=next; anchor="{anchor}", </b>; rel=next')
    assert str(found["next"].target) == "https://example.com/b"
    assert found.all[0].anchor == BASE.join(anchor)


@pytest.mark.parametrize("anchor", ["", "?page=2", "https://example.com/items/?page=2"])
def test_an_anchor_that_is_the_response_is_none(anchor: str) -> None:
    assert links(f'</a>; rel=next; anchor="{anchor}"')["next"].anchor is None


@pytest.mark.parametrize(
    "bad",
    [
        "/a; rel=x",
        "<a",
        "</a> rel=x",
        '</a>; rel="x',
        "<https://example.com:0/>; rel=x",
        "<javascript:alert(1)>; rel=x",
        '</a>; rel=x; anchor="ftp://example.com/"',
    ],
)
def test_a_link_that_cannot_be_read_is_left_out_and_the_others_stay(bad: str) -> None:
    assert [str(link.target) for link in links(f"</ok>; rel=y, {bad}")] == [
        "https://example.com/ok"
    ]


def test_every_parameter_has_its_place() -> None:
    (link,) = links(
        '</a>; rel="a  b"; title="t"; type=text/html; media=print; hreflang=de; hreflang=fr;'
        ' As=font; crossorigin; rev="c"'
    )
    assert link == Link(
        target=URL("https://example.com/a"),
        rel=("a", "b"),
        title="t",
        type="text/html",
        media="print",
        hreflang=("de", "fr"),
        extensions={"as": "font", "crossorigin": None},
    )


def test_a_target_in_utf_8_is_read() -> None:
    (link,) = links("</é>".encode().decode("latin-1"))
    assert str(link.target) == "https://example.com/%C3%A9"


@given(st.text(st.characters(codec="latin-1"), max_size=60))
def test_any_text_gives_links_and_no_error(value: str) -> None:
    for link in links(value):
        assert link.target.scheme in {"http", "https"}
