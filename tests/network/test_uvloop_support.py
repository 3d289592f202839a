"""uvloop for all of a program: in processes of their own, because a policy is everybody's."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import asyncio, sys
{before}
import hyperhttp

async def main():
    return type(asyncio.get_running_loop()).__module__

print(hyperhttp.install_uvloop(), asyncio.run(main()))
"""


def run(before: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM.format(before=before)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_asyncio_run_uses_uvloop_once_it_is_installed() -> None:
    pytest.importorskip("uvloop")
    assert run("") == "True uvloop"


def test_without_uvloop_nothing_changes() -> None:
    assert run("sys.modules['uvloop'] = None") == "False asyncio.unix_events"
