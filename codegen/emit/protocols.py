"""`hyperhttp/_client/_generated/protocols.py`: parts of the client, for code that takes a fake instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.signatures import WAYS, input_modules, leading, overloads, parameters
from codegen.ir import Spec
from codegen.tables import Call, ClientProtocol
from codegen.text import docstring, example_block, header, imports, indented
from codegen.types import quoted

UNSET: Final = "hyperhttp._base.unset"


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    protocols = spec.calls.protocols
    body = [line for name, one in protocols.items() for line in _protocol(spec, name, one)]
    signatures = [line for line in body if line.lstrip().startswith(("def ", "async def "))]
    runtime = {"typing": {"TYPE_CHECKING", "Protocol"}}
    typing_only = input_modules(spec, signatures)
    is_generic = any("TypeForm[T]" in line for line in signatures)
    if is_generic:
        runtime["typing"].add("TypeVar")
    if any("@overload" in line for line in body):
        runtime["typing"].add("overload")
        runtime[UNSET] = {"INHERIT"}
        typing_only[UNSET] = {"Unset"}
    lines = [
        header("spec/calls.toml").rstrip(),
        "# ruff: noqa: ASYNC109  (a timeout here is an option of the request, not of the coroutine)",
        '"""Parts of the client as protocols: a fake that has these methods can replace it."""',
        "",
        "from __future__ import annotations",
        "",
        *imports(runtime),
        "",
        "if TYPE_CHECKING:",
        *indented(imports(typing_only)),
        "",
        f"__all__ = [{', '.join(map(quoted, sorted(protocols)))}]",
        *(["", 'T = TypeVar("T")'] if is_generic else []),
        *body,
    ]
    return "\n".join(lines) + "\n"


def _protocol(spec: Spec, name: str, protocol: ClientProtocol) -> Iterator[str]:
    yield from ("", "", f"class {name}(Protocol):")
    yield from indented(docstring([protocol.doc, example_block(protocol.example)], 1))
    for method, one in protocol.methods.items():
        yield ""
        yield f"    async def {method}(self, request: {one.takes}, /) -> {one.returns}:"
        yield from indented([*docstring([one.doc], 2), "..."], 2)
    for call in protocol.calls:
        yield from indented(_call(spec, call, spec.calls.calls[call]))


def _call(spec: Spec, name: str, call: Call) -> Iterator[str]:
    way = WAYS[call.via]
    define = f"{'async ' if way.is_async else ''}def {name}"
    forms = _forms(spec, call)
    for form in forms:
        # By position, so that a fake can name them as it likes.
        at = 1 + len(leading(call))
        taken = ", ".join([*form[:at], "/", *form[at:]])
        yield ""
        if len(forms) > 1:
            yield "@overload"
        yield f"{define}({taken}) -> {way.returns}:"
        if form is forms[0]:
            yield from indented(docstring([call.doc], 2))
        yield "    ..."


def _forms(spec: Spec, call: Call) -> list[list[str]]:
    """The parameter lists of a call.

    A generic call has only that of the first body: pyright compares a generic fake with one
    signature, but takes the type variable as solved from the second overload on.
    """
    if call.body != "optional":
        return [parameters(spec, call)]
    forms = [*overloads(spec, call, "Unset")]
    return forms[:1] if WAYS[call.via].into else forms
