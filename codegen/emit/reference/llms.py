"""`docs/reference/llms.txt` and `llms-full.txt`: the documentation for programs that read it."""

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
SUMMARY: Final = """> An asynchronous HTTP client for Python 3.11 and newer, HTTP/1.1 and HTTP/2, typed to the last corner.

Make one `hyperhttp.Client` for a program and use it with `async with`. Calls return as soon as the head of
the answer is there: `await response.aread()` reads the body, after which `response.text`, `response.content`
and `response.json()` work without `await`. An error status raises nothing until `raise_for_status()` is
called. Every error derives from `hyperhttp.HyperHTTPError`. Unknown options are errors."""
PAGES: Final = (
    ("Client", "client.md", "its options, and what it does besides"),
    ("Calls", "calls.md", "the verbs with their signatures, options and bodies"),
    (
        "Configuration",
        "config.md",
        "every option that is data, with default and reason, bounds, environment and TOML",
    ),
    ("Request and response", "response.md", "every field with its source"),
    ("Parts of messages", "messages.md", "headers, URLs, cookies, links, events"),
    ("Headers", "headers.md", "headers with special treatment"),
    ("Limits and waits", "bounds.md", "limits and waits that are not options"),
    ("Errors", "errors.md", "the tree, and a page for each error"),
    ("Environment variables", "environment.md", "all that are read"),
    ("Options of the command line", "command.md", "every option of `hyperhttp`"),
    ("Troubleshooting", "troubleshooting.md", "from the text of an error to its remedy"),
    ("Cheat sheet", "cheat-sheet.md", "what is used daily"),
    ("State tables", "states.md", "connections, streams, breakers"),
)
DIRECTORIES: Final = (
    ("Guides", "guide"),
    ("How-to guides", "how-to"),
    ("Explanation", "explanation"),
    ("Migration", "migrating"),
)


def emit(_: Spec, surface: Surface) -> str:
    """The index: what is where."""
    return page("hyperhttp", SOURCES, _index(surface))


def emit_full(spec: Spec) -> str:
    """The whole vocabulary, in one file."""
    return page("hyperhttp", SOURCES, _full(spec))


def _index(surface: Surface) -> Iterator[str]:
    yield SUMMARY
    yield "## Reference"
    yield "\n".join(f"- [{title}](/reference/{path}): {what}" for title, path, what in PAGES)
    for heading, directory in DIRECTORIES:
        lines = list(_listed(surface, directory))
        if lines:
            yield f"## {heading}"
            yield "\n".join(lines)
    yield "## Optional"
    yield "- [Everything in one file](/llms-full.txt): options, calls, fields and errors"


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
    yield "## Fields"
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
    said = signature(f"{prefix}{name}", [", ".join(taken)], way.returns).replace("\n", "")
    return f"- `{said}`: {call.doc} Example: `{call.example.strip()}`"


def _field(name: str, field: OptionField) -> str:
    env = f"; environment `{PREFIX}{field.env}`" if field.env else ""
    allowed = "" if field.model else f"; allowed: {field.allowed}"
    default = f"default `{default_text(field)}` ({field.why.rstrip('.')})"
    return f"- `{name}: {field.parsed.python}`: {field.doc} {default}{allowed}{env}"


def _error(spec: Spec, name: str, error: ErrorTable) -> str:
    lines = [
        f"### {name}",
        "",
        f"Text: `{template(parse_message(error.message))}`",
        f"- what happened: {error.doc} {error.raised_when}",
        f"- causes: {' '.join(error.causes)}",
        f"- what to do: {error.hint}",
        f"- sent again: {retried(spec, name)}",
    ]
    return "\n".join(lines)
