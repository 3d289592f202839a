from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.release.pins import Project, name_of
from tests.repo.trees import ROOT, plant

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """
[project]
name = "hyperhttp"
version = "1.2.3"
requires-python = ">=3.11"
dependencies = ["h11>=0.16,<1", "A_b.C >= 2.0"]
[project.optional-dependencies]
zstd = ["backports.zstd>=1.0; python_version < '3.14'"]
all = ["hyperhttp[zstd]"]
[dependency-groups]
dev = [{ include-group = "guide" }, "mypy==2.4.1"]
guide = ["sybil==10.1.0"]
"""


def test_the_lowest_versions_are_those_of_dependencies_and_extras(tmp_path: Path) -> None:
    project = Project.of(plant(tmp_path, **{"pyproject.toml": PROJECT}))
    assert project.lowest == ["a-b-c==2.0", "backports-zstd==1.0", "h11==0.16"]


def test_a_group_brings_the_groups_within_it(tmp_path: Path) -> None:
    project = Project.of(plant(tmp_path, **{"pyproject.toml": PROJECT}))
    assert project.group("dev") == ["sybil==10.1.0", "mypy==2.4.1"]


@pytest.mark.parametrize("requirement", ["h11", "h11<1", "h11!=2"])
def test_a_requirement_without_a_lowest_version_is_a_mistake(
    tmp_path: Path, requirement: str
) -> None:
    text = PROJECT.replace("h11>=0.16,<1", requirement)
    project = Project.of(plant(tmp_path, **{"pyproject.toml": text}))
    with pytest.raises(ValueError, match="no lowest version"):
        _ = project.lowest


@pytest.mark.parametrize(
    ("text", "name"),
    [("h11", "h11"), ("A_b.C>=1", "a-b-c"), ("x[y,z] >=1; python_version<'3'", "x")],
)
def test_names_are_compared_as_installers_do(text: str, name: str) -> None:
    assert name_of(text) == name


def test_what_is_no_requirement_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no requirement"):
        name_of("-r other.txt")


def test_all_is_every_extra_but_the_clients_of_integrations() -> None:
    project = Project.of(ROOT)
    (whole,) = project.extras["all"]
    inside = whole.partition("[")[2].rstrip("]").split(",")
    assert inside == sorted(set(project.extras) - {"all", "httpx", "httpx2"})


def test_every_pin_is_one_version() -> None:
    project = Project.of(ROOT)
    pins = [pin for name in project.groups for pin in project.group(name)]
    assert len(pins) > 20
    assert [pin for pin in pins if "==" not in pin] == []


def test_everything_is_every_extra(tmp_path: Path) -> None:
    project = Project.of(plant(tmp_path, **{"pyproject.toml": PROJECT}))
    assert project.everything == "[all,zstd]"
