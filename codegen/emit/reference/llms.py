"""`docs/reference/llms.txt` and `llms-full.txt`: the documentation as plain text for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.config_defaults import default_text
from codegen.emit.environment import PREFIX
from codegen.emit.reference.errors import retried, tree
from codegen.emit.reference.markdown import page, signature
from codegen.emit.signatures import WAYS, body_rule, option_python, parameters
from codegen.ir import Spec
from codegen.messages import parse_message, template
from codegen.surface import Surface
from codegen.tables import Call, ErrorTable, OptionField

SOURCES: Final = ("spec/*.toml",)
SUMMARY: Final = """> A fully typed HTTP client for Python 3.11 and newer, with HTTP/1.1 and HTTP/2.

Create one `hyperhttp.Client` for your program and use it with `async with`. Calls return as soon as the response
headers are received. Call `await response.aread()` to read the body. Then `response.text`, `response.content`
and `response.json()` work without `await`. An error status raises only when you call `raise_for_status()`.
All errors derive from `hyperhttp.HyperHTTPError`. Unknown options raise `UnknownOption`."""
PAGES: Final = (
    ("Client", "client.md", "options, methods and attributes"),
    ("Calls", "calls.md", "the methods that send requests, with their options and bodies"),
    (
        "Configuration",
        "config.md",
        "all configuration options, with defaults, reasons, limits, environment variables and TOML keys",
    ),
    ("Request and response", "response.md", "all attributes and methods"),
    ("Parts of messages", "messages.md", "headers, URLs, cookies, links, events"),
    ("Headers", "headers.md", "headers that the client treats specially"),
    ("Limits and waits", "bounds.md", "fixed limits and waits"),
    ("Errors", "errors.md", "the hierarchy, and a page for each error"),
    ("Environment variables", "environment.md", "all environment variables"),
    ("Options of the command line", "command.md", "all options of the command `hyperhttp`"),
    ("Troubleshooting", "troubleshooting.md", "error messages with causes and fixes"),
    ("Cheat sheet", "cheat-sheet.md", "the most used calls and options"),
    ("State tables", "states.md", "states of connections, streams and circuit breakers"),
)
DIRECTORIES: Final = (
    ("Guides", "guide"),
    ("How-to guides", "how-to"),
    ("Explanation", "explanation"),
    ("Migration", "migrating"),
)


def emit(_: Spec, surface: Surface) -> str:
    """Return the index of the documentation."""
    return page("hyperhttp", SOURCES, _index(surface))


def emit_full(spec: Spec) -> str:
    """Return the whole public API in one file."""
    return page("hyperhttp", SOURCES, _full(spec))


def _index(surface: Surface) -> Iterator[str]:
    yield SUMMARY
    yield "## Reference"
    yield "\n".join(f"- [{title}](/reference/{path}): {text}" for title, path, text in PAGES)
    for heading, directory in DIRECTORIES:
        lines = list(_listed(surface, directory))
        if lines:
            yield f"## {heading}"
            yield "\n".join(lines)
    yield "## Optional"
    yield "- [Everything in one file](/llms-full.txt): options, calls, attributes and errors"


def _listed(surface: Surface, directory: str) -> Iterator[str]:
    for path in sorted((surface.root / "docs" / directory).glob("*.md")):
        # The first heading of level 1; a page may begin with metadata.
        title = f"\n{path.read_text(encoding='utf-8')}".partition("\n# ")[2].partition("\n")[0]
        yield f"- [{title}](/{directory}/{path.name})"


def _full(spec: Spec) -> Iterator[str]:
    yield SUMMARY
    yield "## Calls"
    for name, call in spec.calls.calls.items():
        yield _call(spec, name, call)
    yield f"{body_rule(spec)}."
    yield "## Options of calls and of the client"
    yield "\n".join(
        f"- `{name}: {option_python(spec, option)}` ({', '.join(option.level)}): "
        f"{' '.join(filter(None, [spec.option_doc(option), option.merge]))}"
        for name, option in spec.calls.options.items()
    )
    yield "## Configuration"
    for name, model in spec.config.items():
        lines = [_field(field_name, field) for field_name, field in model.fields.items()]
        yield "\n".join([f"### {name}", "", model.doc, "", *lines])
    yield "## Attributes"
    for name, message in spec.response.items():
        lines = [
            f"- `{n}: {field.parsed.python}`: {field.doc}" for n, field in message.fields.items()
        ]
        yield "\n".join([f"### {name}", "", *lines])
    yield "## Errors"
    yield "\n".join(["```text", *tree(spec), "```"])
    for name, error in spec.errors.items():
        yield _error(spec, name, error)


def _call(spec: Spec, name: str, call: Call) -> str:
    way = WAYS[call.via]
    prefix = "async " if way.is_async else ""
    taken = [part.partition(":")[0] for part in parameters(spec, call)[1:]]
    line = signature(f"{prefix}{name}", [", ".join(taken)], way.returns).replace("\n", "")
    return f"- `{line}`: {call.doc} Example: `{call.example.strip()}`"


def _field(name: str, field: OptionField) -> str:
    env = f"; environment `{PREFIX}{field.env}`" if field.env else ""
    allowed = "" if field.model else f"; allowed: {field.allowed}"
    default = f"default `{default_text(field)}` ({field.why.rstrip('.')})"
    return f"- `{name}: {field.parsed.python}`: {field.doc} {default}{allowed}{env}"


def _error(spec: Spec, name: str, error: ErrorTable) -> str:
    lines = [
        f"### {name}",
        "",
        f"Message: `{template(parse_message(error.message))}`",
        f"- when: {error.doc} {error.raised_when}",
        f"- causes: {' '.join(error.causes)}",
        f"- fix: {error.hint}",
        f"- retries: {retried(spec, name)}",
    ]
    return "\n".join(lines)
