"""Generated code and examples of the asynchronous client, turned into those of the synchronous one.

`[synchronous]` in `spec/calls.toml` has the names that differ. Everything else is syntax: `async`
and `await` go, and what was awaitable is returned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from codegen.ir import Spec
from codegen.text import imports, indented

_SYNTAX: Final = (
    (re.compile(r"\basync (def|with|for)\b"), r"\1"),
    (re.compile(r"\bawait "), ""),
    (re.compile(r"\bAwaitable\[([^][]*(?:\[[^][]*\])?)\]"), r"\1"),
)
_IMPORT: Final = re.compile(r"(?P<indent> *)from (?P<module>[\w.]+) import (?P<names>[^(]+)")


def synchronous(spec: Spec, text: str) -> str:
    """Return Python code, unformatted, for synchronous callers."""
    lines = [line for line in text.splitlines() if not line.startswith("# ruff: noqa: ASYNC")]
    return "\n".join(_module_lines(spec, lines)) + "\n"


def synchronous_text(spec: Spec, text: str) -> str:
    """Return prose or an example for synchronous callers; imports in it aren't sorted."""
    for old, new in spec.calls.synchronous.phrases.items():
        text = text.replace(old, new)
    for pattern, replacement in _SYNTAX:
        text = pattern.sub(replacement, text)
    names = spec.calls.synchronous.names
    words = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.sub(rf"\b(?:{words})\b", lambda match: names[match[0]], text)


def _module_lines(spec: Spec, lines: list[str]) -> Iterator[str]:
    for is_import, block in groupby(lines, key=_is_import):
        if is_import:
            yield from _imports(spec, [*block])
        else:
            yield from synchronous_text(spec, "\n".join(block)).split("\n")


def _is_import(line: str) -> bool:
    """Return whether a line belongs to a block of imports, which has empty lines in between."""
    return _IMPORT.fullmatch(line) is not None


def _imports(spec: Spec, lines: list[str]) -> list[str]:
    homes: dict[str, set[str]] = {}
    indent = 0
    for line in lines:
        match = _IMPORT.fullmatch(line)
        assert match is not None
        indent = len(match["indent"])
        for name in match["names"].split(", "):
            home, renamed = _home(spec, match["module"], name)
            if renamed != "Awaitable":
                homes.setdefault(home, set()).add(renamed)
    return indented(imports(homes), indent // 4)


def _home(spec: Spec, module: str, name: str) -> tuple[str, str]:
    renamed = synchronous_text(spec, name)
    if renamed == name:
        return module, name
    known: Mapping[str, str] = {n: one.module for n, one in spec.calls.objects.items()}
    generated = {"Verbs": "verbs", "Calls": "calls", "ClientOptionsBase": "client_options"}
    if name in generated:
        return f"hyperhttp._client._generated.sync_{generated[name]}", renamed
    return known[renamed], renamed
