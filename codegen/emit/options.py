"""`hyperhttp/_client/_generated/options.py`: the options as TypedDicts, for people who write wrappers."""

from __future__ import annotations

from codegen.emit.signatures import input_modules, option_doc, option_key
from codegen.ir import Spec
from codegen.tables import CallOption
from codegen.text import docstring, indented, opening


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    request, client = spec.options_at("request"), spec.options_at("client")
    bodies = spec.options_at("body")
    sending = {**spec.options_at("upload"), **bodies}
    used = [option_key(spec, option) for option in {**request, **client, **sending}.values()]
    typing_only = input_modules(spec, [*used, spec.root_config])
    runtime = {"typing": {"TYPE_CHECKING", "Required", "TypedDict"}}
    if any("Literal[" in kind for kind in used):
        runtime["typing"].add("Literal")
    lines = [
        *opening(
            ["spec/calls.toml", "spec/config.toml"],
            "Options of clients and requests as TypedDicts: `def fetch(**options: Unpack[RequestOptions])`.",
            runtime,
            typing_only,
            [*TYPED_DICTS, *body_dicts(spec)],
        ),
        *typed_dict(spec, "ClientOptions", "The options of `Client(...)`.", client),
        *indented(
            [
                f"config: {spec.root_config} | None",
                '"""The configuration that the other options change."""',
            ]
        ),
        "",
        "",
        *typed_dict(
            spec, "RequestOptions", "The options of every request, without bodies.", request
        ),
        *(line for name, body in body_dicts(spec).items() for line in _body_dict(spec, name, body)),
    ]
    return "\n".join(lines) + "\n"


TYPED_DICTS = ("ClientOptions", "RequestOptions")


def body_dicts(spec: Spec) -> dict[str, str]:
    """The body that each TypedDict of a call with a body is for."""
    return {one.typed_dict: name for name, one in spec.options_at("body").items()}


def _body_dict(spec: Spec, name: str, body: str) -> list[str]:
    bodies = spec.options_at("body")
    joining = {
        n: one for n, one in bodies.items() if body in one.beside or n in bodies[body].beside
    }
    required = [
        f"{body}: Required[{option_key(spec, bodies[body])}]",
        *docstring([option_doc(spec, bodies[body])], 1),
    ]
    doc = f"The options of a call with `{body}=`."
    lines = typed_dict(spec, name, doc, {**spec.options_at("upload"), **joining}, "RequestOptions")
    return ["", "", *lines, *indented(required)]


def typed_dict(
    spec: Spec, name: str, doc: str, options: dict[str, CallOption], base: str = "TypedDict"
) -> list[str]:
    """Return a TypedDict whose keys are all optional."""
    lines = [*docstring([doc], 1), ""]
    for option_name, option in options.items():
        lines += [
            f"{option_name}: {option_key(spec, option)}",
            *docstring([option_doc(spec, option)], 1),
        ]
    return [f"class {name}({base}, total=False):", *indented(lines)]
