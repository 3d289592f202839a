"""`fields.py` in the output directories of `_message`: Request and Response as read-only properties.

The hand-written classes derive from these: they fill the slots, and they implement the parser of
each parsed field. Nothing here decides how a header is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from codegen.ir import Spec
from codegen.tables import MessageField, MessageTable
from codegen.text import docstring, indented, opening
from codegen.types import WORD_IMPORTS, quoted


def emit(spec: Spec, *, message: str) -> str:
    """The module of one message, `Request` or `Response`, unformatted."""
    table = spec.response[message]
    runtime, typing_only = _imports(spec, message)
    lines = [
        *opening(
            ["spec/response.toml"],
            f"The attributes of a `{message}`, as the base of the class that adds its methods.",
            runtime,
            typing_only,
            [f"{message}Fields"],
        ),
        *_class(message, table),
    ]
    return "\n".join(lines) + "\n"


def capitalized(text: str) -> str:
    """Return the text as the start of a sentence."""
    return text[:1].upper() + text[1:]


def field_doc(field: MessageField) -> str:
    """Return the description of an attribute: doc, header, RFC and availability."""
    parts = [field.doc]
    if field.header:
        parts.append(
            f"Read from `{field.header}`. {capitalized(field.absent)} if it is absent or malformed."
        )
    if field.rfc:
        parts.append(f"RFC {field.rfc}.")
    if field.available == "body":
        parts.append("Available after the body was read.")
    return " ".join(parts)


def _imports(spec: Spec, message: str) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    fields = [*spec.response[message].fields.values()]
    runtime: dict[str, set[str]] = {"typing": {"TYPE_CHECKING"}}
    if any(field.kind in ("lazy", "parsed") for field in fields):
        runtime["abc"] = {"ABC", "abstractmethod"}
    if any(field.parsed.literals for field in fields):
        runtime["typing"].add("Literal")
    typing_only: dict[str, set[str]] = {}
    for field in fields:
        for name in field.parsed.names:
            module = "typing" if name == message else spec.calls.objects[name].module
            typing_only.setdefault(module, set()).add("Self" if name == message else name)
        for word in field.parsed.words:
            if word.python in WORD_IMPORTS:
                typing_only.setdefault(WORD_IMPORTS[word.python], set()).add(word.python)
    return runtime, typing_only


def _python(message: str, field: MessageField) -> str:
    """Return the annotation; `history` has the type of the message itself."""
    return re.sub(rf"\b{message}\b", "Self", field.parsed.python)


def _class(name: str, message: MessageTable) -> list[str]:
    slots = {n: f for n, f in message.fields.items() if f.kind != "derived"}
    is_abstract = any(field.kind in ("lazy", "parsed") for field in slots.values())
    body = [
        *docstring([message.doc], 1),
        "",
        "__slots__ = (",
        *indented(f"{quoted(f'_{slot}')}," for slot in sorted(slots)),
        ")",
        "",
        # The class that fills a lazy slot determines its value before the first use.
        *(f"_{n}: {_python(name, field)}" for n, field in slots.items() if field.kind != "lazy"),
    ]
    for field_name, field in message.fields.items():
        body += ["", *_property(name, field_name, field)]
    for field_name, field in message.fields.items():
        if field.kind == "parsed":
            body += ["", *_parser(field_name, field)]
    return [f"class {name}Fields{'(ABC)' if is_abstract else ''}:", *indented(body)]


def _parser(name: str, field: MessageField) -> list[str]:
    return [
        "@abstractmethod",
        f"def _parse_{name}(self) -> {field.parsed.python}:",
        *indented(
            docstring(
                [f"Read `{field.header}`. Return {field.absent} if it is absent or malformed."], 2
            )
        ),
    ]


def _property(message: str, name: str, field: MessageField) -> list[str]:
    abstract = ["@abstractmethod"] if field.kind == "lazy" else []
    lines = [
        "@property",
        *abstract,
        f"def {name}(self) -> {_python(message, field)}:",
        *indented(docstring([field_doc(field)], 2)),
    ]
    match field.kind:
        case "stored":
            return [*lines, f"    return self._{name}"]
        case "lazy":
            return lines
        case "derived":
            low, high = field.status or (0, 0)
            return [*lines, f"    return {low} <= self._status_code <= {high}"]
        case "parsed":
            return [
                *lines,
                "    try:",
                f"        return self._{name}",
                "    except AttributeError:  # the slot is empty: this is the first use",
                "        pass",
                f"    self._{name} = self._parse_{name}()",
                f"    return self._{name}",
            ]
