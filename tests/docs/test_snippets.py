"""Every snippet of the README and of each page but the reference runs, and prints what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docs.play import broken_promises, faults, play
from tests.docs.snippets import GUIDE, Snippet, run, snippets_of
from tests.repo.trees import plant

if TYPE_CHECKING:
    from pathlib import Path

# The guide drops responses whose body it does not care for. Python hides the warning by default.
pytestmark = pytest.mark.filterwarnings("ignore:.*dropped before its body was read:ResourceWarning")

SNIPPETS = [snippet for page in GUIDE for snippet in snippets_of(page)]


@pytest.mark.peer
@pytest.mark.usefixtures("on_stage")
@pytest.mark.parametrize(
    ("is_tls", "h2"),
    [(True, False), (False, False), (True, True)],
    ids=["tls", "cleartext", "h2"],
)
@pytest.mark.parametrize("snippet", SNIPPETS, ids=str)
async def test_the_snippet_runs_as_it_stands(snippet: Snippet, is_tls: bool) -> None:
    played = snippet if is_tls else snippet.in_cleartext()
    assert faults(played, await play(played)) == []


# Snippets that have no synchronous form, and why.
# Clients of httpx have another one.
ASYNCHRONOUS = ("asyncio", "ASGITransport(", "Resolution", "hyperhttp.integrations")
SYNCHRONOUS = [
    snippet
    for page in GUIDE
    if page.startswith("docs/guide/")
    for snippet in snippets_of(page)
    if not snippet.is_sync and not any(word in snippet.code for word in ASYNCHRONOUS)
]


@pytest.mark.peer
@pytest.mark.usefixtures("on_stage")
@pytest.mark.parametrize(
    ("is_tls", "h2"),
    [(True, False), (False, False), (True, True)],
    ids=["tls", "cleartext", "h2"],
)
@pytest.mark.parametrize("snippet", SYNCHRONOUS, ids=str)
async def test_the_snippet_runs_in_its_synchronous_form(snippet: Snippet, is_tls: bool) -> None:
    played = (snippet if is_tls else snippet.in_cleartext()).synchronous()
    assert faults(played, await play(played)) == []


@pytest.mark.peer
@pytest.mark.usefixtures("on_stage")
@pytest.mark.parametrize(("h2", "version"), [(False, "HTTP/1.1"), (True, "HTTP/2")])
async def test_the_snippets_run_by_the_version_that_the_server_offers(
    tmp_path: Path, version: str
) -> None:
    snippet = page_with(tmp_path, "await client.get('https://api.example.com/data')")
    assert {reply.http_version for reply in (await play(snippet)).responses} == {version}


def test_all_snippets_were_found() -> None:
    pages = {page: [s for s in SNIPPETS if s.page == page] for page in GUIDE}
    assert len(pages["docs/guide/basic-usage.md"]) >= 15
    assert all(pages.values())


def test_every_error_that_a_snippet_shows_is_expected() -> None:
    shown = [snippet for snippet in SNIPPETS if "# raises" in snippet.code]
    assert shown
    assert all(snippet.shows_an_error for snippet in shown)


# The harness must be able to fail.


def page_with(root: Path, code: str) -> Snippet:
    plant(root, **{"page.md": f"# Title\n\ntext\n\n```python\n{code}\n```\n"})
    (snippet,) = snippets_of("page.md", root)
    return snippet


def test_a_snippet_knows_its_place(tmp_path: Path) -> None:
    snippet = page_with(tmp_path, "x = 1")
    assert (snippet.heading, snippet.line, snippet.code) == ("Title", 6, "x = 1\n")


async def test_a_snippet_that_fails_is_shown_with_the_line_of_its_page(tmp_path: Path) -> None:
    snippet = page_with(tmp_path, "import asyncio\nawait asyncio.sleep(0)\nraise KeyError(1)")
    with pytest.raises(KeyError) as caught:
        await run(snippet, {})
    assert caught.traceback[-1].lineno == 7  # counted from 0


async def test_names_stay_and_awaits_are_watched(tmp_path: Path) -> None:
    snippet = page_with(tmp_path, "import asyncio\nx = await asyncio.sleep(0, 5)")
    names: dict[str, object] = {}
    seen: list[object] = []

    def watch(value: object) -> object:
        seen.append(value)
        return value

    await run(snippet, names, watch=watch)
    assert (names["x"], seen) == (5, [5])


@pytest.mark.parametrize(
    ("comment", "printed", "kept"),
    [
        ("200", "200", True),
        ("200", "201", False),
        ('"HTTP/1.1" or "HTTP/2"', "HTTP/2", True),
        ('"HTTP/1.1" or "HTTP/2"', "HTTP/1.0", False),
        ("seconds from request to response", "0.1", True),
    ],
)
def test_a_comment_is_a_promise(tmp_path: Path, comment: str, printed: str, kept: bool) -> None:
    snippet = page_with(tmp_path, f"print(x)  # {comment}")
    assert (broken_promises(snippet, [printed]) == []) == kept


def test_a_print_that_did_not_happen_breaks_its_promise(tmp_path: Path) -> None:
    snippet = page_with(tmp_path, "print(x)  # 200")
    assert broken_promises(snippet, []) == ["1 prints were promised, 0 came"]


@pytest.mark.peer
@pytest.mark.usefixtures("on_stage")
@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (
            "response = await client.get('https://api.example.com/missing')",
            "GET https://api.example.com/missing: ",
        ),
        ("response.raise_for_status()  # raises HTTPStatusError", "it should raise"),
        ("await client.get('https://elsewhere.example.com/')", "it raised DNSError"),
        ("print(response.status_code)  # 201", "'200' is none of ('201',)"),
    ],
)
async def test_a_snippet_that_does_something_else_is_at_fault(
    tmp_path: Path, code: str, fault: str
) -> None:
    snippet = page_with(tmp_path, code)
    (found,) = faults(snippet, await play(snippet))
    assert found.startswith(fault)
