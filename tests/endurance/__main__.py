"""`python -m tests.endurance run` and `report`; `make endurance` calls both."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

from tests.endurance import network
from tests.endurance.report import faults_of, markdown
from tests.endurance.run import MODES_OF, Run, RunSettings, claim, load_settings
from tests.endurance.script import ALL

RATE: Final = 120.0


def main(arguments: list[str]) -> int:
    """Run a command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    running = commands.add_parser("run", help="run, or continue what was begun in a directory")
    running.add_argument("directory", type=Path)
    running.add_argument("--minutes", type=float, default=1.0)
    running.add_argument("--seed", type=int, default=1)
    running.add_argument("--client", choices=sorted(MODES_OF), default="hyperhttp")
    running.add_argument("--python", default=sys.executable, help="an interpreter with the client")
    running.add_argument("--rate", type=float, default=RATE, help="requests in a second")
    running.add_argument("--only", choices=ALL, nargs="+", default=ALL, help="kinds of trouble")
    reporting = commands.add_parser("report", help="print a table of the runs in directories")
    reporting.add_argument("directories", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    if options.command == "report":
        sys.stdout.write(markdown(options.directories))
        return 0
    return _run(options)


def _run(options: argparse.Namespace) -> int:
    if not network.is_inside():
        if reason := network.namespace_missing():
            sys.stderr.write(f"without loss and partitions: {reason}\n")
        else:
            network.enter([sys.executable, "-m", "tests.endurance", *sys.argv[1:]])
    directory: Path = options.directory.resolve()
    try:
        claim(directory)
    except BlockingIOError:
        sys.stderr.write(f"another run writes to {directory}\n")
        return 1
    settings = load_settings(directory) or RunSettings(
        options.minutes,
        options.seed,
        options.client,
        options.python,
        options.rate,
        str(directory),
        tuple(options.only),
    )
    (directory / "run.json").write_text(json.dumps(asdict(settings)))
    # The servers are stopped then, too.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    failed = Run(settings).perform()
    sys.stdout.write(markdown([directory]))
    faults = faults_of(directory) if settings.client == "hyperhttp" else []
    sys.stdout.writelines(f"fault: {fault}\n" for fault in faults)
    return 1 if failed or faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
