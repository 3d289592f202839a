"""Problem details: what is one, and what is ignored in one."""

from __future__ import annotations

import json

import pytest

from hyperhttp._message.response.problem import Problem, parse_problem


def problem(**members: object) -> Problem | None:
    return parse_problem(json.dumps(members).encode())


def test_a_problem_has_its_members() -> None:
    found = parse_problem(
        b'{"type": "https://example.com/out-of-credit", "title": "No credit", "status": 403,'
        b' "detail": "30 needed", "instance": "/account/1", "balance": 30, "accounts": ["a"]}'
    )
    assert found == Problem(
        type="https://example.com/out-of-credit",
        title="No credit",
        status=403,
        detail="30 needed",
        instance="/account/1",
        extensions={"balance": 30, "accounts": ["a"]},
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("type", 5),
        ("type", None),
        ("type", ""),
        ("title", ["a"]),
        ("status", "403"),
        ("status", True),
        ("status", 99),
        ("status", 600),
        ("status", 403.0),
        ("detail", {}),
        ("instance", False),
    ],
)
def test_a_member_of_another_type_is_ignored(name: str, value: object) -> None:
    assert problem(**{name: value}) == Problem()


@pytest.mark.parametrize("content", [b"", b"[]", b'"text"', b"null", b"<html>", b"\xff", b'{"a":'])
def test_what_is_no_object_is_no_problem(content: bytes) -> None:
    assert parse_problem(content) is None


@pytest.mark.parametrize(
    ("members", "text"),
    [
        ({"title": "No", "detail": "not now"}, "No: not now"),
        ({"title": "No"}, "No"),
        ({"detail": "not now"}, "not now"),
        ({"type": "urn:x"}, "urn:x"),
        ({}, "about:blank"),
    ],
)
def test_its_text_is_what_it_has_to_say(members: dict[str, object], text: str) -> None:
    assert str(problem(**members)) == text
