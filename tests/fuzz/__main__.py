"""`python -m tests.fuzz [--seconds N] [TARGET ...]`: coverage-guided fuzzing with atheris.

Each target runs for `--seconds`, after a target with a planted bug, which must be found. Inputs
with new coverage are kept in `.fuzz/<target>` for the next run. An input that fails is shrunk and
stored beside them. Exits with 1 if a target fails, and with 2 if the planted bug isn't found.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.fuzz.planted import PLANTED
from tests.fuzz.shrinking import failure_of, shrunk
from tests.fuzz.targets import TARGETS, entries

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parents[2]
KEPT: Final = ROOT / ".fuzz"
SELF_CHECK_S: Final = 30
INPUT_BYTES_MAX: Final = 4096
# One input may take so long, and the process may use so much memory.
INPUT_S_MAX: Final = 10
MEMORY_MIB_MAX: Final = 2048
_TRACEBACK: Final = re.compile(r"=== Uncaught.*?(?:^$|\Z)", re.MULTILINE | re.DOTALL)
_RUNS: Final = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


class Run(NamedTuple):
    """How often a target ran, and the input that failed, if any."""

    runs: int
    failed: Path | None
    output: str


def fuzz(target: str, seconds: int, directory: Path, inputs: dict[str, bytes]) -> Run:
    """Run a target in a process with atheris; new inputs are stored in the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        seeds = Path(temporary)
        for name, data in inputs.items():
            (seeds / name).write_bytes(data)
        options = [
            f"-max_total_time={seconds}",
            f"-max_len={INPUT_BYTES_MAX}",
            f"-timeout={INPUT_S_MAX}",
            f"-rss_limit_mb={MEMORY_MIB_MAX}",
            f"-artifact_prefix={seeds}/failed-",
            "-print_final_stats=1",
        ]
        command = [sys.executable, "-m", "tests.fuzz.worker", target, *options]
        command += [str(directory), str(seeds)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        output = (ended.stdout + ended.stderr).decode(errors="replace")
        found = next(seeds.glob("failed-*"), None)
        failed = None
        if found is not None:
            failed = directory.with_name(f"{directory.name}-failed")
            failed.write_bytes(found.read_bytes())
    if ended.returncode and failed is None:
        raise SystemExit(f"{target}: the fuzzer ended with {ended.returncode}\n{output}")
    counted = _RUNS.search(output)
    return Run(int(counted[1]) if counted else 0, failed, output)


def report(target: str, run: Run, seconds: int, check: Callable[[bytes], None]) -> str:
    """A line about a run, and what to do with an input that failed."""
    if run.failed is None:
        return f"{target}: {run.runs} inputs in {seconds} s, none failed\n"
    data = run.failed.read_bytes()
    failure = failure_of(check, data)
    if failure is not None:  # a timeout, or too much memory, isn't an exception
        data = shrunk(check, data)
        run.failed.write_bytes(data)
    where = f"{run.failed}: {data[:200]!r}\n{data[:200].hex()}\n"
    raised = _TRACEBACK.search(run.output)
    traceback = raised[0] if raised else ""
    return f"{traceback}{target}: failed after {run.runs} inputs: {failure}\n{where}"


def main() -> int:
    """Fuzz all targets, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", default=list(TARGETS), metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    given = parser.parse_args()
    targets: list[str] = given.targets
    if unknown := sorted({*targets} - {*TARGETS}):
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    with tempfile.TemporaryDirectory() as directory:
        if fuzz(PLANTED, SELF_CHECK_S, Path(directory) / PLANTED, {}).failed is None:
            sys.stdout.write("the planted bug was not found: this fuzzer finds nothing\n")
            return 2
    failures = 0
    for target in targets:
        run = fuzz(target, given.seconds, KEPT / target, entries(target))
        sys.stdout.write(report(target, run, given.seconds, TARGETS[target]))
        sys.stdout.flush()
        failures += run.failed is not None
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
