"""The runs of `tests.fuzz`, with a module in place of atheris that tries few inputs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.fuzz import __main__ as program
from tests.fuzz import planted
from tests.fuzz.shrinking import failure_of, shrunk
from tests.fuzz.targets import entries

if TYPE_CHECKING:
    from pathlib import Path

# Tries the files of a directory, and the given inputs.
ATHERIS = """\
import contextlib, pathlib, sys, traceback

def instrument_imports(include):
    return contextlib.nullcontext()

def Setup(arguments, check):
    global run
    def run():
        _, *options, kept, seeds = arguments
        prefix = next(one for one in options if one.startswith("-artifact_prefix="))
        inputs = [path.read_bytes() for path in sorted(pathlib.Path(seeds).iterdir())]
        for number, data in enumerate([*inputs, *INPUTS], 1):
            try:
                check(data)
            except Exception:
                pathlib.Path(prefix.partition("=")[2] + "crash-1").write_bytes(data)
                print(" === Uncaught Python exception: ===")
                traceback.print_exc(file=sys.stdout)
                print("==1== ERROR: libFuzzer", flush=True)
                print(f"stat::number_of_executed_units: {number}", file=sys.stderr)
                sys.exit(77)
        print(f"stat::number_of_executed_units: {number}", file=sys.stderr)

def Fuzz():
    run()
"""


@pytest.fixture
def atheris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The module in place of atheris; the first input finds the planted bug."""
    path = tmp_path / "modules" / "atheris.py"
    path.parent.mkdir()
    path.write_text(f"{ATHERIS}\nINPUTS = [b'xbugx', b'bug and more']\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(path.parent))
    monkeypatch.setattr(program, "KEPT", tmp_path / "kept")
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["tests.fuzz", *arguments])
    return program.main()


@pytest.mark.slow
def test_a_target_that_never_fails_is_counted(
    atheris: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--seconds", "1", "sse") == 0
    inputs = len(entries("sse")) + 2
    assert capsys.readouterr().out == f"sse: {inputs} inputs in 1 s, none failed\n"


@pytest.mark.slow
def test_a_failure_is_shrunk_and_stored(
    atheris: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "TARGETS", {planted.PLANTED: planted.check})
    monkeypatch.setattr(program, "entries", lambda _: {"one.txt": b"nothing"})
    assert run(monkeypatch, "--seconds", "1", planted.PLANTED) == 1
    failed = program.KEPT / "planted-failed"
    assert failed.read_bytes() == b"bug"
    out = capsys.readouterr().out
    assert "AssertionError: the planted bug\n" in out
    assert "planted: failed after 3 inputs: ('AssertionError', " in out
    assert f"{failed}: b'bug'\n627567\n" in out


@pytest.mark.slow
def test_a_fuzzer_that_misses_the_planted_bug_is_refused(
    atheris: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    atheris.write_text(f"{ATHERIS}\nINPUTS = [b'nothing']\n", encoding="utf-8")
    assert run(monkeypatch, "sse") == 2
    assert "the planted bug was not found" in capsys.readouterr().out


@pytest.mark.slow
def test_a_fuzzer_that_does_not_run_is_no_success(
    atheris: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    atheris.write_text("raise ImportError('no such library')\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="no such library"):
        run(monkeypatch, "sse")


def test_an_unknown_target_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(monkeypatch, "h3")
    assert "no target h3; there are h1, h2," in capsys.readouterr().err


def test_an_input_is_shrunk_while_it_fails_in_the_same_place() -> None:
    def check(data: bytes) -> None:
        assert b"x" not in data or b"y" not in data
        assert b"z" not in data

    assert shrunk(check, b"aaaxbbbbbycz") == b"xy"
    assert shrunk(check, b"aaazbbbbb") == b"z"
    assert failure_of(check, b"a") is None
