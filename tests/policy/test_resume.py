"""What a response means for a file of which a part is there, as a table."""

from __future__ import annotations

import pytest

from hyperhttp import Request, Response
from hyperhttp._policy.resume import (
    Partial,
    ResumeDecision,
    resume_decision,
    validator_of,
    whole_size,
)

ONE = Partial(10, '"one"')
SIZED = Partial(10, '"one"', 40)
DATED = Partial(10, "Mon, 23 Nov 2026 03:00:00 GMT")


def reply(status: int = 200, **fields: str) -> Response:
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    return Response.create(Request("GET", "http://example.com/f"), status, headers=headers)


@pytest.mark.parametrize(
    ("partial", "status", "span", "etag", "expected"),
    [
        (None, 200, "", "", ResumeDecision.WHOLE),
        (ONE, 200, "", '"two"', ResumeDecision.WHOLE),
        (ONE, 203, "", "", ResumeDecision.WHOLE),
        (ONE, 206, "bytes 10-39/40", '"one"', ResumeDecision.REST),
        (ONE, 206, "bytes 10-39/*", "", ResumeDecision.UNFIT),
        (ONE, 206, "bytes 10-39/*", '"one"', ResumeDecision.UNFIT),
        (SIZED, 206, "bytes 10-39/*", "", ResumeDecision.REST),
        (SIZED, 206, "bytes 10-39/40", "", ResumeDecision.REST),
        (SIZED, 206, "bytes 10-40/*", '"one"', ResumeDecision.UNFIT),
        (SIZED, 206, "bytes 10-39/41", '"one"', ResumeDecision.UNFIT),
        (SIZED, 206, "bytes 10-38/39", '"one"', ResumeDecision.UNFIT),
        (ONE, 206, "bytes 10-39/40", 'W/"one"', ResumeDecision.UNFIT),
        (ONE, 206, "bytes */40", '"one"', ResumeDecision.UNFIT),
        (ONE, 206, "bytes 10-39/40", '"two"', ResumeDecision.UNFIT),
        (DATED, 206, "bytes 10-39/40", '"two"', ResumeDecision.REST),
        (ONE, 206, "bytes 9-39/40", '"one"', ResumeDecision.UNFIT),
        (ONE, 206, "bytes 11-39/40", '"one"', ResumeDecision.UNFIT),
        (ONE, 206, "", '"one"', ResumeDecision.UNFIT),
        (ONE, 206, "lines 10-39/40", '"one"', ResumeDecision.UNFIT),
        (None, 206, "bytes 0-39/40", '"one"', ResumeDecision.REFUSED),
        (ONE, 416, "bytes */10", "", ResumeDecision.UNFIT),
        (ONE, 416, "bytes */10", '"two"', ResumeDecision.UNFIT),
        (ONE, 416, "bytes */10", '"one"', ResumeDecision.NOTHING_MISSING),
        (Partial(10, '"one"', 10), 416, "bytes */10", "", ResumeDecision.NOTHING_MISSING),
        (SIZED, 416, "bytes */10", '"one"', ResumeDecision.UNFIT),
        (SIZED, 416, "bytes */40", '"one"', ResumeDecision.UNFIT),
        (ONE, 416, "bytes */9", "", ResumeDecision.UNFIT),
        (ONE, 416, "", "", ResumeDecision.UNFIT),
        (None, 416, "bytes */0", "", ResumeDecision.REFUSED),
        (ONE, 204, "", "", ResumeDecision.REFUSED),
        (ONE, 302, "", "", ResumeDecision.REFUSED),
        (ONE, 404, "", "", ResumeDecision.REFUSED),
    ],
)
def test_what_a_response_is_to_the_file(
    partial: Partial | None, status: int, span: str, etag: str, expected: ResumeDecision
) -> None:
    fields = {"Content_Range": span, "ETag": etag}
    response = reply(status, **{name: value for name, value in fields.items() if value})
    assert resume_decision(partial, response) is expected


@pytest.mark.parametrize("status", [200, 203])
@pytest.mark.parametrize(
    ("span", "is_whole"),
    [
        ("bytes 0-39/40", True),
        ("bytes */40", True),
        ("items 0-9/40", True),
        ("bytes 10-39/40", False),
        ("bytes 0-38/40", False),
        ("bytes 1-39/40", False),
        ("bytes 0-39/*", False),
        ("BYTES  10-39/40 ", False),
    ],
)
def test_a_slice_is_no_whole_file_whatever_its_status(
    status: int, span: str, is_whole: bool
) -> None:
    response = reply(status, Content_Range=span, ETag='"one"')
    without, beside = resume_decision(None, response), resume_decision(SIZED, response)
    if is_whole:
        assert (without, beside) == (ResumeDecision.WHOLE, ResumeDecision.WHOLE)
    else:
        assert (without, beside) == (ResumeDecision.REFUSED, ResumeDecision.UNFIT)


def test_a_length_that_is_not_that_of_the_range_is_refused() -> None:
    whole = reply(200, Content_Range="bytes 0-39/40", Content_Length="30")
    assert resume_decision(None, whole) is ResumeDecision.REFUSED
    rest = reply(206, Content_Range="bytes 10-39/40", Content_Length="40")
    assert resume_decision(ONE, rest) is ResumeDecision.UNFIT


@pytest.mark.parametrize("status", [200, 203])
@pytest.mark.parametrize(
    ("etag", "length", "expected"),
    [
        ('"one"', "30", ResumeDecision.UNFIT),
        ('"one"', "41", ResumeDecision.UNFIT),
        ('"one"', "40", ResumeDecision.WHOLE),
        ('"two"', "30", ResumeDecision.WHOLE),
        ('W/"one"', "30", ResumeDecision.WHOLE),
    ],
)
def test_one_version_has_one_length(
    status: int, etag: str, length: str, expected: ResumeDecision
) -> None:
    response = reply(status, ETag=etag, Content_Length=length)
    assert resume_decision(SIZED, response) is expected
    assert resume_decision(None, response) is ResumeDecision.WHOLE
    assert resume_decision(ONE, response) is ResumeDecision.WHOLE


@pytest.mark.parametrize(("encoding", "is_fit"), [("gzip", False), ("identity", True)])
def test_a_range_of_encoded_bytes_does_not_fit(encoding: str, is_fit: bool) -> None:
    response = reply(206, Content_Range="bytes 10-39/40", ETag='"one"', Content_Encoding=encoding)
    expected = ResumeDecision.REST if is_fit else ResumeDecision.UNFIT
    assert resume_decision(ONE, response) is expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (DATED.validator, ResumeDecision.REST),
        ("Mon, 23 Nov 2026 03:00:01 GMT", ResumeDecision.UNFIT),
    ],
)
def test_another_date_is_another_version(changed: str, expected: ResumeDecision) -> None:
    response = reply(206, Content_Range="bytes 10-39/40", Last_Modified=changed)
    assert resume_decision(DATED, response) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        ({"ETag": '"one"'}, '"one"'),
        ({"ETag": 'W/"one"'}, ""),
        ({"ETag": "one"}, ""),
        ({"ETag": '"one"', "Content_Encoding": "gzip"}, ""),
        ({"ETag": '"one"', "Content_Encoding": "Identity"}, '"one"'),
        ({"Last_Modified": DATED.validator}, ""),
        ({"Last_Modified": DATED.validator, "Date": DATED.validator}, ""),
        ({"Last_Modified": DATED.validator, "Date": "Mon, 23 Nov 2026 03:00:59 GMT"}, ""),
        (
            {"Last_Modified": DATED.validator, "Date": "Mon, 23 Nov 2026 03:01:00 GMT"},
            DATED.validator,
        ),
        ({"Last_Modified": "yesterday", "Date": DATED.validator}, ""),
    ],
)
def test_only_what_names_every_byte_is_a_validator(fields: dict[str, str], expected: str) -> None:
    assert validator_of(reply(200, **fields)) == expected


@pytest.mark.parametrize(
    ("kept", "fields", "expected"),
    [
        (None, {}, None),
        (None, {"Content_Length": "40"}, 40),
        (None, {"Content_Length": "40", "Content_Encoding": "gzip"}, None),
        (ONE, {"Content_Length": "7", "Content_Range": "bytes 10-16/40"}, 40),
        (SIZED, {"Content_Length": "30", "Content_Range": "bytes 10-39/*"}, 40),
        (SIZED, {}, 40),
    ],
)
def test_how_long_the_file_will_be(
    kept: Partial | None, fields: dict[str, str], expected: int | None
) -> None:
    assert whole_size(reply(200, **fields), kept) == expected


def test_the_rest_is_asked_for_only_of_the_same_version() -> None:
    assert ONE.fields() == {"Range": "bytes=10-", "If-Range": '"one"'}
