"""A run continues what was begun in its directory, and sets aside what is complete."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from tests.endurance.run import COMPLETE, Run, RunSettings, claim, load_settings, set_aside
from tests.endurance.servers import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def settings_of(directory: Path) -> RunSettings:
    return RunSettings(10.0, 1, "hyperhttp", "python", 120.0, str(directory))


def test_an_interrupted_run_continues_where_it_ended(tmp_path: Path) -> None:
    (tmp_path / "samples-async.jsonl").write_text('{"t":1.5}\n{"t":61.25}\n{"t":70')
    (tmp_path / "segments.jsonl").write_text("{}\n")
    run = Run(settings_of(tmp_path))
    assert (run.done_s, run.segment) == (61.25, 1)


def test_a_new_run_starts_at_zero(tmp_path: Path) -> None:
    run = Run(settings_of(tmp_path / "new"))
    assert (run.done_s, run.segment) == (0.0, 0)


def test_a_continued_run_has_the_settings_of_its_start(tmp_path: Path) -> None:
    assert load_settings(tmp_path) is None
    (tmp_path / "run.json").write_text(json.dumps(asdict(settings_of(tmp_path))))
    assert load_settings(tmp_path) == settings_of(tmp_path)


def test_two_runs_share_no_directory(tmp_path: Path) -> None:
    directory = tmp_path / "new" / "run"
    code = "import sys; from pathlib import Path; from tests.endurance.run import claim"
    code += "; print(claim(Path(sys.argv[1])), flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(directory)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "None\n"
        with pytest.raises(BlockingIOError):
            claim(directory)
        other.communicate()
    (directory / COMPLETE).touch()
    assert claim(directory) == directory.with_name("run.1")
    assert not list(directory.iterdir())


def test_a_complete_run_is_set_aside_and_another_is_not(tmp_path: Path) -> None:
    directory = tmp_path / "run"
    for number in (1, 2):
        directory.mkdir()
        assert set_aside(directory) is None
        (directory / COMPLETE).touch()
        assert set_aside(directory) == tmp_path / f"run.{number}"
