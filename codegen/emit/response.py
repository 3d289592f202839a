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
            f"The fields of a `{message}`; the class that adds behavior derives from this one.",
            runtime,
            typing_only,
            [f"{message}Fields"],
        ),
        *_class(message, table),
    ]
    return "\n".join(lines) + "\n"


def field_doc(field: MessageField) -> str:
    """What a field is: doc, header, RFC, when it is there."""
    parts = [field.doc]
    if field.header:
        parts.append(f"From `{field.header}`; {field.absent} when that is absent or malformed.")
    if field.rfc:
        parts.append(f"RFC {field.rfc}.")
    if field.available == "body":
        parts.append("There once the body was read.")
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
    """The annotation; a message that holds its own kind (`history`) holds what it is itself."""
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
        # What a lazy slot holds before its first use is for the class to say that fills it.
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
            docstring([f"Read `{field.header}`; {field.absent} when it is absent or malformed."], 2)
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
