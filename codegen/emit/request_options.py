"""The options of one request: the record that a `Request` stores, and how the client fills it.

`hyperhttp/_message/request/_generated/options.py` has the record and the attributes of `Request`;
`hyperhttp/_client/_generated/request_builder.py` reads the keyword arguments of a call into a record,
with the functions of `hyperhttp/_client/option_readers.py`: one for each option, `read_<option>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.emit.signatures import (
    input_modules,
    none_as_unset,
    option_or_unset,
    option_parameter,
)
from codegen.ir import Spec
from codegen.tables import Attribute
from codegen.text import docstring, indented, opening
from codegen.types import quoted

RECORD: Final = "hyperhttp._message.request._generated.options"
READERS: Final = "hyperhttp._client.option_readers"


def stored_options(spec: Spec) -> dict[str, tuple[str, Attribute]]:
    """The options that a request stores, by the names of their attributes."""
    options = {**spec.options_at("request"), **spec.options_at("upload")}
    return {
        option.attribute.name or name: (name, option.attribute)
        for name, option in options.items()
        if option.attribute is not None
    }


def emit(spec: Spec) -> str:
    """The module of the record and of the attributes, unformatted."""
    stored = {name: attribute for name, (_, attribute) in stored_options(spec).items()}
    runtime = {
        "abc": {"ABCMeta"},
        "operator": {"attrgetter"},
        "typing": {"TYPE_CHECKING", "Final"},
        "hyperhttp._base.unset": {"UNSET"},
        "hyperhttp._message.request._generated.fields": {"RequestFields"},
        "hyperhttp._message.request.option_attributes": {"RECORD_SLOT", "option_attributes"},
    }
    typing_only = input_modules(spec, [attribute.annotation for attribute in stored.values()])
    typing_only |= {"collections.abc": {"Callable"}, "hyperhttp._base.unset": {"Unset"}}
    lines = [
        *opening(
            ["spec/calls.toml"],
            "The options of one request, as a record, and as the attributes of a `Request`.",
            runtime,
            typing_only,
            ["NOT_GIVEN", "OptionAttributes", "OptionValues", "options_of"],
        ),
        *_record(stored),
        "",
        "",
        "NOT_GIVEN: Final = OptionValues()",
        '"""The record of a request without options, shared by all of them."""',
        "",
        "",
        *_attributes(stored),
        "",
        "",
        "options_of: Final[Callable[[OptionAttributes], OptionValues]] = attrgetter(RECORD_SLOT[0])",
        '"""Return the record of a request; `NOT_GIVEN` if it has no options."""',
        "",
        "",
        *_restore(stored),
    ]
    return "\n".join(lines) + "\n"


def _record(stored: Mapping[str, Attribute]) -> list[str]:
    arguments = [f"{name}: {a.annotation} = {a.default}" for name, a in stored.items()]
    body = [
        *docstring(["The options of one request; never changed once a request has it."], 1),
        "",
        *_slots(stored),
        "",
        f"def __init__(self, *, {', '.join(arguments)}) -> None:",
        *indented([f"self.{name}: {a.annotation} = {name}" for name, a in stored.items()]),
        "",
        "def copy(self) -> OptionValues:",
        *indented(docstring(["Return a copy, to be changed before a request has it."], 2)),
        *indented([f"return OptionValues({_passed(stored)})"]),
        "",
        "def for_redirect(self) -> OptionValues:",
        *indented(docstring(["Return the options that the request of a redirect keeps."], 2)),
        *indented([f"return OptionValues({_passed(_kept(stored, 'redirect'))})"]),
        "",
        "def __reduce__(self) -> tuple[object, ...]:",
        *indented(["# The others can't be pickled, or are secret."]),
        *indented([f"return _restore, ({_values(_kept(stored, 'pickle'))},)"]),
    ]
    return ["class OptionValues:", *indented(body)]


def _attributes(stored: Mapping[str, Attribute]) -> list[str]:
    body = [
        *docstring(["The options of one request, as attributes that may be assigned."], 1),
        "",
        "# By name: a checker would take the attributes for slots that are missing from a list.",
        "__slots__ = RECORD_SLOT",
        "",
        "_options: OptionValues",
    ]
    for name, attribute in stored.items():
        body += [f"{name}: {attribute.annotation}", *docstring([attribute.doc], 1)]
    decorator = f"@option_attributes({', '.join(map(quoted, stored))})"
    return [decorator, "class OptionAttributes(RequestFields, metaclass=ABCMeta):", *indented(body)]


def _restore(stored: Mapping[str, Attribute]) -> list[str]:
    kept = _kept(stored, "pickle")
    arguments = ", ".join(f"{name}: {a.annotation}" for name, a in kept.items())
    passed = ", ".join(f"{name}={name}" for name in kept)
    return [f"def _restore({arguments}) -> OptionValues:", f"    return OptionValues({passed})"]


def _slots(stored: Mapping[str, Attribute]) -> list[str]:
    return ["__slots__ = (", *indented(f"{quoted(name)}," for name in sorted(stored)), ")"]


def _kept(stored: Mapping[str, Attribute], by: str) -> dict[str, Attribute]:
    """The attributes that are kept by a `redirect`, or by a `pickle`."""
    return {n: a for n, a in stored.items() if (a.redirect if by == "redirect" else a.pickle)}


def _passed(stored: Mapping[str, Attribute]) -> str:
    return ", ".join(f"{name}=self.{name}" for name in stored)


def _values(stored: Mapping[str, Attribute]) -> str:
    return ", ".join(f"self.{name}" for name in stored)


def emit_builder(spec: Spec) -> str:
    """The module that reads the options of a call into a record, unformatted."""
    stored = stored_options(spec)
    read = [option for option, _ in stored.values()]
    request, upload = spec.options_at("request"), spec.options_at("upload")
    others = {**request, **upload, **spec.options_at("body")}
    plain = {name: option for name, option in others.items() if name not in read}
    taken = [f"{n}: {option_parameter(spec, o)}" for n, o in request.items()]
    later = {**upload, **spec.options_at("body")}
    taken += [f"{n}: {option_parameter(spec, o)} = UNSET" for n, o in later.items()]
    handed = ["self", "method: str", "url: URLInput", "options: OptionValues"]
    handed += [f"{n}: {option_or_unset(spec, o)}" for n, o in plain.items()]
    runtime = {
        "abc": {"abstractmethod"},
        "typing": {"TYPE_CHECKING"},
        "hyperhttp._base.unset": {"UNSET", "Unset"},
        "hyperhttp._client._generated.client_options": {"ClientOptionsBase"},
        READERS: {f"read_{option}" for option in read},
        RECORD: {"NOT_GIVEN", "OptionValues"},
    }
    lines = [
        *opening(
            ["spec/calls.toml"],
            "How the client builds a request: the options of a call are read into one record.",
            runtime,
            input_modules(spec, [*taken, "URLInput", "Request"]),
            ["RequestBuilder"],
        ),
        "class RequestBuilder(ClientOptionsBase):",
        *indented(docstring(["Reads the options of a call, and has its request built."], 1)),
        "",
        "    @abstractmethod",
        f"    def _built({', '.join(handed)}, /) -> Request:",
        *indented(docstring(["Return the request, with everything the client adds to it."], 2), 2),
        "",
        f"    def _build(self, method: str, url: URLInput, {', '.join(taken)}, /) -> Request:",
        *indented(none_as_unset(spec, others), 2),
        *indented(_reading(stored), 2),
        f"        return self._built(method, url, options, {', '.join(plain)})",
    ]
    return "\n".join(lines) + "\n"


def _reading(stored: Mapping[str, tuple[str, Attribute]]) -> list[str]:
    given = " or ".join(f"{option} is not UNSET" for option, _ in stored.values())
    lines = ["options = NOT_GIVEN", f"if {given}:", "    options = OptionValues()"]
    for name, (option, _) in stored.items():
        lines += [f"    if {option} is not UNSET:"]
        lines += [f"        options.{name} = read_{option}({option})"]
    return lines
