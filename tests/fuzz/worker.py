"""`python -m tests.fuzz.worker TARGET [libFuzzer option ...]`: fuzzes one target until it fails.

Only the package is instrumented, so that libFuzzer looks for new paths in it alone.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["hyperhttp", "tests.fuzz.planted"]):
    from tests.fuzz.planted import PLANTED, check
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Run the target of the first argument; libFuzzer ends the process."""
    program, target, *options = sys.argv
    atheris.Setup([program, *options], {**TARGETS, PLANTED: check}[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
