"""Patterns of URLs: what fits, what the braces stand for, and what is no pattern."""

from __future__ import annotations

import pytest

from hyperhttp import URL
from hyperhttp.testing._pattern import Pattern


@pytest.mark.parametrize(
    ("pattern", "url", "params"),
    [
        ("/users", "https://example.com/users", {}),
        ("/users", "http://api.example.com:8080/users?page=2", {}),
        ("/users/{id}", "https://example.com/users/7", {"id": "7"}),
        ("/users/{id:int}", "https://example.com/users/7", {"id": "7"}),
        ("/{a}/x/{b}", "https://example.com/1/x/2", {"a": "1", "b": "2"}),
        ("/files/{rest:path}", "https://example.com/files/a/b.txt", {"rest": "a/b.txt"}),
        ("/users/{name}", "https://example.com/users/Zo%C3%AB", {"name": "Zoë"}),
        ("/a.b", "https://example.com/a.b", {}),
        ("*", "https://example.com/anything", {}),
        ("/api/*", "https://example.com/api/a/b", {}),
        ("https://example.com", "https://example.com/", {}),
        ("https://example.com/a", "https://example.com/a", {}),
        ("https://*.example.com/a", "https://api.example.com/a", {}),
        ("http://*/a", "http://example.com:81/a", {}),
        ("http://example.com:81/a", "http://example.com:81/a", {}),
        ("/a?page=2", "https://example.com/a?x=1&page=2", {}),
    ],
)
def test_a_url_that_fits(pattern: str, url: str, params: dict[str, str]) -> None:
    assert Pattern.read(pattern).params(URL(url)) == params


@pytest.mark.parametrize(
    ("pattern", "url", "why"),
    [
        ("/users", "https://example.com/users/7", "path /users/7"),
        ("/users", "https://example.com/Users", "path /Users"),
        ("/users/{id}", "https://example.com/users/7/x", "path /users/7/x"),
        ("/users/{id:int}", "https://example.com/users/x", "path /users/x"),
        ("/a.b", "https://example.com/axb", "path /axb"),
        ("https://example.com/a", "http://example.com/a", "scheme http, not https"),
        ("https://example.com/a", "https://example.org/a", "host example.org"),
        ("https://*.example.com/a", "https://example.com/a", "host example.com"),
        ("http://example.com/a", "http://example.com:81/a", "host example.com:81"),
        ("/a?page=2", "https://example.com/a?page=3", "no page=2 in the query"),
    ],
)
def test_a_url_that_does_not_fit_is_told_why(pattern: str, url: str, why: str) -> None:
    read = Pattern.read(pattern)
    assert read.params(URL(url)) is None
    assert list(read.misfits(URL(url))) == [why]


@pytest.mark.parametrize("pattern", ["", "users", "/a/{id:uuid}", "ftp://example.com/"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"pattern|known"):
        Pattern.read(pattern)
