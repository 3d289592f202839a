"""`hyperhttp/_client/_generated/verbs.py` and `calls.py`: the calls with their full signatures.

A call does nothing but hand its arguments on, in the order of the spec.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.emit.signatures import (
    WAYS,
    argument_docs,
    body_rule,
    call_options,
    input_modules,
    none_as_unset,
    option_or_unset,
    option_parameter,
    overloads,
    parameters,
    request_option_doc,
    result_options,
    way_options,
)
from codegen.ir import Spec
from codegen.tables import Call
from codegen.text import docstring, example_block, header, imports, indented, section, wrapped
from codegen.types import quoted

MODULE_DOC: Final = {
    "Verbs": "Every verb with its full signature.",
    "Calls": "Every call that takes its method as an argument, or does more than one request.",
}
CLASS_DOC: Final = {
    "Verbs": "The verbs; each has its request built and handed on by methods of the client.",
    "Calls": "All calls of a client.",
}


def emit_verbs(spec: Spec) -> str:
    """The module of the calls that have a method, unformatted."""
    calls = {name: call for name, call in spec.calls.calls.items() if _is_verb(call)}
    body = [line for hook in _hooks(spec) for line in ("", *hook)]
    ways = [way.returns for way in WAYS.values()] + ["URLInput", "PathInput", "TypeForm"]
    ways += [option_or_unset(spec, o) for w in WAYS.values() for o in way_options(spec, w).values()]
    return _module(spec, "Verbs", "ABC", calls, body, ways)


def emit(spec: Spec) -> str:
    """The module of all the others, unformatted."""
    calls = {name: call for name, call in spec.calls.calls.items() if not _is_verb(call)}
    return _module(spec, "Calls", "Verbs", calls, [], [WAYS[c.via].returns for c in calls.values()])


def _is_verb(call: Call) -> bool:
    return bool(call.method) and call.via == "perform"


def _module(
    spec: Spec, name: str, base: str, calls: Mapping[str, Call], body: list[str], used: list[str]
) -> str:
    annotations = [*used, *(part for call in calls.values() for part in parameters(spec, call))]
    has_bodies = any(call.body == "optional" for call in calls.values())
    lines = [
        header("spec/calls.toml").rstrip(),
        "# ruff: noqa: ASYNC109  (a timeout here is an option of the request, not of the coroutine)",
        f'"""{MODULE_DOC[name]}"""',
        "",
        "from __future__ import annotations",
        "",
        *imports(_runtime_imports(annotations, base, has_bodies)),
        "",
        "if TYPE_CHECKING:",
        *indented(imports(_typing_imports(spec, annotations, has_bodies))),
        "",
        f"__all__ = [{quoted(name)}]",
        "",
        'T = TypeVar("T")',
        "",
        "",
        f"class {name}({base}):",
        *indented(docstring([CLASS_DOC[name]], 1)),
        *indented(body),
    ]
    for call_name, call in calls.items():
        lines += ["", *indented(_call(spec, call_name, call))]
    return "\n".join(lines) + "\n"


def call_doc(spec: Spec, call: Call, depth: int) -> list[str]:
    """The docstring of a verb: what it does, an example, then each argument and what comes back."""
    way = WAYS[call.via]
    arguments = argument_docs(call)
    options = call_options(spec, call)
    arguments += [(name, request_option_doc(spec, option)) for name, option in options.items()]
    paragraphs: list[str | list[str]] = [call.doc]
    if call.body == "optional":
        paragraphs.append(f"{body_rule(spec)}.")
    paragraphs += [
        example_block(call.example),
        section("Args", arguments, depth),
        ["Returns:", *indented(wrapped(way.result, depth + 1))],
        ["Raises:", *indented(wrapped(way.raises, depth + 1))],
    ]
    return docstring(paragraphs, depth)


def _typing_imports(spec: Spec, annotations: list[str], has_bodies: bool) -> Mapping[str, set[str]]:
    names = input_modules(spec, annotations)
    if has_bodies:
        names |= {"typing": {"Never"}, "hyperhttp._base.unset": {"Inherit", "NoOther", "Unset"}}
    else:
        names["hyperhttp._base.unset"] = {"Unset"}
    return names


def _runtime_imports(annotations: list[str], base: str, has_bodies: bool) -> Mapping[str, set[str]]:
    names = {
        "typing": {"TYPE_CHECKING", "TypeVar", "overload"},
        "hyperhttp._base.checked": {"checked", *(["checked_overloads"] if has_bodies else [])},
        "hyperhttp._base.unset": {"INHERIT", "UNSET"},
    }
    if base == "ABC":
        names |= {"abc": {"ABC", "abstractmethod"}, "collections.abc": {"Awaitable"}}
    else:
        names["hyperhttp._client._generated.verbs"] = {base}
    if any("Literal[" in text for text in annotations):
        names["typing"].add("Literal")
    return names


def _hooks(spec: Spec) -> list[list[str]]:
    request = [f"{n}: {option_parameter(spec, o)}" for n, o in spec.options_at("request").items()]
    sending = {**spec.options_at("upload"), **spec.options_at("body")}
    body = [f"{n}: {option_parameter(spec, o)} = UNSET" for n, o in sending.items()]
    # By position only: the verbs hand their arguments on in this order.
    taken = ", ".join(["self", "method: str", "url: URLInput", *request, *body, "/"])
    hooks = [
        [
            "@abstractmethod",
            f"def _build({taken}) -> Request:",
            *indented(docstring(["The request, with everything the client adds to it."], 2)),
        ]
    ]
    for way in WAYS.values():
        if way.hook:
            returns = f"Awaitable[{way.returns}]" if way.is_async else way.returns
            options = way_options(spec, way)
            more = [f"{n}: {option_or_unset(spec, o)}" for n, o in options.items()]
            path = ["path: PathInput"] if way.path else []
            path += ["into: TypeForm[T]"] if way.into else []
            taken = ", ".join(["self", "request: Request", *path, *more, "/"])
            hooks.append(
                [
                    "@abstractmethod",
                    f"def {way.hook}({taken}) -> {returns}:",
                    *indented(docstring([way.result], 2)),
                ]
            )
    return hooks


def _call(spec: Spec, name: str, call: Call) -> list[str]:
    way = WAYS[call.via]
    define = f"{'async ' if way.is_async else ''}def {name}"
    lines: list[str] = []
    if call.body == "optional":
        for signature in overloads(spec, call):
            lines += ["@overload", f"{define}({', '.join(signature)}) -> {way.returns}: ...", ""]
    method = quoted(call.method) if call.method else "method"
    result = result_options(spec, call)
    own = [name for name in call_options(spec, call) if name not in result]
    carried = f"self._build({', '.join([method, 'url', *own])})"
    if way.hook:
        beside = [*(["path"] if way.path else []), *(["into"] if way.into else []), *result]
        carried = f"self.{way.hook}({', '.join([carried, *beside])})"
    return [
        *lines,
        "@checked_overloads" if call.body == "optional" else "@checked",
        f"{define}({', '.join(parameters(spec, call))}) -> {way.returns}:",
        *indented(call_doc(spec, call, 2)),
        *indented(none_as_unset(spec, result)),
        f"    return {'await ' if way.is_async else ''}{carried}",
    ]
