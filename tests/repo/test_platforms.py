"""The package can be imported without what only POSIX systems have, as on Windows.

No test runs on Windows. This one removes the modules and functions from this system.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.repo.trees import ROOT

PROGRAM = """
import asyncio, importlib, os, pkgutil, select, signal, socket, ssl, sys, types
import pydantic, h2.connection, httpx, httpx2, opentelemetry.trace, rich.progress, certifi
import getpass, logging.config, selectors, shutil, sysconfig, tempfile, zoneinfo
import pytest, truststore, uvloop

MISSING = {
    os: ["fork", "register_at_fork", "preadv", "RWF_NOWAIT", "O_NOFOLLOW", "geteuid", "uname"],
    select: ["poll", "epoll"],
    signal: ["SIGKILL", "SIGHUP", "SIGALRM", "setitimer", "pthread_sigmask"],
    socket: ["AF_UNIX", "socketpair", "SO_REUSEPORT", "MSG_DONTWAIT"],
    asyncio: ["DefaultChildWatcher"],
}
for module, names in MISSING.items():
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
for name in ("fcntl", "resource", "termios", "tty", "pty", "pwd", "grp"):
    sys.modules[name] = None
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
sys.platform = "win32"
EXTRA
import hyperhttp
found = pkgutil.walk_packages(hyperhttp.__path__, "hyperhttp.")
names = [one.name for one in found if not one.name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
assert len(names) > 100, names
for name in hyperhttp.__all__:
    getattr(hyperhttp, name)
print("imported")
"""


def import_all(extra: str = "") -> str:
    """Return what the program prints."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("EXTRA", extra)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="it is the real thing")
def test_everything_can_be_imported_without_posix() -> None:
    assert import_all() == "imported\n"


def test_a_module_that_is_missing_is_noticed() -> None:
    assert "ModuleNotFoundError" in import_all('sys.modules["asyncio"] = None')
