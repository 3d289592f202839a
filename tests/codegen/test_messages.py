from __future__ import annotations

import pytest

from codegen.messages import facts_of, method_body, parse_message, template
from codegen.text import formatted, indented


def said(message: str, **facts: object) -> str:
    """What a class with this message would say."""
    lines = [
        "class Said:",
        *indented(["def text(self):", *indented(method_body(parse_message(message)))]),
    ]
    namespace: dict[str, type] = {}
    exec(formatted("\n".join(lines) + "\n", "said.py"), namespace)
    error = namespace["Said"]()
    error.__dict__.update(facts)
    return str(error.text())


@pytest.mark.parametrize(
    ("message", "facts", "text"),
    [
        ("no answer", {}, "no answer"),
        ("{a} and {b}", {"a": 1, "b": 2}, "1 and 2"),
        ("{a:g} s", {"a": 5.0}, "5 s"),
        ("{a!r}", {"a": "x"}, "'x'"),
        ("no[ {a}] answer", {"a": "good"}, "no good answer"),
        ("no[ {a}] answer", {"a": None}, "no answer"),
        ("no[ {a}] answer", {"a": ""}, "no answer"),
        ("[{a}|{b}|nobody] came", {"a": "", "b": "Bo"}, "Bo came"),
        ("[{a}|{b}|nobody] came", {"a": "", "b": ""}, "nobody came"),
        ("[{a}[:{b}]] came", {"a": "x", "b": 0}, "x came"),
        ("[{a}[:{b}]] came", {"a": "x", "b": 80}, "x:80 came"),
        ("[{a}[:{b}]] came", {"a": "", "b": 80}, " came"),
        ("[{a}]", {"a": "x"}, "x"),
        ('say "{a}" \\', {"a": "x"}, 'say "x" \\'),
        ("a | b", {}, "a | b"),
    ],
)
def test_a_message_says_what_it_should(message: str, facts: dict[str, object], text: str) -> None:
    assert said(message, **facts) == text


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("no [answer", 'a "\\[" has no "\\]"'),
        ("no answer]", 'a "\\]" has no "\\["'),
        ("no {answer", "cannot read"),
        ("no {} answer", "cannot read"),
        ("no {Answer}", "cannot read"),
    ],
)
def test_a_message_that_cannot_be_read_says_why(message: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_message(message)


def test_facts_are_found_in_all_parts() -> None:
    message = parse_message("{a}[ {b.c}|{d}[ {e:g}]]")
    assert [fact.name for fact in facts_of(message)] == ["a", "b", "d", "e"]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("no answer", "no answer"),
        ("after {timeout_s:g} s", "after <timeout_s> s"),
        ("from [{origin}|the server][: {detail}]", "from <origin>: <detail>"),
        ("{response.status_code}[ at {host}[:{port}]]", "<response.status_code> at <host>:<port>"),
    ],
)
def test_a_template_shows_every_part_that_may_be_said(message: str, shown: str) -> None:
    assert template(parse_message(message)) == shown
