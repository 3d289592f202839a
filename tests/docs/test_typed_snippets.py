"""The snippets are checked by mypy and pyright as a reader's checker would check them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from codegen.emit.synchronous import synchronous_text
from tests.codegen.specs import real_spec
from tests.docs.play import SETTING_TYPES
from tests.docs.snippets import PAGES, ROOT, Snippet, snippets_of
from tests.docs.test_snippets import SYNCHRONOUS

PARAMETERS = ", ".join(f"{name}: {kind}" for name, kind in SETTING_TYPES.items())
SYNCHRONOUS_PARAMETERS = synchronous_text(real_spec(), PARAMETERS)
ASYNC = ("async def", PARAMETERS)
# A guide may leave a variable unused and a nested function unannotated; nothing else is let off.
HEADER = """# mypy: disable-error-code="no-untyped-def, no-untyped-call"
# pyright: strict, reportUnusedVariable=false, reportUnusedImport=false
# pyright: reportUnusedExpression=false
from collections.abc import Callable

import hyperhttp
"""


def module_of(snippets: list[Snippet]) -> str:
    """Each snippet as the body of a coroutine function that takes the guide's names."""
    parts = [HEADER]
    for number, snippet in enumerate(snippets):
        start, parameters = ("def", SYNCHRONOUS_PARAMETERS) if snippet.is_sync else ASYNC
        parts.append(f"\n# {snippet}\n{start} snippet_{number}({parameters}) -> None:\n")
        parts += [f"    {line}\n" if line else "\n" for line in snippet.code.splitlines()]
    return "".join(parts)


def complaints(directory: Path, text: str, checker: str) -> str:
    """What a checker says of a module; empty when it is content."""
    module = directory / "snippets.py"
    module.write_text(text)
    scripts = Path(sys.executable).parent
    commands = {
        "mypy": [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")],
        "basedpyright": [str(scripts / "basedpyright"), "--pythonpath", sys.executable],
    }
    done = subprocess.run(
        [*commands[checker], str(module)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.slow
@pytest.mark.timeout(150)
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_the_snippets_pass(tmp_path: Path, checker: str) -> None:
    snippets = [snippet for page in PAGES for snippet in snippets_of(page)]
    assert len(snippets) > 15
    assert complaints(tmp_path, module_of(snippets), checker) == ""


@pytest.mark.slow
@pytest.mark.timeout(150)
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_the_synchronous_forms_pass(tmp_path: Path, checker: str) -> None:
    # The flows of both clients get a `Response`.
    shown = [snippet for snippet in SYNCHRONOUS if "auth_flow" not in snippet.code]
    snippets = [snippet.synchronous() for snippet in shown]
    assert len(snippets) > 100
    assert complaints(tmp_path, module_of(snippets), checker) == ""


@pytest.mark.slow
@pytest.mark.timeout(150)
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_a_wrong_snippet_does_not_pass(tmp_path: Path, checker: str) -> None:
    wrong = Snippet("page.md", 1, "Title", "await client.get(url, timout=5.0)\n")
    assert "timout" in complaints(tmp_path, module_of([wrong]), checker)
