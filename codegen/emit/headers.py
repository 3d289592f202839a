"""`headers.py` and `methods.py` of `hyperhttp/_base/_generated`: sets of header and method names.

Header names are in lower case, as the code looks them up. Neither module imports anything that costs
time, because `Headers` and `Request` import them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codegen.ir import Spec
from codegen.text import constants_module, indented
from codegen.types import quoted


def emit(spec: Spec) -> str:
    """The module of the header kinds, unformatted."""
    names = [name for kind in spec.headers.kinds.values() for name in kind.sets]
    names += ["SENSITIVE_MEMBERS", "SENSITIVE_PARAMETERS"]
    doc = "The names of headers with special treatment, by kind."
    return constants_module("spec/headers.toml", doc, names, _kinds(spec))


def emit_methods(spec: Spec) -> str:
    """The module of the method properties, unformatted."""
    lines = [
        *_set("ANNOUNCING_METHODS", "str", spec.methods(announces_body=True)),
        '"""They announce an empty body with `Content-Length: 0` (RFC 9110 8.6)."""',
        *_set("IDEMPOTENT_METHODS", "str", spec.methods(idempotent=True)),
        '"""Sending such a request twice has the effect of sending it once (RFC 9110 9.2.2)."""',
        f"MethodInput: TypeAlias = Literal[{', '.join(map(quoted, spec.methods()))}] | str",
        '"""A method: a registered one, which editors complete, or any other."""',
        *_set("METHODS", "str", spec.methods()),
        '"""The registered methods; they are sent in upper case, however they are given."""',
    ]
    doc = "Request methods by property."
    names = ["ANNOUNCING_METHODS", "IDEMPOTENT_METHODS", "METHODS", "MethodInput"]
    typing = ["Literal", "TypeAlias"]
    return constants_module("spec/vocabulary.toml", doc, names, lines, typing=typing)


def _kinds(spec: Spec) -> Iterator[str]:
    for name, kind in spec.headers.kinds.items():
        names = sorted(each.lower() for each in spec.headers_of(name))
        for constant, python in kind.sets.items():
            yield from _set(constant, python, names)
            yield f'"""{kind.title}."""'
    names = sorted(name.lower() for name in spec.headers.parameters)
    yield from _set("SENSITIVE_PARAMETERS", "str", names)
    yield '"""Parameters of queries and forms whose values are secrets."""'
    names = sorted(name.lower() for name, each in spec.headers.parameters.items() if each.in_json)
    yield from _set("SENSITIVE_MEMBERS", "str", names)
    yield '"""Members of JSON whose values are secrets."""'


def _set(constant: str, python: str, names: Iterable[str]) -> list[str]:
    prefix = "b" if python == "bytes" else ""
    return [
        f"{constant}: Final[frozenset[{python}]] = frozenset((",
        *indented(f"{prefix}{quoted(name)}," for name in names),
        "))",
    ]
