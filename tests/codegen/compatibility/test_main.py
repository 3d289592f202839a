"""The gate on a checkout: what it says, and when it fails."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from codegen.compatibility.__main__ import KEPT, main
from codegen.compatibility.manifest import STUBS
from codegen.emit.manifest import PATH
from tests.codegen.specs import ROOT
from tests.repo.trees import plant

pytestmark = pytest.mark.slow

RELEASED = "# Changelog\n\n## 0.1.0 (2026-11-23)\n"
UNRELEASED = "# Changelog\n\n## Unreleased: 0.1.0\n"


def project(version: str) -> str:
    return (
        f'[project]\nversion = "{version}"\nrequires-python = ">=3.11"\n'
        '[project.scripts]\nhyperhttp = "x"\n'
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout whose version 0.1.0 is released and kept."""
    shutil.copytree(ROOT / STUBS, tmp_path / STUBS)
    files = {
        PATH: (ROOT / PATH).read_text(encoding="utf-8"),
        "pyproject.toml": project("0.1.0"),
        "CHANGELOG.md": UNRELEASED,
    }
    plant(tmp_path, **files, **{f"{KEPT}/README.md": ""})
    assert main(["--freeze"], tmp_path) == 0
    return plant(tmp_path, **{"CHANGELOG.md": RELEASED})


def edit(root: Path, old: str, new: str) -> None:
    count = 0
    for path in [root / PATH, *(root / STUBS).rglob("*.pyi")]:
        text = path.read_text(encoding="utf-8")
        count += text.count(old)
        path.write_text(text.replace(old, new), encoding="utf-8")
    assert count


def test_a_surface_that_is_as_it_was_passes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], root) == 0
    assert capsys.readouterr().out.endswith(
        "since 0.1.0: 0 breaking, 0 added\n0.1.0 keeps it all\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "change", "lowest"),
    [
        (
            "-> Response",
            "-> Response | None",
            "breaking: Client.get: it returns Response | None, no longer Response",
            "0.2.0",
        ),
        (
            "max_redirects: int | Unset | None = INHERIT,",
            "max_redirects: int | Unset | None = INHERIT, more: int | Unset = INHERIT,",
            'addition: Client.get: the parameter "more" is new',
            "0.2.0",
        ),
        (
            '"default": "30.0"',
            '"default": "31.0"',
            "breaking: Timeout.connect: the default is 31.0, no longer 30.0",
            "0.2.0",
        ),
    ],
)
def test_the_version_that_a_change_asks_for_must_be_given(
    root: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, change: str, lowest: str
) -> None:
    edit(root, old, new)
    assert main([], root) == 1
    said = capsys.readouterr().out
    assert change in said
    assert f"so the version must be at least {lowest}; pyproject.toml has 0.1.0" in said
    plant(root, **{"pyproject.toml": project(lowest)})
    assert main([], root) == 0


def test_an_error_whose_retry_fact_changes_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(root, 'retryable: Retryable = "always"', 'retryable: Retryable = "never"')
    assert main([], root) == 1
    assert "breaking: ConnectError.retryable: it is 'never', no longer 'always'" in (
        capsys.readouterr().out
    )


def test_before_the_first_release_changes_are_named_and_nothing_is_promised(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(root, **{"CHANGELOG.md": UNRELEASED})
    edit(root, "-> Response", "-> Response | None")
    assert main([], root) == 0
    said = capsys.readouterr().out
    assert "breaking: Client.get: " in said
    assert "0.1.0 is not released yet" in said
    assert main(["--release"], root) == 1
    assert main(["--freeze"], root) == 0
    assert main(["--release"], root) == 0


def test_what_a_release_promised_cannot_be_written_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / KEPT / "api-0.1.0.json").read_bytes()
    assert main(["--freeze"], root) == 0
    edit(root, "-> Response", "-> Response | None")
    assert main(["--freeze"], root) == 1
    assert "Raise the version first" in capsys.readouterr().out
    assert (root / KEPT / "api-0.1.0.json").read_bytes() == before


def test_the_last_release_is_the_highest_one_that_is_out(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(root, **{"pyproject.toml": project("0.10.0")})
    assert main(["--freeze"], root) == 0
    edit(root, "-> Response", "-> Response | None")
    main([], root)
    assert "since 0.1.0" in capsys.readouterr().out
    plant(root, **{"CHANGELOG.md": f"# Changelog\n\n## 0.10.0\n{RELEASED}"})
    assert main([], root) == 1
    assert "so the version must be at least 0.11.0" in capsys.readouterr().out


def test_a_checkout_that_kept_nothing_fails(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / KEPT / "api-0.1.0.json").unlink()
    assert main([], root) == 1
    assert "no manifest of a release" in capsys.readouterr().out


def test_this_checkout_passes() -> None:
    assert main([]) == 0


def test_what_is_kept_holds_no_host_and_no_header_of_a_room() -> None:
    kept = json.loads((ROOT / KEPT / "api-3.0.0.json").read_text(encoding="utf-8"))
    assert kept["$comment"].startswith("What hyperhttp 3.0.0 promises")
    assert len(kept["options"]) > 50
