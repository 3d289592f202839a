from __future__ import annotations

import sys
from pathlib import Path

from tests.repo.checkers import COMMANDS, findings, report
from tests.repo.trees import plant


def test_an_error_of_each_checker_is_found() -> None:
    output = """
tests/types/right_calls.py:78:28: error[invalid-argument-type] Argument is incorrect
ERROR tests/types/right_mocks.py:77:12-83: Returned type is not assignable [bad-return]
tests/types/right_variables.py:73: error: Argument has incompatible type  [arg-type]
tests/types/right_variables.py:73: note: See the documentation
 WARN Cannot migrate an error code
Found 1 diagnostic
"""
    assert findings(output) == [
        "tests/types/right_calls.py:78: error[invalid-argument-type] Argument is incorrect",
        "tests/types/right_mocks.py:77: Returned type is not assignable [bad-return]",
        "tests/types/right_variables.py:73: error: Argument has incompatible type  [arg-type]",
    ]
    assert findings("All checks passed!\n") == []


def test_the_report_counts_the_errors_of_each_checker(tmp_path: Path) -> None:
    line = "tests/types/right_a.py:1:2: error[x] wrong"
    program = (
        f"#!{sys.executable}\nimport sys\nprint('1.0' if '--version' in sys.argv else {line!r})\n"
    )
    plant(tmp_path, **dict.fromkeys(COMMANDS, program))
    for name in COMMANDS:
        (tmp_path / name).chmod(0o755)
    lines = report(tmp_path, ["tests/types/right_a.py"])
    assert [each for each in lines if not each.startswith(" ")] == [
        f"{name} 1.0: 1 errors in 1 programs" for name in COMMANDS
    ]
