"""`hyperhttp/_client/_generated/options.py`: the options as TypedDicts, for people who write wrappers."""

from __future__ import annotations

from codegen.emit.signatures import input_modules, option_doc, option_key
from codegen.ir import Spec
from codegen.tables import CallOption
from codegen.text import docstring, header, imports, indented
from codegen.types import quoted


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    request, client = spec.options_at("request"), spec.options_at("client")
    used = [option_key(spec, option) for option in {**request, **client}.values()]
    typing_only = input_modules(spec, [*used, spec.root_config])
    runtime = {"typing": {"TYPE_CHECKING", "TypedDict"}}
    if any("Literal[" in kind for kind in used):
        runtime["typing"].add("Literal")
    lines = [
        header("spec/calls.toml", "spec/config.toml").rstrip(),
        '"""What a client and a request take, as TypedDicts: `def fetch(**options: Unpack[RequestOptions])`."""',
        "",
        "from __future__ import annotations",
        "",
        *imports(runtime),
        "",
        "if TYPE_CHECKING:",
        *indented(imports(typing_only)),
        "",
        f"__all__ = [{', '.join(map(quoted, TYPED_DICTS))}]",
        "",
        "",
        *typed_dict(spec, "ClientOptions", "What `Client(...)` takes.", client),
        *indented(
            [
                f"config: {spec.root_config} | None",
                '"""The configuration that the other options change."""',
            ]
        ),
        "",
        "",
        *typed_dict(spec, "RequestOptions", "What every request takes; bodies aside.", request),
    ]
    return "\n".join(lines) + "\n"


TYPED_DICTS = ("ClientOptions", "RequestOptions")


def typed_dict(spec: Spec, name: str, doc: str, options: dict[str, CallOption]) -> list[str]:
    """One TypedDict; every key may be left out."""
    lines = [*docstring([doc], 1), ""]
    for option_name, option in options.items():
        lines += [
            f"{option_name}: {option_key(spec, option)}",
            *docstring([option_doc(spec, option)], 1),
        ]
    return [f"class {name}(TypedDict, total=False):", *indented(lines)]
