"""The config models in a program that mypy checks with pydantic's plugin, which rewrites models."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.repo.trees import ROOT

RIGHT = """
from pydantic import BaseModel
from hyperhttp import Backoff, Client, ClientConfig, RetryPolicy, Timeout, TLSConfig

class Settings(BaseModel):
    http: ClientConfig = ClientConfig()
    retry: RetryPolicy | None = None

Timeout(5.0, connect=1.0)
Timeout(None)
RetryPolicy(max_retries=5, backoff=Backoff(initial=0.5), errors={"ReadTimeout"})
TLSConfig(verify="ca.pem")
Settings(http=ClientConfig(timeout=Timeout(5.0)), retry=RetryPolicy())
Client(retry=RetryPolicy(), timeout=Timeout(total=5.0))
"""
WRONG = """
from hyperhttp import RetryPolicy, Timeout
Timeout("5")
Timeout(conect=1.0)
RetryPolicy(max_retries="5")
RetryPolicy(errors={"Readtimeout"})
RetryPolicy(retries=5)
RetryPolicy().max_retries = 5
"""


def checked(directory: Path, program: str) -> list[str]:
    """The lines that mypy prints for a program, with the plugin in its strictest form."""
    (directory / "program.py").write_text(program.lstrip())
    settings = ["[mypy]", "strict = True", "plugins = pydantic.mypy", f"mypy_path = {ROOT}"]
    settings += ["[pydantic-mypy]", "init_forbid_extra = True", "init_typed = True"]
    settings += ["warn_required_dynamic_aliases = True"]
    (directory / "mypy.ini").write_text("\n".join(settings))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", "program.py"],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert not done.stderr, done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.timeout(150)
def test_config_models_are_right_with_the_plugin_of_pydantic(tmp_path: Path) -> None:
    assert checked(tmp_path, RIGHT) == []


@pytest.mark.slow
@pytest.mark.timeout(150)
def test_wrong_values_of_config_models_are_errors_with_the_plugin(tmp_path: Path) -> None:
    lines = [int(line.split(":")[1]) for line in checked(tmp_path, WRONG) if ": error:" in line]
    assert sorted(set(lines)) == [2, 3, 4, 5, 6, 7]
