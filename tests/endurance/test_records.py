"""Records survive a process that ends while it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.endurance.records import Records, read_records

if TYPE_CHECKING:
    from pathlib import Path


def test_records_are_continued_and_a_torn_line_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    for number in range(2):
        records = Records(path)
        records.write({"n": number})
        records.close()
    with path.open("a") as file:
        file.write('{"n": 2')
    assert list(read_records(path)) == [{"n": 0}, {"n": 1}]


def test_no_file_has_no_records(tmp_path: Path) -> None:
    assert list(read_records(tmp_path / "none.jsonl")) == []
