"""A directory with Debian unstable, which has newer interpreters than the machine.

debootstrap fills it from the mirror that apt uses. Commands run in it with chroot, in a mount
namespace: nothing stays mounted after them.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SUITE: Final = "unstable"
# The packages of each interpreter, and its command.
PACKAGES: Final = {
    "3.14": ("python3.14", "python3.14-venv"),
    "3.15": ("python3.15", "python3.15-venv"),
    "pypy3.11": ("pypy3", "pypy3-venv"),
}
COMMANDS: Final = {
    "3.14": Path("/usr/bin/python3.14"),
    "3.15": Path("/usr/bin/python3.15"),
    "pypy3.11": Path("/usr/bin/pypy3.11"),
}
# Arguments: the directory, a directory to share with it, the command.
ENTER: Final = """
set -e
mount -t proc proc "$1/proc"
mount -t tmpfs tmpfs "$1/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts"
ln -sf pts/ptmx "$1/dev/ptmx"
mkdir -p "$1$2"
mount --bind "$2" "$1$2"
root=$1
shift 2
exec chroot "$root" "$@"
"""
# Settings of pip that lead to an index. A local one isn't in the directory, and is left out.
_OF_INDEXES: Final = ("index-url", "extra-index-url", "find-links", "trusted-host", "proxy", "cert")
_LOCAL: Final = re.compile(r"(/|file:)")


class Unavailable(Exception):
    """An interpreter can't be had here; the text is the reason."""


@dataclass(frozen=True)
class Root:
    """The directory, and what commands need to run in it."""

    directory: Path
    pip: Mapping[str, str]
    """The environment variables of pip."""

    def command(
        self, shared: Path, cwd: Path, environment: Mapping[str, str], *command: str | Path
    ) -> tuple[str, ...]:
        """Return a command that runs another one inside; both see `shared` at the same path."""
        variables = {
            "HOME": "/root",
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            **self.pip,
            **environment,
        }
        return (
            *("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, "sh"),
            *(str(self.directory), str(shared)),
            *("env", "--ignore-environment", f"--chdir={cwd}"),
            *(f"{name}={value}" for name, value in variables.items()),
            *map(str, command),
        )


def root_in(directory: Path) -> Root:
    """Return the root in a directory, created if it isn't there.

    Raises:
        Unavailable: It can't be created on this machine.
    """
    if not directory.exists():
        _create(directory)
    for name in ("resolv.conf", "hosts"):
        shutil.copyfile(f"/etc/{name}", directory / "etc" / name)
    settings = output_of("python3", "-m", "pip", "config", "list")
    variables, certificates = pip_variables(settings, os.environ)
    if certificates is not None:
        inside = "/etc/ssl/certs/ca-certificates.crt"
        shutil.copyfile(certificates, f"{directory}{inside}")
        variables["PIP_CERT"] = inside
    return Root(directory, variables)


def _create(directory: Path) -> None:
    if os.geteuid() != 0:
        raise Unavailable("only root can create a Debian root directory")
    mirror = mirror_in(output_of("apt-get", *_TARGETS))
    if mirror is None:
        raise Unavailable("apt has no mirror of Debian")
    if shutil.which("debootstrap") is None:
        output_of("apt-get", "update", "--quiet=2")
        output_of("apt-get", "install", "--yes", "--quiet=2", "debootstrap")
    partial = directory.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.parent.mkdir(parents=True, exist_ok=True)
    included = ",".join(["ca-certificates", *(one for all_ in PACKAGES.values() for one in all_)])
    output_of(
        *("debootstrap", "--variant=minbase", f"--include={included}"),
        *(SUITE, str(partial), mirror),
    )
    partial.rename(directory)


_TARGETS: Final = ("indextargets", "--format", "$(ORIGIN) $(SITE)", "Created-By: Packages")


def mirror_in(targets: str) -> str | None:
    """Return the mirror of Debian in what `apt-get indextargets` prints."""
    for line in targets.splitlines():
        origin, _, site = line.partition(" ")
        if origin == "Debian" and site:
            return site
    return None


def pip_variables(listed: str, environment: Mapping[str, str]) -> tuple[dict[str, str], str | None]:
    """Return pip's variables that lead to the same indexes, and the file with its CAs.

    Args:
        listed: What `pip config list` prints.
        environment: The environment variables, which override the files.
    """
    settings: dict[str, str] = {}
    for line in listed.splitlines():
        name, is_set, value = line.partition("=")
        if is_set and not name.startswith(":env:"):
            settings[name.rpartition(".")[2]] = str(ast.literal_eval(value))
    for name in _OF_INDEXES:
        if from_environment := environment.get(_variable(name)):
            settings[name] = from_environment
    certificates = settings.pop("cert", None)
    variables = {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    for name in _OF_INDEXES:
        elsewhere = [one for one in settings.get(name, "").split() if not _LOCAL.match(one)]
        if elsewhere:
            variables[_variable(name)] = " ".join(elsewhere)
    return variables, certificates


def _variable(name: str) -> str:
    return f"PIP_{name.upper().replace('-', '_')}"


def output_of(*command: str) -> str:
    """Return what a command prints.

    Raises:
        Unavailable: It failed; the text has its last line.
    """
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=900,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{command[0]}: {error}") from error
    if done.returncode:
        last = done.stdout.strip().rpartition("\n")[2]
        raise Unavailable(f"{command[0]} failed: {last}")
    return done.stdout
