from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codegen.changelog import DIRECTORY, KINDS, main, released
from tests.repo.trees import plant

PROJECT = '[project]\nversion = "0.2.0"\nrequires-python = ">=3.11"\n'
CHANGELOG = "# Changelog\n\nWords.\n\n## 0.1.0 (2026-01-01)\n\n- The first.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "pyproject.toml": PROJECT,
        "CHANGELOG.md": CHANGELOG,
        f"{DIRECTORY}/README.md": "",
        f"{DIRECTORY}/api-0.1.0.json": "{}",
    }
    return plant(tmp_path, **files)


def test_fragments_go_below_a_new_heading_what_breaks_first(root: Path) -> None:
    plant(
        root,
        **{
            f"{DIRECTORY}/b.added.md": "B was\nadded.\n",
            f"{DIRECTORY}/a.fixed.md": "A was fixed.\n",
            f"{DIRECTORY}/c.removed.md": "C was removed.\n",
        },
    )
    assert main(["--date", "2026-12-01"], root) == 0
    assert (root / "CHANGELOG.md").read_text(encoding="utf-8") == (
        "# Changelog\n\nWords.\n\n## 0.2.0 (2026-12-01)\n\n"
        "### Removed\n\n- C was removed.\n\n"
        "### Added\n\n- B was added.\n\n"
        "### Fixed\n\n- A was fixed.\n\n"
        "## 0.1.0 (2026-01-01)\n\n- The first.\n"
    )
    assert sorted(path.name for path in (root / DIRECTORY).iterdir()) == [
        "README.md",
        "api-0.1.0.json",
    ]


def test_a_long_entry_is_broken_and_goes_on_below_itself(root: Path) -> None:
    plant(root, **{f"{DIRECTORY}/a.added.md": "word " * 40 + "end."})
    main(["--date", "2026-12-01"], root)
    lines = (root / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    start = lines.index("### Added") + 2
    assert lines[start].startswith("- word")
    assert lines[start + 1].startswith("  word")


def test_what_was_written_by_hand_stays_and_fragments_follow_it() -> None:
    text = "# Changelog\n\n## Unreleased: 0.2.0\n\n- By hand.\n\n## 0.1.0\n\n- The first.\n"
    assert released(text, "0.2.0", date(2026, 12, 1), ["### Added\n\n- New.\n"]) == (
        "# Changelog\n\n## 0.2.0 (2026-12-01)\n\n- By hand.\n\n### Added\n\n- New.\n\n"
        "## 0.1.0\n\n- The first.\n"
    )


def test_without_a_date_they_are_checked_and_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(root, **{f"{DIRECTORY}/a.fixed.md": "A was fixed."})
    assert main([], root) == 0
    assert capsys.readouterr().out == "1 fragments\n"
    assert (root / "CHANGELOG.md").read_text(encoding="utf-8") == CHANGELOG
    assert (root / DIRECTORY / "a.fixed.md").exists()


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.md", "A.", "a fragment is called"),
        ("A.fixed.md", "A.", "a fragment is called"),
        ("a.fixed.txt", "A.", "a fragment is called"),
        ("api-next.json", "{}", "a fragment is called"),
        (
            "a.fix.md",
            "A.",
            f'"fix" is not one of {", ".join(KINDS)}. Did you mean',
        ),
        ("a.fixed.md", "", "it is not a sentence"),
        ("a.fixed.md", "A was fixed", "it is not a sentence"),
    ],
)
@pytest.mark.parametrize("arguments", [[], ["--date", "2026-12-01"]])
def test_a_wrong_fragment_is_named_and_nothing_is_released(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
    problem: str,
    arguments: list[str],
) -> None:
    plant(root, **{f"{DIRECTORY}/{name}": text})
    assert main(arguments, root) == 1
    assert capsys.readouterr().err.startswith(f"{DIRECTORY}/{name}: {problem}")
    assert (root / "CHANGELOG.md").read_text(encoding="utf-8") == CHANGELOG


def test_a_version_is_released_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--date", "2026-12-01"], root) == 0
    assert main(["--date", "2026-12-02"], root) == 1
    assert "has 0.2.0 already" in capsys.readouterr().err


def test_the_fragments_of_this_checkout_are_right() -> None:
    assert main([]) == 0
