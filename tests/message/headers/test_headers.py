"""Header fields: the mapping, what may enter it, and the way to and from the wire."""

from __future__ import annotations

import copy
import enum
import pickle
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import ConfigError, LocalProtocolError
from hyperhttp._base._generated.headers import SENSITIVE
from hyperhttp._message.headers.headers import MASK, Headers, HeadersInput

WIRE = [(b"Server", b"x"), (b"Set-Cookie", b"a=1"), (b"set-cookie", b"b=2"), (b"X", b"caf\xe9")]


@pytest.mark.parametrize(
    ("given", "items"),
    [
        (None, []),
        ({}, []),
        ({"Accept": "text/plain"}, [("accept", "text/plain")]),
        ([("A", "1"), ("b", "2"), ("a", "3")], [("a", "1"), ("b", "2"), ("a", "3")]),
        ((("A", "1"),), [("a", "1")]),
        (Headers({"A": "1"}), [("a", "1")]),
        ({"A": "  padded\t "}, [("a", "padded")]),
        ({"A": ""}, [("a", "")]),
        ({"A": "tab\tinside"}, [("a", "tab\tinside")]),
        ({"A": "caf\u00e9\u00a0"}, [("a", "caf\u00e9\u00a0")]),
        ({"!#$%&'*+-.^_`|~09aZ": "x"}, [("!#$%&'*+-.^_`|~09az", "x")]),
    ],
)
def test_fields_are_kept_in_order(given: HeadersInput | None, items: list[tuple[str, str]]) -> None:
    assert Headers(given).multi_items() == items


@pytest.mark.parametrize(
    "given",
    [
        "Accept: x",
        b"x",
        5,
        ["Accept"],
        ["ab"],
        [("a", "b", "c")],
        {"a", "b"},
        {b"a": "b"},
        {"a": b"b"},
        {"a": 5},
        {"a": None},
        {"a": ["b"]},
        {5: "b"},
    ],
)
def test_what_is_no_text_is_a_config_error(given: HeadersInput) -> None:
    with pytest.raises(ConfigError) as caught:
        Headers(given)
    assert caught.value.option == "headers"


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "a b",
        "a:",
        "a\r\nb",
        "a\x00",
        "é",
        "a\x7f",
        "(a)",
        "a,b",
        ":authority",
        "a" * 9 + "\n",
    ],
)
def test_a_name_that_is_no_token_is_refused(name: str) -> None:
    for _ in range(2):  # nothing wrong may stay in a cache
        with pytest.raises(LocalProtocolError, match="token"):
            Headers({name: "x"})
    with pytest.raises(LocalProtocolError):
        Headers().add(name, "x")


@pytest.mark.parametrize(
    "value",
    [
        "a\r\nb",
        "a\nb",
        "a\rb",
        "a\x00b",
        "\x01",
        "\x1f",
        "\x7f",
        "\n",
        "a\r\n",
        "π",
        "\ud800",
        "x\u2028",
    ],
)
def test_a_value_that_no_field_can_have_is_refused(value: str) -> None:
    with pytest.raises(LocalProtocolError) as caught:
        Headers({"X-Name": value})
    assert caught.value.field == "X-Name"
    headers = Headers({"x-name": "good"})
    with pytest.raises(LocalProtocolError):
        headers["X-Name"] = value
    assert headers["x-name"] == "good"


def test_an_error_never_repeats_a_value() -> None:
    for value in ("hunter2\n", cast("str", b"hunter2")):
        with pytest.raises((ConfigError, LocalProtocolError)) as caught:
            Headers({"Authorization": value})
        assert "hunter2" not in str(caught.value)


class Media(str, enum.Enum):  # noqa: UP042 - its str() is not its value, unlike that of StrEnum
    JSON = "application/json"
    NAME = "X-Media"


def test_an_enum_that_is_text_is_sent_as_its_value() -> None:
    headers = Headers({Media.NAME: Media.JSON})
    assert headers._encode() == b"X-Media: application/json\r\n"


def test_look_up_takes_any_case() -> None:
    headers = Headers({"Content-Type": "a"})
    assert headers["content-TYPE"] == headers.get("CONTENT-type") == "a"
    assert "content-type" in headers
    assert "missing" not in headers
    assert cast("str", 5) not in headers
    assert headers.get("missing") is None
    assert headers.get("missing", "x") == "x"
    with pytest.raises(KeyError):
        headers["missing"]


def test_several_fields_of_one_name_are_joined_or_listed() -> None:
    headers = Headers([("Accept", "a"), ("X", "y"), ("ACCEPT", "b")])
    assert headers["accept"] == "a, b"
    assert headers.get_list("Accept") == ["a", "b"]
    assert headers.get_list("missing") == []
    assert list(headers) == ["accept", "x"]
    assert len(headers) == 2
    assert dict(headers) == {"accept": "a, b", "x": "y"}


def test_setting_replaces_every_field_of_the_name_in_place() -> None:
    headers = Headers([("A", "1"), ("B", "2"), ("a", "3"), ("a", "4")])
    headers["A"] = "5"
    assert headers.multi_items() == [("a", "5"), ("b", "2")]
    headers["C"] = "6"
    assert headers.raw[-1] == (b"C", b"6")
    headers.add("b", "7")
    assert headers["B"] == "2, 7"


def test_deleting_takes_every_field_of_the_name() -> None:
    headers = Headers([("A", "1"), ("B", "2"), ("a", "3")])
    del headers["a"]
    assert headers.multi_items() == [("b", "2")]
    with pytest.raises(KeyError):
        del headers["a"]
    assert headers.pop("b") == "2"
    assert not headers


def test_merging_puts_the_other_on_top() -> None:
    base = Headers([("A", "1"), ("B", "2"), ("a", "3")])
    merged = base._merged(Headers([("a", "4"), ("A", "5"), ("C", "6")]))
    assert merged.multi_items() == [("b", "2"), ("a", "4"), ("a", "5"), ("c", "6")]
    assert base.multi_items()[0] == ("a", "1")
    same = base._merged(Headers())
    same["b"] = "7"
    assert base["b"] == "2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Headers({"A": "1"}), Headers({"a": "1"})),
        (Headers({"A": "1"}), {"a": "1"}),
        (Headers([("a", "1"), ("b", "2")]), Headers([("b", "2"), ("a", "1")])),
        (Headers._from_wire(WIRE), Headers._from_wire(WIRE)),
    ],
)
def test_equal_fields_are_equal(one: Headers, other: object) -> None:
    assert one == other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Headers({"A": "1"}), Headers({"a": "2"})),
        (Headers({"A": "1"}), {"a": 1}),
        (Headers({"A": "1"}), {"not a token": "1"}),
        (Headers([("a", "1"), ("a", "2")]), Headers([("a", "2"), ("a", "1")])),
        (Headers([("a", "1, 2")]), Headers([("a", "1"), ("a", "2")])),
        (Headers(), 5),
    ],
)
def test_other_fields_are_not_equal(one: Headers, other: object) -> None:
    assert one != other


def test_fields_from_the_wire_are_kept_as_they_came() -> None:
    headers = Headers._from_wire(WIRE)
    assert headers.raw == WIRE
    assert headers["x"] == "café"
    assert headers.get_list("Set-Cookie") == ["a=1", "b=2"]
    headers["Server"] = "y"
    assert headers.raw == [(b"Server", b"y"), *WIRE[1:]]
    assert WIRE[0] == (b"Server", b"x")


def test_a_long_name_from_the_wire_is_read_too() -> None:
    name = b"N" * 5000
    assert Headers._from_wire([(name, b"x")])[name.decode()] == "x"


def test_the_encoded_block_is_made_once_until_a_change() -> None:
    headers = Headers([("A", "1"), ("B", "caf\u00e9")])
    block = headers._encode()
    assert block == b"A: 1\r\nB: caf\xe9\r\n"
    assert headers._encode() is block
    headers["a"] = "2"
    assert headers._encode() == b"a: 2\r\nB: caf\xe9\r\n"
    del headers["b"]
    assert headers._encode() == b"a: 2\r\n"
    headers.add("C", "3")
    assert headers._encode() == b"a: 2\r\nC: 3\r\n"
    assert headers._raw_text() == [("a", "2"), ("C", "3")]


@pytest.mark.parametrize("name", sorted(SENSITIVE))
def test_a_secret_is_never_shown(name: str) -> None:
    headers = Headers({name.title(): "hunter2", "Accept": "x"})
    assert repr(headers) == f"Headers([({name!r}, {MASK!r}), ('accept', 'x')])"


def test_headers_survive_pickle_and_copy() -> None:
    for headers in (Headers({"A": "1"}), Headers._from_wire(WIRE)):
        assert pickle.loads(pickle.dumps(headers)) == headers
        assert copy.deepcopy(headers) == headers
        other = headers.copy()
        other.add("Z", "1")
        assert "z" not in headers
        assert isinstance(headers, Headers)


def test_headers_cannot_be_hashed() -> None:
    with pytest.raises(TypeError):
        hash(Headers())


NAMES = st.from_regex(r"\A[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,12}\Z")
VALUES = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=12)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_what_is_encoded_reads_back_the_same(pairs: list[tuple[str, str]]) -> None:
    headers = Headers(pairs)
    lines = headers._encode().split(b"\r\n")[:-1]
    parsed = [
        (name, value.strip(b" \t")) for name, _, value in (ln.partition(b":") for ln in lines)
    ]
    assert parsed == headers.raw
    assert Headers._from_wire(parsed) == headers


@given(st.text(max_size=8), st.text(max_size=8))
def test_no_text_at_all_breaks_out_of_its_line(name: str, value: str) -> None:
    try:
        block = Headers({name: value})._encode()
    except LocalProtocolError:
        return
    assert block.endswith(b"\r\n")
    assert not set(block[:-2]) & {*range(9), *range(10, 32), 127}
