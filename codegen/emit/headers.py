"""`hyperhttp/_base/_generated/headers.py`: the header fields that are treated unlike the others, in sets.

Names are in lower case, as they are looked up. It imports nothing that costs time, since whoever
imports Headers imports it.
"""

from __future__ import annotations

from typing import Literal

from codegen.ir import Spec
from codegen.text import header, indented
from codegen.types import quoted


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    lines = [
        header("spec/headers.toml").rstrip(),
        '"""The header fields that are treated unlike the others; names in lower case."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Final",
        "",
        '__all__ = ["BODY_FIELDS", "SENSITIVE"]',
        "",
        *_names(spec, "SENSITIVE", "sensitive"),
        '"""Their values are secrets: nothing shows them, and they go to no other origin."""',
        "",
        *_names(spec, "BODY_FIELDS", "body"),
        '"""They speak of the body, and go when it goes."""',
    ]
    return "\n".join(lines) + "\n"


def _names(spec: Spec, constant: str, kind: Literal["sensitive", "body"]) -> list[str]:
    names = sorted(name.lower() for name, field in spec.headers.items() if field.kind == kind)
    return [
        f"{constant}: Final[frozenset[str]] = frozenset((",
        *indented(f"{quoted(name)}," for name in names),
        "))",
    ]
