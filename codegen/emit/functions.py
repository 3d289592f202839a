"""`hyperhttp/api.py`: functions for one-off calls, each with a new synchronous client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codegen.emit.signatures import (
    WAYS,
    call_options,
    input_modules,
    none_as_unset,
    overloads,
    parameters,
    result_options,
)
from codegen.emit.synchronous import synchronous
from codegen.ir import Spec
from codegen.tables import Call
from codegen.text import docstring, example_block, header, imports, indented, section
from codegen.types import quoted

MODULE_DOC: Final = "Functions for one-off calls, such as `hyperhttp.get(...)`."
# What has more than one request, or none, needs a client.
WITHOUT: Final = ("build", "paginate")
CONFIG: Final = ("config", "The configuration of the client; None for the defaults.")


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    calls = {n: call for n, call in spec.calls.calls.items() if call.via not in WITHOUT}
    body = [line for name, call in calls.items() for line in ("", "", *_function(spec, name, call))]
    annotations = [part for call in calls.values() for part in parameters(spec, call)]
    annotations += [*(WAYS[call.via].returns for call in calls.values()), spec.root_config]
    typing_only = input_modules(spec, annotations) | {
        "typing": {"Never"},
        "hyperhttp._base.unset": {"Inherit", "NoOther", "Unset"},
    }
    text = [
        header("spec/calls.toml").rstrip(),
        "# pyright: reportPrivateUsage=false",
        f'"""{MODULE_DOC}"""',
        "",
        "from __future__ import annotations",
        "",
        *imports(_runtime_imports(annotations)),
        "",
        "if TYPE_CHECKING:",
        *indented(imports(typing_only)),
        "",
        f"__all__ = [{', '.join(map(quoted, sorted(calls)))}]",
        "",
        'T = TypeVar("T")',
        *body,
    ]
    return synchronous(spec, "\n".join(text))


def _runtime_imports(annotations: list[str]) -> Mapping[str, set[str]]:
    typing = {"TYPE_CHECKING", "TypeVar", "overload"}
    if any("Literal[" in text for text in annotations):
        typing.add("Literal")
    return {
        "functools": {"partial"},
        "typing": typing,
        "hyperhttp._base.checked": {"checked", "checked_overloads"},
        "hyperhttp._base.unset": {"INHERIT", "UNSET"},
        "hyperhttp._client.sync_response": {"SyncResponseStream"},
        "hyperhttp.sync": {"SyncClient"},
    }


def _function(spec: Spec, name: str, call: Call) -> Iterator[str]:
    returns = WAYS[call.via].returns
    has_bodies = call.body == "optional"
    if has_bodies:
        for signature in overloads(spec, call):
            yield "@overload"
            taken = _taken(signature, f"{spec.root_config} | NoOther[Never]")
            yield f"def {name}({taken}) -> {returns}: ..."
            yield ""
    yield "@checked_overloads" if has_bodies else "@checked"
    yield f"def {name}({_taken(parameters(spec, call), spec.root_config)}) -> {returns}:"
    yield from indented(_doc(name, call))
    yield from indented(_body(spec, call))


def _taken(signature: list[str], config: str) -> str:
    return ", ".join([*signature[1:], f"config: {config} | None = None"])


def _doc(name: str, call: Call) -> list[str]:
    about = (
        "Uses a new client, and closes it. To keep connections and cookies for the next"
        f" call, create a `Client`; its `{name}` describes the options, the result and the errors."
    )
    paragraphs: list[str | list[str]] = [
        call.doc,
        about,
        section("Args", [CONFIG], 1),
        example_block(call.example.replace("client.", "hyperhttp.")),
    ]
    return docstring(paragraphs, 1)


def _body(spec: Spec, call: Call) -> list[str]:
    method = quoted(call.method) if call.method else "method"
    result = result_options(spec, call)
    own = [name for name in call_options(spec, call) if name not in result]
    request = f"client._build({', '.join([method, 'url', *own])})"
    match call.via:
        case "stream":
            return [
                "client = Client(config=config)",
                f"sent = partial(client._sent, {request}, settles=False)",
                "return ResponseStream(sent, client.close)",
            ]
        case "download":
            unset = none_as_unset(spec, result)
            given = ", ".join(["path", *result])
            sent = f"return client._downloaded({request}, {given})"
            return [*unset, "with Client(config=config) as client:", f"    {sent}"]
        case "fetch":
            return [
                "with Client(config=config) as client:",
                f"    return client._fetched({request}, into)",
            ]
        case _:
            return [
                "with Client(config=config) as client:",
                f"    response = client._sent({request})",
                "    response.read()",
                "    return response",
            ]
