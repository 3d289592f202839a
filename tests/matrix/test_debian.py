from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.matrix import debian
from tests.matrix.debian import Root, Unavailable, mirror_in, pip_variables, root_in


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ("Debian http://mirror.example.com/debian\nDebian http://other.example.com\n", "first"),
        ("Other http://other.example.com\nDebian http://mirror.example.com/debian\n", "first"),
        ("Ubuntu http://mirror.example.com/ubuntu\n", None),
        ("Debian\n", None),
        ("", None),
    ],
)
def test_the_mirror_is_the_first_of_debian(targets: str, expected: str | None) -> None:
    mirror = "http://mirror.example.com/debian" if expected else None
    assert mirror_in(targets) == mirror


NOTHING = {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


@pytest.mark.parametrize(
    ("listed", "environment", "expected"),
    [
        ("", {}, {}),
        (
            "global.index-url='https://index.example.com/simple'\n",
            {},
            {"PIP_INDEX_URL": "https://index.example.com/simple"},
        ),
        (
            "global.index-url='https://index.example.com/simple'\n",
            {"PIP_INDEX_URL": "https://other.example.com/simple"},
            {"PIP_INDEX_URL": "https://other.example.com/simple"},
        ),
        (
            "install.extra-index-url='file:///srv/simple https://more.example.com/simple'\n",
            {},
            {"PIP_EXTRA_INDEX_URL": "https://more.example.com/simple"},
        ),
        ("global.find-links='/srv/wheels'\nglobal.no-cache-dir='true'\n", {}, {}),
        (":env:.index-url='https://index.example.com/simple'\n", {}, {}),
    ],
)
def test_pip_uses_the_same_indexes(
    listed: str, environment: dict[str, str], expected: dict[str, str]
) -> None:
    assert pip_variables(listed, environment) == ({**NOTHING, **expected}, None)


def test_the_file_with_cas_is_copied_rather_than_named() -> None:
    variables, certificates = pip_variables("global.cert='/srv/ca.pem'\n", {})
    assert (variables, certificates) == (NOTHING, "/srv/ca.pem")


def test_a_command_runs_in_the_directory_with_its_variables_only() -> None:
    root = Root(Path("/srv/debian"), {"PIP_INDEX_URL": "https://index.example.com"})
    command = root.command(
        Path("/shared"), Path("/shared/apart"), {"A": "b c"}, Path("/x"), "-c", "1"
    )
    assert command[0] == "unshare"
    inside = command[command.index("env") :]
    assert inside[:3] == ("env", "--ignore-environment", "--chdir=/shared/apart")
    assert {"A=b c", "PIP_INDEX_URL=https://index.example.com"} < {*inside}
    assert inside[-3:] == ("/x", "-c", "1")


def test_without_root_there_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Unavailable, match="only root"):
        root_in(tmp_path / "debian")
    assert not list(tmp_path.iterdir())


def test_without_apt_there_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="apt-get"):
        root_in(tmp_path / "debian")


def test_a_command_that_fails_gives_its_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unavailable, match=r"failed: the mirror is gone$"):
        debian.output_of(sys.executable, "-c", "import sys; sys.exit('first\\nthe mirror is gone')")


def test_a_directory_that_is_incomplete_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*command: str) -> str:
        if command[0] == "debootstrap":
            raise Unavailable("debootstrap failed")
        return "Debian http://mirror.example.com/debian\n"

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(debian, "output_of", fails)
    monkeypatch.setattr(shutil, "which", str)
    with pytest.raises(Unavailable, match="debootstrap failed"):
        root_in(tmp_path / "debian")
    assert not (tmp_path / "debian").exists()
