"""Headers: names are tokens and declared once, kinds have headers, constants have one kind."""

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
    """The name of a header is a token."""
    for name in spec.headers.headers:
        if _TOKEN.fullmatch(name) is None:
            yield Problem(HEADERS, f"headers.{name}", "this cannot be the name of a header")


def names_are_unique(spec: Spec) -> Iterator[Problem]:
    """Names that differ in case only are one header."""
    seen: dict[str, str] = {}
    for name in spec.headers.headers:
        if name.lower() in seen:
            text = f"this header is already declared as {seen[name.lower()]}"
            yield Problem(HEADERS, f"headers.{name}", text)
        seen.setdefault(name.lower(), name)


def kinds_are_used(spec: Spec) -> Iterator[Problem]:
    """Each header has a kind, each kind has headers, and no two kinds make the same constant."""
    seen: dict[str, str] = {}
    for name, header in spec.headers.headers.items():
        if not header.kinds:
            yield Problem(HEADERS, f"headers.{name}", "kinds: name at least one kind")
    for name, kind in spec.headers.kinds.items():
        if not spec.headers_of(name):
            yield Problem(HEADERS, f"kinds.{name}", "no header is of this kind")
        for constant in kind.sets:
            if constant in seen:
                text = f'sets: "{constant}" is already a constant of [kinds.{seen[constant]}]'
                yield Problem(HEADERS, f"kinds.{name}", text)
            seen.setdefault(constant, name)
