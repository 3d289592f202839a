"""`python -m codegen` writes the generated files; `python -m codegen --check` compares them.

Both exit with 1 when the spec is wrong; the check also when an output directory is out of date.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from codegen.diagnostics import SpecError
from codegen.output_dirs import Rendering, differences, remove_strays, render, write

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run the command on the checkout at `root`; the result is the exit status."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; write nothing")
    options = parser.parse_args(arguments)
    try:
        rendering = render(root)
    except SpecError as error:
        print(error, file=sys.stderr)
        return 1
    for problem in rendering.problems:
        print(problem, file=sys.stderr)
    status = _check(root, rendering) if options.check else _write(root, rendering)
    return 1 if rendering.problems else status


def _write(root: Path, rendering: Rendering) -> int:
    for line in write(root, rendering.files):
        print(line)
    if not rendering.problems:
        for line in remove_strays(root, rendering.files):
            print(line)
    return 0


def _check(root: Path, rendering: Rendering) -> int:
    if rendering.problems:
        return 1
    found = list(differences(root, rendering.files))
    for difference in found:
        print(difference, file=sys.stderr)
    if found:
        print(f"\n{len(found)} files differ: run `python -m codegen`", file=sys.stderr)
        return 1
    print(f"{len(rendering.files)} generated files are as they are made")
    return 0


if __name__ == "__main__":
    sys.exit(main())
