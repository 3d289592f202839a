"""The defaults of options, as Python shows them."""

from __future__ import annotations

from codegen.tables import Default, OptionField, Scalar
from codegen.types import quoted


def default_text(field: OptionField) -> str:
    """Return the default as Python source."""
    if field.model and not field.is_switch:
        return f"{field.model}()"
    if field.parsed.is_set:
        items = ", ".join(map(literal, ordered(field)))
        return f"frozenset({{{items}}})" if items else "frozenset()"
    return literal(field.default if field.value is not None else None)


def ordered(field: OptionField) -> list[Scalar]:
    """Return the members of a default set in a fixed order."""
    return sorted(field.default, key=str) if isinstance(field.default, tuple) else []


def literal(value: Default | None) -> str:
    """Return a value as Python source."""
    return quoted(value) if isinstance(value, str) else repr(value)
