"""How events are shown, and the properties that are computed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

import hyperhttp

if TYPE_CHECKING:
    from hyperhttp._base.facts import AttemptFacts


def test_an_event_shows_its_attributes_and_no_text_of_an_error() -> None:
    event = hyperhttp.AttemptFailed(1, 2, 0, "https://example.com", 1.0, 3.0, ValueError("secret"))
    shown = (
        "AttemptFailed(call_id=1, attempt=2, hop=0, origin='https://example.com', started=1.0, "
        "ended=3.0, error=ValueError)"
    )
    assert repr(event) == shown
    assert (event.time, event.duration_s) == (3.0, 2.0)


def test_events_can_be_matched_by_position_and_by_name() -> None:
    event: hyperhttp.Event = hyperhttp.BreakerChanged("https://example.com", 1.0, "closed", "open")
    match event:
        case hyperhttp.BreakerChanged(origin, _, before=before, after=after):
            assert (origin, before, after) == ("https://example.com", "closed", "open")
        case _:
            pytest.fail("it doesn't match")


def test_events_have_no_other_attributes() -> None:
    event = hyperhttp.BreakerChanged("https://example.com", 1.0, "closed", "open")
    with pytest.raises(AttributeError):
        event.other = 1  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


class Decoded:
    """The facts of a body that was decoded to seven bytes."""

    decoded_bytes: int | None = 7


@pytest.mark.parametrize(("encoded", "size"), [(None, 5), (Decoded(), 7)])
def test_the_decoded_size_of_a_body_is_its_size_unless_it_is_encoded(
    encoded: Decoded | None, size: int
) -> None:
    record = SimpleNamespace(body_bytes=5, encoded_body=encoded)
    ended = hyperhttp.BodyEnded()
    ended._record = cast("AttemptFacts", record)
    assert ended.decoded_bytes == size


def test_an_event_is_a_view_of_its_record() -> None:
    record = SimpleNamespace(call_id=1, number=2, hop=0, origin="https://example.com")
    record.started_at, record.request = 3.0, None
    event = hyperhttp.AttemptStarted()
    event._record = cast("AttemptFacts", record)
    shown = "call_id=1, attempt=2, hop=0, origin='https://example.com', time=3.0, request=None"
    assert repr(event) == f"AttemptStarted({shown})"
    with pytest.raises(AttributeError):
        event.attempt = 3  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
