"""The sample that `make check` runs: a few variants of each parametrized test."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pytest

VARIANTS_MAX = 2


def split(items: Sequence[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Return the tests to run, in their order, and those to leave out."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        groups[item.nodeid.partition("[")[0]].append(index)
    kept: set[int] = set()
    for indices in groups.values():
        chosen = sample([parameters(items[index]) for index in indices], VARIANTS_MAX)
        kept.update(indices[index] for index in chosen)
    run = [item for index, item in enumerate(items) if index in kept]
    return run, [item for index, item in enumerate(items) if index not in kept]


def parameters(item: pytest.Item) -> dict[str, int]:
    """Return the identity of each parameter's value, by the name of the parameter.

    Variants share the objects that they're parametrized with, and not all of them can be hashed.
    """
    callspec = getattr(item, "callspec", None)
    return {} if callspec is None else {name: id(value) for name, value in callspec.params.items()}


def sample(variants: Sequence[Mapping[str, object]], most: int) -> list[int]:
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
