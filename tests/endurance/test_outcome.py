"""Each response is judged by its status, its token, its digest and its body."""

from __future__ import annotations

import pytest

from tests.endurance.outcome import FAULTS, Received, expected, judge, outcome_of_error
from tests.endurance.workload import Planned, body_of, digest_of

GET = Planned("a-1-get", "get", "h1", retries=False, size=100)
BODY = body_of(GET.token, 100)


def received(body: bytes = BODY, token: str = GET.token, status: int = 200) -> Received:
    return Received(status, token, digest_of(BODY), body)


@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        (received(), "right"),
        (received(BODY[:60]), "cut"),
        (received(b""), "cut"),
        (received(token="a-2-get"), "mixed"),
        (received(body_of("a-2-get", 100)), "mixed"),
        (received(BODY + b"a"), "wrong"),
        (received(BODY[10:]), "wrong"),
        (Received(200, GET.token, digest_of(b""), BODY), "wrong"),
        (Received(502), "status:502"),
        (received(status=404), "wrong:status-404"),
    ],
)
def test_a_response_is_judged(response: Received, outcome: str) -> None:
    assert judge(GET, response) == outcome


def test_a_post_gets_the_digest_of_what_it_sent() -> None:
    post = Planned("a-1-post", "post", "h1", retries=False, size=10)
    body = digest_of(body_of("a-1-post", 10)).encode()
    assert judge(post, Received(200, post.token, digest_of(body), body)) == "right"
    assert judge(post, Received(200, post.token, "", digest_of(b"").encode())) == "mixed"


@pytest.mark.parametrize(("ids", "outcome"), [(b"1\n2\n3\n", "right"), (b"1\n2\n", "cut")])
def test_events_have_all_ids_in_order(ids: bytes, outcome: str) -> None:
    events = Planned("a-1-events", "events", "h1", retries=False, size=3)
    assert judge(events, Received(200, events.token, "", ids)) == outcome


def test_a_repeated_event_is_a_fault() -> None:
    events = Planned("a-1-events", "events", "h1", retries=False, size=2)
    assert judge(events, Received(200, events.token, "", b"1\n1\n2\n")).startswith(FAULTS)
    assert expected(events) == b"1\n2\n"


def test_an_error_is_named_and_those_of_other_types_are_faults() -> None:
    assert outcome_of_error(TimeoutError(), typed=True) == "error:TimeoutError"
    assert outcome_of_error(TimeoutError(), typed=False).startswith(FAULTS)
