"""What an answer means for a file of which a part is there, as a table."""

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
DATED = Partial(10, "Mon, 23 Nov 2026 03:00:00 GMT")


def answer(status: int = 200, **fields: str) -> Response:
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    return Response.create(Request("GET", "http://example.com/f"), status, headers=headers)


@pytest.mark.parametrize(
    ("partial", "status", "span", "etag", "expected"),
    [
        (None, 200, "", "", ResumeDecision.WHOLE),
        (ONE, 200, "", '"two"', ResumeDecision.WHOLE),
        (ONE, 203, "", "", ResumeDecision.WHOLE),
        (ONE, 206, "bytes 10-39/40", '"one"', ResumeDecision.REST),
        (ONE, 206, "bytes 10-39/*", "", ResumeDecision.REST),
        (ONE, 206, "bytes 10-39/40", '"two"', ResumeDecision.UNFIT),
        (DATED, 206, "bytes 10-39/40", '"two"', ResumeDecision.REST),
        (ONE, 206, "bytes 9-39/40", '"one"', ResumeDecision.UNFIT),
        (ONE, 206, "bytes 11-39/40", '"one"', ResumeDecision.UNFIT),
        (ONE, 206, "", '"one"', ResumeDecision.UNFIT),
        (ONE, 206, "lines 10-39/40", '"one"', ResumeDecision.UNFIT),
        (None, 206, "bytes 0-39/40", '"one"', ResumeDecision.REFUSED),
        (ONE, 416, "bytes */10", "", ResumeDecision.NOTHING_MISSING),
        (ONE, 416, "bytes */9", "", ResumeDecision.UNFIT),
        (ONE, 416, "", "", ResumeDecision.UNFIT),
        (None, 416, "bytes */0", "", ResumeDecision.REFUSED),
        (ONE, 204, "", "", ResumeDecision.REFUSED),
        (ONE, 302, "", "", ResumeDecision.REFUSED),
        (ONE, 404, "", "", ResumeDecision.REFUSED),
    ],
)
def test_what_an_answer_is_to_the_file(
    partial: Partial | None, status: int, span: str, etag: str, expected: ResumeDecision
) -> None:
    fields = {"Content_Range": span, "ETag": etag}
    response = answer(status, **{name: value for name, value in fields.items() if value})
    assert resume_decision(partial, response) is expected


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
    assert validator_of(answer(200, **fields)) == expected


@pytest.mark.parametrize(
    ("kept_bytes", "fields", "expected"),
    [
        (0, {}, None),
        (0, {"Content_Length": "40"}, 40),
        (0, {"Content_Length": "40", "Content_Encoding": "gzip"}, None),
        (10, {"Content_Length": "30"}, 40),
        (10, {"Content_Length": "7", "Content_Range": "bytes 10-16/40"}, 40),
        (10, {"Content_Length": "30", "Content_Range": "bytes 10-39/*"}, 40),
        (10, {}, None),
    ],
)
def test_how_long_the_file_will_be(
    kept_bytes: int, fields: dict[str, str], expected: int | None
) -> None:
    assert whole_size(answer(200, **fields), kept_bytes) == expected


def test_the_rest_is_asked_for_only_of_the_same_version() -> None:
    assert ONE.fields() == {"Range": "bytes=10-", "If-Range": '"one"'}
