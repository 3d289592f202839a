"""Has certificate files created: in this interpreter, or in the one of `CERTIFICATES_PYTHON`.

`cryptography` has no wheel for every interpreter that runs the tests (PyPy).
"""

from __future__ import annotations

import os
import subprocess
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "CERTIFICATES_PYTHON"
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1", "example.com", "*.example.com")
CLIENT_NAME = "client.example.com"
PASSWORD = "s3cr3t-k3y-7c1a"


def create_files(kind: str, directory: Path) -> None:
    """Create the files of a kind (`server`, `client`) in a directory."""
    maker = "tests.servers.certificate_maker"
    if python := os.environ.get(VARIABLE):
        subprocess.run([python, "-m", maker, kind, directory], check=True, timeout=60)
        return
    import_module(maker).CREATE[kind](directory)
