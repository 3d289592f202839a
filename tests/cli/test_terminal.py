from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._cli.terminal import Colors, escape_controls, indented_json, use_color

PLAIN, COLORED = Colors(is_colored=False), Colors(is_colored=True)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


class Stream(io.StringIO):
    """A stream that may be a terminal."""

    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


def test_json_is_set_on_lines_and_its_tokens_stay_as_they_are() -> None:
    text = '{"a": [1.50, "x\\u00e9", 1E5], "b":{},"c":[ ],"a":null}'
    assert PLAIN.json(text) == (
        '{\n  "a": [\n    1.50,\n    "x\\u00e9",\n    1E5\n  ],'
        '\n  "b": {},\n  "c": [],\n  "a": null\n}'
    )


@given(VALUES, st.booleans(), st.sampled_from([None, 1, 7]))
def test_json_means_the_same_and_looks_as_python_sets_it(
    value: object, is_ascii: bool, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=is_ascii, indent=indent)
    assert "".join(indented_json(text)) == json.dumps(value, ensure_ascii=is_ascii, indent=2)
    assert re.sub(r"\x1b\[\d+m", "", COLORED.json(text)) == PLAIN.json(text)


def test_each_kind_of_token_has_its_colour() -> None:
    colored = COLORED.json('{"name": ["text", -1, true]}')
    for token, code in (('"name"', 34), ('"text"', 32), ("-1", 36), ("true", 35)):
        assert f"\x1b[{code}m{token}\x1b[0m" in colored


@pytest.mark.parametrize(
    ("status", "code"), [(101, 36), (200, 32), (302, 36), (404, 33), (500, 31), (999, 31)]
)
def test_a_status_has_the_colour_of_its_class(status: int, code: int) -> None:
    assert COLORED.status(status, "x") == f"\x1b[{code}mx\x1b[0m"
    assert PLAIN.status(status, "x") == "x"


@given(st.text())
def test_nothing_commands_the_terminal(text: str) -> None:
    shown = escape_controls(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)
    assert shown == text or re.search(r"\\x[0-9a-f]{2}", shown)


@pytest.mark.parametrize(
    ("when", "is_terminal", "environ", "is_colored"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {}, False),
    ],
    ids=str,
)
def test_who_wants_colours(
    when: str,
    is_terminal: bool,
    environ: dict[str, str],
    is_colored: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, text in {"NO_COLOR": "", "TERM": "xterm", **environ}.items():
        monkeypatch.setenv(name, text)
    assert use_color(when, Stream(is_terminal)) == is_colored  # type: ignore[arg-type]  # one of three
