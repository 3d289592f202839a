"""The page about the tests: its numbers are lower bounds that hold, and its files exist."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.client.test_fault_matrix import CASES
from tests.docs.snippets import ROOT
from tests.fuzz.targets import TARGETS, entries
from tests.mutation.__main__ import MODULES

PAGE = " ".join((ROOT / "docs/trust.md").read_text(encoding="utf-8").split())
ROWS = {
    name: int(number.replace(",", ""))
    for name, number in re.findall(r"\| `tests/(\w+)` \|[^|]*\| ([0-9,]+) \|", PAGE)
}
NUMBERS = {"nine": 9, "twelve": 12}
# A row of `make test` that runs less than every test has no say.
PARTIAL = ("--sync", "--uvloop", "--sample", "--pairwise")


def number_in(pattern: str) -> int:
    """The number that the page has in this sentence."""
    found = re.search(pattern, PAGE)
    assert found is not None, f"the page has no sentence like {pattern}"
    return NUMBERS.get(found[1]) or int(found[1].replace(",", ""))


def is_whole(config: pytest.Config) -> bool:
    """Whether every test is collected in this run."""
    chosen = config.getoption("keyword") or config.getoption("markexpr")
    places = [(ROOT / place).resolve() for place in config.args]
    return places == [ROOT / "tests"] and not chosen and not any(map(config.getoption, PARTIAL))


def too_few(counts: Counter[str]) -> list[str]:
    """The directories that have fewer tests than the page has."""
    return [f"{name}: {counts[name]} tests" for name, least in ROWS.items() if counts[name] < least]


def test_each_directory_has_more_tests_than_the_page_has(request: pytest.FixtureRequest) -> None:
    if not is_whole(request.config):
        pytest.skip("only a part of the tests is collected")
    items = request.session.items
    assert len(items) > number_in(r"more than ([0-9,]+) tests, variants")
    places = [item.path.relative_to(ROOT / "tests").parts[0] for item in items]
    assert too_few(Counter(places)) == []


def test_a_directory_with_too_few_tests_is_named() -> None:
    counts = Counter(dict.fromkeys(ROWS, 10**6))
    assert too_few(counts) == []
    counts["client"] = 10
    assert too_few(counts) == ["client: 10 tests"]
    assert len(ROWS) > 10


def test_numbers_of_single_suites() -> None:
    assert number_in(r"fault matrix\*\* has ([0-9,]+) cases") == len(CASES)
    assert number_in(r"changes (\w+) modules, such as") == len(MODULES)
    assert number_in(r"runs (\w+) targets with atheris") == len(TARGETS)
    corpus = sum(len(entries(target)) for target in TARGETS)
    assert corpus > number_in(r"corpus` contains more than ([0-9,]+) small inputs")


def test_numbers_of_properties_and_programs() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    properties = sum(len(re.findall(r"^ *@given\(", text, re.MULTILINE)) for text in sources)
    assert properties > number_in(r"More than ([0-9,]+) tests state a property")
    programs = len([*(ROOT / "tests/types").glob("*_*.py")])
    assert programs > number_in(r"`tests/types` has more than ([0-9,]+) programs")


def test_cancellation_has_more_cases_than_the_page_has(request: pytest.FixtureRequest) -> None:
    if not is_whole(request.config):
        pytest.skip("only a part of the tests is collected")
    path = ROOT / "tests/client/test_cancellation_points.py"
    cases = [item for item in request.session.items if item.path == path]
    assert len(cases) > number_in(r"in more than ([0-9,]+) cases")


def test_the_table_of_targets_has_each_target() -> None:
    section = PAGE.partition("## Property tests and fuzzing")[2].partition("## ")[0]
    assert re.findall(r"\| `(\w+)` \|", section) == list(TARGETS)


def test_each_command_and_each_file_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = set(re.findall(r"`make ([\w-]+)", PAGE))
    assert len(commands) >= 10
    assert [name for name in commands if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []
    files = re.findall(r"`(tests/[\w/.]+)`", PAGE)
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_each_server_program_is_used() -> None:
    sentence = re.search(r"these programs: (.*?)\.", PAGE)
    assert sentence is not None
    names = [name.strip(" `") for name in re.split(r",|and ", sentence[1])]
    sources = "".join(path.read_text() for path in Path(ROOT / "tests/servers").glob("*.py"))
    assert [name for name in names if name.split()[-1].lower() not in sources] == []
