"""What the parsed fields of a response say together; each alone is tested by its vectors."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

from hyperhttp._base._generated.errors import ResponseClosed, ResponseNotRead
from hyperhttp._message.headers.cache_control import CacheControl
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.request.request import Request
from hyperhttp._message.response._generated.fields import ResponseFields
from hyperhttp._message.response._generated.status_errors import (
    ClientStatusError,
    ServerStatusError,
)
from hyperhttp._message.response.problem import Problem
from hyperhttp._message.response.response import Response
from tests.message.sources import URL, Pieces, at_once, reply

PROBLEM = b'{"title": "No credit", "detail": "30 needed", "secret": "x"}'


def problem_reply(
    source: Pieces | bytes = PROBLEM,
    status: int = 403,
    content_type: str = "application/problem+json",
) -> Response:
    return reply(source, status, content_type=content_type)


def with_lines(block: bytes) -> Response:
    head = ResponseHead(200, "OK", "HTTP/1.1", block)
    made = reply()
    return Response(
        head,
        Request("GET", URL),
        Pieces(come=True),
        elapsed=0.0,
        limits=made._body.limits,
        default_encoding="utf-8",
    )


def test_lines_of_one_list_are_read_as_one() -> None:
    response = with_lines(
        b"Link: </a>; rel=next\r\nCache-Control: no-store\r\nVary: A\r\nAllow: GET\r\n"
        b"Server-Timing: a\r\nlink: </b>; rel=prev\r\nCACHE-CONTROL: max-age=5\r\nVary: b,a\r\n"
        b"Allow: HEAD\r\nServer-Timing: b;dur=1\r\n"
    )
    assert [link.rel for link in response.links] == [("next",), ("prev",)]
    assert response.cache_control == CacheControl(no_store=True, max_age=5)
    assert response.vary == ("a", "b")
    assert response.allow == ("GET", "HEAD")
    assert [metric.name for metric in response.server_timing] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Content-Disposition", "content_disposition"),
        ("Content-Range", "content_range"),
        ("Date", "date"),
        ("Last-Modified", "last_modified"),
        ("ETag", "etag"),
    ],
)
def test_two_values_where_one_is_allowed_are_malformed(name: str, field: str) -> None:
    values = {
        "content_disposition": "inline",
        "content_range": "bytes 0-0/1",
        "etag": '"a"',
    }
    value = values.get(field, "Sun, 06 Nov 1994 08:49:37 GMT")
    line = f"{name}: {value}\r\n".encode()
    assert getattr(with_lines(line), field) is not None
    assert getattr(with_lines(line * 2), field) is None


def test_targets_are_resolved_against_the_url_that_responded() -> None:
    response = reply(link="<?page=3>; rel=next", location="../x#y", expires="0", age="5", date="x")
    assert str(response.links["next"].target) == "https://example.com/data?page=3"
    assert str(response.location) == "https://example.com/x#y"
    assert response.expires == datetime(1970, 1, 1, tzinfo=UTC)
    assert response.age == 5.0
    assert response.date is None


def test_the_first_location_counts_and_inherits_the_fragment() -> None:
    response = reply(request=Request("GET", f"{URL}#part"), location="/a")
    assert str(response.location) == "https://example.com/a#part"
    assert str(with_lines(b"Location: /a\r\nLocation: /b\r\n").location) == "https://example.com/a"


def test_nothing_is_parsed_before_it_is_asked_for() -> None:
    response = reply(link="</a>; rel=next", cache_control="no-store")
    lazy = {"_links", "_cache_control", "_problem", "_content_disposition", "_vary"}
    assert lazy <= set(ResponseFields.__slots__)
    assert not [name for name in lazy if hasattr(response, name)]
    assert response.links is response.links
    assert [name for name in lazy if hasattr(response, name)] == ["_links"]


async def test_a_problem_is_there_once_the_body_was_read() -> None:
    response = problem_reply(Pieces(PROBLEM[:9], PROBLEM[9:]))
    with pytest.raises(ResponseNotRead):
        _ = response.problem
    await response.aread()
    assert response.problem == Problem(
        title="No credit", detail="30 needed", extensions={"secret": "x"}
    )
    assert response.problem is response.problem
    assert pickle.loads(pickle.dumps(response)).problem == response.problem


def test_a_problem_that_has_come_whole_is_there_at_once_and_the_body_stays() -> None:
    response = problem_reply()
    assert response.problem is not None
    assert response.content == PROBLEM


async def test_a_problem_that_was_given_up_is_told() -> None:
    response = problem_reply(Pieces(PROBLEM))
    await response.aclose()
    with pytest.raises(ResponseClosed):
        _ = response.problem


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (PROBLEM, "application/json"),
        (PROBLEM, "application/problem+xml"),
        (b"[]", "application/problem+json"),
        (b"<html>", "application/problem+json"),
        (b"", "application/problem+json"),
    ],
)
def test_another_body_is_no_problem(body: bytes, content_type: str) -> None:
    assert problem_reply(body, content_type=content_type).problem is None


def test_no_problem_is_told_without_touching_the_body() -> None:
    response = reply(Pieces(b"x"), content_type="text/plain")
    assert response.problem is None
    assert at_once(response.aread()) == b"x"


def test_a_status_error_says_what_the_problem_says_and_no_more() -> None:
    with pytest.raises(ClientStatusError) as caught:
        problem_reply().raise_for_status()
    assert caught.value.excerpt == "No credit: 30 needed"
    assert str(caught.value) == f"403 OK for GET {URL}"


def test_a_status_error_keeps_a_problem_to_one_short_line() -> None:
    body = b'{"title": "a\\n\\u001b[2Jb", "detail": "' + b"x" * 1000 + b'"}'
    with pytest.raises(ServerStatusError) as caught:
        problem_reply(body, 500).raise_for_status()
    assert caught.value.excerpt.startswith("a \ufffd[2Jb: xxx")
    assert len(caught.value.excerpt) == 400


@pytest.mark.parametrize("body", [b"[1]", b"{", b"<html>why"])
def test_a_status_error_shows_what_only_claims_to_be_a_problem(body: bytes) -> None:
    with pytest.raises(ClientStatusError) as caught:
        problem_reply(body).raise_for_status()
    assert caught.value.excerpt == body.decode()


async def test_a_status_error_does_not_wait_for_a_problem() -> None:
    response = problem_reply(Pieces(PROBLEM))
    with pytest.raises(ClientStatusError) as caught:
        response.raise_for_status()
    assert '"title": "No credit"' in caught.value.excerpt
    assert await response.aread() == PROBLEM
