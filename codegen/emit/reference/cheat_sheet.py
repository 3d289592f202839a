"""`docs/reference/cheat-sheet.md`: the most used calls and options on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.config_defaults import default_text
from codegen.emit.reference.errors import tree
from codegen.emit.reference.examples import GRANTED, example
from codegen.ir import Spec
from codegen.text import header

SOURCES: Final = ("spec/calls.toml", "spec/config.toml", "spec/response.toml", "spec/errors.toml")
READ: Final = """
await response.aread()  # reads the whole body
response.text
response.json()
response.json(dict[str, int])  # validated as a type
response.raise_for_status()
async with client.stream("GET", "https://example.com/large.txt") as streamed:
    async for line in streamed.aiter_lines():
        ...
"""


def emit(spec: Spec) -> str:
    """Return the page, without menus and with its parts in columns."""
    head = header(*SOURCES).rstrip()
    blocks = "\n\n".join(_blocks(spec))
    front = f"---\n{head}\nhide:\n  - navigation\n  - toc\n---"
    top = f"# Cheat sheet\n\n{GRANTED}\n\n" + '<div class="cheat-sheet" markdown>'
    return f"{front}\n\n{top}\n\n{blocks}\n\n</div>\n"


def _blocks(spec: Spec) -> Iterator[str]:
    yield "## Send requests"
    calls = spec.calls.calls.values()
    yield example(spec, "\n".join(call.example.strip() for call in calls))
    yield "## Send a body"
    yield example(spec, "\n".join(_bodies(spec)))
    yield "## Read the response"
    yield example(spec, READ)
    yield "## Response attributes"
    yield ", ".join(f"`{name}`" for name in spec.response["Response"].fields)
    yield "## Client options"
    yield ", ".join(f"`{name}`" for name in spec.options_at("client"))
    yield "## Request options"
    yield ", ".join(f"`{name}`" for name in spec.options_at("request"))
    yield "## Timeouts"
    limits = spec.config["Timeout"].fields.items()
    lines = [f"{name}: {default_text(field)} -> {field.error}" for name, field in limits]
    yield "\n".join(["```text", *lines, "```"])
    yield "## Errors"
    yield "\n".join(["```text", *(line.replace("    ", "  ") for line in tree(spec)), "```"])


def _bodies(spec: Spec) -> Iterator[str]:
    for option in spec.options_at("body").values():
        yield f'await client.post("https://example.com/echo", {option.example})'
