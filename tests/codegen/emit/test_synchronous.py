"""Code and examples of the asynchronous client, turned into those of the synchronous one."""

from __future__ import annotations

import pytest

from codegen.emit.synchronous import synchronous, synchronous_text
from tests.codegen.specs import real_spec

SPEC = real_spec()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("response = await client.get(url)", "response = client.get(url)"),
        ("async with hyperhttp.Client() as client:", "with hyperhttp.SyncClient() as client:"),
        ("async for piece in response.aiter_bytes():", "for piece in response.iter_bytes():"),
        ("await response.aread()", "response.read()"),
        ("async def get(self) -> Response: ...", "def get(self) -> SyncResponse: ..."),
        ("def sent(self) -> Awaitable[Response]: ...", "def sent(self) -> SyncResponse: ..."),
        (
            "def sent(self) -> Awaitable[list[Response]]: ...",
            "def sent(self) -> list[SyncResponse]: ...",
        ),
        ("raises ClientClosed", "raises ClientClosed"),
        ("An async iterator over the pages", "An iterator over the pages"),
    ],
)
def test_names_and_syntax_are_replaced(text: str, expected: str) -> None:
    assert synchronous_text(SPEC, text) == expected


def test_imports_lead_to_the_modules_of_the_other_names() -> None:
    text = (
        "# ruff: noqa: ASYNC109\n"
        "from collections.abc import Awaitable\n"
        "from hyperhttp._client._generated.verbs import Verbs\n"
        "\n"
        "if TYPE_CHECKING:\n"
        "    from hyperhttp._message.request.request import Request\n"
        "    from hyperhttp._message.response.response import Response\n"
    )
    assert synchronous(SPEC, text) == (
        "from hyperhttp._client._generated.sync_verbs import SyncVerbs\n"
        "\n"
        "if TYPE_CHECKING:\n"
        "    from hyperhttp._client.sync_response import SyncResponse\n"
        "    from hyperhttp._message.request.request import Request\n"
    )


def test_every_replaced_type_is_declared() -> None:
    objects = SPEC.calls.objects
    replaced = [new for old, new in SPEC.calls.synchronous.names.items() if old in objects]
    assert replaced
    assert set(replaced) <= set(objects)
