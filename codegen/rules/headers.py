"""Header fields: each name is one, and stands there once in whatever case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from codegen.diagnostics import Problem
from codegen.ir import Spec
from codegen.rules.tables import HEADERS

# RFC 9110 5.6.2.
_TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")


def names_are_tokens(spec: Spec) -> Iterator[Problem]:
    """The name of a field is a token."""
    for name in spec.headers:
        if _TOKEN.fullmatch(name) is None:
            yield Problem(HEADERS, name, "this cannot be the name of a header field")


def names_are_unique(spec: Spec) -> Iterator[Problem]:
    """Names that differ in case only are one field."""
    seen: dict[str, str] = {}
    for name in spec.headers:
        if name.lower() in seen:
            yield Problem(HEADERS, name, f"this field is already declared as {seen[name.lower()]}")
        seen.setdefault(name.lower(), name)
