"""`python -m tests.mutation [MODULE ...]`: changes a module line by line, and runs its tests.

cosmic-ray names the changes; the tests run in a clone of the last commit. What no test notices is
printed, unless `equivalents.txt` names it as a change that has no effect. Exits with 1 if anything
is left.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.mutation.changes import Change, changes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT: Final = Path(__file__).resolve().parents[2]
EQUIVALENTS: Final = Path(__file__).with_name("equivalents.txt")
# The wiring modules, and the tests that are to notice a change.
MODULES: Final = {
    "hyperhttp/client.py": (
        "tests/client/test_client.py tests/client/test_credential_scope.py"
        " tests/client/test_redirects.py tests/client/test_closing.py tests/client/test_api.py"
        " tests/client/test_request_cookies.py tests/client/test_total_limit.py"
        " tests/client/test_fetch.py tests/client/test_fork.py tests/client/test_explain.py"
        " tests/client/test_transport_options.py tests/client/test_option_merging.py"
        " tests/client/test_files.py tests/client/test_error_bodies.py"
        " tests/client/test_certificate_scope.py tests/client/test_pipeline_retries.py"
    ),
    "hyperhttp/_client/pipeline.py": (
        "tests/client/test_pipeline.py tests/client/test_retries.py tests/client/test_auth.py"
        " tests/client/test_call_middleware.py tests/client/test_middleware.py"
        " tests/client/test_error_bodies.py tests/client/test_credential_scope.py"
        " tests/client/test_deadlines.py tests/client/test_total_limit.py"
        " tests/client/test_pipeline_retries.py"
    ),
    "hyperhttp/_client/explain.py": "tests/client/test_explain.py",
    "hyperhttp/_client/driver.py": (
        "tests/client/test_driver.py tests/client/test_sync.py tests/client/test_sync_response.py"
        " tests/client/test_sync_middleware.py"
    ),
    "hyperhttp/_client/interrupts.py": (
        "tests/client/test_interrupts.py tests/client/test_driver.py"
    ),
    "hyperhttp/_transport/pool.py": (
        "tests/transport/test_pool.py tests/transport/test_pool_limits.py"
        " tests/client/test_deadlines.py tests/client/test_proxies.py"
        " tests/client/test_h2.py tests/client/test_queue.py tests/client/test_h2_goaway.py"
        " tests/client/test_h2_downgrade.py tests/client/test_h2_stream_limit.py"
        " tests/client/test_closing.py tests/client/test_fork.py"
        " tests/client/test_address_policy.py tests/client/test_h2_alpn.py"
        " tests/client/test_tls_options.py"
    ),
    "hyperhttp/_transport/connection.py": (
        "tests/transport/test_pool_limits.py"
        " tests/transport/test_h1_connection.py tests/transport/test_h2_connection.py"
        " tests/transport/test_h2_upload.py tests/transport/test_exchange.py"
        " tests/transport/test_pool.py tests/client/test_stale_connections.py"
        " tests/client/test_closing.py tests/client/test_deadlines.py"
    ),
    "hyperhttp/_transport/h1_connection.py": (
        "tests/transport/test_h1_connection.py tests/transport/test_h1_connection_bulk.py"
        " tests/transport/test_exchange.py"
        " tests/transport/test_pool.py tests/transport/test_pool_limits.py"
        " tests/client/test_stale_connections.py tests/client/test_early_responses.py"
        " tests/client/test_expectations.py tests/client/test_wire_leniency.py"
        " tests/client/test_closing.py tests/client/test_discarded_bodies.py"
        " tests/client/test_reset_uploads.py"
    ),
    "hyperhttp/_transport/h2_connection.py": (
        "tests/transport/test_h2_connection.py tests/transport/test_h2_connection_ping.py"
        " tests/transport/test_h2_connection_wire.py"
        " tests/transport/test_h2_stream.py tests/transport/test_h2_upload.py"
        " tests/client/test_h2.py tests/client/test_h2_goaway.py tests/client/test_h2_downgrade.py"
        " tests/client/test_h2_stream_limit.py tests/client/test_closing.py"
    ),
    "hyperhttp/_network/tls_channel.py": (
        "tests/network/test_tls_channel.py tests/network/test_tls_transport.py"
        " tests/network/test_tls_transport_end.py tests/network/test_tls_transport_pauses.py"
        " tests/network/test_tls_transport_resets.py tests/network/test_tls_handshake.py"
        " tests/client/test_tls.py tests/client/test_tls_sessions.py"
    ),
    "hyperhttp/_network/tls_transport.py": (
        "tests/network/test_tls_transport.py tests/network/test_tls_transport_end.py"
        " tests/network/test_tls_transport_pauses.py tests/network/test_tls_transport_resets.py"
        " tests/network/test_tls_start.py tests/network/test_tls_handshake.py"
        " tests/client/test_tls.py tests/client/test_tls_handshake.py"
    ),
    "hyperhttp/_network/tls_handshake.py": (
        "tests/network/test_tls_handshake.py tests/network/test_tls_start.py"
        " tests/client/test_tls_handshake.py tests/client/test_tls.py"
        " tests/client/test_tls_sessions.py"
    ),
}


def outcomes(clone: Path, module: str, results: Path, seconds: float) -> dict[Change, str]:
    """The outcome of each change of a module; what the file of results has isn't run again."""
    source = (clone / module).read_text(encoding="utf-8")
    changes = changes_of(module, clone)
    found = {one: "no effect" for one in changes if one.named(source) in equivalents()}
    known = known_outcomes(results)
    left = [one for one in changes if one not in found and one not in known]
    if left:
        plan = {
            "module": module,
            "results": str(results),
            "seconds": seconds,
            "changes": [asdict(change) for change in left],
        }
        path = results.with_suffix(".plan.json")
        path.write_text(json.dumps(plan), encoding="utf-8")
        _run(clone, MODULES[module].split(), path)
        known = known_outcomes(results)
    return {**found, **{one: known[one] for one in changes if one in known and one not in found}}


def _run(clone: Path, tests: list[str], plan: Path) -> None:
    plugins = ("-pno:cacheprovider", "-pno:xdist", "-ptests.mutation.plugin")
    options = ["-q", "-s", *plugins, f"--changes={plan}"]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    subprocess.run(command, cwd=clone, check=True, stdout=sys.stderr)


def known_outcomes(results: Path) -> dict[Change, str]:
    """The outcomes in a file."""
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    return {
        Change(entry["module"], entry["operator"], entry["occurrence"], entry["line"]): entry[
            "outcome"
        ]
        for entry in map(json.loads, lines)
    }


def equivalents() -> frozenset[str]:
    """The changes that have no effect; a line beginning with "#" says why."""
    lines = EQUIVALENTS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def main() -> int:
    """Run all modules, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*", default=list(MODULES), metavar="MODULE")
    parser.add_argument("--results", type=Path, help="where the outcomes of a commit are kept")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="then stop")
    given = parser.parse_args()
    modules: list[str] = given.modules
    left = 0
    with tempfile.TemporaryDirectory() as directory:
        clone = Path(directory) / "clone"
        kept: Path = given.results or Path(directory)
        kept.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        for module in modules:
            results = kept.resolve() / f"{Path(module).stem}.jsonl"
            source = (clone / module).read_text(encoding="utf-8")
            left += report(source, module, outcomes(clone, module, results, given.seconds))
    return 1 if left else 0


def report(source: str, module: str, found: Mapping[Change, str]) -> int:
    """Print what survived; return how many."""
    left = [change.named(source) for change, outcome in found.items() if outcome == "survived"]
    counts = Counter(found.values())
    sys.stdout.write("".join(f"survived: {name}\n" for name in left))
    sys.stdout.write(
        f"{module}: {len(found)} changes, {counts['killed'] + counts['timeout']} noticed,"
        f" {counts['no effect']} without effect, {len(left)} left\n"
    )
    return len(left)


if __name__ == "__main__":
    sys.exit(main())
