"""`docs/reference/response.md`: the attributes and methods of Request and Response."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codegen.emit.reference.examples import GRANTED, example
from codegen.emit.reference.markdown import anchor, class_doc, facts, members, page, since, table
from codegen.ir import Spec
from codegen.surface import Surface
from codegen.tables import MessageField, Outcome

SOURCES: Final = ("spec/response.toml", "the docstrings in hyperhttp/_message")


def emit(spec: Spec, surface: Surface) -> str:
    """Return the page."""
    return page("Request and response", SOURCES, _blocks(spec, surface))


def _blocks(spec: Spec, surface: Surface) -> Iterator[str]:
    yield f"{GRANTED} For headers, URLs, cookies and links, see [parts of messages](messages.md)."
    for name, message in reversed(spec.response.items()):
        fields = message.fields
        yield f"## {name}"
        yield message.doc
        yield from filter(None, [class_doc(surface, name)])
        links = {n: f"[`{n}`](#{anchor(f'{name}{n}')})" for n in fields}
        rows = [(links[n], f"`{field.parsed.python}`", field.doc) for n, field in fields.items()]
        yield table(["attribute", "type", "description"], rows)
        for field_name, field in fields.items():
            yield from _field(spec, name, field_name, field)
        shown = {f"### `{name}.{field_name}`" for field_name in fields}
        yield from _without(members(surface, name, name), shown)


def _field(spec: Spec, owner: str, name: str, field: MessageField) -> Iterator[str]:
    yield f"### `{owner}.{name}`"
    yield field.doc
    source = (
        f"`{field.header}`; {field.absent} if it is absent or malformed" if field.header else ""
    )
    status = f"a status from {field.status[0]} to {field.status[1]}" if field.status else ""
    yield facts(
        [
            ("type", f"`{field.parsed.python}`"),
            ("unit", field.parsed.unit),
            ("source", source or status),
            ("available", "" if field.available == "head" else "after the body was read"),
            ("RFC", field.rfc),
            ("since", since(field.since)),
        ]
    )
    yield example(spec, field.example)
    if field.vectors:
        rows = [(f"`{vector.given}`", f"`{_out(vector.out)}`") for vector in field.vectors]
        yield table([field.header, "value"], rows)


def _out(value: Outcome) -> str:
    """Return a value as an example shows it: `None`, `'a'`, `('a', 'b')` or `name='a', size=5`."""
    match value:
        case "none":
            return "None"
        case Mapping():
            return ", ".join(f"{name}={_out(item)}" for name, item in value.items())
        case tuple():
            inside = [
                f"({_out(item)})" if isinstance(item, Mapping) else _out(item) for item in value
            ]
            return f"({', '.join(inside)}{',' * (len(inside) == 1)})"
        case _:
            return repr(value)


def _without(blocks: Iterator[str], shown: set[str]) -> Iterator[str]:
    """Yield heading, signature and doc of the members that aren't `shown`, and add them there."""
    for heading in blocks:
        rest = (next(blocks), next(blocks))
        if heading not in shown:
            shown.add(heading)
            yield from (heading, *rest)
