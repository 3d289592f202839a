"""Response fields, read strictly: a value that its RFC does not allow is None."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._message.headers.values import (
    parse_content_length,
    parse_content_type,
    parse_etag,
    parse_http_date,
    parse_retry_after,
)

NOW = datetime(2026, 11, 22, 10, 0, 0, tzinfo=UTC)
RFC_DATE = datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "length"),
    [
        ("0", 0),
        ("5", 5),
        (" 5 ", 5),
        ("007", 7),
        ("5, 5", 5),
        ("5,5,5", 5),
        ("9" * 19, int("9" * 19)),
    ],
)
def test_a_content_length_is_digits(value: str, length: int) -> None:
    assert parse_content_length(value) == length


@pytest.mark.parametrize(
    "value", ["", "+5", "-5", "5_0", "0x10", "5.0", "5, 6", "5,", "٥", "5 5", "9" * 20, "five"]
)
def test_another_content_length_is_none(value: str) -> None:
    assert parse_content_length(value) is None


@pytest.mark.parametrize(
    ("value", "media_type"),
    [
        ("text/html", "text/html"),
        ("Text/HTML; charset=utf-8", "text/html"),
        (" application/json ;x", "application/json"),
        ("application/vnd.api+json", "application/vnd.api+json"),
        ("text/html;", "text/html"),
    ],
)
def test_a_media_type_is_read_without_its_parameters(value: str, media_type: str) -> None:
    assert parse_content_type(value) == media_type


@pytest.mark.parametrize("value", ["", "html", "text/", "/html", "text/html, a/b", "te xt/html"])
def test_another_media_type_is_none(value: str) -> None:
    assert parse_content_type(value) is None


@pytest.mark.parametrize("value", ['"abc"', 'W/"abc"', '""', '"\u00e9!#"'])
def test_an_etag_is_kept_as_it_came(value: str) -> None:
    assert parse_etag(f" {value}") == value


@pytest.mark.parametrize("value", ["", "abc", '"a"b"', 'w/"a"', '"a b"', '"a', "W/", '"\x7f"'])
def test_another_etag_is_none(value: str) -> None:
    assert parse_etag(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        " Sun, 06 Nov 1994 08:49:37 GMT ",
    ],
)
def test_the_three_forms_of_a_date_are_read(value: str) -> None:
    assert parse_http_date(value) == parse_http_date(value, NOW) == RFC_DATE


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "0",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 PST",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT",
        "sun, 06 nov 1994 08:49:37 gmt",
    ],
)
def test_another_date_is_none(value: str) -> None:
    assert parse_http_date(value, NOW) is None


def test_a_leap_second_is_the_next_minute() -> None:
    moment = parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT")
    assert moment == datetime(2017, 1, 1, tzinfo=UTC)
    assert parse_http_date("Fri, 31 Dec 9999 23:59:60 GMT") is None


@pytest.mark.parametrize(
    ("year", "full"), [("94", 1994), ("26", 2026), ("76", 2076), ("77", 1977), ("00", 2000)]
)
def test_a_year_of_two_digits_is_at_most_50_years_ahead(year: str, full: int) -> None:
    moment = parse_http_date(f"Sunday, 06-Nov-{year} 08:49:37 GMT", NOW)
    assert moment is not None
    assert moment.year == full


@given(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)))  # noqa: DTZ001 - given a zone below
def test_dates_as_python_writes_them_are_read(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert parse_http_date(format_datetime(moment, usegmt=True)) == moment


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 5 ", 5.0),
        ("1.5", 2.0),
        ("1.0", 1.0),
        ("0.000", 0.0),
        ("0.001", 1.0),
        ("000000000000000000000005", 5.0),
        ("2147483648.1", 2147483648.0),
        ("9" * 19, 2147483648.0),
        ("9" * 26, 2147483648.0),
        ("9" * 400, 2147483648.0),
        ("9" * 5000, 2147483648.0),
        ("1." + "9" * 5000, 2.0),
        ("Sun, 22 Nov 9999 10:00:30 GMT", 2147483648.0),
        ("Sun, 22 Nov 2026 10:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0.0),
    ],
)
def test_a_wait_is_seconds_or_a_date(value: str, seconds: float) -> None:
    assert parse_retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    "value",
    ["", "-1", "-1.5", ".5", "1.", ".", "1,5", "1.5.5", "soon", "1e3", "inf", "1, 2", "\u0661"],
)
def test_another_wait_is_none(value: str) -> None:
    assert parse_retry_after(value, NOW) is None


def test_a_wait_is_counted_from_the_time_that_is_given() -> None:
    date = "Sun, 22 Nov 2026 10:00:30 GMT"
    assert parse_retry_after(date, NOW + timedelta(seconds=20)) == 10.0
