"""Server-Timing: milliseconds in, seconds out, and what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._message.headers.server_timing import ServerTiming, parse_server_timing


@pytest.mark.parametrize(
    ("value", "metrics"),
    [
        ("db", [("db", None, None)]),
        ("db;dur=1500", [("db", 1.5, None)]),
        ('DB ; Dur = "2.5" ; DESC = "x, y"', [("DB", 0.0025, "x, y")]),
        ("a;dur=1;dur=2, a;dur=3", [("a", 0.001, None), ("a", 0.003, None)]),
        ("a;desc=\xc3\xa9", [("a", None, "é")]),
        ("a;dur=1e3", [("a", 1.0, None)]),
    ],
)
def test_metrics_are_read(value: str, metrics: list[tuple[str, float | None, str | None]]) -> None:
    assert parse_server_timing(value) == tuple(ServerTiming(*metric) for metric in metrics)


@pytest.mark.parametrize("text", ["", "x", "-1", "nan", "inf", "1e999", "1_0", "0x1", "1,5"])
def test_a_duration_that_is_no_number_is_none(text: str) -> None:
    assert parse_server_timing(f'a;dur="{text}"') == (ServerTiming("a"),)


@pytest.mark.parametrize("bad", ["=1", "a b", 'a;desc="open', "é", ";dur=5"])
def test_a_metric_that_cannot_be_read_is_left_out(bad: str) -> None:
    assert parse_server_timing(f"ok, {bad}") == (ServerTiming("ok"),)


@given(st.text(st.characters(codec="latin-1"), max_size=60))
def test_any_text_gives_metrics_and_no_error(value: str) -> None:
    for metric in parse_server_timing(value):
        assert metric.duration_s is None or metric.duration_s >= 0
