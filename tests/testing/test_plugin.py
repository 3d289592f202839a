"""The pytest plugin, in runs of pytest of its own."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.repo.trees import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    Run: TypeAlias = Callable[..., pytest.RunResult]

pytest_plugins = ["pytester"]

START = """
import asyncio
import pytest
import hyperhttp

def fetch(url, **options):
    async def main():
        async with hyperhttp.Client(**options) as client:
            return await (await client.get(url)).aread()
    return asyncio.run(main())
"""


PLUGIN = ("-p", "hyperhttp.testing.plugin", "-p", "no:cacheprovider")


@pytest.fixture(autouse=True)
def on_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the inner runs load what they name, whatever is installed beside."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    def ran(test: str, *options: str) -> pytest.RunResult:
        pytester.makepyfile(test_it=START + test)
        return pytester.runpytest_inprocess(*PLUGIN, *options)

    return ran


def test_the_entry_point_names_the_plugin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"hyperhttp": "hyperhttp.testing.plugin"}


def test_it_loads_nothing_that_costs_time() -> None:
    code = (
        "import sys, pytest; before = set(sys.modules); import hyperhttp.testing.plugin;"
        "print([m for m in set(sys.modules) - before"
        " if m.split('.')[0] in {'pydantic', 'h11', 'h2', 'ssl', 'asyncio'}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "[]\n"


def test_hyperhttp_does_without_pytest() -> None:
    code = (
        "import sys; sys.modules['pytest'] = None; import hyperhttp.testing as kit;"
        "[getattr(kit, name) for name in kit.__all__]"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)


def test_every_name_of_the_package_resolves() -> None:
    testing = importlib.import_module("hyperhttp.testing")
    assert set(testing.__all__) <= set(dir(testing))
    assert [name for name in testing.__all__ if not hasattr(testing, name)] == []
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(testing, "no_such_name")  # noqa: B009  # a checker would refuse the attribute


def test_a_router_and_its_transport(run: Run) -> None:
    run(
        """
def test_users(http_router, mock_transport):
    http_router.get("/users").respond(["Ann"])
    assert fetch("https://example.com/users", transport=mock_transport) == b'["Ann"]'
"""
    ).assert_outcomes(passed=1)


def test_the_example_of_the_guide_passes(pytester: pytest.Pytester) -> None:
    page = (ROOT / "docs/guide/testing.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```py\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    pytester.makepyfile(test_it=example)
    options = ("-p", "pytest_asyncio.plugin", "-o", "asyncio_default_fixture_loop_scope=function")
    result = pytester.runpytest_inprocess(*PLUGIN, *options, "--asyncio-mode=auto")
    result.assert_outcomes(passed=1)


def test_a_route_that_was_not_called_is_an_error_at_the_end(run: Run) -> None:
    result = run(
        """
def test_forgets(http_router):
    http_router.get("/never")

def test_fails_before(http_router):
    http_router.get("/never")
    assert False

@pytest.mark.http_router(assert_all_called=False)
def test_may_forget(http_router):
    http_router.get("/never")
""",
        "--strict-markers",
    )
    result.assert_outcomes(passed=2, failed=1, errors=1)
    result.stdout.fnmatch_lines(["*these routes were not called as often as they should:*"])


CASSETTE = """
from hyperhttp.testing import MockTransport

{marker}
def test_plays(cassette):
    body = fetch("https://example.com/", transport=MockTransport("well"), middleware=[cassette])
    assert body == b"well"
"""


def test_a_cassette_plays_and_records_only_when_it_is_told_to(
    run: Run, pytester: pytest.Pytester
) -> None:
    test = CASSETTE.format(marker="")
    result = run(test)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*UnrecordedRequest*"])
    run(test, "--http-record=once").assert_outcomes(passed=1)
    assert (pytester.path / "cassettes/test_it/test_plays.json").exists()
    run(test).assert_outcomes(passed=1)


def test_a_cassette_may_have_a_name_and_options(run: Run, pytester: pytest.Pytester) -> None:
    marker = '@pytest.mark.cassette("shared", mode="new", redact_params=["key"])'
    run(CASSETTE.format(marker=marker), "--strict-markers").assert_outcomes(passed=1)
    assert (pytester.path / "cassettes/test_it/shared.json").exists()


def test_parametrized_tests_have_cassettes_of_their_own(
    run: Run, pytester: pytest.Pytester
) -> None:
    test = CASSETTE.format(marker='@pytest.mark.parametrize("x", ["a/b", "c d"])')
    run(test.replace("(cassette)", "(cassette, x)"), "--http-record=new").assert_outcomes(passed=2)
    names = sorted(path.name for path in (pytester.path / "cassettes/test_it").iterdir())
    assert names == ["test_plays-a-b.json", "test_plays-c-d.json"]


def test_a_wrong_mode_is_refused_by_the_command_line(run: Run) -> None:
    assert run("", "--http-record=always").ret == pytest.ExitCode.USAGE_ERROR
