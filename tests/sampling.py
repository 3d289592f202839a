"""The samples that `make check` and the rows of `make test` run, of the variants of each test."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pytest

    Variants = Sequence[Mapping[str, object]]

VARIANTS_MAX = 2


def split(
    items: Sequence[pytest.Item], choose: Callable[[Variants], list[int]]
) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return the tests to run, in their order, and those to leave out."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        groups[item.nodeid.partition("[")[0]].append(index)
    kept: set[int] = set()
    for indices in groups.values():
        chosen = choose([parameters(items[index]) for index in indices])
        kept.update(indices[index] for index in chosen)
    run = [item for index, item in enumerate(items) if index in kept]
    return run, [item for index, item in enumerate(items) if index not in kept]


def parameters(item: pytest.Item) -> dict[str, object]:
    """Return the identity of each parameter's value, by the name of the parameter.

    Variants share the objects that they're parametrized with, and not all of them can be hashed.
    The parts of the name stand for a single parameter that combines several, as in fault matrices.
    """
    callspec = getattr(item, "callspec", None)
    if callspec is None:
        return {}
    if len(callspec.params) == 1:
        return {str(place): part for place, part in enumerate(callspec.id.split("-"))}
    return {name: id(value) for name, value in callspec.params.items()}


def pairwise(variants: Variants) -> list[int]:
    """Choose variants that together have every pair of values that occurs in one of them."""
    chosen: list[int] = []
    seen: set[tuple[object, object]] = set()
    for index, variant in enumerate(variants):
        pairs = set(combinations_with_replacement(variant.items(), 2))
        if not (chosen and pairs <= seen):
            chosen.append(index)
            seen |= pairs
    return chosen


def sample(variants: Variants, most: int = VARIANTS_MAX) -> list[int]:
    """Choose at most `most` variants that together have many different values of each parameter.

    The first variant is always chosen. Later ones are taken by the number of values that no chosen
    variant has; of equal ones the one farthest from those chosen.
    """
    chosen = [0]
    seen = set(variants[0].items())
    while len(chosen) < min(most, len(variants)):
        best = max(
            (index for index in range(len(variants)) if index not in chosen),
            key=lambda index: (
                len(set(variants[index].items()) - seen),
                min(abs(index - other) for other in chosen),
                -index,
            ),
        )
        chosen.append(best)
        seen.update(variants[best].items())
    return sorted(chosen)
