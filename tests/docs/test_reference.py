"""Every example of the reference runs as it stands, and each error's own page raises that error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hyperhttp
from tests.docs.play import Played, faults, play
from tests.docs.snippets import REFERENCE, ROOT, Snippet, snippets_of

if TYPE_CHECKING:
    from collections.abc import Sequence

ERRORS = tuple(page for page in REFERENCE if page.startswith("docs/reference/errors/"))
# Examples drop answers whose body they do not care for. Python hides the warning by default.
pytestmark = [
    pytest.mark.peer,
    pytest.mark.usefixtures("on_stage"),
    pytest.mark.filterwarnings("ignore:.*dropped before its body was read:ResourceWarning"),
]


async def faults_of(snippets: Sequence[Snippet]) -> list[str]:
    """What is wrong with the examples of a page; what one raises is told with its place."""
    found: list[str] = []
    for snippet in snippets:
        try:
            found += [f"{snippet}: {fault}" for fault in faults(snippet, await play(snippet))]
        except (NameError, TypeError, ValueError, OSError) as error:
            found.append(f"{snippet}: {error!r}")
    return found


@pytest.mark.parametrize("page", [page for page in REFERENCE if page not in ERRORS])
async def test_the_examples_of_the_page_run_as_they_stand(page: str) -> None:
    snippets = snippets_of(page)
    assert snippets
    assert await faults_of(snippets) == []


def misses(name: str, played: Played) -> list[str]:
    """Why a program does not show its error; empty when it does."""
    kind = getattr(hyperhttp, name)
    errors = [value for value in played.shown if isinstance(value, BaseException)]
    if len(errors) != 1 or not isinstance(errors[0], kind):
        return [f"it should print one {name}, not {played.shown}"]
    is_raised_itself = type(errors[0]) is kind or bool(kind.__subclasses__())
    return [] if is_raised_itself else [f"it raised {type(errors[0]).__name__}"]


@pytest.mark.parametrize("page", ERRORS)
async def test_the_page_of_an_error_raises_it_and_prints_what_it_says(page: str) -> None:
    (snippet,) = snippets_of(page)
    assert snippet.output is not None
    played = await play(snippet)
    assert faults(snippet, played) + misses((ROOT / page).stem, played) == []


def test_every_error_has_a_page() -> None:
    names = {(ROOT / page).stem for page in ERRORS}
    errors = {
        name
        for name in hyperhttp.exceptions.__all__
        if isinstance(kind := getattr(hyperhttp, name), type) and issubclass(kind, Exception)
    }
    assert errors
    assert names == errors


# The harness must be able to fail.


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("Clint()", "page.md:1: NameError"),
        ("await client.get('https://elsewhere.example.com/')", "page.md:1: it raised DNSError"),
        ("print('other')", "page.md:1: it printed 'other'"),
    ],
)
async def test_an_example_that_fails_is_told_with_its_place(code: str, said: str) -> None:
    (fault, *_) = await faults_of([Snippet("page.md", 1, "Title", code, output="this ... that")])
    assert fault.startswith(said) or fault == "page.md:1: it printed ''"


async def test_what_a_page_says_is_printed_is_compared_but_for_what_it_leaves_open() -> None:
    snippet = Snippet("page.md", 1, "Title", "print('this or that')", output="this ... that")
    assert await faults_of([snippet]) == []


@pytest.mark.parametrize(
    "code", ["print('text')", "print(ValueError())", "print(hyperhttp.ReadError(detail='x'))"]
)
async def test_a_program_that_raises_something_else_is_at_fault(code: str) -> None:
    assert misses("ReadTimeout", await play(Snippet("page.md", 1, "Title", code)))
