"""What editors show of the public classes: hover texts and completions, from a language server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from codegen.emit.config import MODULE
from hyperhttp.exceptions import ErrorName
from tests.codegen.specs import real_spec
from tests.repo.language_server import LanguageServer

CONFIG_MODELS = sorted(real_spec().config)
PROGRAM = f"""
from hyperhttp import Client, Request, Response, RetryPolicy, SyncClient, SyncResponse
import {MODULE} as config


async def main(client: Client, request: Request, response: Response) -> None:
    client.get
    client.post
    client.fetch
    Client()
{"".join(f"    config.{name}()" + chr(10) for name in CONFIG_MODELS)}
    await client.request("")
    RetryPolicy(errors={{"C"}})
    response.
    request.
    client.


def synchronous(sync: SyncClient, synced: SyncResponse) -> None:
    sync.get
    sync.post
    sync.fetch
    SyncClient()
    synced.
    sync.
"""
# What an editor must not show: names of private modules and classes, texts of pydantic's own.
PRIVATE = re.compile(r"\b_[a-z]\w+\.|\b_[A-Z]\w+|pydantic_core|ValidationError|BaseModel")
DOC_CHARS_MAX = 1500

pytestmark = [pytest.mark.slow, pytest.mark.timeout(150)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    with LanguageServer(tmp_path_factory.mktemp("editor"), PROGRAM) as server:
        yield server


def starts_well(text: tuple[str, str], summary: str) -> None:
    """Fail unless the documentation starts with a summary, and then an example."""
    signature, doc = text
    beginning = doc.strip()[:DOC_CHARS_MAX]
    assert beginning.startswith(summary), beginning
    example = beginning.find("Example:")
    assert example > 0, beginning
    if "Args:" in beginning:
        assert example < beginning.index("Args:")
    for shown in (signature, doc):
        assert not PRIVATE.search(shown), PRIVATE.search(shown)


@pytest.mark.parametrize("client", ["client", "sync"])
@pytest.mark.parametrize("call", ["get", "post", "fetch"])
def test_a_call_is_shown_with_its_summary_and_an_example(
    server: LanguageServer, client: str, call: str
) -> None:
    starts_well(server.hover(f"{client}.{call}"), real_spec().calls.calls[call].doc[:40])


@pytest.mark.parametrize("name", ["Client", "SyncClient"])
def test_the_client_is_shown_with_its_summary_and_an_example(
    server: LanguageServer, name: str
) -> None:
    starts_well(server.hover(f"    {name}"), real_spec().calls.client.doc)


@pytest.mark.parametrize("name", CONFIG_MODELS)
def test_a_config_model_is_shown_with_its_summary_and_an_example(
    server: LanguageServer, name: str
) -> None:
    starts_well(server.hover(f"config.{name}"), real_spec().config[name].doc[:40])


def test_a_config_model_shows_its_defaults(server: LanguageServer) -> None:
    signature, _ = server.hover("config.RetryPolicy")
    assert "max_retries: int = 3" in signature
    assert "AbstractSet[ErrorName]" in signature


def test_methods_and_names_of_errors_are_completed(server: LanguageServer) -> None:
    methods = [name.strip('"') for name in server.completions('request("')]
    assert methods == real_spec().methods()
    names = {name.strip('"') for name in server.completions('errors={"C')}
    assert {"ConnectError", "ClientStatusError"} <= names <= set(get_args(ErrorName))


@pytest.mark.parametrize("name", ["client", "request", "response", "sync", "synced"])
def test_the_public_members_of_an_object_are_those_that_are_documented(
    server: LanguageServer, name: str
) -> None:
    stubs = Path(__file__).parents[2] / "typings/api/hyperhttp"
    known = "\n".join(path.read_text() for path in stubs.rglob("*.pyi"))
    public = [one for one in server.completions(f"    {name}.") if not one.startswith("_")]
    assert len(public) > 10
    assert [one for one in public if not re.search(rf"\b{one}\b", known)] == []
    # What other modules of the package use of a request aren't its methods.
    internal = {"cookie", "left_origin", "of_client", "plain_parts", "with_headers"}
    assert not internal & {*public}


@pytest.mark.parametrize("name", ["client", "request", "response", "sync", "synced"])
def test_private_members_come_after_the_public_ones_of_the_same_class(
    server: LanguageServer, name: str
) -> None:
    # basedpyright lists the members of each class together; pyright lists private ones last.
    names = server.completions(f"    {name}.")
    first = next(at for at, one in enumerate(names) if one.startswith("_"))
    assert first > 5
    assert names[-1].startswith("__")


def test_a_text_of_pydantic_and_a_missing_example_are_found() -> None:
    with pytest.raises(AssertionError):
        starts_well(("class X", "A summary.\n\nRaises ValidationError.\n\nExample:\n    X()"), "A")
    with pytest.raises(AssertionError):
        starts_well(("class X", "A summary."), "A")
    with pytest.raises(AssertionError):
        starts_well(("class X", "A summary.\n\nArgs:\n    x: X.\n\nExample:\n    X()"), "A")
