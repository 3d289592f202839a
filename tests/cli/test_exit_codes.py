from __future__ import annotations

import pytest

from hyperhttp import InvalidURL
from hyperhttp._cli.exit_codes import EXIT_CODES, Exit, UsageError, report_error


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (UsageError("there is no URL"), "hyperhttp: there is no URL\n"),
        (OSError(), "hyperhttp: OSError\n"),
        (ValueError("two\n  lines"), "hyperhttp: ValueError: two lines\n"),
        (
            InvalidURL(given="x", detail="no host"),
            "hyperhttp: InvalidURL: invalid URL 'x': no host\n",
        ),
    ],
    ids=str,
)
def test_a_complaint_is_one_line(
    error: Exception, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_error(error, Exit.USAGE) is Exit.USAGE
    assert capsys.readouterr() == ("", line)


def test_every_code_is_listed_for_the_help() -> None:
    listed = [int(line.split()[0]) for line in EXIT_CODES.splitlines()[1:]]
    assert listed == sorted(Exit)
