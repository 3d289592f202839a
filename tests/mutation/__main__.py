"""`python -m tests.mutation [MODULE ...]`: changes a module line by line, and runs its tests.

cosmic-ray makes the changes in a clone of the last commit. What no test notices is printed, unless
`equivalents.txt` names it as a change that has no effect. Exits with 1 if anything is left.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, TypedDict

ROOT: Final = Path(__file__).resolve().parents[2]
EQUIVALENTS: Final = Path(__file__).with_name("equivalents.txt")
# The wiring modules, and the tests that are to notice a change.
MODULES: Final = {
    "hyperhttp/client.py": "tests/client/test_client.py tests/client/test_credential_scope.py",
    "hyperhttp/_client/pipeline.py": (
        "tests/client/test_pipeline.py tests/client/test_retries.py tests/client/test_auth.py"
        " tests/client/test_call_middleware.py tests/client/test_middleware.py"
        " tests/client/test_error_bodies.py tests/client/test_credential_scope.py"
        " tests/client/test_deadlines.py tests/client/test_total_limit.py"
    ),
    "hyperhttp/_client/explain.py": "tests/client/test_explain.py",
    "hyperhttp/_client/driver.py": "tests/client/test_driver.py",
    "hyperhttp/_transport/pool.py": (
        "tests/transport/test_pool.py tests/client/test_deadlines.py tests/client/test_proxies.py"
        " tests/client/test_h2.py tests/client/test_queue.py tests/client/test_h2_goaway.py"
        " tests/client/test_h2_downgrade.py tests/client/test_h2_stream_limit.py"
        " tests/client/test_closing.py tests/client/test_fork.py"
    ),
    "hyperhttp/_transport/connection.py": "tests/transport tests/client/test_stale_connections.py",
}
_CONFIG: Final = """\
[cosmic-ray]
module-path = "{module}"
timeout = 120.0
excluded-modules = []
test-command = "{python} -m pytest -x -q -n 0 -p no:cacheprovider {tests}"

[cosmic-ray.distributor]
name = "local"

# "|" occurs in annotations only, which aren't evaluated.
[cosmic-ray.filters.operators-filter]
exclude-operators = ["core/ReplaceBinaryOperator_BitOr_.*"]
"""


class Mutation(TypedDict):
    """A change, as `cosmic-ray dump` describes it."""

    operator_name: str
    occurrence: int
    start_pos: tuple[int, int]


def run(*arguments: str, cwd: Path) -> str:
    """The output of a command. Raises CalledProcessError."""
    done = subprocess.run(arguments, cwd=cwd, check=True, capture_output=True, text=True)
    return done.stdout


def survivors(clone: Path, module: str) -> list[str]:
    """The changes of a module that no test notices, one line each."""
    session, config = f"{Path(module).stem}.sqlite", f"{Path(module).stem}.toml"
    text = _CONFIG.format(module=module, python=sys.executable, tests=MODULES[module])
    (clone / config).write_text(text, encoding="utf-8")
    programs = Path(sys.executable).parent
    tool, operator_filter = str(programs / "cosmic-ray"), str(programs / "cr-filter-operators")
    run(tool, "baseline", config, cwd=clone)
    run(tool, "init", config, session, cwd=clone)
    run(operator_filter, session, config, cwd=clone)
    run(tool, "exec", config, session, cwd=clone)
    dumped = run(tool, "dump", session, cwd=clone)
    lines = (clone / module).read_text(encoding="utf-8").splitlines()
    return [
        survivor(module, mutation, lines)
        for item, result in map(json.loads, dumped.splitlines())
        if result is None or result["test_outcome"] == "survived"
        for mutation in item["mutations"]
    ]


def survivor(module: str, mutation: Mutation, lines: list[str]) -> str:
    """One line that names a change by its place, not by a number that moves."""
    line = lines[mutation["start_pos"][0] - 1].strip()
    operator = mutation["operator_name"].removeprefix("core/")
    return f"{module} {operator}: {line}"


def equivalents() -> frozenset[str]:
    """The changes that have no effect; a line beginning with "#" says why."""
    lines = EQUIVALENTS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def main() -> int:
    """Run all modules, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*", default=list(MODULES), metavar="MODULE")
    named: list[str] = parser.parse_args().modules
    left: list[str] = []
    with tempfile.TemporaryDirectory() as directory:
        clone = Path(directory) / "clone"
        run("git", "clone", "--quiet", str(ROOT), str(clone), cwd=ROOT)
        for module in named:
            found = [line for line in survivors(clone, module) if line not in equivalents()]
            sys.stdout.write("".join(f"survived: {line}\n" for line in found))
            sys.stdout.write(f"{module}: {len(found)} left\n")
            left += found
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
